import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findMovements, type Thresholds } from '../../worker/method/escalations/movement-find.ts'
import { insertBalance, pruneBalances } from '../../worker/method/escalations/movement-window.ts'
import type { Balance } from '../../worker/method/state.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 0, 1)

/** The rule as it is told in words: every pair is compared, nothing is remembered but the last movement. */
const oracle = (balances: Balance[], windowDays: number, limits: Thresholds): string[] => {
  const found: string[] = []
  let restart = 0
  balances.forEach((to, index) => {
    const before = balances.slice(restart, index)
    const since = Date.parse(to.at) - windowDays * DAY
    const stood = before.filter((one, place) => {
      const next = before[place + 1] ?? to
      return Date.parse(one.at) >= since || Date.parse(next.at) >= since
    })
    const large = stood.some(({ amount }) => {
      const fall = amount - to.amount
      const percent = (fall * 100) / amount
      return (
        (limits.minFall !== null && fall > 0 && fall >= limits.minFall) ||
        (limits.minFallPercent !== null &&
          amount > 0 &&
          fall > 0 &&
          fall >= limits.percentFrom &&
          percent >= limits.minFallPercent)
      )
    })
    if (large && index > 0) {
      found.push(to.id)
      restart = index
    }
  })
  return found
}

const series = fc
  .array(fc.record({ day: fc.integer({ min: 0, max: 90 }), amount: fc.integer({ min: 0, max: 1000 }) }), {
    maxLength: 40,
  })
  .map((points) =>
    points.map(({ day, amount }, index) => ({
      id: `b${index}`,
      at: new Date(START + day * DAY).toISOString(),
      amount: amount * 100,
    })),
  )
const thresholds = fc.record({
  minFall: fc.option(fc.integer({ min: 1, max: 60_000 })),
  minFallPercent: fc.option(fc.integer({ min: 1, max: 100 })),
  percentFrom: fc.integer({ min: 0, max: 40_000 }),
})
const sorted = (balances: Balance[]): Balance[] => {
  const list: Balance[] = []
  for (const one of balances) insertBalance(list, one)
  return list
}

it('ESC-MOVE: finds what comparing every pair finds', () => {
  fc.assert(
    fc.property(series, thresholds, fc.integer({ min: 1, max: 60 }), (points, limits, windowDays) => {
      const balances = sorted(points)
      const found = findMovements(balances, windowDays, () => limits).map(({ to }) => to.id)
      expect(found).toEqual(oracle(balances, windowDays, limits))
    }),
    { numRuns: 3000 },
  )
})

it('ESC-MOVE: balances are kept the same in whatever order they come', () => {
  const shuffled = series.chain((points) =>
    fc.tuple(fc.constant(points), fc.shuffledSubarray(points, { minLength: points.length })),
  )
  const keep = (points: Balance[]): Balance[] => {
    const list: Balance[] = []
    for (const one of points) {
      insertBalance(list, one)
      pruneBalances(list, 30)
    }
    return list
  }
  fc.assert(
    fc.property(shuffled, ([points, other]) => {
      expect(keep(other)).toEqual(keep(points))
    }),
    { numRuns: 1000 },
  )
})

it('ESC-MOVE: what is dropped of old balances does not change whether the newest one is a movement', () => {
  const limits = { minFall: 20_000, minFallPercent: 30, percentFrom: 5000 }
  fc.assert(
    fc.property(series, (points) => {
      const balances = sorted(points)
      const kept = balances.slice()
      pruneBalances(kept, 30)
      const newest = balances.at(-1)
      const first = findMovements(balances, 30, () => limits)
      fc.pre(newest !== undefined && first.length < 2)
      const isNewest = (list: Balance[]) => findMovements(list, 30, () => limits).at(-1)?.to === newest
      if (first.length === 0 || first[0]?.to === newest) expect(isNewest(kept)).toBe(first.length === 1)
    }),
    { numRuns: 1000 },
  )
})

const DATA = new URL('../../../shared/data/credit-card-six-months.csv', import.meta.url)
it.skipIf(!existsSync(DATA))(
  'ESC-MOVE: 30,000 real customers of six months, as the oracle (needs ../shared/data)',
  () => {
    const [, ...lines] = readFileSync(DATA, 'utf8').trim().split(/\r?\n/)
    const limits = { minFall: 5_000_000, minFallPercent: 30, percentFrom: 1_000_000 }
    let alerts = 0
    let clients = 0
    for (const line of lines) {
      const cells = line.split(',')
      const bills = cells.slice(12, 18).map((cell) => Math.round(Number(cell) * 100))
      if (bills.length < 6 || bills.some((amount) => !Number.isFinite(amount))) continue
      clients++
      const balances = bills
        .reverse()
        .map((amount, month) => ({ id: `m${month}`, at: new Date(Date.UTC(2026, month, 28)).toISOString(), amount }))
      const found = findMovements(balances, 30, () => limits).map(({ to }) => to.id)
      expect(found).toEqual(oracle(balances, 30, limits))
      alerts += found.length
    }
    expect(clients).toBeGreaterThan(29_000)
    expect(alerts).toBeGreaterThan(0)
  },
)
