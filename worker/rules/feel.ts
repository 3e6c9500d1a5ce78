/**
 * The one place that imports feelin: FEEL's dates and durations, and the evaluation of what the compiled subset leaves out.
 * Keep it the only one, so that its share of the bundle can be measured.
 */
import * as feelin from 'feelin'
import type { Context, Value } from './types.ts'

export type Temporal = feelin.FeelDate | feelin.FeelTime | feelin.FeelDateTime | feelin.FeelDuration
export type TemporalKind = 'date' | 'time' | 'dateTime' | 'dayTimeDuration' | 'yearMonthDuration'

const parsers: Record<TemporalKind, (text: string) => Temporal | null> = {
  date: feelin.parseDate,
  time: feelin.parseTime,
  dateTime: (text) => (text.includes('T') ? feelin.parseDateTime(text) : feelin.parseDateTime(text + 'T00:00:00')),
  dayTimeDuration: (text) => kept(feelin.duration(text), false),
  yearMonthDuration: (text) => kept(feelin.duration(text), true),
}

function kept(value: feelin.FeelDuration | null, months: boolean): feelin.FeelDuration | null {
  return value && value.yearsMonths === months ? value : null
}

/** Parses ISO 8601 text as the kind asked for; null when it is none. */
export function parseTemporal(kind: TemporalKind, text: string): Temporal | null {
  try {
    return parsers[kind](text)
  } catch {
    return null
  }
}

/** Parses the text of `@"…"`: a date, time, date and time, or duration by its form. */
export function parseAt(text: string): Temporal | null {
  if (/^-?P/.test(text)) return parseTemporal('yearMonthDuration', text) ?? parseTemporal('dayTimeDuration', text)
  if (/^\d{1,2}:/.test(text)) return parseTemporal('time', text)
  return parseTemporal(text.includes('T') ? 'dateTime' : 'date', text)
}

/** The kind of a FEEL date or duration; null for every other value. */
export function temporalKind(value: unknown): TemporalKind | null {
  if (value === null || typeof value !== 'object') return null
  if (value instanceof feelin.FeelDate) return 'date'
  if (value instanceof feelin.FeelDateTime) return 'dateTime'
  if (value instanceof feelin.FeelTime) return 'time'
  if (value instanceof feelin.FeelDuration) return value.yearsMonths ? 'yearMonthDuration' : 'dayTimeDuration'
  return null
}

const DAY = 86_400_000

/** A number that orders values of one kind: epoch milliseconds, milliseconds, or months. Zoneless counts as UTC. */
export function ordinal(value: Temporal): number {
  if (value instanceof feelin.FeelDate) return new Date(0).setUTCFullYear(value.year, value.month - 1, value.day)
  if (value instanceof feelin.FeelDuration) {
    if (value.yearsMonths) return value.unwrap().years * 12 + value.unwrap().months
    return value.unwrap().total({ unit: 'millisecond', relativeTo: '1970-01-01' })
  }
  if (value instanceof feelin.FeelDateTime)
    return value.unwrap().toZonedDateTime(value.timezone ?? 'UTC').epochMilliseconds
  const { hour, minute, second, millisecond } = value.unwrap()
  const local = ((hour * 60 + minute) * 60 + second) * 1000 + millisecond
  const offset = value['time offset'] as feelin.FeelDuration | null
  return offset === null ? local : (((local - ordinal(offset)) % DAY) + DAY) % DAY
}

/** True for a moment that stands on the world's clock: a time with an offset or zone, or a date, which is midnight in UTC. */
export function isZoned(value: Temporal): boolean {
  if (value instanceof feelin.FeelDate) return true
  const { timezone, 'time offset': offset } = value as { timezone?: string | null; 'time offset'?: unknown }
  return timezone != null || offset != null
}

/** A part of a date or duration such as `year` or `days`; undefined when it has none of that name. */
export function temporalPart(value: Temporal, name: string): Value | undefined {
  if (
    !/^(year|month|day|weekday|hour|minute|second|timezone|time offset|years|months|days|hours|minutes|seconds)$/.test(
      name,
    )
  )
    return undefined
  return (value as unknown as Record<string, Value | undefined>)[name]
}

/** A FEEL function from a plain one, for business knowledge models. */
export function feelFunction(names: string[], run: (...args: Value[]) => Value): unknown {
  return new feelin.FeelFunction(run, names)
}

/** Evaluates an expression by feelin; what cannot be evaluated is null, as FEEL says. */
export function evaluateByFeelin(text: string, context: Context): Value {
  try {
    return plain(feelin.evaluate(text, context as Record<string, unknown>).value)
  } catch {
    return null
  }
}

/** Tests a value against unary tests by feelin. */
export function testByFeelin(text: string, value: unknown, context: Context): boolean | null {
  try {
    return feelin.unaryTest(text, { ...context, '?': value ?? null }).value
  } catch {
    return null
  }
}

/** What feelin answers as a value: it has infinities and objects that tell of a failed call, FEEL has null. */
function plain(value: unknown): Value {
  if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return null
  return typeof value === 'object' && value !== null && isFailure(value) ? null : (value as Value)
}

function isFailure(value: object): boolean {
  return Object.getPrototypeOf(value) !== Object.prototype && 'warning' in value && 'template' in value
}

/** True when FEEL has a function of this name. */
export function isBuiltin(name: string): boolean {
  try {
    return typeof feelin.evaluate(name, {}).value === 'function'
  } catch {
    return false
  }
}

/** Calls a FEEL function by parameter names; null when it is none. */
export function callFunction(called: unknown, args: Record<string, Value>): Value {
  if (!(called instanceof feelin.FeelFunction)) return null
  try {
    return plain(called.invoke(args))
  } catch {
    return null
  }
}
