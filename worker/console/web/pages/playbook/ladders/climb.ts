import type { Level } from '../../../../../../schemas/playbook/index.ts'
import type { WorkingCalendar } from '../../../../../method/calendar/index.ts'
import { runsOut } from '../../../../../method/tasks.ts'
import { localOf } from '../calendar/working.ts'

/** One stretch of silence: who was told when, and when the next level is. Instants are epoch ms. */
export interface Step {
  /** From 1. */
  level: number
  role: string
  toldAt: number
  /** When its time begins to run: at once, or with the next opening. */
  runsFrom: number
  climbsAt: number
  /** The top level is told again. */
  isAgain: boolean
}

/** How often the top level is drawn again: then it goes on like that. */
const AGAIN = 2

/**
 * What happens when nobody answers from an instant on: as the Worker climbs (ESC-LADDER). `isHeld`: whether anybody holds a role; a
 * level that nobody holds is passed over.
 */
export const climb = (
  levels: readonly Level[],
  calendar: WorkingCalendar,
  start: number,
  isHeld: (role: string) => boolean = () => true,
): Step[] => {
  const steps: Step[] = []
  const heldFrom = (from: number): number => {
    const held = levels.findIndex(({ role }, index) => index >= from && isHeld(role))
    return held >= 0 ? held : Math.min(from, levels.length - 1)
  }
  let at = start
  let index = heldFrom(0)
  for (let again = 0; again < AGAIN;) {
    const level = levels[index]
    if (!level || !(level.allowanceMinutes > 0)) break
    const runsFrom = calendar.nextWorkingInstant(at)
    const climbsAt = Date.parse(runsOut(calendar, { from: runsFrom, minutes: level.allowanceMinutes }))
    steps.push({ level: index + 1, role: level.role, toldAt: at, runsFrom, climbsAt, isAgain: again > 0 })
    at = climbsAt
    const next = heldFrom(index + 1)
    if (next === index) again++
    else index = next
  }
  return steps
}

/** A day of the drawing. */
export interface DrawnDay {
  date: string
  /** Minutes of the day in which a level's time runs. */
  spans: { level: number; from: number; to: number; isAgain: boolean }[]
  /** Minutes of the day at which a level is told. */
  told: { level: number; at: number; isAgain: boolean }[]
}

/** More days than these aren't drawn; the list beside says all. */
const MOST_DAYS = 45

/** Steps laid out day by day, by the bank's clocks. */
export const daysOf = (steps: readonly Step[], calendar: WorkingCalendar): DrawnDay[] => {
  const [first] = steps
  const last = steps.at(-1)
  if (!first || !last) return []
  const days = new Map<string, DrawnDay>()
  const end = calendar.dateOf(last.climbsAt)
  for (let date = calendar.dateOf(first.toldAt); date <= end && days.size < MOST_DAYS; date = calendar.addDays(date, 1))
    days.set(date, { date, spans: [], told: [] })
  for (const { level, toldAt, runsFrom, climbsAt, isAgain } of steps) {
    const told = localOf(calendar, toldAt)
    days.get(told.date)?.told.push({ level, at: told.minutes, isAgain })
    for (const day of days.values()) {
      const midnight = calendar.instantOf(day.date, '00:00')
      const from = Math.max(runsFrom, midnight)
      const to = Math.min(climbsAt, calendar.instantOf(calendar.addDays(day.date, 1), '00:00'))
      if (to > from) day.spans.push({ level, from: (from - midnight) / 60_000, to: (to - midnight) / 60_000, isAgain })
    }
  }
  return [...days.values()]
}
