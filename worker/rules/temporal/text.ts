import { daysInMonth, epochDay } from './days.ts'

const DATE = String.raw`(?<year>\d{4}|[+-]\d{6})(?<dash>-?)(?<month>\d\d)\k<dash>(?<day>\d\d)`
const BELOW = String.raw`(?:[.,](?<below>\d{1,9}))?`
const TIME = String.raw`(?<hour>\d\d)(?:(?<colon>:?)(?<minute>\d\d)(?:\k<colon>(?<second>\d\d)${BELOW})?)?`
const OFFSET = String.raw`(?:[+-]\d\d(?::?\d\d(?::?\d\d(?:[.,]\d{1,9})?)?)?)?`
const DAY_AND_TIME = new RegExp(`^${DATE}(?:[Tt ]${TIME}${OFFSET})?$`)
/** Without a T, digits alone may as well be a month and a day. */
const TIME_ALONE = new RegExp(String.raw`^(?!\d{3})[Tt]?${TIME}${OFFSET}$`)

type Found = Record<string, string | undefined> | undefined

const ns = (found: Found): number => {
  const hour = Number(found?.['hour'] ?? Number.NaN)
  const minute = Number(found?.['minute'] ?? 0)
  const second = Number(found?.['second'] ?? 0)
  if (!(hour < 24 && minute < 60 && second <= 60)) throw new RangeError('no time')
  // a leap second is the one before
  return ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1e9 + Number((found?.['below'] ?? '').padEnd(9, '0'))
}

/** Days from 1970-01-01 of a date by ISO 8601, with or without a time of its own; a moment (`…Z`) is none. Throws RangeError. */
export const readDay = (source: string): number => {
  const found = DAY_AND_TIME.exec(source)?.groups
  const [year, month, day] = [Number(found?.['year']), Number(found?.['month']), Number(found?.['day'])]
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)) || found?.['year'] === '-000000')
    throw new RangeError(`no date: ${source}`)
  if (found?.['hour'] !== undefined) ns(found)
  return epochDay(year, month, day)
}

/** Nanoseconds of the day of a time by ISO 8601, alone or with a date; a date alone may be its midnight. Throws RangeError. */
export const readTime = (source: string, dateAlone?: 'midnight'): number => {
  const dated = DAY_AND_TIME.exec(source)?.groups
  if (dated) readDay(source)
  if (dated && dated['hour'] === undefined && dateAlone) return 0
  return ns(dated ?? TIME_ALONE.exec(source)?.groups)
}
