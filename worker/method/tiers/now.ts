import type { CompiledScheme, Context } from '../context.ts'
import { Draft } from '../draft.ts'
import type { Rating, SubjectState } from '../state.ts'
import { tierFor } from './evaluate.ts'
import { inputsOf, isKnown } from './inputs.ts'

/**
 * The rating that a customer would get by a scheme if it were rated now, whatever it has; null when no row hits. For a shadow
 * run of a changed table (TIER-RERATE): nothing is recorded.
 */
export const rateNow = (state: SubjectState, ctx: Context, scheme: CompiledScheme): Rating | null => {
  const draft = new Draft(state, { type: 'time.passed', id: 'shadow' }, ctx)
  const inputs = inputsOf(draft, scheme)
  const tiering = isKnown(inputs) ? tierFor(ctx, scheme, inputs) : null
  if (!tiering) return null
  const today = ctx.playbook.calendar.dateOf(ctx.now)
  const playbook = ctx.playbook.version
  return { key: '', ...tiering, playbook, ratedOn: today, effectiveOn: today, inputs }
}
