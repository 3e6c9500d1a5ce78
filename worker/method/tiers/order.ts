import type { Context } from '../context.ts'
import type { SubjectState } from '../state.ts'
import { attributeOf } from './attributes.ts'
import { leadingOf } from './standings.ts'

/** Whether the bank does business with the customer already: core banking told of a balance or a product. */
export const isExisting = ({ balances, holdings }: SubjectState): boolean =>
  balances.length > 0 || Object.keys(holdings).length > 0

/**
 * Where a customer stands in the working order of a list (TIER-ORDER), 0 to 15, the least first: existing before new; then
 * mid and high before mass, which is the last tier of the leading scheme; then good potential before ordinary; then explicit
 * need before hidden.
 */
export const orderKey = (state: SubjectState, ctx: Context): number => {
  const tiers = leadingOf(state, ctx)?.source.tiers ?? []
  const tier = state.rating?.tier
  const isMass = tier === undefined || tier === tiers.at(-1)
  return (
    (isExisting(state) ? 0 : 8) +
    (isMass ? 4 : 0) +
    (attributeOf(state, 'potential') === 'GOOD' ? 0 : 2) +
    (attributeOf(state, 'explicitNeed') === true ? 0 : 1)
  )
}

/** What a list is sorted by. `amount`: fen, null when not known. */
export interface Ordered {
  orderKey: number
  amount: number | null
  ref: string
}

/** Working order (TIER-ORDER); of equals who has more comes first. A total order, so that caps cut everywhere alike. */
export const byOrder = (a: Ordered, b: Ordered): number =>
  a.orderKey - b.orderKey ||
  (b.amount ?? -Infinity) - (a.amount ?? -Infinity) ||
  (a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0)
