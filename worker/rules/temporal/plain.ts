import { addMonths, daysInMonth, dayText, epochDay, two, weekdayOf, weekOfYear, ymdOf } from './days.ts'
import { between, DAY_NS, Duration, inRange, split } from './duration.ts'
import { readDay, readTime } from './text.ts'
import { momentOf, offsetAt } from './zone.ts'

const DAY_MS = 86_400_000

const integer = (value: unknown): number => {
  const whole = Math.trunc(Number(value))
  if (!Number.isFinite(whole)) throw new RangeError('no number')
  return whole
}

const within = (value: number, least: number, most: number): number => {
  if (value < least || value > most) throw new RangeError('out of range')
  return value
}

/** A duration from a day and a nanosecond of it on: months first, to the last day of a month that is too short. */
const later = (day: number, time: number, duration: Duration): [day: number, time: number] => {
  const { months, days, time: more } = duration.parts
  const [over, rest] = split(BigInt(time) + more)
  return [addMonths(ymdOf(day), months) + days + over, rest]
}

/** What date, and date and time, have in common. */
abstract class Day {
  /** Days from 1970-01-01. */
  readonly epoch: number

  constructor(epoch: number) {
    this.epoch = inRange(epoch)
  }

  abstract toString(): string

  get year(): number {
    return ymdOf(this.epoch).year
  }
  get month(): number {
    return ymdOf(this.epoch).month
  }
  get day(): number {
    return ymdOf(this.epoch).day
  }
  get dayOfWeek(): number {
    return weekdayOf(this.epoch)
  }
  get dayOfYear(): number {
    return this.epoch - epochDay(this.year, 1, 1) + 1
  }
  get weekOfYear(): number {
    return weekOfYear(this.epoch)
  }
}

export class PlainDate extends Day {
  static from(source: string | { year: number; month: number; day: number }): PlainDate {
    if (typeof source === 'string') return new PlainDate(readDay(source))
    const year = within(integer(source.year), -271_821, 275_760)
    const month = within(integer(source.month), 1, 12)
    return new PlainDate(epochDay(year, month, within(integer(source.day), 1, daysInMonth(year, month))))
  }

  add(duration: Duration): PlainDate {
    const { months, days, time } = duration.parts
    return new PlainDate(addMonths(ymdOf(this.epoch), months) + days + Number(time / BigInt(DAY_NS)))
  }

  until(other: Day, { largestUnit }: { largestUnit: 'month' }): Duration {
    return between(this.epoch, 0, other.epoch, 0, largestUnit)
  }

  toPlainDateTime(time = new PlainTime()): PlainDateTime {
    return PlainDateTime.at(this.epoch, time.ns)
  }

  toZonedDateTime(zone: string | { plainTime: PlainTime; timeZone: string }): ZonedDateTime {
    return typeof zone === 'string'
      ? ZonedDateTime.showing(this.epoch, 0, zone)
      : ZonedDateTime.showing(this.epoch, zone.plainTime.ns, zone.timeZone)
  }

  override toString(): string {
    return dayText(this.epoch)
  }
}

export class PlainTime {
  /** Nanoseconds of the day. */
  readonly ns: number

  constructor(hour = 0, minute = 0, second = 0, ns = 0) {
    this.ns = ((hour * 60 + minute) * 60 + second) * 1e9 + ns
  }

  static from(source: string | { hour: number; minute: number; second: number }): PlainTime {
    if (typeof source === 'string') return new PlainTime(0, 0, 0, readTime(source))
    const [hour, minute, second] = [integer(source.hour), integer(source.minute), integer(source.second)]
    return new PlainTime(within(hour, 0, 23), within(minute, 0, 59), within(second, 0, 59))
  }

  get hour(): number {
    return Math.floor(this.ns / 3.6e12)
  }
  get minute(): number {
    return Math.floor(this.ns / 6e10) % 60
  }
  get second(): number {
    return Math.floor(this.ns / 1e9) % 60
  }
  get millisecond(): number {
    return Math.floor(this.ns / 1e6) % 1000
  }

