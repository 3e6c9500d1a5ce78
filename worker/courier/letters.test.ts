import { env, runInDurableObject } from 'cloudflare:test'
import { expect, it } from 'vitest'
import type { Effect } from '../shell/outbox.ts'
import { Sql } from '../shell/sql.ts'
import { Letters } from './letters.ts'
import { migrations } from './schema.ts'

const START = Date.parse('2026-03-02T02:00:00.000Z')
let boxes = 0

const { COURIER } = env as { COURIER: DurableObjectNamespace }

const inBox = (check: (letters: Letters) => void): Promise<void> =>
  runInDurableObject(COURIER.getByName(`letters-${++boxes}`), (_, { storage }) =>
    check(new Letters(new Sql(storage, migrations))),
  )

const effect = (seq: number, recordId: string): Effect => ({
  seq,
  write: { id: String(seq), object: 'company', recordId, fields: { ladderTier: 'MID' } },
  why: { rule: 'TIER-CORP', event: 'e', playbook: 1 },
})

it('a letter that is kept back by another of its record wakes nobody before that one may go', () =>
  inBox((letters) => {
    letters.take('book', [effect(1, '7')], START)
    const [first] = letters.due(START, 10)
    letters.later(first?.seqs ?? [], START + 5000, 'refused')
    letters.take('book', [effect(2, '7')], START)
    expect(letters.due(START, 10)).toEqual([])
    expect(letters.status()).toMatchObject({ waiting: 2, nextAt: START + 5000 })
    expect(letters.due(START + 5000, 10)).toMatchObject([{ seqs: [1, 2] }])
  }))

it('another record is not kept back with it', () =>
  inBox((letters) => {
    letters.take('book', [effect(1, '7')], START)
    letters.later([1], START + 5000, 'refused')
    letters.take('book', [effect(2, '7'), effect(3, '8')], START + 1)
    expect(letters.status().nextAt).toBe(START + 1)
    expect(letters.due(START + 1, 10)).toMatchObject([{ seqs: [3] }])
  }))
