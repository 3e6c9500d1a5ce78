import { ordinal, parseTemporal, temporalKind, type Temporal, type TemporalKind } from './feel.ts'
import type { Value } from './types.ts'

export type Order = '<' | '<=' | '>' | '>='

/** True for a plain FEEL context (JSON object), which lists, dates and functions are not. */
export function isRecord(value: unknown): value is Record<string, Value> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

/** FEEL equality, three-valued: null when the types differ; null equals only null. */
export function equal(a: unknown, b: unknown): boolean | null {
  if (a === b) return true
  if (a == null || b == null) return a == null && b == null
  const type = typeof a
  if (type !== typeof b) return null
  if (type !== 'object') return type === 'function' ? null : false
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) ? sameItems(a, b) : null
  const kind = temporalKind(a)
  if (kind !== null || temporalKind(b) !== null)
    return kind === temporalKind(b) ? ordinal(a as Temporal) === ordinal(b as Temporal) : null
  return isRecord(a) && isRecord(b) ? sameEntries(a, b) : null
}

function sameItems(a: unknown[], b: unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => equal(item, b[index]) === true)
}

function sameEntries(a: Record<string, Value>, b: Record<string, Value>): boolean {
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && equal(a[name], b[name]) === true)
  )
}

/** FEEL order, three-valued: null unless both are numbers, both strings, or both of one kind of date or duration. */
export function inOrder(a: unknown, op: Order, b: unknown): boolean | null {
  if (typeof a === 'number' && typeof b === 'number') return holds(a, op, b)
  if (typeof a === 'string' && typeof b === 'string') return holds(a, op, b)
  const kind = temporalKind(a)
  if (kind === null || kind !== temporalKind(b)) return null
  return holds(ordinal(a as Temporal), op, ordinal(b as Temporal))
}

function holds<T extends number | string>(a: T, op: Order, b: T): boolean {
  return op === '<' ? a < b : op === '<=' ? a <= b : op === '>' ? a > b : a >= b
}

/** Negation in three values. */
export function negated(value: boolean | null): boolean | null {
  return value === null ? null : !value
}

/** A date or duration from a value of a record: itself, or ISO 8601 text of that kind; null for anything else. */
export function asTemporal(kind: TemporalKind, value: unknown): Temporal | null {
  if (typeof value === 'string') {
    const text = kind === 'date' && value.length > 10 && value[10] === 'T' ? value.slice(0, 10) : value
    return parseTemporal(kind, text)
  }
  return temporalKind(value) === kind ? (value as Temporal) : null
}

/** The ordinal of a value of a column of dates or durations: a number, null when missing, NaN when it is something else. */
export function columnOrdinal(kind: TemporalKind, value: unknown): number | null {
  if (value == null) return null
  if (kind === 'date' && typeof value === 'string') {
    const quick = dateOrdinal(value)
    if (quick !== null) return quick
  }
  const temporal = asTemporal(kind, value)
  return temporal === null ? NaN : ordinal(temporal)
}

/** `YYYY-MM-DD` to epoch milliseconds without making an object; null when it is not exactly that. */
function dateOrdinal(text: string): number | null {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return null
  const year = Number(text.slice(0, 4))
  const month = Number(text.slice(5, 7))
  const day = Number(text.slice(8, 10))
  if (!(year >= 100 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month))) return null
  return Date.UTC(year, month - 1, day)
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** A value as FEEL text: strings in quotes, dates as ISO 8601. */
export function print(value: Value): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return `[${value.map(print).join(', ')}]`
  if (isRecord(value))
    return `{${Object.entries(value)
      .map(([name, item]) => `${name}: ${print(item)}`)
      .join(', ')}}`
  return String(value)
}
