import { DAY_MS } from '../calendar/dates.ts'
import type { Balance } from '../state.ts'

/** Balances in order of (at, id). */
export const compareBalances = (a: Balance, b: Balance): number =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0

/** Puts a balance into its place. */
export const insertBalance = (balances: Balance[], fresh: Balance): void => {
  let index = balances.length
  for (let before = balances[index - 1]; before && compareBalances(before, fresh) > 0; before = balances[index - 1])
    index--
  balances.splice(index, 0, fresh)
}

/**
 * Drops what no comparison can need any more (ESC-MOVE): all before the window that ends with the newest balance, but for the
 * last one of them, which was still the balance when the window began.
 */
export const pruneBalances = (balances: Balance[], windowDays: number): void => {
  const newest = balances.at(-1)
  const since = newest && windowStart(balances, 0, newest.at, windowDays)
  if (!since) return
  let keep = balances.findIndex((balance) => balance.at >= since)
  if (keep > 0) keep--
  if (keep > 0) balances.splice(0, keep)
}

/** ISO instant at which the window that ends at `at` begins; '' when the balances from `first` on are all within it. */
export const windowStart = (balances: readonly Balance[], first: number, at: string, windowDays: number): string => {
  const since = Date.parse(at) - windowDays * DAY_MS
  const oldest = balances[first]
  return !oldest || Date.parse(oldest.at) >= since ? '' : new Date(since).toISOString()
}
