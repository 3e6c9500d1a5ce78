import { findWorkday, isWorkday as chineseWorkday } from 'chinese-days'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { LegalHoliday, SolarDay } from 'tyme4ts'
import { describe, expect, it } from 'vitest'
import { calendar as bank } from '../../schemas/playbook/default/calendar.ts'
import type { Calendar } from '../../schemas/playbook/index.ts'
import { workingCalendar } from '../../worker/method/calendar/index.ts'
import { Minutes } from './oracles/minutes.ts'

const china = workingCalendar(bank)

/** By tyme4ts: what the State Council has named, and weekdays for all else. */
const tymeWorkday = (date: string): boolean => {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const named = LegalHoliday.fromYmd(year, month, day)
  const weekday = SolarDay.fromYmd(year, month, day).getWeek().getIndex()
  return named ? named.isWork() : weekday !== 0 && weekday !== 6
}

const dates = (from: string, to: string): string[] => {
  const list: string[] = []
  for (let day = Temporal.PlainDate.from(from); day.toString() <= to; day = day.add({ days: 1 })) list.push(`${day}`)
  return list
}
const ALL = dates('2014-01-01', '2026-12-31')

describe('workdays against two libraries', () => {
  it('ESC-LADDER: every day from 2014 to 2026 is as chinese-days and tyme4ts have it', () => {
    expect(ALL).toHaveLength(4748)
    expect(ALL.filter((date) => china.isWorkday(date) !== chineseWorkday(date))).toEqual([])
    expect(ALL.filter((date) => china.isWorkday(date) !== tymeWorkday(date))).toEqual([])
  })

  it('ESC-LADDER: before that they differ on two days, and Ladder has them as the notice of the State Council', () => {
    const early = dates('2010-01-01', '2013-12-31')
    const differ = early.filter((date) => chineseWorkday(date) !== tymeWorkday(date))
    expect(differ).toEqual(['2013-04-07', '2013-10-12'])
    expect(differ.map(china.isWorkday)).toEqual([true, true])
    expect(early.filter((date) => china.isWorkday(date) !== chineseWorkday(date))).toEqual([])
  })

  it('ESC-LADDER: so many working days on and back are those of chinese-days, and of a walk by tyme4ts', () => {
    const walk = (date: string, step: 1 | -1, count: number): string => {
      let day = Temporal.PlainDate.from(date)
      for (let left = count; left > 0;) {
        day = day.add({ days: step })
        if (tymeWorkday(`${day}`)) left--
      }
      return `${day}`
    }
    for (const [index, date] of ALL.slice(40, -40).entries()) {
      const count = 1 + (index % 15)
      const [on, back] = [china.addWorkingDays(date, count), china.addWorkingDays(date, -count)]
      if (on !== walk(date, 1, count) || back !== walk(date, -1, count)) expect([date, count, on, back]).toBe('a walk')
      // from a day off chinese-days counts its first workday as none
      if (tymeWorkday(date) && on !== findWorkday(count, date)) expect([date, count, on]).toBe(findWorkday(count, date))
      if (china.workdayOnOrAfter(date) !== findWorkday(0, date)) expect(date).toBe('on or after')
    }
  })

  it('dates and months are those of Temporal', () => {
    for (const date of ALL) {
      const day = Temporal.PlainDate.from(date)
      if (china.addDays(date, 45) !== `${day.add({ days: 45 })}`) expect(date).toBe('45 days on')
      for (const months of [-13, -1, 1, 2, 3, 6, 12])
        if (china.addMonths(date, months) !== `${day.add({ months })}`) expect(`${date} ${months}`).toBe('months on')
    }
  })
})

/** The bank's own days: a holiday worked, a workday off, a founding day. */
const OWN: Calendar['days'] = [
  { on: '2015-02-20', work: true },
  { on: '2018-05-07', work: false },
  { on: '2020-01-31', work: true },
  { on: '2023-08-08', work: false, note: '行庆' },
  { on: '2026-02-14', work: false },
  { on: '2026-02-17', work: true },
]
const own = new Map(OWN.map(({ on, work }) => [on, work]))

const CASES: [name: string, more: Partial<Calendar>][] = [
  ["Shanghai with a lunch split and the bank's own days", { days: OWN }],
  [
    'Shanghai, three frames',
    {
      days: OWN,
      hours: [
        { from: '08:30', to: '11:45' },
        { from: '13:00', to: '17:00' },
        { from: '18:10', to: '19:20' },
      ],
    },
  ],
  ['New York', { zone: 'America/New_York', days: OWN }],
  ['Berlin, by night', { zone: 'Europe/Berlin', hours: [{ from: '00:30', to: '05:45' }] }],
  ['Lord Howe, half an hour of summer', { zone: 'Australia/Lord_Howe', hours: [{ from: '00:00', to: '00:00' }] }],
]

describe.each(CASES)('working minutes against a count of every minute of 2014 to 2026: %s', (_, more) => {
  const source = { ...bank, ...more }
  const calendar = workingCalendar(source)
  const days = new Map(source.days.map(({ on, work }) => [on, work]))
  const minutes = new Minutes('2014-01-02', '2026-12-31', source, (date) => days.get(date) ?? tymeWorkday(date))

  it('ESC-LADDER: each is worked or not as the wall clock and the workday say', () => {
    let wrong = 0
    for (let minute = 0; minute < minutes.count; minute++)
      if (calendar.isWorking(minutes.instant(minute)) !== (minutes.worked[minute] === 1)) wrong++
    expect(wrong).toBe(0)
    expect(minutes.before.at(-1)).toBeGreaterThan(13 * 240 * 300)
  })

  it('ESC-LADDER: every day has as many as are counted, and all of them together', () => {
    for (let minute = 0; minute + 1440 <= minutes.count; minute += 1440) {
      const [from, to] = [minutes.instant(minute), minutes.instant(minute + 1440)]
      const counted = minutes.between(minute, minute + 1440)
      if (calendar.workingMinutesBetween(from, to) !== counted) expect(new Date(from).toISOString()).toBe(counted)
    }
    const [from, to] = [minutes.instant(0), minutes.instant(minutes.count)]
    expect(calendar.workingMinutesBetween(from, to)).toBe(minutes.between(0, minutes.count))
  })

  it('ESC-LADDER: between any two, added to any one, and the next: as counted', () => {
    const anywhere = fc.integer({ min: 0, max: minutes.count - 60 * 1440 })
    fc.assert(
      fc.property(anywhere, anywhere, fc.integer({ min: 0, max: 6000 }), (a, b, add) => {
        const [from, to] = [minutes.instant(a), minutes.instant(b)]
        const counted = a <= b ? minutes.between(a, b) : -minutes.between(b, a)
        expect(calendar.workingMinutesBetween(from, to)).toBe(counted)
        expect(calendar.nextWorkingInstant(from)).toBe(minutes.instant(minutes.next(a)))
        expect(calendar.addWorkingMinutes(from, add)).toBe(minutes.instant(minutes.add(a, add)))
      }),
      { numRuns: 200 },
    )
  })
})

it("the bank's own days are in the count", () => {
  const calendar = workingCalendar({ ...bank, days: OWN })
  for (const [date, work] of own) expect([date, calendar.isWorkday(date)]).toEqual([date, work])
})
