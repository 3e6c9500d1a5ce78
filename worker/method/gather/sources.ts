import { added } from './calls.ts'
import type { Gatherer } from './index.ts'

/** Developments by how the target was found and the stage that they stand in; how many of them are won (DEV-SRC). */
export const sources: Gatherer = {
  whole: true,
  everybody: true,
  rows: ({ developments, records }) =>
    Object.entries(developments)
      .filter(([id]) => records['development']?.[id]?.deleted === false)
      .map(([, { source, stage, won }]) => ({ ref: '', source: source ?? '', stage, count: 1, won: won ? 1 : 0 })),
  join: (rows) =>
    added(rows, ['source', 'stage'], ['count', 'won']).sort(
      (a, b) =>
        String(a['source']).localeCompare(String(b['source'])) || String(a['stage']).localeCompare(String(b['stage'])),
    ),
}
