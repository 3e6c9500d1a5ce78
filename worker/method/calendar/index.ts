import type { Calendar } from '../../../schemas/playbook/index.ts'
import { countryDays } from './country.ts'
import { addDays, addMonths, DAY_MS, dateOfDay, dayNumber, dayOf, MINUTE_MS, weekdayOf, yearOfDay } from './dates.ts'
import { clockMs, framesOf } from './hours.ts'
import { zoneOf } from './zone.ts'

export { isZone } from './zone.ts'

/**
 * Working time of a bank (ESC-LADDER): dates are ISO dates of its zone, instants epoch milliseconds. Frames are half-open:
 * the closing instant is no working time any more, so nothing happens at it but at the next opening.
 */
export interface WorkingCalendar {
  isWorkday(date: string): boolean
  /** True after the last day whose public holidays are known: plain weekdays are used there. */
  uncertain(date: string): boolean
  /** `n` working days on (back if negative); 0 is the day itself, or the next working day if it is none. */
  addWorkingDays(date: string, n: number): string
  workdayOnOrAfter(date: string): string
  workdayOnOrBefore(date: string): string
  /** The earliest instant by which so many working minutes have passed; it can be a closing time. */
  addWorkingMinutes(instant: number, minutes: number): number
  /** Working minutes from `a` to `b`; negative when `b` is earlier. */
  workingMinutesBetween(a: number, b: number): number
  /** The instant itself if in working time, else the next opening. */
  nextWorkingInstant(instant: number): number
  isWorking(instant: number): boolean
  dateOf(instant: number): string
  instantOf(date: string, clock: string): number
  /** First instant of working time of a day, by the hours, be it a workday or not. */
  opening(date: string): number
  /** Last instant of working time of a day, by the hours. */
  closing(date: string): number
  addDays(date: string, days: number): string
  /** The same day of another month, or its last one. */
  addMonths(date: string, months: number): string
}

/** How far a search for a workday goes: a calendar without any must not hang. */
const HORIZON = 3660

/** Builds the calendar of a playbook. Years are worked out once and kept. */
export const workingCalendar = (source: Calendar): WorkingCalendar => {
  const zone = zoneOf(source.zone)
  const frames = framesOf(source.hours)
  const first = frames[0]?.from ?? 0
  const last = frames.at(-1)?.to ?? DAY_MS
  const weekdays = new Set<number>(source.weekdays)
  const covered = dayOf(source.coveredUntil)
  const country = countryDays(source.country)
  const own = new Map(source.days.map(({ on, work }) => [dayOf(on), work]))
  const years = new Map<number, { from: number; work: Uint8Array }>()
  let recent: { from: number; work: Uint8Array } | undefined

  const workdayByRule = (day: number): boolean =>
    own.get(day) ?? (day > covered ? undefined : country.get(day)) ?? weekdays.has(weekdayOf(day))

  const works = (day: number): boolean => {
    if (!Number.isFinite(day)) return false
    let year = recent
    if (!year || day < year.from || day >= year.from + year.work.length) {
      const number = yearOfDay(day)
      year = years.get(number)
      if (!year) {
        const from = dayNumber(number, 1, 1)
        const work = Uint8Array.from({ length: dayNumber(number + 1, 1, 1) - from }, (_, i) =>
          workdayByRule(from + i) ? 1 : 0,
        )
        year = { from, work }
        years.set(number, year)
      }
      recent = year
    }
    return year.work[day - year.from] === 1
  }

  const seek = (day: number, step: 1 | -1): number => {
    for (let i = 0; i < HORIZON; i++) if (works(day + i * step)) return day + i * step
    return day
  }

  const addWorking = (day: number, n: number): number => {
    if (n === 0) return seek(day, 1)
    const step = n > 0 ? 1 : -1
    let at = day
    for (let left = Math.abs(Math.trunc(n)); left > 0; left--) at = seek(at + step, step)
    return at
  }

  const dayAt = (instant: number): number => Math.floor((instant + zone.offsetAt(instant)) / DAY_MS)
  const instant = (day: number, ms: number): number => zone.instantOf(day * DAY_MS + ms)

  /** The first working instant at or after `at`. */
  const next = (at: number): number => {
    let day = dayAt(at)
    if (!Number.isFinite(day)) return at
    for (let tries = 0; tries < HORIZON; tries++) {
      if (works(day)) {
        for (const frame of frames) {
          if (at < instant(day, frame.to)) return Math.max(at, instant(day, frame.from))
        }
      }
      day = seek(day + 1, 1)
    }
    return at
  }

  /** Working milliseconds from `a` to `b`, a <= b. */
  const between = (a: number, b: number): number => {
    if (!Number.isFinite(b - a)) return 0
    let total = 0
    const to = dayAt(b)
    for (let day = dayAt(a); day <= to; day++) {
      if (!works(day)) continue
      for (const frame of frames) {
        total += Math.max(0, Math.min(b, instant(day, frame.to)) - Math.max(a, instant(day, frame.from)))
      }
    }
    return total
  }

  const add = (from: number, minutes: number): number => {
    let at = next(from)
    let left = Math.max(0, minutes) * MINUTE_MS
    if (!Number.isFinite(at) || !Number.isFinite(left) || left === 0) return at
    let day = dayAt(at)
    for (let tries = 0; tries < HORIZON * 10; tries++) {
      if (works(day)) {
        for (const frame of frames) {
          const start = Math.max(at, instant(day, frame.from))
          const room = instant(day, frame.to) - start
          if (room >= left) return start + left
          if (room > 0) {
            left -= room
            at = start + room
          }
        }
      }
      day = seek(day + 1, 1)
    }
    return at
  }

  return {
    isWorkday: (date) => works(dayOf(date)),
    uncertain: (date) => source.country !== 'NONE' && dayOf(date) > covered,
    addWorkingDays: (date, n) => dateOfDay(addWorking(dayOf(date), n)),
    workdayOnOrAfter: (date) => dateOfDay(seek(dayOf(date), 1)),
    workdayOnOrBefore: (date) => dateOfDay(seek(dayOf(date), -1)),
    addWorkingMinutes: add,
    workingMinutesBetween: (a, b) => (a <= b ? between(a, b) : -between(b, a)) / MINUTE_MS,
    nextWorkingInstant: next,
    isWorking: (at) => next(at) === at,
    dateOf: (at) => dateOfDay(dayAt(at)),
    instantOf: (date, clock) => instant(dayOf(date), clockMs(clock)),
    opening: (date) => instant(dayOf(date), first),
    closing: (date) => instant(dayOf(date), last),
    addDays,
    addMonths,
  }
}
