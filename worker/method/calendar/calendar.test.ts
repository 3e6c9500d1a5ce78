import { LegalHoliday } from 'tyme4ts'
import { describe, expect, it } from 'vitest'
import { calendar as bank } from '../../../schemas/playbook/default/calendar.ts'
import type { Calendar } from '../../../schemas/playbook/index.ts'
import { isZone, workingCalendar } from './index.ts'

const make = (more: Partial<Calendar> = {}) => workingCalendar({ ...bank, ...more })
const china = make()
const at = (date: string, clock: string) => china.instantOf(date, clock)

describe('public holidays and moved workdays of China', () => {
  it('agrees with tyme4ts on every day from 2014 to 2026', () => {
    const differ: string[] = []
    for (let date = '2014-01-01'; date <= '2026-12-31'; date = china.addDays(date, 1)) {
      const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
      const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay()
      const expected = LegalHoliday.fromYmd(year, month, day)?.isWork() ?? (weekday !== 0 && weekday !== 6)
      if (china.isWorkday(date) !== expected) differ.push(date)
    }
    expect(differ).toEqual([])
  })

  it('a moved workday is worked and its holiday is not', () => {
    expect(china.isWorkday('2026-02-14')).toBe(true)
    expect(china.isWorkday('2026-02-16')).toBe(false)
    expect(china.addWorkingDays('2026-02-13', 5)).toBe('2026-02-27')
  })

  it('date-holidays has no moved workdays; Zammad #390: only official days are holidays', () => {
    expect(china.isWorkday('2026-11-11')).toBe(true)
    expect(china.isWorkday('2026-03-08')).toBe(false)
    expect(china.isWorkday('2026-10-10')).toBe(true)
  })

  it("the bank's own days win over the country's and over weekdays", () => {
    const own = make({
      days: [
        { on: '2026-02-14', work: false },
        { on: '2026-02-17', work: true },
        { on: '2026-03-04', work: false },
      ],
    })
    expect(['2026-02-14', '2026-02-17', '2026-03-04'].map(own.isWorkday)).toEqual([false, true, false])
  })

  it('after the last covered day plain weekdays are used, and it says so', () => {
    expect(china.uncertain('2026-12-31')).toBe(false)
    expect(china.uncertain('2027-01-01')).toBe(true)
    expect(china.isWorkday('2027-01-01')).toBe(true)
    expect(china.isWorkday('2027-01-02')).toBe(false)
    expect(make({ coveredUntil: '2026-02-10' }).isWorkday('2026-02-17')).toBe(true)
    expect(make({ country: 'NONE' }).uncertain('2030-01-01')).toBe(false)
  })

  it('osTicket #6739: any set of weekdays works, without Monday and Thursday too', () => {
    const odd = make({ country: 'NONE', weekdays: [2, 6] })
    expect(odd.addWorkingDays('2026-11-18', 1)).toBe('2026-11-21')
    expect(odd.addWorkingDays('2026-11-21', 1)).toBe('2026-11-24')
    expect(odd.addWorkingDays('2026-11-18', -1)).toBe('2026-11-17')
  })
})

describe('working days', () => {
  it('0 is the day itself, or the next working day', () => {
    expect(china.addWorkingDays('2026-11-20', 0)).toBe('2026-11-20')
    expect(china.addWorkingDays('2026-11-21', 0)).toBe('2026-11-23')
  })

  it('counts on and back over weekends', () => {
    expect(china.addWorkingDays('2026-11-20', 1)).toBe('2026-11-23')
    expect(china.addWorkingDays('2026-11-23', -1)).toBe('2026-11-20')
    expect(china.addWorkingDays('2026-11-21', -1)).toBe('2026-11-20')
    expect(china.workdayOnOrBefore('2026-11-22')).toBe('2026-11-20')
    expect(china.workdayOnOrAfter('2026-11-22')).toBe('2026-11-23')
  })

  it('a month on from the 31st is the last day of the next month', () => {
    expect(china.addMonths('2026-08-31', 1)).toBe('2026-09-30')
    expect(china.addMonths('2027-11-30', 3)).toBe('2028-02-29')
    expect(china.addMonths('2026-01-31', -2)).toBe('2025-11-30')
    expect(china.addDays('2026-12-31', 1)).toBe('2027-01-01')
  })
})

