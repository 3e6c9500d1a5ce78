import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { expect, it } from 'vitest'
import { countryDays } from './country.ts'
import { dateOfDay } from './dates.ts'

it("China's days are all that chinese-days publishes, and no other", () => {
  const days = [...countryDays('CN')].map(([day, isWork]) => [dateOfDay(day), isWork] as const)
  const expected = new Map([
    ...Object.keys(published.holidays).map((date) => [date, false] as const),
    ...Object.keys(published.workdays).map((date) => [date, true] as const),
  ])
  expect(new Map(days)).toEqual(expected)
  expect(expected.size).toBeGreaterThan(700)
})
