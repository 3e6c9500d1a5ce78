import type { Fields } from '../../schemas/events/index.ts'
import type { FactWish } from '../e2e/harness.ts'

/** What happens in a crash test: fixed beforehand by a seed, so that a run with crashes and one without tell the same story. */
export interface Script {
  companies: { name: string; ladderCustomerNo: string }[]
  /** Facts of each customer in order: the next one is sent when the one before was acknowledged. */
  facts: FactWish[][]
  /** Edits in the CRM, each in its slice of the load. */
  edits: Edit[]
}

/** A record that somebody makes (`name` tells it from others of its object), or a change of one that is there. */
export interface Edit {
  slice: number
  do: 'make' | 'change'
  object: 'company' | 'development' | 'task'
  name: string
  /** The company that a new record belongs to, by name. */
  of?: string
  fields: Fields
}

/** When the runtime is killed: so many ms into the slice, at its n-th acknowledgement, or at its n-th write to the CRM. */
export type Moment =
  { at: 'time'; ms: number } | { at: 'ack'; n: number } | { at: 'write'; n: number; carriedOut: boolean }

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export const numbers = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const HOUR = 3_600_000

/** How much happens: customers whom core banking tells of, and customers whom people work on. */
export interface Load {
  banked: number
  edited: number
  factsEach: number
}
const FULL: Load = { banked: 40, edited: 60, factsEach: 15 }

/** Balances that go up and down through the tiers; developments that move as they may and as they may not; gold; calls. */
export const script = (seed: number, start: number, slices: number, load: Load = FULL): Script => {
  const random = numbers(seed)
  const upTo = (most: number): number => Math.floor(random() * most)
  const company = (name: string) => ({ name, ladderCustomerNo: name })
  const banked = Array.from({ length: load.banked }, (_, index) => company(`BANKED-${index}`))
  const edited = Array.from({ length: load.edited }, (_, index) => company(`EDITED-${index}`))
  const facts = banked.map(({ ladderCustomerNo: customer }, place) =>
    Array.from({ length: load.factsEach }, (_, index): FactWish => {
      const yuan = [400_000, 2_000_000, 6_000_000, 8_000_000, 12_000_000, 30_000_000][upTo(6)] ?? 0
      const at = start - (load.factsEach - index) * 30 * HOUR - place * 1000
      const data = { amount: `${yuan + upTo(100_000)}.00` }
      return { id: `${customer}/${index}`, type: 'balance.changed', customer, at, data }
    }),
  )
  const edits = edited.flatMap(({ name }, index): Edit[] => {
    const first = upTo(slices)
    const second = first + upTo(slices - first)
    const begun: Fields = { name, pipeline: 'DEV_A', stage: 'DEV_A01' }
    const made: Edit = { slice: first, do: 'make', object: 'development', name, of: name, fields: begun }
    const moved = (fields: Fields): Edit => ({ slice: second, do: 'change', object: 'development', name, fields })
    const gold: Edit = { slice: first, do: 'change', object: 'company', name, fields: { ladderGold: true } }
    const call: Fields = { title: `Call ${name}`, ladderKind: 'CALL', status: 'DONE' }
    switch (index % 4) {
      case 0:
        return [made, moved({ segmentName: 'Farm produce', segmentFeatures: 'Seasonal', stage: 'DEV_A02' })]
      case 1:
        return [made, moved({ stage: 'DEV_A09' })]
      case 2:
        return [gold]
      default:
        return [gold, { slice: second, do: 'make', object: 'task', name: `Call ${name}`, of: name, fields: call }]
    }
  })
  return { companies: [...banked, ...edited], facts, edits }
}

/** Moments of death, seeded: in the middle of receiving, of deciding, of writing. */
export const moments = (seed: number, count: number): Moment[] => {
  const random = numbers(seed)
  return Array.from({ length: count }, (): Moment => {
    const kind = random()
    if (kind < 0.4) return { at: 'time', ms: Math.floor(random() * 150) }
    if (kind < 0.6) return { at: 'ack', n: 1 + Math.floor(random() * 8) }
    return { at: 'write', n: 1 + Math.floor(random() * 4), carriedOut: random() < 0.5 }
  })
}