  /** Over midnight it begins again. */
  add(duration: Duration): PlainTime {
    return new PlainTime(0, 0, 0, split(BigInt(this.ns) + duration.parts.time)[1])
  }

  since(other: PlainTime): Duration {
    return new Duration(0, 0, BigInt(this.ns - other.ns))
  }

  toString(): string {
    const below = String(this.ns % 1e9)
      .padStart(9, '0')
      .replace(/0+$/, '')
    return `${two(this.hour)}:${two(this.minute)}:${two(this.second)}${below && `.${below}`}`
  }
}

export class PlainDateTime extends Day {
  readonly #time: PlainTime

  constructor(year: number, month: number, day: number, ns = 0) {
    super(epochDay(year, month, day))
    this.#time = new PlainTime(0, 0, 0, ns)
  }

  static at(epoch: number, ns: number): PlainDateTime {
    return new PlainDateTime(1970, 1, 1 + epoch, ns)
  }

  static from(source: string): PlainDateTime {
    return PlainDateTime.at(readDay(source), readTime(source, 'midnight'))
  }

  get hour(): number {
    return this.#time.hour
  }
  get minute(): number {
    return this.#time.minute
  }
  get second(): number {
    return this.#time.second
  }

  add(duration: Duration): PlainDateTime {
    return PlainDateTime.at(...later(this.epoch, this.#time.ns, duration))
  }

  since(other: PlainDateTime, { largestUnit }: { largestUnit: 'year' | 'day' }): Duration {
    return between(this.epoch, this.#time.ns, other.epoch, other.#time.ns, largestUnit).negated()
  }

  until(other: Day, { largestUnit }: { largestUnit: 'month' }): Duration {
    const time = other instanceof PlainDateTime ? other.#time.ns : 0
    return between(this.epoch, this.#time.ns, other.epoch, time, largestUnit)
  }

  toPlainDate(): PlainDate {
    return new PlainDate(this.epoch)
  }

  toPlainTime(): PlainTime {
    return this.#time
  }

  toZonedDateTime(zone: string): ZonedDateTime {
    return ZonedDateTime.showing(this.epoch, this.#time.ns, zone)
  }

  override toString(): string {
    return `${dayText(this.epoch)}T${this.#time.toString()}`
  }
}

/** A moment, and the zone in which it is shown. */
export class ZonedDateTime {
  readonly epochMilliseconds: number
  readonly timeZoneId: string
  /** Nanoseconds below the millisecond. */
  readonly #below: number

  constructor(ms: number, below: number, zone: string) {
    if (!Number.isInteger(ms)) throw new RangeError('no moment')
    this.epochMilliseconds = ms
    this.#below = below
    this.timeZoneId = zone
    // throws when there is no such zone
    offsetAt(ms, zone)
  }

  /** The moment at which clocks in the zone show this. */
  static showing(epoch: number, ns: number, zone: string): ZonedDateTime {
    const below = ns % 1e6
    return new ZonedDateTime(momentOf(epoch * DAY_MS + (ns - below) / 1e6, zone), below, zone)
  }

  get offsetNanoseconds(): number {
    return offsetAt(this.epochMilliseconds, this.timeZoneId) * 1e6
  }

  /** Days and months by the calendar, hours by the clock: a day may have 23 or 25 of them. */
  add(duration: Duration): ZonedDateTime {
    const { months, days, time } = duration.parts
    const start =
      months === 0 && days === 0
        ? this
        : this.toPlainDateTime()
            .add(new Duration(months, days, 0n))
            .toZonedDateTime(this.timeZoneId)
    const ns = BigInt(start.epochMilliseconds) * 1_000_000n + BigInt(start.#below) + time
    const below = ((ns % 1_000_000n) + 1_000_000n) % 1_000_000n
    return new ZonedDateTime(Number((ns - below) / 1_000_000n), Number(below), this.timeZoneId)
  }

  toPlainDateTime(): PlainDateTime {
    const wall = this.epochMilliseconds + offsetAt(this.epochMilliseconds, this.timeZoneId)
    const day = Math.floor(wall / DAY_MS)
    return PlainDateTime.at(day, (wall - day * DAY_MS) * 1e6 + this.#below)
  }
}
