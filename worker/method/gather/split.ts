import type { GatheredRow } from '../../../schemas/events/index.ts'
import { isLiving } from '../escalations/raise.ts'
import { contributionOf } from '../tiers/attributes.ts'
import type { Gatherer } from './index.ts'

/** Amounts of one bucket differ by two percent at most. */
const WIDTH = Math.log(1.02)

/** Customers and what they bring, by size: one row a bucket. What brings nothing or less stands in bucket -1. */
const bucketOf = (fen: number): number => (fen <= 0 ? -1 : Math.floor(Math.log(fen) / WIDTH))

/**
 * How what customers bring is spread (TIER-8020), as counts and exact sums by buckets of 2 %, which may be added up in any order.
 * `params.of`: balance or contribution. Who has none that is known isn't counted.
 */
export const split: Gatherer = {
  whole: true,
  rows(state, _ctx, params) {
    if (!isLiving(state)) return []
    const fen = params['of'] === 'contribution' ? contributionOf(state) : (state.balances.at(-1)?.amount ?? null)
    if (fen === null) return []
    return [{ ref: String(bucketOf(fen)), count: 1, sum: Math.max(0, fen) }]
  },
  join: (rows) => {
    const buckets = new Map<string, GatheredRow>()
    for (const row of rows) {
      const known = buckets.get(row.ref)
      const count = Number(known?.['count'] ?? 0) + Number(row['count'])
      buckets.set(row.ref, { ref: row.ref, count, sum: Number(known?.['sum'] ?? 0) + Number(row['sum']) })
    }
    return [...buckets.values()].sort((a, b) => Number(b.ref) - Number(a.ref))
  },
}

/** The real 80/20: the share of customers, in percent, that brings `part` percent of all. */
export interface Split {
  customers: number
  /** In fen. */
  total: number
  part: number
  /** Null when nothing is brought. */
  share: number | null
}

/**
 * The largest customers that bring `part` percent of the total (TIER-8020). Only in the last bucket is the order of customers
 * unknown: there the mean counts, so the number of its customers is wrong by 2 % of it at most, and all else is exact.
 */
export const splitOf = (rows: readonly GatheredRow[], part = 80): Split => {
  const customers = rows.reduce((all, row) => all + Number(row['count']), 0)
  const total = rows.reduce((all, row) => all + Number(row['sum']), 0)
  if (total <= 0) return { customers, total, part, share: null }
  let left = (total * part) / 100
  let taken = 0
  for (const row of rows) {
    const [count, sum] = [Number(row['count']), Number(row['sum'])]
    if (sum >= left) {
      taken += (left / sum) * count
      break
    }
    left -= sum
    taken += count
  }
  return { customers, total, part, share: Math.round((taken / customers) * 10_000) / 100 }
}
