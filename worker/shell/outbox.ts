import type { Why } from '../../schemas/events/index.ts'
import type { Write } from '../crm/port.ts'
import type { Sql } from './sql.ts'

/** A write on its way to the Courier, with why it was decided. */
export interface Effect {
  seq: number
  write: Write
  why: Why
}

/** How many effects travel in one call. */
const PARCEL = 500

/**
 * Effects that were decided and not yet taken over by the Courier. They are stored in the transaction of the decision, so
 * none is lost; numbers only grow, so the Courier tells a parcel that it has already.
 */
export class Outbox {
  static readonly table =
    'CREATE TABLE outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, write TEXT NOT NULL, why TEXT NOT NULL)'
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  add(write: Write, why: Why): void {
    this.#sql.run('INSERT INTO outbox (write, why) VALUES (?, ?)', JSON.stringify(write), JSON.stringify(why))
  }

  size(): number {
    return this.#sql.one<{ n: number }>('SELECT count(*) AS n FROM outbox')?.n ?? 0
  }

  /** Writes whose ids begin so. */
  of(stem: string): Write[] {
    return this.#sql
      .all<{ write: string }>("SELECT write FROM outbox WHERE instr(json_extract(write, '$.id'), ?) = 1", stem)
      .map(({ write }) => JSON.parse(write) as Write)
  }

  /** Hands everything over; what was taken is deleted. Safe to be called twice at once. */
  async flush(deliver: (parcel: Effect[]) => Promise<void>): Promise<void> {
    for (;;) {
      const rows = this.#sql.all<{ seq: number; write: string; why: string }>(
        'SELECT seq, write, why FROM outbox ORDER BY seq LIMIT ?',
        PARCEL,
      )
      const last = rows.at(-1)
      if (!last) return
      await deliver(
        rows.map((row) => ({ seq: row.seq, write: JSON.parse(row.write) as Write, why: JSON.parse(row.why) as Why })),
      )
      this.#sql.run('DELETE FROM outbox WHERE seq <= ?', last.seq)
    }
  }
}
