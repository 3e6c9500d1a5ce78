import published from './china.json' with { type: 'json' }
import { dayOf } from './dates.ts'

/**
 * Public holidays and moved workdays of a country: day number → work or not. A day that isn't in here is as its weekday is.
 * China's are those of chinese-days, written to china.json by `npm run docs` as runs of plain dates: its functions take the
 * host's zone for a `Date`, and answer "workday" for years that nobody has published yet.
 */
export const countryDays = (country: 'CN' | 'NONE'): ReadonlyMap<number, boolean> =>
  country === 'CN' ? (china ??= chinaDays()) : none

const none: ReadonlyMap<number, boolean> = new Map()
let china: ReadonlyMap<number, boolean> | undefined

const chinaDays = (): ReadonlyMap<number, boolean> => {
  const days = new Map<number, boolean>()
  const set = (years: Record<string, string>, isWork: boolean): void => {
    for (const [year, runs] of Object.entries(years))
      for (const run of runs.split(' ')) {
        const [first = '', last = first] = run.split('-').map((day) => `${year}-${day.slice(0, 2)}-${day.slice(2)}`)
        for (let day = dayOf(first); day <= dayOf(last); day++) days.set(day, isWork)
      }
  }
  set(published.holidays, false)
  set(published.workdays, true)
  return days
}
