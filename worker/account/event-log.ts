import type { Sql } from '../shell/sql.ts'

export interface LoggedEvent {
  /** Epoch ms. */
  at: number
  via: string
  type: string
  object: string
  recordId: string
  ref: string
  id: string
  news: boolean
}

/** Events kept for `ladder events`; older ones go. */
const MOST = 100_000

/** What came in and whom it was about. */
export class EventLog {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  add(event: LoggedEvent): void {
    this.#sql.run(
      'INSERT INTO event_log (at, via, type, object, record_id, ref, id, news) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      event.at,
      event.via,
      event.type,
      event.object,
      event.recordId,
      event.ref,
      event.id,
      event.news ? 1 : 0,
    )
    const last = this.#sql.one<{ seq: number }>('SELECT max(seq) AS seq FROM event_log')?.seq ?? 0
    if (last % 1000 === 0) this.#sql.run('DELETE FROM event_log WHERE seq <= ?', last - MOST)
  }

  /** Nothing is left that names one of these subjects, records or customer numbers. */
  forget(names: string[]): void {
    for (const name of names) this.#sql.run('DELETE FROM event_log WHERE ref = ?1 OR record_id = ?1', name)
  }

  /** Newest first, before a `seq`; `filter` is a subject, record id, object, type, way or event id. */
  list(most: number, filter: string | null, before: number | null = null): (LoggedEvent & { seq: number })[] {
    const rows = this.#sql.all<
      Omit<LoggedEvent, 'recordId' | 'news'> & { seq: number; record_id: string; news: number }
    >(
      `SELECT seq, at, via, type, object, record_id, ref, id, news FROM event_log
       WHERE seq < ?1 AND (?2 IS NULL OR ?2 IN (ref, record_id, object, type, via, id)) ORDER BY seq DESC LIMIT ?3`,
      before ?? Number.MAX_SAFE_INTEGER,
      filter,
      most,
    )
    return rows.map(({ record_id, news, ...row }) => ({ ...row, recordId: record_id, news: news === 1 }))
  }
}
