import { env, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import { Sql } from '../shell/sql.ts'
import type { Account } from './index.ts'
import { Playbooks } from './playbooks.ts'
import { migrations } from './schema.ts'

const kept = (name: string, test: (playbooks: Playbooks, sql: Sql) => void): Promise<void> => {
  const { ACCOUNT } = env as { ACCOUNT: DurableObjectNamespace<Account> }
  return runInDurableObject(ACCOUNT.getByName(name), (_, { storage }) => {
    const sql = new Sql(storage, migrations)
    test(new Playbooks(sql), sql)
  })
}
const english = { ...defaultPlaybook, language: 'en' as const }
const chinese = { ...defaultPlaybook, language: 'zh-CN' as const }

describe('the playbook in force', () => {
  it('is read once, and followed when another one is put in force or comes back', () =>
    kept('playbooks-in-force', (playbooks) => {
      expect(playbooks.active()).toBeUndefined()
      const first = playbooks.draft(english, 1, 'test')
      playbooks.activate(first)
      expect(playbooks.active()).toMatchObject({ version: first, source: { language: 'en' } })
      expect(playbooks.active()?.source).toBe(playbooks.active()?.source)
      const second = playbooks.draft(chinese, 2, 'test')
      expect(playbooks.active()?.version).toBe(first)
      playbooks.activate(second)
      expect(playbooks.active()).toMatchObject({ version: second, source: { language: 'zh-CN' } })
      playbooks.activate(first)
      expect(playbooks.active()).toMatchObject({ version: first, source: { language: 'en' } })
    }))

  it('is never one that a failed transaction took back', () =>
    kept('playbooks-taken-back', (playbooks, sql) => {
      expect(() =>
        sql.together(() => {
          playbooks.activate(playbooks.draft(english, 1, 'test'))
          expect(playbooks.active()?.source.language).toBe('en')
          throw new Error('taken back')
        }),
      ).toThrow('taken back')
      expect(playbooks.active()).toBeUndefined()
      playbooks.activate(playbooks.draft(chinese, 2, 'test'))
      expect(playbooks.active()?.source.language).toBe('zh-CN')
    }))
})
