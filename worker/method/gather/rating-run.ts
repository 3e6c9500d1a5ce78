import type { Context } from '../context.ts'
import { Draft } from '../draft.ts'
import { isLiving } from '../escalations/raise.ts'
import type { SubjectState } from '../state.ts'
import { contributionOf } from '../tiers/attributes.ts'
import { rateNow } from '../tiers/now.ts'
import { schemesOf, seenStanding } from '../tiers/standings.ts'
import { customerName } from '../tiers/text.ts'
import type { Gatherer } from './index.ts'

const schemeIn = (state: SubjectState, ctx: Context, id: unknown) =>
  schemesOf(state, ctx).find(({ source }) => source.id === id)

/**
 * Customers that the table gives the tier from which a share leaves, who bring least first (TIER-RERATE). Those who are to be
 * let go already don't count. `params`: scheme; `beyond` and `beyondRef`: only those who come after that one, where more leave
 * than one answer holds.
 */
export const negatives: Gatherer = {
  rows(state, ctx, params) {
    const scheme = isLiving(state) ? schemeIn(state, ctx, params['scheme']) : undefined
    const exit = scheme?.source.run?.exit
    if (!scheme || !exit || seenStanding(state, scheme)?.rating?.tier === exit.to) return []
    if (rateNow(state, ctx, scheme)?.tier !== exit.from) return []
    const contribution = contributionOf(state) ?? 0
    const { beyond = null, beyondRef } = params
    const isBefore =
      beyond !== null && (contribution < Number(beyond) || (contribution === beyond && state.ref <= String(beyondRef)))
    return isBefore ? [] : [{ ref: state.ref, contribution }]
  },
  join: (rows) =>
    rows.toSorted(
      (a, b) => Number(a['contribution']) - Number(b['contribution']) || (a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0),
    ),
}

/** What a run proposed and nobody has answered: the committee's list. `params`: scheme, run. */
export const proposals: Gatherer = {
  rows(state, ctx, params) {
    const scheme = schemeIn(state, ctx, params['scheme'])
    const standing = scheme && seenStanding(state, scheme)
    const proposed = standing?.proposed
    if (proposed?.run !== params['run'] || !proposed) return []
    const name = customerName(new Draft(state, { type: 'time.passed', id: 'proposals' }, ctx))
    const { tier: to, row, effectiveOn } = proposed
    return [{ ref: state.ref, name, from: standing?.rating?.tier ?? null, to, row, effectiveOn }]
  },
  join: (rows) =>
    rows.toSorted((a, b) => {
      const [left, right] = [a, b].map(({ to, from, ref }) => `${String(to)}/${String(from)}/${ref}`)
      return (left ?? '') < (right ?? '') ? -1 : 1
    }),
}
