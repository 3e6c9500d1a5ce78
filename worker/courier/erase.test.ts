import { env, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { ERASED_TEXT } from '../../schemas/model/erased.ts'
import type { Effect } from '../shell/outbox.ts'
import { Sql } from '../shell/sql.ts'
import { eraseLetters } from './erase.ts'
import { Letters } from './letters.ts'
import { migrations } from './schema.ts'

const NOW = Date.parse('2026-03-02T02:00:00.000Z')
let boxes = 0

const { COURIER } = env as { COURIER: DurableObjectNamespace }

const inBox = (check: (sql: Sql, letters: Letters) => void): Promise<void> =>
  runInDurableObject(COURIER.getByName(`erase-${++boxes}`), (_, { storage }) => {
    const sql = new Sql(storage, migrations)
    check(sql, new Letters(sql))
  })

const erasure = { refs: ['person:3'], recordIds: ['3'], customerNos: ['P3'], made: [] }
const task = (seq: number, key: string): Effect => ({
  seq,
  write: { id: String(seq), object: 'task', key, fields: { title: '致电李雷', body: '李雷' } },
  why: { rule: 'TIER-CONTACT', event: 'e', playbook: 1 },
})

describe('letters of an erased customer', () => {
  it('what was made for it gets a neutral text, by the id that is known; what was to be written goes', () =>
    inBox((sql, letters) => {
      sql.run("INSERT INTO known (key, object, record_id) VALUES ('person:3/call/1', 'task', '70')")
      sql.run("INSERT INTO known (key, object, record_id) VALUES ('person:30/call/1', 'task', '71')")
      letters.take('book', [task(1, 'person:3/call/1'), task(2, 'person:3/call/2'), task(3, 'person:30/call/1')], NOW)
      for (let times = 0; times < 2; times++)
        eraseLetters(
          sql,
          {
            ...erasure,
            made: [
              { object: 'escalation', id: '90' },
              { object: 'company', id: '1' },
            ],
          },
          NOW,
        )
      const due = letters.due(NOW, 10).sort((a, b) => (a.target < b.target ? -1 : 1))
      expect(due.map(({ target }) => target)).toEqual(['escalation#90', 'task#70', 'task@person:30/call/1'])
      const [escalation, erased] = due
      expect(erased?.write).toMatchObject({ recordId: '70', fields: { title: ERASED_TEXT, body: '', status: 'DONE' } })
      expect(escalation?.write.fields).toMatchObject({
        name: ERASED_TEXT,
        detail: null,
        history: null,
        resolution: null,
      })
      expect(escalation?.write.fields).not.toHaveProperty('ladderKey')
      expect(JSON.stringify(due.slice(0, 2))).not.toContain('李雷')
    }))

  it('where it isn’t known whether it was made, because an answer is missing, that is written instead', () =>
    inBox((sql, letters) => {
      letters.take('book', [task(1, 'person:3/call/1')], NOW)
      letters.later([1], NOW + 5_000, 'no answer')
      for (let times = 0; times < 2; times++) eraseLetters(sql, erasure, NOW)
      expect(letters.due(NOW, 10).map(({ write }) => [write.key, write.fields.title])).toEqual([
        ['person:3/call/1', ERASED_TEXT],
      ])
    }))
})
