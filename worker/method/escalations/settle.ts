import type { Cause } from '../../../schemas/playbook/index.ts'
import type { Draft } from '../draft.ts'
import type { EscalationState } from '../state.ts'
import { openTasks, tell, writeEscalation } from './notify.ts'
import { resolve } from './resolve.ts'

/** The escalation whose cause is still there, whether it is resolved or not. */
export const findStanding = (draft: Draft, cause: Cause, about: string): EscalationState | undefined => {
  const { escalations } = draft.state
  for (const key in escalations) {
    const one = escalations[key]
    if (one?.standing && one.cause === cause && one.about === about) return one
  }
  return undefined
}

/**
 * Tells that a cause isn't there (any more): what is open for it is resolved with `text`, and it may be raised again. How it
 * stood is kept: within a day a cause may only seem to have gone, when one of two facts comes before the other.
 */
export const settle = (draft: Draft, cause: Cause, about: string, text: string): void => {
  const standing = findStanding(draft, cause, about)
  if (!standing) return
  const { status, climbsAt, acknowledgedAt, resolvedAt } = standing
  const at = new Date(draft.ctx.now).toISOString()
  const tasks = openTasks(draft, standing).map(({ level, due }) => ({ level, due }))
  standing.settled = { at, status, climbsAt, acknowledgedAt, resolvedAt, tasks }
  standing.standing = false
  if (status !== 'RESOLVED') resolve(draft, standing, at, text)
}

/** The escalation of a cause that was settled on this very day; undefined when there is none. */
export const findSettled = (draft: Draft, cause: Cause, about: string): EscalationState | undefined => {
  const { state, ctx } = draft
  const { calendar } = ctx.playbook
  const today = calendar.dateOf(ctx.now)
  return Object.values(state.escalations).findLast(
    (one) =>
      one.cause === cause &&
      one.about === about &&
      one.settled !== undefined &&
      !one.standing &&
      calendar.dateOf(Date.parse(one.settled.at)) === today,
  )
}

/** The cause is back on the day on which it was settled: the escalation goes on as it stood (ESC-LADDER). */
export const reinstate = (
  draft: Draft,
  escalation: EscalationState,
  detail: string,
  rule: string,
): EscalationState | undefined => {
  const { settled } = escalation
  if (!settled) return undefined
  const { status, climbsAt, acknowledgedAt, resolvedAt, tasks } = settled
  escalation.standing = true
  if (status === 'RESOLVED') return undefined
  Object.assign(escalation, { status, climbsAt, acknowledgedAt, resolvedAt, detail })
  const fields = { status, climbsAt, acknowledgedAt, resolvedAt, detail, resolution: null }
  writeEscalation(draft, escalation.key, fields, rule, detail)
  for (const { level, due } of tasks) tell(draft, escalation, level, due)
  return escalation
}

/** Whether a record shows Ladder's own settling and not the answer of a person. */
export const isSettling = ({ settled }: EscalationState, resolvedAt: unknown): boolean =>
  settled !== undefined && typeof resolvedAt === 'string' && Date.parse(resolvedAt) === Date.parse(settled.at)
