import { env as given } from 'cloudflare:workers'
import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import type { Env } from '../shell/env.ts'
import { Sql } from '../shell/sql.ts'
import { Figures } from './figures.ts'
import { migrations } from './schema.ts'

const env = given as unknown as Env

/** Figures in a storage of their own. */
const within = (name: string, work: (figures: Figures, storage: DurableObjectStorage) => void): Promise<void> =>
  runInDurableObject(env.BOOK.getByName(name) as unknown as DurableObjectStub, (_, { storage }) =>
    work(new Figures(new Sql(storage, migrations)), storage),
  )

const put = (storage: DurableObjectStorage, rows: [key: string, day: string, value: number][]): void => {
  for (const row of rows) storage.sql.exec('INSERT INTO figure (key, day, value) VALUES (?, ?, ?)', ...row)
}
const HISTORY: [string, string, number][] = [
  ['tier|GOLD|B1|rm1', '2026-01-01', 1],
  ['tier|GOLD|B1|rm1', '2026-01-10', 4],
  ['tier|GOLD|B1|rm2', '2026-01-05', 2],
  ['tier|GOLD|B2|rm3', '2026-01-05', 8],
  ['left|DEV-A/A01→A02||', '2026-01-05', 16],
  ['tier|MID|B2|rm3', '2026-01-03', 32],
  ['tier|MID|B2|rm3', '2026-01-04', 0],
]

describe('figures of a Book', () => {
  it('MEAS: stand at the end of a day as they were changed last, added up over all whom they aren’t asked by', () =>
    within('figures/one', (figures, storage) => {
      put(storage, HISTORY)
      // keys that were there before are found as new ones are
      storage.sql.exec(`DROP TABLE figure_key; ${Figures.keys}`)
      const days = ['2026-01-10', '2026-01-03', '2025-12-31']
      expect(figures.on(days, {})).toEqual([
        { 'tier|GOLD||': 14, 'left|DEV-A/A01→A02||': 16 },
        { 'tier|GOLD||': 1, 'tier|MID||': 32 },
        {},
      ])
      expect(figures.on(['2026-01-10'], { by: 'branch' })).toEqual([
        { 'tier|GOLD|B1|': 6, 'tier|GOLD|B2|': 8, 'left|DEV-A/A01→A02||': 16 },
      ])
      expect(figures.on(['2026-01-10'], { by: 'rm', branch: 'B1' })).toEqual([
        { 'tier|GOLD||rm1': 4, 'tier|GOLD||rm2': 2 },
      ])
      const scope = { branches: ['B2'], rm: null }
      expect(figures.on(['2026-01-10'], { scope })).toEqual([{ 'tier|GOLD||': 8 }])
      expect(figures.on(['2026-01-10'], { scope, branch: 'B1' })).toEqual([{}])
      expect(figures.on(['2026-01-10'], { scope: { branches: null, rm: 'rm2' } })).toEqual([{ 'tier|GOLD||': 2 }])
      expect(figures.on(['2026-01-10'], { scope: { branches: [], rm: null } })).toEqual([{}])
    }))
})
