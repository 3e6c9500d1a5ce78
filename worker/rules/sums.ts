import { evaluateByFeelin, isZoned, ordinal, parseTemporal, temporalKind, type Temporal } from './feel.ts'
import type { Value } from './types.ts'

export type Operator = '+' | '-' | '*' | '/' | '**'

const DAY = 86_400_000

/**
 * Sums of dates, times and durations, as FEEL reckons them; null for what it has no rule for, such as a time plus months or
 * the difference between a moment with a zone and one without. A date stands for its midnight in UTC.
 */
export function reckon(op: Operator, a: Value, b: Value): Value {
  const [first, second] = [temporalKind(a), temporalKind(b)]
  if (op === '*') return first === null ? scaled(b, a) : scaled(a, b)
  if (op === '/') return second === null ? scaled(a, b, true) : quotient(a, b)
  if (op === '**' || first === null || second === null) return null
  if (isDuration(a) && isDuration(b) && first === second)
    return likewise(a, ordinal(a) + (op === '+' ? 1 : -1) * ordinal(b))
  const isMonths = first === 'yearMonthDuration' || second === 'yearMonthDuration'
  if (isMonths && (first === 'time' || second === 'time')) return null
  if (isDuration(a) && (isDuration(b) || op === '-')) return null
  if (isDuration(a) || isDuration(b)) return evaluateByFeelin(`a ${op} b`, { a, b })
  return op === '-' && isTemporal(a) && isTemporal(b) ? between(a, b) : null
}

function between(a: Temporal, b: Temporal): Value {
  const times = [a, b].filter((each) => temporalKind(each) === 'time').length
  if (times === 1 || isZoned(a) !== isZoned(b)) return null
  return times === 2 ? evaluateByFeelin('a - b', { a, b }) : duration(ordinal(a) - ordinal(b), false)
}

const isTemporal = (value: Value): value is Temporal => temporalKind(value) !== null
const isDuration = (value: Value): value is Temporal => (temporalKind(value) ?? '').endsWith('Duration')

/** A duration times a number, or divided by it: months are cut to whole ones. */
function scaled(value: Value, by: Value, isDivided = false): Value {
  if (!isDuration(value) || typeof by !== 'number') return null
  return likewise(value, isDivided ? ordinal(value) / by : ordinal(value) * by)
}

function quotient(a: Value, b: Value): Value {
  if (!isDuration(a) || !isDuration(b) || temporalKind(a) !== temporalKind(b) || ordinal(b) === 0) return null
  return ordinal(a) / ordinal(b)
}

const likewise = (like: Temporal, amount: number): Value => duration(amount, temporalKind(like) === 'yearMonthDuration')

/** A duration of so many months, or milliseconds. */
export function duration(amount: number, isMonths: boolean): Value {
  if (!Number.isFinite(amount)) return null
  const size = Math.abs(isMonths ? Math.trunc(amount) : Math.round(amount))
  const sign = amount < 0 && size > 0 ? '-' : ''
  if (isMonths) return parseTemporal('yearMonthDuration', `${sign}P${Math.floor(size / 12)}Y${size % 12}M`)
  const time = `T${Math.floor((size % DAY) / 3_600_000)}H${Math.floor(size / 60_000) % 60}M${(size % 60_000) / 1000}S`
  return parseTemporal('dayTimeDuration', `${sign}P${Math.floor(size / DAY)}D${time}`)
}

type Day = { year: number; month: number; day: number }

/** Whole years and months between two dates, or dates and times: what is left over in days doesn't count. */
export function monthsBetween(from: Value, to: Value): Value {
  const days = [from, to].map((each) => (/^date/.test(temporalKind(each) ?? '') ? (each as unknown as Day) : null))
  const [start, end] = days
  if (!start || !end) return null
  const months = (end.year - start.year) * 12 + end.month - start.month
  const isShort = months > 0 ? end.day < start.day : months < 0 && end.day > start.day
  return duration(isShort ? months - Math.sign(months) : months, true)
}
