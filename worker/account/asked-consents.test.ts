import { env, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { Sql } from '../shell/sql.ts'
import { AskedConsents } from './asked-consents.ts'
import type { Account } from './index.ts'

const NOW = Date.parse('2026-09-07T02:00:00Z')
const MINUTE = 60_000
const KEY = btoa('k'.repeat(32))
const { ACCOUNT } = env as { ACCOUNT: DurableObjectNamespace<Account> }

/** Asked consents in the storage of an object, whose tables an Account has made. */
const inStorage = (name: string, test: (asked: AskedConsents, sql: Sql) => Promise<void>): Promise<void> =>
  runInDurableObject(ACCOUNT.getByName(name), (_, { storage }) => {
    const sql = new Sql(storage, [])
    return test(new AskedConsents(sql, KEY), sql)
  })

describe('a consent that is asked for', () => {
  it('is taken once, also when its answer comes twice at the same time', () =>
    inStorage('.asked-once', async (asked) => {
      const { state } = await asked.ask({ portalId: 7 }, NOW)
      const [first, second] = await Promise.all([asked.take(state, NOW + 1), asked.take(state, NOW + 1)])
      expect(first).toMatchObject({ ok: true, wish: { portalId: 7 } })
      expect(second).toEqual({ ok: false, why: 'used' })
      expect(await asked.take('never asked for', NOW)).toEqual({ ok: false, why: 'unknown' })
    }))

  it('has a challenge that fits what is kept (PKCE, S256), and no two are alike', () =>
    inStorage('.asked-pkce', async (asked) => {
      const [one, other] = [await asked.ask({ portalId: null }, NOW), await asked.ask({ portalId: null }, NOW)]
      expect(new Set([one.state, other.state, one.challenge, other.challenge]).size).toBe(4)
      const taken = await asked.take(one.state, NOW)
      const verifier = taken.ok ? taken.verifier : ''
      expect(verifier).toMatch(/^[A-Za-z0-9_-]{43}$/)
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)))
      const expected = btoa(String.fromCharCode(...hash))
        .replace(/\+/g, '-')
        .replace(/\//g, '_')
        .replace(/=+$/, '')
      expect(one.challenge).toBe(expected)
    }))

  it('runs out, is told apart for a day, then is forgotten; neither state nor verifier can be read from the table', () =>
    inStorage('.asked-late', async (asked, sql) => {
      const late = await asked.ask({ portalId: null }, NOW)
      const taken = await asked.ask({ portalId: null }, NOW)
      const rows = JSON.stringify(sql.all('SELECT * FROM asked_consent'))
      expect(rows).not.toContain(late.state)
      const verifier = await asked.take(taken.state, late.until - 1)
      expect(verifier.ok && rows.includes(verifier.verifier)).toBe(false)
      expect(await asked.take(late.state, late.until)).toEqual({ ok: false, why: 'expired' })
      await asked.ask({ portalId: null }, late.until + 24 * 60 * MINUTE)
      expect(await asked.take(late.state, late.until)).toEqual({ ok: false, why: 'used' })
      await asked.ask({ portalId: null }, late.until + 24 * 60 * MINUTE + 1)
      expect(await asked.take(late.state, late.until)).toEqual({ ok: false, why: 'unknown' })
    }))
})
