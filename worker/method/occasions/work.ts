import { ladderKey } from '../../../schemas/events/keys.ts'
import type { Context } from '../context.ts'
import type { SubjectState } from '../state.ts'
import type { Occurrence } from './occurrences.ts'

/** One piece of work of an occurrence: when its task comes, and until when it has to be done (epoch ms). */
export interface Step {
  key: string
  work: Occurrence['kind']['work'][number]
  start: number
  due: number
}

/** What should have been done so long ago, and wasn't asked for then, isn't asked for now: facts may come years later. */
const STALE_MS = 60 * 86_400_000

/** The work of an occurrence that has to be, or was, asked for. */
export const stepsOf = ({ ref, tasks }: SubjectState, { playbook, now }: Context, one: Occurrence): Step[] => {
  const { calendar } = playbook
  return one.kind.work.flatMap((work, index) => {
    const key = ladderKey(ref, 'occasion', one.id, index + 1)
    let start = one.knownAt
    let due: number
    if (work.minutes === undefined) {
      const known = calendar.workdayOnOrAfter(calendar.dateOf(one.knownAt))
      const planned = calendar.addWorkingDays(one.on, work.day)
      // what became known too late is done on the day itself, or on the next one if that is over
      let on = planned > known ? planned : known
      if (calendar.closing(on) <= one.knownAt) on = calendar.addWorkingDays(on, 1)
      start = calendar.opening(calendar.addWorkingDays(on, -one.kind.leadDays))
      due = calendar.closing(on)
    } else due = calendar.addWorkingMinutes(calendar.nextWorkingInstant(one.knownAt), work.minutes)
    return tasks[key] === undefined && due < now - STALE_MS ? [] : [{ key, work, start, due }]
  })
}

/** Whether a person has done it: its task is finished, or a visit of its form was held since it was asked for. */
export const isDone = (state: SubjectState, { playbook }: Context, { key, work, start }: Step): boolean => {
  const task = state.tasks[key]
  if (task?.status === 'CLOSED' && task.closedBy !== 'LADDER') return true
  if (work.form === undefined) return false
  const since = playbook.calendar.dateOf(start)
  return Object.values(state.records['visit'] ?? {}).some(({ deleted, fields, at }) => {
    if (deleted || fields['status'] !== 'HELD' || (work.form === 'VISIT' && fields['form'] !== 'VISIT')) return false
    return playbook.calendar.dateOf(Date.parse(String(fields['heldAt'] ?? at))) >= since
  })
}
