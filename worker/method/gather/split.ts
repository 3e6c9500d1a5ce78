import type { GatheredRow } from '../../../schemas/events/index.ts'
import { contactsSince } from '../cadence/contacts.ts'
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
  rows(state, ctx, params) {
    if (!isLiving(state)) return []
    const fen = params['of'] === 'contribution' ? contributionOf(state) : (state.balances.at(-1)?.amount ?? null)
    if (fen === null) return []
    const { calendar } = ctx.playbook
    const since = calendar.addMonths(calendar.dateOf(ctx.now), -12)
    return [{ ref: String(bucketOf(fen)), count: 1, sum: Math.max(0, fen), contacts: contactsSince(state, ctx, since) }]
  },
  join: (rows) => {
    const buckets = new Map<string, GatheredRow>()
    for (const row of rows) {
      const known = buckets.get(row.ref)
      const added = (name: string): number => Number(known?.[name] ?? 0) + Number(row[name] ?? 0)
      buckets.set(row.ref, { ref: row.ref, count: added('count'), sum: added('sum'), contacts: added('contacts') })
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
  /** Contacts of the last twelve months with all of them, and the share of it that those customers had: where the effort went. */
  contacts: number
  effort: number | null
}

/**
 * The largest customers that bring `part` percent of the total (TIER-8020). Only in the last bucket is the order of customers
 * unknown: there the mean counts, so the number of its customers is wrong by 2 % of it at most, and all else is exact.
 */
export const splitOf = (rows: readonly GatheredRow[], part = 80): Split => {
  const customers = rows.reduce((all, row) => all + Number(row['count']), 0)
  const total = rows.reduce((all, row) => all + Number(row['sum']), 0)
  const contacts = rows.reduce((all, row) => all + Number(row['contacts'] ?? 0), 0)
  if (total <= 0) return { customers, total, part, share: null, contacts, effort: null }
  let left = (total * part) / 100
  let taken = 0
  let had = 0
  for (const row of rows) {
    const [count, sum, own] = [Number(row['count']), Number(row['sum']), Number(row['contacts'] ?? 0)]
    const of = sum >= left ? left / sum : 1
    taken += of * count
    had += of * own
    if (sum >= left) break
    left -= sum
  }
  const percent = (amount: number, whole: number): number => Math.round((amount / whole) * 10_000) / 100
  const effort = contacts === 0 ? null : percent(had, contacts)
  return { customers, total, part, share: percent(taken, customers), contacts, effort }
}
