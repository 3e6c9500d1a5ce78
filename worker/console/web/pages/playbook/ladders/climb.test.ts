import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../../../../schemas/playbook/default/index.ts'
import { dayKind, drawnCalendar, localOf } from '../calendar/working.ts'
import { climb, daysOf } from './climb.ts'

const source = defaultPlaybook.calendar
const calendar = drawnCalendar(source)
if (!calendar) throw new Error('no calendar')
const levels = [
  { role: 'RM' as const, allowanceMinutes: 240 },
  { role: 'VICE_PRESIDENT' as const, allowanceMinutes: 480 },
]
const when = (instant: number): string => {
  const { date, minutes } = localOf(calendar, instant)
  return `${date} ${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

describe('what if nobody answers', () => {
  it('ESC-LADDER: climbs in working time, over moved workdays and holidays, and the top is told again', () => {
    // 2026-09-30 is the last workday before the National Day week; Saturday the 10th of October is worked
    const steps = climb(levels, calendar, calendar.instantOf('2026-09-30', '16:30'))
    expect(steps.map(({ level, toldAt, climbsAt, isAgain }) => [level, when(toldAt), when(climbsAt), isAgain])).toEqual(
      [
        [1, '2026-09-30 16:30', '2026-10-08 12:00', false],
        [2, '2026-10-08 12:00', '2026-10-09 14:30', false],
        [2, '2026-10-09 14:30', '2026-10-10 15:30', true],
      ],
    )
    expect(dayKind(calendar, source, '2026-10-01')).toBe('holiday')
    expect(dayKind(calendar, source, '2026-10-10')).toBe('movedWork')
    expect(dayKind(calendar, source, '2026-10-11')).toBe('free')
  })

  it('passes over a level that nobody holds', () => {
    const start = calendar.instantOf('2026-11-02', '09:00')
    const steps = climb(
      [{ role: 'SUB_BRANCH_PRESIDENT', allowanceMinutes: 60 }, ...levels],
      calendar,
      start,
      (role) => role !== 'SUB_BRANCH_PRESIDENT',
    )
    expect(steps.map(({ level }) => level)).toEqual([2, 3, 3])
  })

  it('is drawn day by day: whose time runs, and who is told', () => {
    const days = daysOf(climb(levels, calendar, calendar.instantOf('2026-09-30', '16:30')), calendar)
    expect(days.map(({ date }) => date)).toHaveLength(11)
    expect(days[0]).toEqual({
      date: '2026-09-30',
      told: [{ level: 1, at: 990, isAgain: false }],
      spans: [{ level: 1, from: 990, to: 1440, isAgain: false }],
    })
    expect(days.at(-1)?.spans).toEqual([{ level: 2, from: 0, to: 930, isAgain: true }])
  })

  it('is not drawn by hours that can’t be read', () => {
    expect(drawnCalendar({ ...source, zone: 'Nowhere/City' })).toBeNull()
    expect(climb([], calendar, 0)).toEqual([])
  })
})
