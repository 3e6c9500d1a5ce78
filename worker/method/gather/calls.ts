import type { GatheredRow } from '../../../schemas/events/index.ts'
import type { Gatherer } from './index.ts'

/** Calls by who made them and day, from `from` to `to` (ISO dates, both included): how many, and how many a success (DEV-ACT). */
export const calls: Gatherer = {
  whole: true,
  everybody: true,
  rows: ({ calls: all = {} }, _ctx, { from, to }) =>
    Object.entries(all).flatMap(([rm, days]) =>
      Object.entries(days)
        .filter(([on]) => on >= String(from) && on <= String(to))
        .map(([on, [made, won]]) => ({ ref: '', rm, on, made, won })),
    ),
  join: (rows) =>
    added(rows, ['rm', 'on'], ['made', 'won']).sort(
      (a, b) => String(a['rm']).localeCompare(String(b['rm'])) || String(a['on']).localeCompare(String(b['on'])),
    ),
}

/** Rows of the same names as one, with their figures added up. */
export const added = (rows: readonly GatheredRow[], names: string[], figures: string[]): GatheredRow[] => {
  const sums = new Map<string, GatheredRow>()
  for (const row of rows) {
    const key = names.map((name) => String(row[name])).join(' ')
    const sum = sums.get(key)
    if (!sum) sums.set(key, { ...row })
    else for (const name of figures) sum[name] = Number(sum[name]) + Number(row[name])
  }
  return [...sums.values()]
}
