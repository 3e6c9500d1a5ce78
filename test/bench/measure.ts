/** One contestant: does its work `count` times; what it returns keeps the work from being dropped. */
export interface Contestant {
  name: string
  /** Work done in one call of `run`, to get a rate. */
  run(count: number): unknown
  /** Calls in one round, so that slow and fast contestants take about the same time. */
  count: number
}

export interface Rate {
  name: string
  /** Median over rounds, works a second. */
  perSecond: number
  /** Median over rounds of its rate to the first contestant's in the same round. */
  ratio: number
}

export const median = (numbers: number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}

/**
 * Measures contestants in turns, round by round, so that what else the machine does hits all alike; each round begins with
 * another one. Rates are compared within a round. One round before the first is not counted.
 */
export const compare = async (contestants: Contestant[], rounds: number): Promise<Rate[]> => {
  const rates = contestants.map((): number[] => [])
  for (let round = -1; round < rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const index = (turn + Math.max(round, 0)) % contestants.length
      const contestant = contestants[index]
      if (!contestant) continue
      const began = performance.now()
      await contestant.run(contestant.count)
      const perSecond = (contestant.count * 1000) / (performance.now() - began)
      if (round >= 0) rates[index]?.push(perSecond)
    }
  }
  return contestants.map(({ name }, index) => ({
    name,
    perSecond: median(rates[index] ?? []),
    ratio: median((rates[index] ?? []).map((rate, round) => rate / (rates[0]?.[round] ?? Number.NaN))),
  }))
}

/** How many calls take about `ms`. */
export const countFor = async (run: (count: number) => unknown, ms: number): Promise<number> => {
  for (let count = 1; ; count *= 4) {
    const began = performance.now()
    await run(count)
    const took = performance.now() - began
    if (took > ms / 4) return Math.max(1, Math.round((count * ms) / took))
  }
}
