/** ISO dates as days since 1970-01-01: no Date objects, no host zone. */

export const DAY_MS = 86_400_000
export const MINUTE_MS = 60_000

/** Day number of an ISO date; NaN for anything that is not a date of the calendar. */
export const dayOf = (date: string): number => {
  if (date.length !== 10 || date[4] !== '-' || date[7] !== '-') return NaN
  const year = digits(date, 0, 4)
  const month = digits(date, 5, 7)
  const day = digits(date, 8, 10)
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return NaN
  return dayNumber(year, month, day)
}

/** Whether a field holds an ISO date of the calendar. */
export const isDate = (value: unknown): value is string => typeof value === 'string' && !Number.isNaN(dayOf(value))

const digits = (text: string, from: number, to: number): number => {
  let value = 0
  for (let index = from; index < to; index++) {
    const digit = text.charCodeAt(index) - 48
    if (!(digit >= 0 && digit <= 9)) return NaN
    value = value * 10 + digit
  }
  return value
}

/** ISO date of a day number (years 0 to 9999); '' for NaN. */
export const dateOfDay = (day: number): string => {
  if (day === lastDay) return lastDate
  if (!Number.isFinite(day)) return ''
  const { year, month, dayOfMonth } = civil(day)
  lastDate = `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}`
  lastDay = day
  return lastDate
}
let lastDay = NaN
let lastDate = ''

/** 1 Monday … 7 Sunday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

export const yearOfDay = (day: number): number => civil(day).year

export const addDays = (date: string, days: number): string => dateOfDay(dayOf(date) + days)

/** The same day of a later (or earlier) month, or that month's last day: 31 August and a month is 30 September. */
export const addMonths = (date: string, months: number): string => {
  const day = dayOf(date)
  if (Number.isNaN(day)) return ''
  const { year, month, dayOfMonth } = civil(day)
  const index = year * 12 + month - 1 + months
  const toYear = Math.floor(index / 12)
  const toMonth = index - toYear * 12 + 1
  return dateOfDay(dayNumber(toYear, toMonth, Math.min(dayOfMonth, daysInMonth(toYear, toMonth))))
}

/** Days from 1970-01-01, by the proleptic Gregorian calendar (Howard Hinnant's days_from_civil). */
export const dayNumber = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

const civil = (day: number): { year: number; month: number; dayOfMonth: number } => {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
  const dayOfMonth = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth }
}

const daysInMonth = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31

const pad = (value: number, width: number): string => String(value).padStart(width, '0')
