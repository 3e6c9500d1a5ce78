import type { Balance } from '../state.ts'
import { windowStart } from './movement-window.ts'

/** What makes a fall large: fen, or percent if the fall is at least `percentFrom` fen. Null: not used. */
export interface Thresholds {
  minFall: number | null
  minFallPercent: number | null
  percentFrom: number
}

/** A large fall to `to`, against the balance before it and the highest of the window (amounts in fen). */
export interface Movement {
  to: Balance
  last: Balance
  high: Balance
}

/**
 * All large movements of a customer's balances, which are sorted by (at, id) (ESC-MOVE). Each balance is compared to the one
 * before it and to the highest that stood within the window before it; what stood when the window began is among them. After
 * a movement comparisons begin anew from where it went, so that one fall isn't found again with each small change later.
 */
export const findMovements = (
  balances: readonly Balance[],
  windowDays: number,
  thresholds: (high: Balance) => Thresholds | null,
): Movement[] => {
  const found: Movement[] = []
  let start = 0
  let max = balances[0]?.amount ?? 0
  for (let index = 1; index < balances.length; index++) {
    const to = balances[index]
    const last = balances[index - 1]
    if (!to || !last) break
    if (to.amount < max) {
      const high = highest(balances, start, index, windowStart(balances, start, to.at, windowDays)) ?? last
      const limits = to.amount < high.amount ? thresholds(high) : null
      if (limits && (isLarge(high, to, limits) || isLarge(last, to, limits))) {
        found.push({ to, last, high })
        start = index
        max = to.amount
        continue
      }
    }
    max = Math.max(max, to.amount)
  }
  return found
}

const highest = (balances: readonly Balance[], start: number, end: number, since: string): Balance | undefined => {
  let high: Balance | undefined
  for (let index = end - 1; index >= start; index--) {
    const one = balances[index]
    if (!one) break
    if (!high || one.amount > high.amount) high = one
    if (one.at < since) break
  }
  return high
}

const isLarge = (from: Balance, to: Balance, { minFall, minFallPercent, percentFrom }: Thresholds): boolean => {
  const fall = from.amount - to.amount
  if (fall <= 0) return false
  if (minFall !== null && fall >= minFall) return true
  // of nothing, or of a debt, there is no percentage
  if (minFallPercent === null || from.amount <= 0) return false
  return fall >= percentFrom && fall * 100 >= minFallPercent * from.amount
}
