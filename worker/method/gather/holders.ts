import { Draft } from '../draft.ts'
import { isLiving } from '../escalations/raise.ts'
import { whoseOf } from '../measures/whose.ts'
import { usesOf } from '../tiers/products.ts'
import { readProfile } from '../tiers/readers.ts'
import { customerName } from '../tiers/text.ts'
import type { Gatherer } from './index.ts'

/**
 * Who stands behind a figure of the allocation table (TIER-ALLOC): customers of a value tier (`VIP`) or with products of a kind
 * (`POS`), by branch, RM and name. `params`: kind, and perhaps branch and rm.
 */
export const holders: Gatherer = {
  rows(state, ctx, { kind, branch = null, rm = null }) {
    if (!isLiving(state) || typeof kind !== 'string') return []
    if (readProfile(state, ctx, 'valueTier') !== kind && !usesOf(state, ctx).includes(kind)) return []
    const whose = whoseOf(state, ctx)
    if ((branch !== null && branch !== whose.branch) || (rm !== null && rm !== whose.rm)) return []
    const name = customerName(new Draft(state, { type: 'time.passed', id: 'holders' }, ctx))
    return [{ ref: state.ref, name, ...whose }]
  },
  join: (rows) => {
    const key = ({ ref, branch, rm, name }: (typeof rows)[number]): string => [branch, rm, name, ref].join('\t')
    return rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
  },
}
