import type { Fields } from '../../../schemas/events/index.ts'
import type { Draft } from '../draft.ts'
import type { EscalationState } from '../state.ts'
import { closeTask } from '../tasks.ts'
import { say } from '../tiers/text.ts'
import { writeEscalation } from './notify.ts'

/** Closes an escalation and its tasks. `text`: why Ladder did it; left out when a person did. */
export const resolve = (draft: Draft, escalation: EscalationState, at: string, text?: string): void => {
  escalation.status = 'RESOLVED'
  escalation.resolvedAt = at
  escalation.climbsAt = null
  const fields: Fields = { status: 'RESOLVED', resolvedAt: at, climbsAt: null, pausedUntil: null, pauseReason: null }
  if (text !== undefined) fields['resolution'] = text
  const said = text ?? say(draft.ctx, 'Escalation resolved', '督办已解决')
  writeEscalation(draft, escalation.key, fields, 'ESC-LADDER', said)
  closeTasks(draft, escalation, said)
}

/** Closes its open tasks; those of its joint action too when `whole`. */
export const closeTasks = (draft: Draft, { key: about }: EscalationState, text: string, whole = true): void => {
  for (const [key, task] of Object.entries(draft.state.tasks)) {
    if (task.about === about || (whole && task.about === `${about}/joint`))
      closeTask(draft, key, { rule: 'ESC-LADDER', text })
  }
}
