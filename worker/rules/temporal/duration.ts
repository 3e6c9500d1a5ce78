import { addMonths, monthsBetween, ymdOf } from './days.ts'
import type { PlainDate } from './plain.ts'

export const DAY_NS = 86_400_000_000_000
const DAY = BigInt(DAY_NS)
const SECOND = 1_000_000_000n
const MOST_TIME = 2n ** 53n * SECOND
const NS = { day: DAY, second: SECOND, millisecond: 1_000_000n }

type Largest = 'year' | 'month' | 'day'

/** Nanoseconds of each unit that a duration may be made of. */
const UNITS = { seconds: SECOND, milliseconds: 1_000_000n, nanoseconds: 1n }
const TEXT =
  /^([+-])?P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,9}))?S)?)?$/i

/** Months and days of the calendar, and a time in nanoseconds; all have one sign. */
export class Duration {
  readonly #months: number
  readonly #days: number
  readonly #time: bigint

  constructor(months: number, days: number, time: bigint) {
    if (Math.abs(months) >= 2 ** 32 * 12 || absolute(BigInt(days) * DAY + time) >= MOST_TIME)
      throw new RangeError('duration out of range')
    this.#months = months
    this.#days = days
    this.#time = time
  }

  static from(source: string | Partial<Record<keyof typeof UNITS, number>>): Duration {
    if (typeof source !== 'string') {
      const parts = Object.entries(source) as [keyof typeof UNITS, number][]
      return new Duration(
        0,
        0,
        parts.reduce((sum, [unit, count]) => sum + BigInt(count) * UNITS[unit], 0n),
      )
    }
    const found = TEXT.exec(source)
    if (!found) throw new RangeError(`no duration: ${source}`)
    const [, sign, years, months, days, hours, minutes, seconds, fraction = ''] = found
    const way = sign === '-' ? -1 : 1
    const count = (digits: string | undefined): number => Number(digits ?? 0) * way
    if (Math.max(Math.abs(count(years)), Math.abs(count(months))) >= 2 ** 32) throw new RangeError('out of range')
    const whole = (BigInt(hours ?? 0) * 60n + BigInt(minutes ?? 0)) * 60n + BigInt(seconds ?? 0)
    const time = whole * SECOND + BigInt(fraction.padEnd(9, '0'))
    return new Duration(count(years) * 12 + count(months), count(days), time * BigInt(way))
  }

  get years(): number {
    return unsigned(Math.trunc(this.#months / 12))
  }
  get months(): number {
    return unsigned(this.#months % 12)
  }
  get days(): number {
    return unsigned(this.#days)
  }
  get hours(): number {
    return Number(this.#time / (3600n * SECOND))
  }
  get minutes(): number {
    return Number((this.#time / (60n * SECOND)) % 60n)
  }
  get seconds(): number {
    return Number((this.#time / SECOND) % 60n)
  }
  get milliseconds(): number {
    return Number((this.#time / 1_000_000n) % 1000n)
  }
  get sign(): number {
    return Math.sign(this.#months) || Math.sign(this.#days) || Number(this.#time > 0n) - Number(this.#time < 0n)
  }
  /** For arithmetic here; nothing that FEEL shows. */
  get parts(): { months: number; days: number; time: bigint } {
    return { months: this.#months, days: this.#days, time: this.#time }
  }

  negated(): Duration {
    return new Duration(-this.#months, -this.#days, -this.#time)
  }

  abs(): Duration {
    return this.sign < 0 ? this.negated() : this
  }

  /** Of days and times alone: months have no length of their own. */
  add(other: Duration): Duration {
    const { months, days, time } = other.parts
    if (this.#months || months) throw new RangeError('months have no length without a date')
    return balanced(BigInt(this.#days + days) * DAY + this.#time + time)
  }

  /** The same length from a day on, told in whole units from the largest down. */
  round({ largestUnit, relativeTo }: { largestUnit: Largest; relativeTo: PlainDate }): Duration {
    return between(relativeTo.epoch, 0, ...this.#end(relativeTo.epoch), largestUnit)
  }

  /** The length from a day on, as a number of units. */
  total({ unit, relativeTo }: { unit: 'month' | keyof typeof NS; relativeTo: PlainDate | string }): number {
    const start = typeof relativeTo === 'string' ? Date.parse(relativeTo) / 86_400_000 : relativeTo.epoch
    const [day, time] = this.#end(start)
    const length = BigInt(day - start) * DAY + BigInt(time)
    if (unit !== 'month') return Number(length / NS[unit]) + Number(length % NS[unit]) / Number(NS[unit])
    const { months } = between(start, 0, day, time, 'month').parts
    const way = length < 0n ? -1 : 1
    const reached = addMonths(ymdOf(start), months)
    const span = addMonths(ymdOf(start), months + way) - reached
    return months + (way * (day - reached + time / DAY_NS)) / span
  }

  /** Day and nanosecond of the day at which this ends when it begins at the start of a day. */
  #end(start: number): [day: number, time: number] {
    const [days, time] = split(this.#time)
    return [inRange(addMonths(ymdOf(start), this.#months) + this.#days + days), time]
  }

  toString(): string {
    const { years, months, days, hours, minutes } = this.abs()
    const time = absolute(this.#time)
    const parts = [[years, 'Y'] as const, [months, 'M'] as const, [days, 'D'] as const].flatMap(told).join('')
    const below = String(time % SECOND)
      .padStart(9, '0')
      .replace(/0+$/, '')
    const seconds = (time / SECOND) % 60n
    const second = seconds || below ? [`${String(seconds)}${below && `.${below}`}S`] : []
    const clock = [...[[hours, 'H'] as const, [minutes, 'M'] as const].flatMap(told), ...second].join('')
    if (!parts && !clock) return 'PT0S'
    return `${this.sign < 0 ? '-' : ''}P${parts}${clock && `T${clock}`}`
  }
}

const told = ([count, unit]: readonly [number, string]): string[] => (count === 0 ? [] : [`${String(count)}${unit}`])
const absolute = (value: bigint): bigint => (value < 0n ? -value : value)
/** Zero has no sign. */
const unsigned = (value: number): number => (value === 0 ? 0 : value)

/** A time as whole days, towards the past, and the nanoseconds of the day that are left. */
export const split = (time: bigint): [days: number, time: number] => {
  const rest = ((time % DAY) + DAY) % DAY
  return [Number((time - rest) / DAY), Number(rest)]
}

const balanced = (time: bigint): Duration => new Duration(0, Number(time / DAY), time % DAY)

/** The most that JavaScript's dates hold, a day more before. */
export const inRange = (day: number): number => {
  if (!(day >= -100_000_001 && day <= 100_000_000)) throw new RangeError('date out of range')
  return day
}

/** From one moment to another, by day and nanosecond of the day, in whole units from the largest down. */
export const between = (day: number, time: number, toDay: number, toTime: number, largest: Largest): Duration => {
  const length = BigInt(toDay - day) * DAY + BigInt(toTime - time)
  if (largest === 'day') return balanced(length)
  // the last day isn't whole when its time comes before that of the first
  const late = toTime - time
  const forward = toDay > day
  const whole = toDay === day || late === 0 || late > 0 === forward ? toDay : toDay + (forward ? -1 : 1)
  const { months, days } = monthsBetween(day, whole)
  return new Duration(months, days, BigInt(late) + BigInt(toDay - whole) * DAY)
}
