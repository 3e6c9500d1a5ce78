import type { Sql } from '../../shell/sql.ts'

/** Something that somebody did. No customer's data stands in it. */
export interface Deed {
  actor: string
  /** Such as `playbook.publish`, `session.begin`. */
  what: string
  /** The connected account; '' for the installation. */
  account: string
  detail: Record<string, string | number | boolean | null>
}

export interface AuditRow extends Deed {
  seq: number
  /** Epoch ms. */
  at: number
  /** The answer's HTTP status; null: it is not known how it ended. */
  status: number | null
}

/** Rows kept; older ones go. */
const MOST = 100_000

/** Who signed in, and who changed what. */
export class Audit {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** Writes a deed down; with its end when that is known. Returns the row's number. */
  add({ actor, what, account, detail }: Deed, now: number, status: number | null): number {
    this.#sql.run(
      'INSERT INTO audit (at, actor, what, account, detail, status) VALUES (?, ?, ?, ?, ?, ?)',
      now,
      actor,
      what,
      account,
      JSON.stringify(detail),
      status,
    )
    const seq = this.#sql.one<{ seq: number }>('SELECT max(seq) AS seq FROM audit')?.seq ?? 0
    if (seq % 1000 === 0) this.#sql.run('DELETE FROM audit WHERE seq <= ?', seq - MOST)
    return seq
  }

  /** How a deed ended. */
  end(seq: number, status: number): void {
    this.#sql.run('UPDATE audit SET status = ? WHERE seq = ?', status, seq)
  }

  /** Newest first, before a row; `filter` is an actor, a kind of deed or an account. */
  list(most: number, before: number | null, filter: string | null): AuditRow[] {
    return this.#sql
      .all<Omit<AuditRow, 'detail'> & { detail: string }>(
        `SELECT * FROM audit WHERE seq < ?1 AND (?2 IS NULL OR ?2 IN (actor, what, account)) ORDER BY seq DESC LIMIT ?3`,
        before ?? Number.MAX_SAFE_INTEGER,
        filter,
        most,
      )
      .map(({ detail, ...row }) => ({ ...row, detail: JSON.parse(detail) as Deed['detail'] }))
  }
}
