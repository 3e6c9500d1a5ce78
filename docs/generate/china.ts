import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { dateOfDay, dayOf } from '../../worker/method/calendar/dates.ts'

/** `0101-0103 0215-0223`: runs of days, by year; from the first to the last day, both included. */
const runs = (dates: readonly string[]): Record<string, string> => {
  const days = dates.map(dayOf).sort((a, b) => a - b)
  const years: Record<string, string[]> = {}
  for (let index = 0; index < days.length; index++) {
    const first = dateOfDay(days[index] ?? NaN)
    const year = first.slice(0, 4)
    let last = first
    for (
      let next = days[index + 1];
      next === dayOf(last) + 1 && dateOfDay(next).startsWith(year);
      next = days[index + 1]
    ) {
      last = dateOfDay(next)
      index++
    }
    const short = (date: string): string => date.slice(5).replace('-', '')
    ;(years[year] ??= []).push(first === last ? short(first) : `${short(first)}-${short(last)}`)
  }
  return Object.fromEntries(Object.entries(years).map(([year, list]) => [year, list.join(' ')]))
}

/** China's public holidays and moved workdays as chinese-days publishes them, in a sixth of the room: without their names. */
export const chinaDays = (): string =>
  JSON.stringify({
    holidays: runs(Object.keys(published.holidays)),
    workdays: runs(Object.keys(published.workdays)),
  })
