import type { Ref } from '../../schemas/events/index.ts'
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

/** Which events are asked for; what isn't given is no limit. */
export interface EventsWish {
  most: number
  /** All of them are among subject, record id, object, type, way and event id. */
  words?: string[]
  /** Epoch ms: from then on, and before then. */
  from?: number | undefined
  to?: number | undefined
  /** The `seq` of the last one that is known already. */
  before?: number | undefined
  /** Of these subjects alone. */
  refs?: Ref[] | null
}

/** Events kept for `ladder events`; older ones go. */
const MOST = 100_000

const EVER = Number.MAX_SAFE_INTEGER

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

  /** Newest first. */
  list({
    most,
    words = [],
    from = 0,
    to = EVER,
    before = EVER,
    refs = null,
  }: EventsWish): (LoggedEvent & { seq: number })[] {
    const rows = this.#sql.all<
      Omit<LoggedEvent, 'recordId' | 'news'> & { seq: number; record_id: string; news: number }
    >(
      `SELECT seq, at, via, type, object, record_id, ref, id, news FROM event_log
       WHERE seq < ? AND at >= ? AND at < ?
         AND NOT EXISTS (SELECT 1 FROM json_each(?) WHERE value NOT IN (ref, record_id, object, event_log.type, via, event_log.id))
         AND (?5 IS NULL OR ref IN (SELECT value FROM json_each(?5))) ORDER BY seq DESC LIMIT ?`,
      before,
      from,
      to,
      JSON.stringify(words),
      refs && JSON.stringify(refs),
      most,
    )
    return rows.map(({ record_id, news, ...row }) => ({ ...row, recordId: record_id, news: news === 1 }))
  }
}
