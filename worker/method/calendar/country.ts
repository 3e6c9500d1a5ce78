import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { dayOf } from './dates.ts'

/**
 * Public holidays and moved workdays of a country: day number → work or not. A day that isn't in here is as its weekday is.
 * China's are those of chinese-days, read as plain dates: its functions take the host's zone for a `Date`, and answer
 * "workday" for years that nobody has published yet.
 */
export const countryDays = (country: 'CN' | 'NONE'): ReadonlyMap<number, boolean> =>
  country === 'CN' ? (china ??= chinaDays()) : none

const none: ReadonlyMap<number, boolean> = new Map()
let china: ReadonlyMap<number, boolean> | undefined

const chinaDays = (): ReadonlyMap<number, boolean> => {
  const days = new Map<number, boolean>()
  for (const date of Object.keys(published.holidays)) days.set(dayOf(date), false)
  for (const date of Object.keys(published.workdays)) days.set(dayOf(date), true)
  return days
}
