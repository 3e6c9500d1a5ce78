import { createHash } from 'node:crypto'
import type { FactWish } from '../e2e/harness.ts'

/** What happens in a crash test: fixed beforehand by a seed, so that a run with crashes and one without tell the same story. */
export interface Script {
  companies: { id: string; name: string; ladderCustomerNo: string }[]
  /** Facts of each customer in order: the next one is sent when the one before was acknowledged. */
  facts: FactWish[][]
  /** Edits in the CRM, each in its slice of the load. */
  edits: Edit[]
}

export interface Edit {
  slice: number
  method: 'POST' | 'PATCH'
  path: string
  body: Record<string, unknown>
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

/** A record id that is the same in each run. */
export const idOf = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const HOUR = 3_600_000

/** Balances that go up and down through the tiers; developments that move as they may and as they may not; gold; calls. */
export const script = (seed: number, start: number, slices: number): Script => {
  const random = numbers(seed)
  const upTo = (most: number): number => Math.floor(random() * most)
  const company = (name: string) => ({ id: idOf(name), name, ladderCustomerNo: name })
  const banked = Array.from({ length: 40 }, (_, index) => company(`BANKED-${index}`))
  const edited = Array.from({ length: 60 }, (_, index) => company(`EDITED-${index}`))
  const facts = banked.map(({ ladderCustomerNo: customer }, place) =>
    Array.from({ length: 15 }, (_, index): FactWish => {
      const yuan = [400_000, 2_000_000, 6_000_000, 8_000_000, 12_000_000, 30_000_000][upTo(6)] ?? 0
      const at = start - (15 - index) * 30 * HOUR - place * 1000
      const data = { amount: `${yuan + upTo(100_000)}.00` }
      return { id: `${customer}/${index}`, type: 'balance.changed', customer, at, data }
    }),
  )
  const edits = edited.flatMap(({ id, name }, index): Edit[] => {
    const first = upTo(slices)
    const second = first + upTo(slices - first)
    const development = { id: idOf(`${name}/development`), name, companyId: id, pipeline: 'DEV_A', stage: 'DEV_A01' }
    const path = `developments/${development.id}`
    const made: Edit = { slice: first, method: 'POST', path: 'developments', body: development }
    const filled = { segmentName: 'Farm produce', segmentFeatures: 'Seasonal', stage: 'DEV_A02' }
    if (index % 4 === 0) return [made, { slice: second, method: 'PATCH', path, body: filled }]
    if (index % 4 === 1) return [made, { slice: second, method: 'PATCH', path, body: { stage: 'DEV_A09' } }]
    if (index % 4 === 2) return [{ slice: first, method: 'PATCH', path: `companies/${id}`, body: { ladderGold: true } }]
    const call = { title: `Call ${name}`, ladderKind: 'CALL', ladderCompanyId: id, status: 'DONE' }
    return [
      { slice: first, method: 'PATCH', path: `companies/${id}`, body: { ladderGold: true } },
      { slice: second, method: 'POST', path: 'tasks', body: { id: idOf(`${name}/call`), ...call } },
    ]
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
