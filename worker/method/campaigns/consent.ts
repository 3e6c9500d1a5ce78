import { parseRef } from '../../../schemas/events/keys.ts'
import type { Context } from '../context.ts'
import type { SubjectState } from '../state.ts'

/**
 * Whether a customer may be invited (CAMP-*): never one who said no or asked to be left alone, nor one who is gone; where the
 * playbook says so, only who said yes.
 */
export const mayInvite = (state: SubjectState, { playbook }: Context): boolean => {
  const { object, id } = parseRef(state.ref)
  const record = state.records[object]?.[id]
  if (!record || record.deleted || record.fields['ladderDoNotContact'] === true) return false
  const consent = record.fields['ladderConsent']
  return playbook.source.outreach.consent === 'ONLY_IF_GIVEN' ? consent === 'GIVEN' : consent !== 'WITHDRAWN'
}
