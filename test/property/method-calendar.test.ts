import fc from 'fast-check'
import { expect, it } from 'vitest'
import { workingCalendar } from '../../worker/method/calendar/index.ts'

const MINUTE = 60_000
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Calendars with up to three frames a day, any weekdays, own days, in zones with and without summer time. */
const calendars = fc
  .record({
    zone: fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Asia/Kathmandu', 'Pacific/Auckland'),
    cuts: fc.uniqueArray(fc.integer({ min: 4 * 12, max: 23 * 12 }), { minLength: 2, maxLength: 6 }),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    country: fc.constantFrom('CN' as const, 'NONE' as const),
    days: fc.array(fc.record({ day: fc.integer({ min: 1, max: 28 }), work: fc.boolean() }), { maxLength: 3 }),
  })
  .map(({ zone, cuts, weekdays, country, days }) => {
    const edges = cuts.sort((a, b) => a - b).map((five) => clock(five * 5))
    const hours = Array.from({ length: Math.floor(edges.length / 2) }, (_, index) => ({
      from: edges[index * 2] ?? '09:00',
      to: edges[index * 2 + 1] ?? '17:00',
    }))
    const own = days.map(({ day, work }) => ({ on: `2026-03-${String(day).padStart(2, '0')}`, work }))
    return workingCalendar({ zone, hours, weekdays, country, coveredUntil: '2026-12-31', days: own })
  })
/** Around the changes to summer time, on whole minutes. */
const instants = fc
  .integer({ min: 0, max: 40 * 1440 })
  .map((minutes) => Date.parse('2026-02-25T00:00:00Z') + minutes * MINUTE)

it('ESC-LADDER: working minutes are those that a count minute by minute finds', () => {
  fc.assert(
    fc.property(calendars, instants, fc.integer({ min: 0, max: 4000 }), (calendar, from, length) => {
      let count = 0
      for (let minute = 0; minute < length; minute++) if (calendar.isWorking(from + minute * MINUTE)) count++
      expect(calendar.workingMinutesBetween(from, from + length * MINUTE)).toBe(count)
    }),
    { numRuns: 200 },
  )
})

it('ESC-LADDER: adding working minutes gives the earliest instant by which they have passed', () => {
  fc.assert(
    fc.property(calendars, instants, fc.integer({ min: 0, max: 3000 }), (calendar, from, minutes) => {
      const to = calendar.addWorkingMinutes(from, minutes)
      expect(calendar.workingMinutesBetween(from, to)).toBe(minutes)
      if (minutes > 0) expect(calendar.workingMinutesBetween(from, to - MINUTE)).toBe(minutes - 1)
      const next = calendar.nextWorkingInstant(to)
      expect(calendar.isWorking(next)).toBe(true)
      expect(calendar.workingMinutesBetween(to, next)).toBe(0)
    }),
    { numRuns: 1000 },
  )
})

it('working days there and back are the same, and never a day off', () => {
  fc.assert(
    fc.property(calendars, instants, fc.integer({ min: 1, max: 60 }), (calendar, at, days) => {
      const from = calendar.workdayOnOrAfter(calendar.dateOf(at))
      const to = calendar.addWorkingDays(from, days)
      expect(calendar.isWorkday(to)).toBe(true)
      expect(calendar.addWorkingDays(to, -days)).toBe(from)
      expect(calendar.dateOf(calendar.opening(to))).toBe(to)
      expect(calendar.instantOf(to, '12:00')).toBeGreaterThan(calendar.instantOf(from, '12:00'))
    }),
    { numRuns: 1000 },
  )
})
