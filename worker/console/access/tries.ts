import type { Sql } from '../../shell/sql.ts'

const WINDOW_MS = 15 * 60_000
/** Tries that fail, from one address and from all together: where an address can be made up, the second one holds. */
const MOST = {
  setup: { address: 10, all: 100 },
  // a whole bank may come from one address
  callback: { address: 50, all: 500 },
}
type Kind = keyof typeof MOST

/** Counts tries to sign in, by kind and address, in windows of a quarter of an hour. */
export class Tries {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** How many seconds to wait; 0 when one may try. */
  wait(kind: Kind, address: string, now: number): number {
    return Math.max(this.#left(`${kind}/${address}`, MOST[kind].address, now), this.#left(kind, MOST[kind].all, now))
  }

  /** Counts a try. */
  count(kind: Kind, address: string, now: number): void {
    this.#sql.run('DELETE FROM try WHERE since <= ?', now - WINDOW_MS)
    for (const name of [`${kind}/${address}`, kind])
      this.#sql.run(
        'INSERT INTO try (name, since, count) VALUES (?, ?, 1) ON CONFLICT (name) DO UPDATE SET count = count + 1',
        name,
        now,
      )
  }

  #left(name: string, most: number, now: number): number {
    const row = this.#sql.one<{ since: number; count: number }>('SELECT since, count FROM try WHERE name = ?', name)
    return row && row.count >= most ? Math.max(0, Math.ceil((row.since + WINDOW_MS - now) / 1000)) : 0
  }
}
