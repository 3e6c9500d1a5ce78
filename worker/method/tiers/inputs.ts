import { parseRef } from '../../../schemas/events/keys.ts'
import type { Draft } from '../draft.ts'

/** Gold by decision: ticked on the record, or told by core banking (TIER-CORP). */
export const goldOf = ({ state }: Draft): boolean => {
  if (state.profile.gold === true) return true
  const { object, id } = parseRef(state.ref)
  return state.records[object]?.[id]?.fields['ladderGold'] === true
}

/** The latest balance in fen by (at, id); null when none is known. */
export const amountOf = ({ state }: Draft): number | null => state.balances.at(-1)?.amount ?? null
