/** Days of the proleptic Gregorian calendar by arithmetic: no clock, no zone. */

/** Year, month and day; months count from 1. */
export interface Ymd {
  year: number
  month: number
  day: number
}

/** Days from 1970-01-01; `month` may lie outside 1…12, `day` outside the month. */
export const epochDay = (year: number, month: number, day: number): number => {
  const months = year * 12 + month - 1
  // counted from March on, the day that is sometimes there comes last
  const y = Math.floor((months - 2) / 12)
  const m = months - 2 - y * 12
  const leaps = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)
  return y * 365 + leaps + Math.floor((m * 153 + 2) / 5) + day - 1 - 719_468
}

export const ymdOf = (epoch: number): Ymd => {
  const day = epoch + 719_468
  const era = Math.floor(day / 146_097)
  const inEra = day - era * 146_097
  const inYears = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  )
  const inYear = inEra - (inYears * 365 + Math.floor(inYears / 4) - Math.floor(inYears / 100))
  const fromMarch = Math.floor((inYear * 5 + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  return {
    year: inYears + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: inYear - Math.floor((fromMarch * 153 + 2) / 5) + 1,
  }
}

/** Days of the month that lies `month` months from the start of `year`: 13 is January of the next one. */
export const daysInMonth = (year: number, month: number): number =>
  epochDay(year, month + 1, 1) - epochDay(year, month, 1)

/** `months` later; the last day of a month that is too short. */
export const addMonths = ({ year, month, day }: Ymd, months: number): number =>
  epochDay(year, month + months, Math.min(day, daysInMonth(year, month + months)))

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (epoch: number): number => ((((epoch + 3) % 7) + 7) % 7) + 1

/** Whole months from one day to another, towards it, and the days that are left: both have one sign. */
export const monthsBetween = (from: number, to: number): { months: number; days: number } => {
  const one = ymdOf(from)
  const two = ymdOf(to)
  const sign = Math.sign(to - from)
  let months = (two.year - one.year) * 12 + two.month - one.month
  // a month is over on the day of that number, also where the month is too short to have it
  if (months !== 0 && (two.day - one.day) * sign < 0) months -= sign
  return { months, days: to - addMonths(one, months) }
}

/** The week by ISO 8601: the first one holds the year's first Thursday. */
export const weekOfYear = (epoch: number): number => {
  const thursday = epoch + 4 - weekdayOf(epoch)
  return Math.floor((thursday - epochDay(ymdOf(thursday).year, 1, 1)) / 7) + 1
}

/** A year is four digits, or a sign and six. */
const yearText = (year: number): string =>
  year >= 0 && year <= 9999
    ? String(year).padStart(4, '0')
    : `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(6, '0')}`

export const two = (value: number): string => String(value).padStart(2, '0')

export const dayText = (epoch: number): string => {
  const { year, month, day } = ymdOf(epoch)
  return `${yearText(year)}-${two(month)}-${two(day)}`
}