describe('working minutes', () => {
  it('Frappe #2212, Chatwoot #14009: the lunch break is no working time', () => {
    expect(china.addWorkingMinutes(at('2026-11-20', '11:00'), 120)).toBe(at('2026-11-20', '14:30'))
    expect(china.workingMinutesBetween(at('2026-11-20', '11:30'), at('2026-11-20', '14:00'))).toBe(60)
    expect(china.nextWorkingInstant(at('2026-11-20', '12:00'))).toBe(at('2026-11-20', '13:30'))
  })

  it('Zammad #3180: a 24/7 calendar is not closed for a minute at midnight', () => {
    for (const to of ['23:59', '00:00']) {
      const always = make({ country: 'NONE', weekdays: [1, 2, 3, 4, 5, 6, 7], hours: [{ from: '00:00', to }] })
      const late = at('2026-11-20', '23:59') + 30_000
      expect(always.nextWorkingInstant(late)).toBe(late)
      expect(always.addWorkingMinutes(late, 1)).toBe(late + 60_000)
      expect(always.workingMinutesBetween(at('2026-11-20', '00:00'), at('2026-11-22', '00:00'))).toBe(2 * 24 * 60)
    }
  })

  it('GLPI #10594: minutes over a weekend are minutes, not days', () => {
    expect(china.addWorkingMinutes(at('2026-11-20', '17:00'), 60)).toBe(at('2026-11-23', '09:30'))
    expect(china.workingMinutesBetween(at('2026-11-20', '17:00'), at('2026-11-23', '09:30'))).toBe(60)
  })

  it('GLPI #22678, #15429: nothing falls due at midnight, always in working time or at its end', () => {
    expect(china.addWorkingMinutes(at('2026-11-20', '22:00'), 30)).toBe(at('2026-11-23', '09:30'))
    expect(china.addWorkingMinutes(at('2026-11-20', '09:00'), 420)).toBe(at('2026-11-20', '17:30'))
    expect(china.nextWorkingInstant(at('2026-11-20', '17:30'))).toBe(at('2026-11-23', '09:00'))
    expect(china.isWorking(at('2026-11-20', '17:30'))).toBe(false)
  })

  it('counts over the spring festival and the Saturday worked for it', () => {
    expect(china.addWorkingMinutes(at('2026-02-14', '16:30'), 120)).toBe(at('2026-02-24', '10:00'))
  })

  it.each([
    ['Asia/Shanghai', bank.hours, '2026-02-12T20:00:00Z', 14],
    ['America/New_York', bank.hours, '2026-03-06T10:00:00Z', 5],
    ['America/New_York', [{ from: '00:00', to: '00:00' }], '2026-10-30T10:00:00Z', 4],
    ['Europe/London', [{ from: '08:15', to: '16:45' }], '2026-03-27T00:00:00Z', 5],
    ['Asia/Kathmandu', bank.hours, '2026-05-01T00:00:00Z', 3],
    ['Australia/Lord_Howe', bank.hours, '2026-04-03T00:00:00Z', 4],
  ])('counts as minute by minute, %s', (zone, hours, start, days) => {
    const calendar = make({ zone, hours, country: 'CN' })
    const clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'short',
      hourCycle: 'h23',
    })
    const from = Date.parse(start)
    let count = 0
    for (let minute = 0; minute < days * 1440; minute++) {
      const now = from + minute * 60_000
      const [day = '', time = ''] = clock.format(now).split(', ')
      const date = day.split('/').reverse().join('-')
      const open = hours.some((one) => time >= one.from && (one.to === '00:00' || time < one.to))
      const working = open && calendar.isWorkday(date)
      if (calendar.dateOf(now) !== date) expect(`${calendar.dateOf(now)} ${now}`).toBe(date)
      if (calendar.isWorking(now) !== working) expect(`${start} ${date} ${time}`).toBe(working)
      if (minute % 97 === 0) expect(calendar.workingMinutesBetween(from, now)).toBe(count)
      if (working) count++
    }
    const end = from + days * 1440 * 60_000
    expect(calendar.workingMinutesBetween(from, end)).toBe(count)
    expect(calendar.workingMinutesBetween(end, from)).toBe(-count)
  })
})

describe('zones', () => {
  it('a wall time in a gap is later, one that comes twice is the first', () => {
    const york = make({ zone: 'America/New_York' })
    expect(york.instantOf('2026-03-08', '02:30')).toBe(Date.parse('2026-03-08T07:30:00Z'))
    expect(york.instantOf('2026-11-01', '01:30')).toBe(Date.parse('2026-11-01T05:30:00Z'))
    expect(make({ zone: 'Asia/Shanghai' }).instantOf('1988-07-01', '09:00')).toBe(Date.parse('1988-07-01T00:00:00Z'))
  })

  it('bad input gives no exception', () => {
    expect(isZone('Mars/Olympus')).toBe(false)
    expect(make({ zone: 'Mars/Olympus' }).dateOf(Date.parse('2026-11-20T20:00:00Z'))).toBe('2026-11-21')
    expect(china.isWorkday('2026-02-30')).toBe(false)
    expect(china.addDays('nonsense', 1)).toBe('')
    expect(china.addWorkingDays('nonsense', 3)).toBe('')
    expect(china.dateOf(NaN)).toBe('')
    expect(china.addWorkingMinutes(NaN, 5)).toBeNaN()
    expect(make({ weekdays: [], country: 'NONE' }).addWorkingDays('2026-11-20', 1)).not.toBe('')
    expect(make({ hours: [{ from: '17:00', to: '09:00' }] }).isWorking(at('2026-11-20', '10:00'))).toBe(true)
  })
})

it('ESC-LADDER: 100,000 clocks of a working day are set in well under a second', () => {
  const from = at('2026-01-01', '00:00')
  const began = performance.now()
  for (let i = 0; i < 100_000; i++) china.addWorkingMinutes(from + i * 4 * 60_000, 420)
  expect(performance.now() - began).toBeLessThan(3000)
})
