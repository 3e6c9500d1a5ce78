import type { Fields } from '../../../schemas/events/index.ts'
import { beginCadence } from '../cadence/due.ts'
import type { CompiledScheme, Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import { alive, isLiving } from '../escalations/raise.ts'
import { hashOf } from '../playbook/hash.ts'
import type { Rating, Standing, SubjectState } from '../state.ts'
import { asksCommittee, followApproval, isRejected, propose, withdraw } from './committee.ts'
import { tierFor, type Tiering } from './evaluate.ts'
import { inputsOf, isKnown, sameInputs } from './inputs.ts'
import { ratingKey, recordRating, type RatingCause } from './record.ts'
import { followLeader, schemesOf, seenStanding, standingOf } from './standings.ts'
import { say } from './text.ts'

/**
 * Rates a customer by each scheme of its kind (TIER-CONTACT, TIER-CORP, TIER-RERATE): at first, when what the table reads has
 * changed and with it the outcome, and again each year. A changed table alone rates nobody; the next rating uses it.
 */
export const tiers = (draft: Draft): void => {
  if (!alive(draft)) return
  followLeader(draft.state, draft.ctx)
  for (const scheme of schemesOf(draft.state, draft.ctx)) rateBy(draft, scheme)
}

const rateBy = (draft: Draft, scheme: CompiledScheme): void => {
  const { state, ctx } = draft
  const inputs = inputsOf(draft, scheme)
  const seen = seenStanding(state, scheme)
  // most schemes have nothing to say of most customers, who then keep no place in them
  if (!seen?.rating && !seen?.proposed && !isKnown(inputs)) return
  const standing = standingOf(state, scheme)
  if (standing.proposed) followApproval(draft, scheme, standing)
  const yearly = isYearlyDue(standing, ctx)
  const known = standing.proposed ?? standing.rating
  if (known && !yearly && sameInputs(known.inputs, inputs)) return

  const tiering = isKnown(inputs) ? tierFor(ctx, scheme, inputs) : null
  if (!tiering) {
    if (!isKnown(inputs)) return unrate(draft, scheme, standing)
    if (yearly) standing.nextRatingOn = nextOn(ctx, scheme)
    return
  }
  if (standing.proposed && !yearly && matches(standing.proposed, tiering)) return
  if (standing.proposed) withdraw(draft, standing, standing.proposed)
  const { rating } = standing
  const changed = !rating || !matches(rating, tiering)
  if (!changed && !yearly) return
  const cause = !rating ? 'FIRST' : changed && !yearly ? 'CHANGE' : 'YEARLY'
  rate(draft, scheme, standing, { tiering, inputs, cause, yearly })
}

/** When the next yearly rating is due: the opening of the first workday on or after its date. */
export const tiersDue = (state: SubjectState, ctx: Context): number | null => {
  if (!isLiving(state)) return null
  let least: number | null = null
  for (const scheme of schemesOf(state, ctx)) {
    const due = yearlyDue(seenStanding(state, scheme), ctx)
    if (due !== null && (least === null || due < least)) least = due
  }
  return least
}

const yearlyDue = (standing: Standing | undefined, ctx: Context): number | null => {
  const on = standing?.nextRatingOn ?? null
  const { calendar } = ctx.playbook
  return on === null ? null : calendar.opening(calendar.workdayOnOrAfter(on))
}

const isYearlyDue = (standing: Standing, ctx: Context): boolean => {
  const due = yearlyDue(standing, ctx)
  return due !== null && due <= ctx.now && ctx.playbook.calendar.isWorking(ctx.now)
}

const matches = (rating: Rating, { tier, contactsPerYear, leads }: Tiering): boolean =>
  rating.tier === tier &&
  rating.contactsPerYear === contactsPerYear &&
  rating.leads.length === leads.length &&
  rating.leads.every((role, index) => role === leads[index])

/** Nothing is known of the customer any more that could rate it: it was gold by decision, without a balance, and isn't now. */
const unrate = (draft: Draft, scheme: CompiledScheme, standing: Standing): void => {
  const { state, ctx } = draft
  if (standing.proposed) withdraw(draft, standing, standing.proposed)
  if (!standing.rating) return
  const text = scheme.source.leading
    ? say(ctx, 'Neither a balance nor gold: no tier', '无余额且非黄金：不评级')
    : say(ctx, 'Nothing is known to rate by', '无评级依据：不评级')
  draft.note(draft.why('TIER-RERATE', { text }))
  standing.rating = standing.nextRatingOn = null
  // kept for the day: a balance of the same day may have been told before or after
  if (scheme.source.leading) state.unratedOn = ctx.playbook.calendar.dateOf(ctx.now)
}

/** A tier that only was confirmed is held since it was given first. */
const since = (before: Rating | null, { tier, effectiveOn }: Rating): string =>
  before?.tier === tier ? before.effectiveOn : effectiveOn

const nextOn = ({ playbook, now }: Context, { source }: CompiledScheme): string =>
  playbook.calendar.addMonths(playbook.calendar.dateOf(now), source.rerateMonths)

/** What tells ratings of one day apart: the balance that was rated, else all that was looked at. */
const sourceOf = ({ state }: Draft, { inputs }: CompiledScheme, seen: Fields): string => {
  const balance = state.balances.at(-1)?.id ?? 'none'
  const own = seen['gold'] === true ? `${balance}+gold` : balance
  const others = inputs.filter((name) => name !== 'amount' && name !== 'balance' && name !== 'gold')
  return others.length === 0 ? own : hashOf(seen)
}

const rate = (
  draft: Draft,
  scheme: CompiledScheme,
  standing: Standing,
  { tiering, inputs, cause, yearly }: { tiering: Tiering; inputs: Fields; cause: RatingCause; yearly: boolean },
): void => {
  const { state, ctx } = draft
  const today = ctx.playbook.calendar.dateOf(ctx.now)
  const { source } = scheme
  const rating: Rating = {
    key: ratingKey(state.ref, source.id, today, sourceOf(draft, scheme, inputs)),
    ...tiering,
    playbook: ctx.playbook.version,
    ratedOn: today,
    effectiveOn: today,
    inputs,
  }
  const asks = asksCommittee(source, standing.rating?.tier ?? null, rating.tier)
  if (asks && !yearly && isRejected(draft, source, rating)) return
  standing.nextRatingOn = nextOn(ctx, scheme)
  if (asks) return propose(draft, source, standing, rating, cause)
  recordRating(draft, source, standing.rating?.tier ?? null, rating, cause, 'AUTOMATIC')
  standing.rating = { ...rating, effectiveOn: since(standing.rating, rating) }
  if (source.leading) beginCadence(state, today)
}
