import type { Sql } from '../../shell/sql.ts'
import { hashOf, newSecret } from './secret.ts'

/** Long enough to open a browser. */
export const SETUP_MS = 15 * 60_000

/** Tokens of sign-in links, each good once and for a quarter of an hour. */
export class SetupLinks {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  async make(now: number): Promise<{ token: string; until: number }> {
    const token = newSecret()
    const hash = await hashOf(token)
    const until = now + SETUP_MS
    this.#sql.run('DELETE FROM setup_link WHERE until <= ?', now)
    this.#sql.run('INSERT INTO setup_link (hash, until) VALUES (?, ?)', hash, until)
    return { token, until }
  }

  /** Uses a token up; false when it isn't good. */
  async use(token: string, now: number): Promise<boolean> {
    return this.#sql.run('DELETE FROM setup_link WHERE hash = ? AND until > ?', await hashOf(token), now) > 0
  }

  /** Whether one is open. */
  isOpen(now: number): boolean {
    return this.#sql.one('SELECT 1 FROM setup_link WHERE until > ? LIMIT 1', now) !== undefined
  }
}
