import { readdirSync, readFileSync } from 'node:fs'

/** One contestant: does its work `count` times; what it returns keeps the work from being dropped. */
export interface Contestant {
  name: string
  /** Work done in one call of `run`, to get a rate. */
  run(count: number): unknown
  /** Calls in one round, so that slow and fast contestants take about the same time. */
  count: number
  /** The process that does the work, when it is another one: its processor time is measured too. */
  pid?: number
}

export interface Rate {
  name: string
  /** Median over rounds, works a second. */
  perSecond: number
  /** Median over rounds of its rate to the first contestant's in the same round. */
  ratio: number
  /** Processor time of one work, and what the first contestant's is of it: medians alike. Null where it can't be told. */
  cpu: { micros: number; ratio: number } | null
}

/** What one contestant did in one round: works a second, and processor time of one (µs; NaN where it can't be told). */
export interface Turn {
  perSecond: number
  micros: number
}

/** Processor time that a process has used so far, ns, all threads together; NaN where the system doesn't tell. */
const processorTime = (pid: number): number => {
  try {
    return readdirSync(`/proc/${pid}/task`)
      .map((thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]))
      .reduce((sum, ns) => sum + ns, 0)
  } catch {
    return Number.NaN
  }
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
 * another one. A round before the first, four times as long, warms all up and is not counted. Ends early after a round when more than `mostMs` have gone by.
 */
export const takeTurns = async (
  contestants: Contestant[],
  rounds: number,
  mostMs = Number.POSITIVE_INFINITY,
): Promise<Turn[][]> => {
  const began = performance.now()
  const taken: Turn[][] = []
  for (let round = -1; round < rounds; round++) {
    const turns: Turn[] = []
    for (let turn = 0; turn < contestants.length; turn++) {
      const index = (turn + Math.max(round, 0)) % contestants.length
      const contestant = contestants[index]
      if (contestant) turns[index] = await turnOf(contestant, round < 0 ? WARM_UP : 1)
    }
    if (round >= 0) taken.push(turns)
    if (performance.now() - began > mostMs) break
  }
  return taken
}

const WARM_UP = 4

const turnOf = async ({ run, count: one, pid }: Contestant, times: number): Promise<Turn> => {
  const count = one * times
  const used = (): number => (pid === undefined ? Number.NaN : processorTime(pid))
  const before = used()
  const began = performance.now()
  await run(count)
  const perSecond = (count * 1000) / (performance.now() - began)
  return { perSecond, micros: (used() - before) / count / 1000 }
}

/** Rates over the rounds of `takeTurns`: compared within a round, to the first contestant. */
export const ratesOf = (names: string[], rounds: Turn[][]): Rate[] =>
  names.map((name, index) => {
    const over = (figure: (own: Turn, first: Turn) => number): number =>
      median(rounds.flatMap(({ [index]: own, 0: first }) => (own && first ? [figure(own, first)] : [])))
    const micros = over((own) => own.micros)
    return {
      name,
      perSecond: over((own) => own.perSecond),
      ratio: over((own, first) => own.perSecond / first.perSecond),
      cpu: Number.isFinite(micros) ? { micros, ratio: over((own, first) => first.micros / own.micros) } : null,
    }
  })

export const compare = async (contestants: Contestant[], rounds: number): Promise<Rate[]> =>
  ratesOf(
    contestants.map(({ name }) => name),
    await takeTurns(contestants, rounds),
  )

/** How many calls take about `ms`. */
export const countFor = async (run: (count: number) => unknown, ms: number): Promise<number> => {
  for (let count = 1; ; count *= 4) {
    const began = performance.now()
    await run(count)
    const took = performance.now() - began
    if (took > ms / 4) return Math.max(1, Math.round((count * ms) / took))
  }
}
