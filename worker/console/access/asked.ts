import type { Sql } from '../../shell/sql.ts'
import { hashOf, newSecret } from './secret.ts'

/** So long somebody may take to sign in at the provider. */
export const ASKED_MS = 10 * 60_000
/** Open sign-ins that are kept; the oldest go. */
const MOST = 10_000

/** Why an answer of the provider isn't taken: nobody asked, or it was answered before; not in this browser; too late. */
export type AskedRefusal = 'unknown' | 'browser' | 'late'

/**
 * Sign-ins that a provider was asked for, by the hash of their state: good once, in the browser that asked. Nonce and verifier are
 * made from the browser's own secret, so nothing of them stands here.
 */
export class Asked {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** The state of a new one; `browser` is the hash of the browser's secret, `path` where it goes after. */
  async ask(browser: string, path: string, now: number): Promise<string> {
    const state = newSecret()
    const hash = await hashOf(state)
    this.#sql.run('DELETE FROM asked WHERE until <= ?', now - ASKED_MS)
    this.#sql.run(
      'DELETE FROM asked WHERE hash IN (SELECT hash FROM asked ORDER BY until DESC LIMIT -1 OFFSET ?)',
      MOST,
    )
    this.#sql.run(
      'INSERT INTO asked (hash, browser, path, until) VALUES (?, ?, ?, ?)',
      hash,
      browser,
      path,
      now + ASKED_MS,
    )
    return state
  }

  /** Takes one, once, whatever becomes of it; not by a browser that didn't ask. */
  async take(
    state: string,
    browser: string,
    now: number,
  ): Promise<{ ok: true; path: string } | { ok: false; why: AskedRefusal }> {
    const hash = await hashOf(state)
    const row = this.#sql.one<{ browser: string; path: string; until: number }>(
      'SELECT browser, path, until FROM asked WHERE hash = ?',
      hash,
    )
    if (!row) return { ok: false, why: 'unknown' }
    if (row.browser !== browser) return { ok: false, why: 'browser' }
    this.#sql.run('DELETE FROM asked WHERE hash = ?', hash)
    return now < row.until ? { ok: true, path: row.path } : { ok: false, why: 'late' }
  }
}
