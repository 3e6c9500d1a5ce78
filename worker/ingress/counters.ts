/**
 * Counts of what the routes refuse before any Account is asked. They live as long as the isolate: storing them would let
 * anyone make us write. `/metrics` adds them to what the accounts count.
 */
const counts = new Map<string, number>()

export const countRefused = (counter: string): void => {
  counts.set(counter, (counts.get(counter) ?? 0) + 1)
}

/** Counters of this isolate so far, named `<source>.<outcome>`. */
export const refusedCounts = (): ReadonlyMap<string, number> => counts
