import type { Scheme } from '../../../schemas/playbook/index.ts'
import { beginCadence } from '../cadence/due.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import { alive, isLiving } from '../escalations/raise.ts'
import type { Rating, SubjectState } from '../state.ts'
import { followApproval, isRejected, propose, withdraw } from './committee.ts'
import { schemeOf, tierFor, type Tiering } from './evaluate.ts'
import { amountOf, goldOf } from './inputs.ts'
import { say } from './text.ts'
import { ratingKey, recordRating, type RatingCause } from './record.ts'

/**
 * Rates a customer (TIER-CONTACT, TIER-CORP, TIER-RERATE): at first, when what the table reads has changed and with it the
 * outcome, and again each year. A changed table alone rates nobody; the next rating uses it.
 */
export const tiers = (draft: Draft): void => {
  const scheme = schemeOf(draft)
  if (!scheme || !alive(draft)) return
  if (draft.state.proposed) followApproval(draft)
  const { state, ctx } = draft
  const amount = amountOf(draft)
  const gold = goldOf(draft)
  const yearly = isYearlyDue(state, ctx)
  const known = state.proposed ?? state.rating
  if (known && !yearly && known.inputs['amount'] === amount && known.inputs['gold'] === gold) return

  const tiering = tierFor(ctx, scheme, amount, gold)
  if (!tiering) {
    if (amount === null && !gold) return unrate(draft)
    if (yearly) state.nextRatingOn = nextOn(draft, scheme)
    return
  }
  if (state.proposed && !yearly && matches(state.proposed, tiering)) return
  if (state.proposed) withdraw(draft, state.proposed)
  const changed = !state.rating || !matches(state.rating, tiering)
  if (!changed && !yearly) return
  rate(draft, scheme, tiering, !state.rating ? 'FIRST' : changed && !yearly ? 'CHANGE' : 'YEARLY', yearly)
}

/** When the yearly rating is due: the opening of the first workday on or after its date. */
export const tiersDue = (state: SubjectState, ctx: Context): number | null => {
  if (state.nextRatingOn === null || !isLiving(state)) return null
  const { calendar } = ctx.playbook
  return calendar.opening(calendar.workdayOnOrAfter(state.nextRatingOn))
}

const isYearlyDue = (state: SubjectState, ctx: Context): boolean => {
  const due = tiersDue(state, ctx)
  return due !== null && due <= ctx.now && ctx.playbook.calendar.isWorking(ctx.now)
}

const matches = (rating: Rating, { tier, contactsPerYear, leads }: Tiering): boolean =>
  rating.tier === tier &&
  rating.contactsPerYear === contactsPerYear &&
  rating.leads.length === leads.length &&
  rating.leads.every((role, index) => role === leads[index])

/** Nothing is known of the customer any more: it was gold by decision, without a balance, and isn't now. */
const unrate = (draft: Draft): void => {
  const { state, ctx } = draft
  if (state.proposed) withdraw(draft, state.proposed)
  if (!state.rating) return
  draft.note(
    draft.why('TIER-RERATE', { text: say(ctx, 'Neither a balance nor gold: no tier', '无余额且非黄金：不评级') }),
  )
  state.rating = state.nextRatingOn = null
  // kept for the day: a balance of the same day may have been told before or after
  state.unratedOn = ctx.playbook.calendar.dateOf(ctx.now)
}

/** A tier that only was confirmed is held since it was given first. */
export const since = (before: Rating | null, { tier, effectiveOn }: Rating): string =>
  before?.tier === tier ? before.effectiveOn : effectiveOn

const nextOn = ({ ctx }: Draft, scheme: Scheme): string => {
  const { calendar } = ctx.playbook
  return calendar.addMonths(calendar.dateOf(ctx.now), scheme.rerateMonths)
}

const rate = (draft: Draft, scheme: Scheme, tiering: Tiering, cause: RatingCause, yearly: boolean): void => {
  const { state, ctx } = draft
  const today = ctx.playbook.calendar.dateOf(ctx.now)
  const inputs = { amount: amountOf(draft), gold: goldOf(draft) }
  const source = state.balances.at(-1)?.id ?? 'none'
  const rating: Rating = {
    key: ratingKey(state.ref, scheme.id, today, inputs.gold ? `${source}+gold` : source),
    ...tiering,
    playbook: ctx.playbook.version,
    ratedOn: today,
    effectiveOn: today,
    inputs,
  }
  if (scheme.approval === 'committee' && !yearly && isRejected(draft, rating)) return
  state.nextRatingOn = nextOn(draft, scheme)
  if (scheme.approval === 'committee') return propose(draft, scheme, rating, cause)
  recordRating(draft, scheme, rating, cause, 'AUTOMATIC')
  state.rating = { ...rating, effectiveOn: since(state.rating, rating) }
  beginCadence(state, today)
}
