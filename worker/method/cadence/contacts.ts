import type { RecordSnapshot } from '../../../schemas/events/index.ts'
import { isDate } from '../calendar/dates.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import type { SubjectState } from '../state.ts'

/**
 * The date of the last contact (TIER-CONTACT): held visits, finished calls and contact tasks, and what core banking told.
 * Null when there was none. Dates are of the playbook's zone.
 */
export const lastContactOn = (state: SubjectState, ctx: Context): string | null => {
  const told = state.profile.lastContactOn
  // a contact that is still to come is none
  let last = told !== null && isDate(told) && told <= ctx.playbook.calendar.dateOf(ctx.now) ? told : null
  const take = (on: string | null): void => {
    if (on !== null && on !== '' && (last === null || on > last)) last = on
  }
  const { visit: visits, task: tasks } = state.records
  for (const id in visits) take(visitedOn(ctx, visits[id]))
  for (const id in tasks) take(calledOn(state, ctx, tasks[id]))
  return last
}

/** How many contacts there were since a day (ISO date): held visits, finished calls and contact tasks (TIER-8020). */
export const contactsSince = (state: SubjectState, ctx: Context, since: string): number => {
  const { visit: visits = {}, task: tasks = {} } = state.records
  const days = [
    ...Object.values(visits).map((visit) => visitedOn(ctx, visit)),
    ...Object.values(tasks).map((task) => calledOn(state, ctx, task)),
  ]
  return days.filter((on) => on !== null && on >= since).length
}

/**
 * Puts on a finished call the day on which it was seen finished, because a later edit moves the record's own time; takes it
 * off again when the call is opened again.
 */
export const stampCalls = (draft: Draft): void => {
  const { state, ctx } = draft
  const tasks = state.records['task']
  for (const id in tasks) {
    const task = tasks[id]
    if (!task || task.deleted || !isCall(task)) continue
    const on = calledOn(state, ctx, task)
    const stamped = isDate(task.fields['ladderClosedOn']) ? task.fields['ladderClosedOn'] : null
    if (on !== stamped) draft.update('task', id, { ladderClosedOn: on }, draft.why('TIER-CONTACT'))
  }
}

/** A visit can't have been held later than its record says that it was. */
export const visitedOn = ({ playbook }: Context, visit: RecordSnapshot | undefined): string | null => {
  if (!visit || visit.deleted || visit.fields['status'] !== 'HELD') return null
  const { dateOf } = playbook.calendar
  const recorded = dateOf(Date.parse(visit.at))
  const { heldAt } = visit.fields
  const held = typeof heldAt === 'string' ? dateOf(Date.parse(heldAt)) : ''
  return held !== '' && held < recorded ? held : recorded
}

const isCall = ({ fields }: RecordSnapshot): boolean =>
  fields['ladderKind'] === 'CALL' || fields['ladderKind'] === 'CONTACT'

/** A contact task that Ladder closed itself is no contact. */
export const calledOn = (state: SubjectState, ctx: Context, task: RecordSnapshot | undefined): string | null => {
  if (!task || task.deleted || !isCall(task) || task.fields['status'] !== 'DONE') return null
  const { ladderClosedOn, ladderKey } = task.fields
  if (typeof ladderKey === 'string' && state.tasks[ladderKey]?.closedBy === 'LADDER') return null
  const recorded = ctx.playbook.calendar.dateOf(Date.parse(task.at))
  return isDate(ladderClosedOn) && ladderClosedOn <= recorded ? ladderClosedOn : recorded || null
}
