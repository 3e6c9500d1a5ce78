import { ladderKey, parseRef, type Ref } from '../../../schemas/events/keys.ts'
import type { Scheme } from '../../../schemas/playbook/index.ts'
import type { Draft } from '../draft.ts'
import type { Rating } from '../state.ts'
import { tierName } from './text.ts'

export type RatingCause = 'FIRST' | 'CHANGE' | 'YEARLY' | 'PROMOTION' | 'EXIT'

/** The key of a rating: what was rated, when, and by which facts; the same facts on the same day are the same rating. */
export const ratingKey = (ref: Ref, scheme: string, on: string, source: string): string =>
  ladderKey(ref, 'rating', scheme, on, source)

/** Writes a rating with its inputs, rule version, row, effective date and approval: the customer's history (TIER-RERATE). */
export const recordRating = (
  draft: Draft,
  scheme: Scheme,
  oldTier: string | null,
  rating: Rating,
  cause: RatingCause,
  approval: 'AUTOMATIC' | 'PROPOSED',
): void => {
  if (!scheme.history) return
  const { state, ctx } = draft
  const { object, id } = parseRef(state.ref)
  if (state.rated?.key !== rating.key) state.rated = { count: (state.rated?.count ?? 0) + 1, key: rating.key }
  draft.upsert(
    'tierRating',
    rating.key,
    {
      name: `${rating.ratedOn} ${tierName(ctx, oldTier)} → ${tierName(ctx, rating.tier)}`,
      company: object === 'company' ? id : null,
      person: object === 'person' ? id : null,
      scheme: scheme.id,
      oldTier,
      newTier: rating.tier,
      ratedOn: rating.ratedOn,
      // a run says from when on its moves would be in force; any other proposal takes effect when it is approved
      effectiveOn: approval === 'PROPOSED' && rating.run === undefined ? null : rating.effectiveOn,
      inputs: rating.inputs,
      ruleVersion: `v${rating.playbook}`,
      ruleRow: rating.row,
      cause,
      approval,
      ...(rating.run === undefined ? {} : { run: rating.run }),
    },
    draft.why(cause === 'FIRST' || cause === 'CHANGE' ? scheme.id : 'TIER-RERATE', {
      row: rating.row,
      inputs: rating.inputs,
    }),
  )
}
