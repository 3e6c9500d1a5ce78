import type { Fields, RatingRun } from '../../../schemas/events/index.ts'
import type { CompiledScheme, Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import { alive, isLiving } from '../escalations/raise.ts'
import { hashOf } from '../playbook/hash.ts'
import type { Rating, Standing, SubjectState } from '../state.ts'
import {
  answerRun,
  asksCommittee,
  effectDue,
  followApproval,
  isRejected,
  propose,
  putInForce,
  withdraw,
} from './committee.ts'
import { tierFor, type Tiering } from './evaluate.ts'
import { inputsOf, isKnown, sameInputs } from './inputs.ts'
import { ratingKey, recordRating, type RatingCause } from './record.ts'
import { isToLeave, stay } from './run.ts'
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
  const { state, ctx, event } = draft
  const inputs = inputsOf(draft, scheme)
  const seen = seenStanding(state, scheme)
  // most schemes have nothing to say of most customers, who then keep no place in them
  if (!seen?.rating && !seen?.proposed && !isKnown(inputs)) return
  const standing = standingOf(state, scheme)
  if (standing.proposed) followApproval(draft, scheme, standing)
  const { scheduled } = standing
  if (scheduled && (effectDue(standing, ctx) ?? Infinity) <= ctx.now)
    putInForce(draft, scheme.source, standing, scheduled)
  if (event.type === 'rating.run' && event.run.scheme === scheme.source.id)
    return inRun(draft, scheme, standing, event.run)
  const yearly = isYearlyDue(standing, ctx)
  const known = standing.proposed ?? standing.scheduled ?? standing.rating
  if (known && !yearly && sameInputs(known.inputs, inputs)) return

  const tiering = isKnown(inputs) ? stay(scheme, standing, tierFor(ctx, scheme, inputs)) : null
  if (!tiering) {
    if (!isKnown(inputs)) return unrate(draft, scheme, standing)
    if (yearly) standing.nextRatingOn = nextOn(ctx, scheme)
    return
  }
  const pending = standing.proposed ?? standing.scheduled
  if (pending && !yearly && matches(pending, tiering)) return
  if (pending) withdraw(draft, standing, pending)
  const { rating } = standing
  const changed = !rating || !matches(rating, tiering)
  if (!changed && !yearly) return
  const cause = !rating ? 'FIRST' : changed && !yearly ? 'CHANGE' : 'YEARLY'
  rate(draft, scheme, standing, { tiering, inputs, cause, yearly })
}

/** Rated again with all customers of its scheme, or answered for with all that was proposed then (TIER-RERATE). */
const inRun = (draft: Draft, scheme: CompiledScheme, standing: Standing, run: RatingRun): void => {
  if (run.step !== 'RATE') return answerRun(draft, scheme, standing, run)
  if (standing.run === run.id) return
  const { state, ctx } = draft
  const inputs = inputsOf(draft, scheme)
  const tiering = isKnown(inputs) ? stay(scheme, standing, tierFor(ctx, scheme, inputs)) : null
  if (!tiering) return
  standing.run = run.id
  const { exit = null } = scheme.source.run ?? {}
  const leaves = exit !== null && tiering.tier === exit.from && isToLeave(state, run)
  const target = leaves ? { ...tiering, tier: exit.to, row: `${tiering.row}+exit` } : tiering
  const pending = standing.proposed ?? standing.scheduled
  if (pending && matches(pending, target)) return
  if (pending) withdraw(draft, standing, pending)
  const from = standing.rating?.tier ?? null
  const { tiers } = scheme.source
  const isBetter = from !== null && tiers.indexOf(target.tier) < tiers.indexOf(from)
  const cause = from === null ? 'FIRST' : leaves ? 'EXIT' : isBetter ? 'PROMOTION' : 'YEARLY'
  rate(draft, scheme, standing, { tiering: target, inputs, cause, yearly: true, run })
}

/** When the next yearly rating is due: the opening of the first workday on or after its date. */
export const tiersDue = (state: SubjectState, ctx: Context): number | null => {
  if (!isLiving(state)) return null
  let least: number | null = null
  for (const scheme of schemesOf(state, ctx)) {
    const standing = seenStanding(state, scheme)
    for (const due of standing ? [yearlyDue(standing, ctx), effectDue(standing, ctx)] : [])
      if (due !== null && (least === null || due < least)) least = due
  }
  return least
}

const yearlyDue = ({ nextRatingOn: on }: Standing, { playbook }: Context): number | null => {
  const { calendar } = playbook
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
  const pending = standing.proposed ?? standing.scheduled
  if (pending) withdraw(draft, standing, pending)
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

/** Null where all customers are rated again in one run. */
const nextOn = ({ playbook, now }: Context, { source }: CompiledScheme): string | null =>
  source.run ? null : playbook.calendar.addMonths(playbook.calendar.dateOf(now), source.rerateMonths)

/** What tells ratings of one day apart: the balance that was rated, else all that was looked at. */
const sourceOf = ({ state }: Draft, { inputs }: CompiledScheme, seen: Fields): string => {
  const balance = state.balances.at(-1)?.id ?? 'none'
  const own = seen['gold'] === true ? `${balance}+gold` : balance
  const others = inputs.filter((name) => name !== 'amount' && name !== 'balance' && name !== 'gold')
  return others.length === 0 ? own : hashOf(seen)
}

interface ToRate {
  tiering: Tiering
  inputs: Fields
  cause: RatingCause
  yearly: boolean
  run?: RatingRun
}

const rate = (
  draft: Draft,
  scheme: CompiledScheme,
  standing: Standing,
  { tiering, inputs, cause, yearly, run }: ToRate,
): void => {
  const { state, ctx } = draft
  const today = ctx.playbook.calendar.dateOf(ctx.now)
  const { source } = scheme
  const from = standing.rating?.tier ?? null
  const later = run?.effectiveOn && from !== tiering.tier && run.effectiveOn > today ? run.effectiveOn : today
  const rating: Rating = {
    key: ratingKey(state.ref, source.id, today, run ? 'run' : sourceOf(draft, scheme, inputs)),
    ...tiering,
    playbook: ctx.playbook.version,
    ratedOn: today,
    effectiveOn: later,
    inputs,
    ...(run ? { run: run.id } : {}),
  }
  // in a run every move is the committee's, a mere confirmation is not
  const asks = run ? source.approval === 'committee' && from !== rating.tier : asksCommittee(source, from, rating.tier)
  if (asks && !yearly && isRejected(draft, source, standing, rating)) return
  standing.nextRatingOn = nextOn(ctx, scheme)
  if (asks) return propose(draft, source, standing, rating, cause)
  recordRating(draft, source, from, rating, cause, 'AUTOMATIC')
  putInForce(draft, source, standing, { ...rating, effectiveOn: since(standing.rating, rating) })
}
