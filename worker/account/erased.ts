import { hmacKey, toHex, utf8 } from '../ingress/signatures/crypto.ts'
import type { Sql } from '../shell/sql.ts'

/**
 * Who asked to be forgotten: a keyed hash and a time, from which nobody can tell whom. It keeps late word from bringing back
 * what was erased.
 */
export class Erased {
  static readonly table = `CREATE TABLE erased (hash TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
   -- asked for and not done yet
   CREATE TABLE erasing (ref TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;`
  readonly #sql: Sql
  readonly #masterKey: string

  constructor(sql: Sql, masterKey: string) {
    this.#sql = sql
    this.#masterKey = masterKey
  }

  /** What stands for a subject or a customer number. */
  async hashOf(account: string, what: string): Promise<string> {
    const key = await hmacKey(`erased:${this.#masterKey}`, utf8(`erased ${this.#masterKey}`))
    return toHex(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(`${account}/${what}`))))
  }

  isEmpty(): boolean {
    return this.#sql.one('SELECT 1 FROM erased LIMIT 1') === undefined
  }

  /** When (ISO instant) it was erased; undefined when it wasn't. */
  at(hash: string): string | undefined {
    return this.#sql.one<{ at: string }>('SELECT at FROM erased WHERE hash = ?', hash)?.at
  }

  add(hash: string, at: string): void {
    this.#sql.run(
      'INSERT INTO erased (hash, at) VALUES (?, ?) ON CONFLICT (hash) DO UPDATE SET at = excluded.at',
      hash,
      at,
    )
  }

  /** The CRM has it anew. */
  lift(hash: string): void {
    this.#sql.run('DELETE FROM erased WHERE hash = ?', hash)
  }

  ask(ref: string, at: string): void {
    this.#sql.run('INSERT INTO erasing (ref, at) VALUES (?, ?) ON CONFLICT (ref) DO NOTHING', ref, at)
  }

  asked(): { ref: string; at: string }[] {
    return this.#sql.all('SELECT ref, at FROM erasing ORDER BY ref')
  }

  done(ref: string): void {
    this.#sql.run('DELETE FROM erasing WHERE ref = ?', ref)
  }
}
