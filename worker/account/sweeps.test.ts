import { env, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import type { RecordSnapshot } from '../../schemas/events/index.ts'
import { Sql } from '../shell/sql.ts'
import type { Account } from './index.ts'
import { migrations } from './schema.ts'
import { type SweepDeps, Sweeps } from './sweeps.ts'

const MINUTE = 60_000
const QUARTER = 15 * MINUTE
const START = Date.parse('2026-03-02T02:00:00.000Z')
const iso = (ms: number): string => new Date(ms).toISOString()
let accounts = 0

/** A CRM of companies whose clock goes `ahead` (ms) of Ladder's, and sweeps of it each quarter of an hour. */
class Swept {
  now = START
  readonly ahead: number
  readonly records = new Map<string, RecordSnapshot>()
  /** Ids read in each round. */
  readonly rounds: string[][] = []
  readonly #sweeps: Sweeps
  readonly #sql: Sql

  constructor(storage: DurableObjectStorage, ahead: number) {
    this.ahead = ahead
    this.#sql = new Sql(storage, migrations)
    this.#sweeps = new Sweeps(this.#sql)
    this.#sweeps.begin(['company'], this.now)
  }

  save(id: string, at = this.now): void {
    const time = iso(at + this.ahead)
    this.records.set(id, { object: 'company', id, at: time, createdAt: time, deleted: false, fields: {} })
  }

  /** Reads until the round is over, three records a page; then a quarter of an hour passes. */
  async round(): Promise<string[]> {
    const read: string[] = []
    const deps: SweepDeps = {
      changedSince: async (_object, since, cursor) => {
        const from = Number(cursor ?? 0)
        const found = [...this.records.values()]
          .filter(({ at }) => at >= since)
          .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
        const records = found.slice(from, from + 3)
        return { ok: true, value: { records, next: from + 3 < found.length ? String(from + 3) : null } }
      },
      ids: async () => ({ ok: true, value: { ids: [], next: null } }),
      read: async () => ({ ok: true, value: [] }),
      deliver: async (events) => {
        for (const event of events) if (event.type === 'record.changed') read.push(event.record.id)
        return { ok: true, news: events.length }
      },
      count: () => undefined,
      connectedAt: START,
      everyMs: QUARTER,
    }
    while (await this.#sweeps.step(deps, this.now)) continue
    this.now += QUARTER
    this.rounds.push(read)
    return read
  }
}

const swept = (ahead: number, test: (crm: Swept) => Promise<void>): Promise<void> => {
  const { ACCOUNT } = env as { ACCOUNT: DurableObjectNamespace<Account> }
  return runInDurableObject(ACCOUNT.getByName(`swept-${++accounts}`), (_, { storage }) =>
    test(new Swept(storage, ahead)),
  )
}

describe.each([
  ['as Ladder’s', 0],
  ['twenty minutes behind', -20 * MINUTE],
  ['twenty minutes ahead', 20 * MINUTE],
])('sweeps of a CRM whose clock is %s', (_name, ahead) => {
  it('an account where nothing happens is not asked again for its last bulk load', () =>
    swept(ahead, async (crm) => {
      for (let at = 0; at < 20; at++) crm.save(`C${at}`, START - MINUTE + Math.min(at, 12) * 1000)
      const counts: number[] = []
      for (let round = 0; round < 6; round++) counts.push((await crm.round()).length)
      expect(counts[0]).toBe(20)
      // read twice for late commits; where the CRM is ahead, again until Ladder's clock has passed its times
      expect(counts.filter((count) => count > 0).length).toBeLessThanOrEqual(ahead > 0 ? 4 : 2)
      expect(counts.slice(4)).toEqual([0, 0])
      crm.save('C0')
      expect(await crm.round()).toEqual(['C0'])
      const again: number[] = []
      for (let round = 0; round < 6; round++) again.push((await crm.round()).length)
      expect(again.slice(4)).toEqual([0, 0])
    }))

  it('a change that is committed late, at the very instant of the newest or before it, is found', () =>
    swept(ahead, async (crm) => {
      for (const id of ['A', 'B', 'C']) crm.save(id, START - MINUTE)
      await crm.round()
      crm.save('D', START - MINUTE)
      crm.save('E', START - 2 * MINUTE)
      const found = [...(await crm.round()), ...(await crm.round())]
      expect(found).toEqual(expect.arrayContaining(['D', 'E']))
    }))

  // behind, the doctor tells of the clock: an invented time brings the cursor to Ladder's own
  it.skipIf(ahead < 0)('a time that a client invented keeps nothing else from being found', () =>
    swept(ahead, async (crm) => {
      crm.save('NOW')
      crm.save('LATER', START + 40 * MINUTE)
      crm.save('NEVER', Date.parse('2031-01-01T00:00:00.000Z'))
      await crm.round()
      const seen = new Set<string>()
      for (let round = 0; round < 6; round++) {
        crm.save(`R${round}`, crm.now - 10 * MINUTE)
        for (const id of await crm.round()) seen.add(id)
      }
      for (let round = 0; round < 6; round++) expect(seen).toContain(`R${round}`)
    }),
  )
})
