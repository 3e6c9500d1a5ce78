import { parseRef } from '../../schemas/events/keys.ts'
import type { Fields } from '../../schemas/events/index.ts'
import type { Perform } from './action-desk.ts'

/** `rate`: the customer as the CRM has it now, looked at by all rules (TIER-CORP, TIER-CONTACT, TIER-RERATE). */
export const rate: Perform = async (desk) => {
  const { object, id } = desk.deed
  const seen = await desk.see(object, id)
  if (!seen.ok) return seen.instead
  await desk.look(seen.ref)
  const state = await desk.subject(seen.ref)
  if (!state) return desk.again()
  const { rating, proposed, nextRatingOn } = state
  const own = parseRef(seen.ref)
  const fields: Fields = state.records[own.object]?.[own.id]?.fields ?? {}
  const text = (name: string): string | null => (typeof fields[name] === 'string' ? fields[name] : null)
  const outputs = {
    tier: rating?.tier ?? null,
    proposedTier: proposed?.tier ?? null,
    why: text('ladderTierWhy'),
    contactsPerYear: rating?.contactsPerYear ?? null,
    nextContactDue: text('ladderNextContactDue'),
    nextRatingOn,
  }
  if (rating) return { done: true, outcome: 'DONE', outputs }
  const reason = proposed
    ? desk.say('The first tier waits for approval.', '首次定级待审批。')
    : desk.say('Not rated: neither a balance nor gold is known.', '未评级：尚无余额，也未认定黄金。')
  return { done: true, outcome: 'DONE', reason, outputs }
}
