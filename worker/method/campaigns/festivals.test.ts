import { LunarDay, SolarTerm } from 'tyme4ts'
import { describe, expect, it } from 'vitest'
import { FESTIVALS, type Festival } from '../../../schemas/playbook/index.ts'
import { festivalOn } from './festivals.ts'

const years = Array.from({ length: 31 }, (_, index) => 2020 + index)

/** By the library: month and day of the lunar calendar. */
const lunar = (year: number, month: number, day: number): string =>
  LunarDay.fromYmd(year, month, day)
    .getSolarDay()
    .toString()
    .replace(/^(\d+)年(\d+)月(\d+)日$/, (_, y: string, m: string, d: string) =>
      [y, m.padStart(2, '0'), d.padStart(2, '0')].join('-'),
    )

const term = (year: number, index: number): string => {
  const day = SolarTerm.fromIndex(year, index).getJulianDay().getSolarDay()
  return [day.getYear(), String(day.getMonth()).padStart(2, '0'), String(day.getDay()).padStart(2, '0')].join('-')
}

const oracle: Partial<Record<Festival, (year: number) => string>> = {
  SPRING_FESTIVAL: (year) => lunar(year, 1, 1),
  LANTERN: (year) => lunar(year, 1, 15),
  DRAGON_BOAT: (year) => lunar(year, 5, 5),
  QIXI: (year) => lunar(year, 7, 7),
  MID_AUTUMN: (year) => lunar(year, 8, 15),
  DOUBLE_NINTH: (year) => lunar(year, 9, 9),
  QINGMING: (year) => term(year, 7),
}

describe('festivals', () => {
  for (const [name, expected] of Object.entries(oracle))
    it(`CAMP-HOL: ${name} is on its day in every year from 2020 to 2050, by tyme4ts`, () => {
      for (const year of years) expect([year, festivalOn(name as Festival, year)]).toEqual([year, expected(year)])
    })

  it('CAMP-HOL: days that everybody knows', () => {
    expect(festivalOn('SPRING_FESTIVAL', 2026)).toBe('2026-02-17')
    expect(festivalOn('MID_AUTUMN', 2025)).toBe('2025-10-06')
    expect(festivalOn('QINGMING', 2024)).toBe('2024-04-04')
    expect(festivalOn('NATIONAL_DAY', 2027)).toBe('2027-10-01')
  })

  it('CAMP-HOL: a lunar year outside the table has no date, rather than a wrong one', () => {
    expect(festivalOn('DRAGON_BOAT', 2019)).toBeNull()
    expect(festivalOn('DRAGON_BOAT', 2061)).toBeNull()
    for (const festival of FESTIVALS) expect(festivalOn(festival, 2060)).toMatch(/^2060-/)
  })
})
