import { parseRef } from '../../../schemas/events/keys.ts'
import type { Role } from '../../../schemas/playbook/index.ts'
import type { Draft } from '../draft.ts'
import { branchIn, ownerIn } from './branch.ts'
import { actingFor, holderFor } from './holder.ts'
import { userOf } from './map.ts'

export { branchIn, ownerIn } from './branch.ts'
export { userOf } from './map.ts'
export { actingFor, holderFor, type Whose } from './holder.ts'

/** The branch of the subject that is decided on, by code; null: the bank as a whole. */
export const branchOf = ({ state, ctx }: Draft): string | null => branchIn(state, ctx)

/**
 * The CRM user who holds a role for the subject that is decided on; of RM, who acts for its owner. The named person (ESC-MOVE)
 * is the customer's own, else by branch and tier, else its RM. Null: nobody.
 */
export const holderOf = (draft: Draft, role: Role): string | null => {
  const { state, ctx } = draft
  if (role === 'RM') {
    const owner = ownerIn(state)
    return owner === null ? null : actingFor(ctx, owner)
  }
  const { object, id } = parseRef(state.ref)
  const email = role === 'NAMED_PERSON' ? draft.record(object, id)?.fields['ladderNamedPerson'] : null
  const named = typeof email === 'string' ? userOf(ctx.members, email) : undefined
  if (named !== undefined) return actingFor(ctx, named)
  const held = holderFor(ctx, role, { branch: branchOf(draft), object, tier: state.rating?.tier ?? null })
  return held === null && role === 'NAMED_PERSON' ? holderOf(draft, 'RM') : held
}
