import type { Sql } from '../../shell/sql.ts'
import type { Known } from './people.ts'
import { hashOf, newSecret } from './secret.ts'

/** A day's work; then one signs in again. */
export const SESSION_MS = 12 * 60 * 60_000
/** So long nobody has to do anything. */
export const IDLE_MS = 30 * 60_000
/** Being seen is written down no more often than this. */
const SEEN_MS = 60_000

/** A signed-in browser. */
export interface Session extends Known {
  kind: 'setup' | 'oidc'
  name: string
  /** Made over https: its cookie has the name that only https can set. */
  secure: boolean
}

interface Row extends Omit<Session, 'secure'> {
  secure: number
  made_at: number
  seen_at: number
}

/** Sessions by the hash of their id. Times are epoch ms and passed in. */
export class Sessions {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** Begins one; its id is told once and kept nowhere. */
  async begin({ kind, email, subject, issuer, name, secure }: Session, now: number): Promise<string> {
    const id = newSecret()
    const hash = await hashOf(id)
    this.#sql.run('DELETE FROM session WHERE made_at <= ? OR seen_at <= ?', now - SESSION_MS, now - IDLE_MS)
    this.#sql.run(
      'INSERT INTO session (hash, kind, email, subject, issuer, name, secure, made_at, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      hash,
      kind,
      email,
      subject,
      issuer,
      name,
      secure ? 1 : 0,
      now,
      now,
    )
    return id
  }

  /** The session of an id, if it is still good. */
  async find(id: string, now: number): Promise<Session | undefined> {
    const hash = await hashOf(id)
    const row = this.#sql.one<Row>(
      'SELECT kind, email, subject, issuer, name, secure, made_at, seen_at FROM session WHERE hash = ?',
      hash,
    )
    if (!row) return undefined
    const { made_at, seen_at, secure, ...rest } = row
    if (now >= made_at + SESSION_MS || now >= seen_at + IDLE_MS) {
      this.#sql.run('DELETE FROM session WHERE hash = ?', hash)
      return undefined
    }
    if (now - seen_at >= SEEN_MS) this.#sql.run('UPDATE session SET seen_at = ? WHERE hash = ?', now, hash)
    return { ...rest, secure: secure === 1 }
  }

  async end(id: string): Promise<void> {
    this.#sql.run('DELETE FROM session WHERE hash = ?', await hashOf(id))
  }

  /** Nobody whom a provider has signed in stays so: another one is asked from now on. */
  endAllOf(kind: Session['kind']): void {
    this.#sql.run('DELETE FROM session WHERE kind = ?', kind)
  }
}
