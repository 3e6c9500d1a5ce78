import type { Context } from '../context.ts'
import { Draft } from '../draft.ts'
import type { Rating, SubjectState } from '../state.ts'
import { schemeOf, tierFor } from './evaluate.ts'
import { amountOf, goldOf } from './inputs.ts'

/**
 * The rating that a customer would get if it were rated now, whatever it has; null when no row hits. For a shadow run of a
 * changed table (TIER-RERATE): nothing is recorded.
 */
export const rateNow = (state: SubjectState, ctx: Context): Rating | null => {
  const draft = new Draft(state, { type: 'time.passed', id: 'shadow' }, ctx)
  const scheme = schemeOf(draft)
  if (!scheme) return null
  const amount = amountOf(draft)
  const gold = goldOf(draft)
  const tiering = tierFor(ctx, scheme, amount, gold)
  if (!tiering) return null
  const today = ctx.playbook.calendar.dateOf(ctx.now)
  return {
    key: '',
    ...tiering,
    playbook: ctx.playbook.version,
    ratedOn: today,
    effectiveOn: today,
    inputs: { amount, gold },
  }
}
