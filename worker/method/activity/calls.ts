import type { RecordSnapshot } from '../../../schemas/events/index.ts'
import type { CallNorms } from '../../../schemas/playbook/index.ts'
import { calledOn, visitedOn } from '../cadence/contacts.ts'
import type { WorkingCalendar } from '../calendar/index.ts'
import type { Context } from '../context.ts'
import { ownerIn } from '../org/branch.ts'
import type { SubjectState } from '../state.ts'

type Calls = NonNullable<SubjectState['calls']>

/** How many days back calls are kept. */
const KEPT_DAYS = 60

/** The first day (ISO date) of which calls are kept. */
export const callsSince = ({ playbook: { calendar }, now }: Context): string =>
  calendar.addDays(calendar.dateOf(now), -KEPT_DAYS)

/**
 * The calls of one subject by who made them and day (DEV-ACT): finished calls and contact tasks of their assignee, held visits
 * by phone of their RM, else of the customer's owner. A success is one whose outcome says so.
 */
export const callsIn = (state: SubjectState, ctx: Context): Calls => {
  const since = callsSince(ctx)
  const calls: Calls = {}
  const count = (rm: unknown, on: string | null, outcome: unknown): void => {
    const who = typeof rm === 'string' && rm !== '' ? rm : ownerIn(state)
    if (who === null || on === null || on < since) return
    const day = ((calls[who] ??= {})[on] ??= [0, 0])
    day[0]++
    if (outcome === 'SUCCESS') day[1]++
  }
  for (const task of living(state, 'task'))
    count(task.fields['assigneeId'], calledOn(state, ctx, task), task.fields['ladderOutcome'])
  for (const visit of living(state, 'visit'))
    if (visit.fields['form'] === 'CALL') count(visit.fields['rm'], visitedOn(ctx, visit), visit.fields['outcome'])
  return calls
}

const living = ({ records }: SubjectState, object: string): RecordSnapshot[] =>
  Object.values(records[object] ?? {}).filter(({ deleted }) => !deleted)

/** What somebody's calls come to over `days` working days, against the norms. Success in whole percent; null without calls. */
export interface CallFigures {
  made: number
  won: number
  perDay: number
  success: number | null
  below: boolean
}

export const callFigures = (made: number, won: number, days: number, norms: CallNorms): CallFigures => {
  const perDay = days === 0 ? 0 : Math.floor(made / days)
  const success = made === 0 ? null : Math.floor((won * 100) / made)
  const below = days > 0 && norms.least > 0 && (perDay < norms.least || (success ?? 0) < norms.successPercent)
  return { made, won, perDay, success, below }
}

/** Working days from one date to another, both included. */
export const workdaysOf = (calendar: WorkingCalendar, from: string, to: string): number => {
  let days = 0
  for (let on = from; on <= to; on = calendar.addDays(on, 1)) if (calendar.isWorkday(on)) days++
  return days
}
