import type { RecordTouched } from '../../schemas/events/hints.ts'
import type { Sql } from '../shell/sql.ts'

/** A record that has to be read. */
export interface Waiting {
  seq: number
  id: string
  /** When it changed last by the CRM's clock (ISO instant). */
  at: string
  turned: boolean
  adopt: boolean
  /** What named it. */
  via: 'webhook' | 'journal'
  /** How often the CRM refused to read this one alone. */
  tries: number
}

/** How a record is put down to be read. */
export interface Reading {
  /** Taken as it stands when it is new. */
  adopt?: boolean
  /** Not before (epoch ms). */
  due?: number
  /** Only the journal named it; a webhook when not said. */
  via?: 'journal' | undefined
}

/** Records read in one call. */
export const MOST_IN_CALL = 100

/**
 * Records that the CRM named and that have to be read: each once, however often it was named. Objects wait for themselves, so
 * that one that can't be read holds up no other.
 */
export class Touched {
  static readonly table = `CREATE TABLE touched (seq INTEGER PRIMARY KEY AUTOINCREMENT, object TEXT NOT NULL, id TEXT NOT NULL, at TEXT NOT NULL,
     turned INTEGER NOT NULL, adopt INTEGER NOT NULL, due INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, UNIQUE (object, id));
   -- objects that can't be read at once: from when, how many at a time, and why
   CREATE TABLE reading (object TEXT PRIMARY KEY, retry_at INTEGER NOT NULL, size INTEGER NOT NULL, fault TEXT NOT NULL) WITHOUT ROWID;`
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** Named again, a record goes to the end, with all that was said of it. */
  note(
    { object, recordId, at, turned }: Omit<RecordTouched, 'type'>,
    { adopt = false, due = 0, via }: Reading = {},
  ): void {
    const there = this.#one(object, recordId)
    this.#sql.run(
      'INSERT OR REPLACE INTO touched (object, id, at, turned, adopt, due, via) VALUES (?, ?, ?, ?, ?, ?, ?)',
      object,
      recordId,
      there && there.at > at ? there.at : at,
      turned || there?.turned === 1 ? 1 : 0,
      adopt || there?.adopt === 1 ? 1 : 0,
      Math.max(due, there?.due ?? 0),
      via === 'journal' && there?.via !== 'webhook' ? via : 'webhook',
    )
  }

  #one(
    object: string,
    id: string,
  ): { at: string; turned: number; adopt: number; due: number; via: string } | undefined {
    return this.#sql.one('SELECT at, turned, adopt, due, via FROM touched WHERE object = ? AND id = ?', object, id)
  }

  waits(object: string, id: string): boolean {
    return this.#one(object, id) !== undefined
  }

  forget(object: string, id: string): void {
    this.#sql.run('DELETE FROM touched WHERE object = ? AND id = ?', object, id)
  }

  count(): number {
    return this.#sql.one<{ n: number }>('SELECT count(*) AS n FROM touched')?.n ?? 0
  }

  /** Objects that may be read at `now`. */
  objects(now: number): string[] {
    return this.#sql
      .all<{ object: string }>(
        'SELECT DISTINCT object FROM touched WHERE due <= ?1 AND NOT EXISTS (SELECT 1 FROM reading WHERE reading.object = touched.object AND retry_at > ?1)',
        now,
      )
      .map((row) => row.object)
  }

  /** The longest waiting ones of an object, as many as go into one call. */
  next(object: string, now: number): Waiting[] {
    return this.#sql
      .all<Omit<Waiting, 'turned' | 'adopt'> & { turned: number; adopt: number }>(
        'SELECT seq, id, at, turned, adopt, via, tries FROM touched WHERE object = ? AND due <= ? ORDER BY seq LIMIT ?',
        object,
        now,
        this.#size(object),
      )
      .map((row) => ({ ...row, turned: row.turned === 1, adopt: row.adopt === 1 }))
  }

  #size(object: string): number {
    return this.#sql.one<{ size: number }>('SELECT size FROM reading WHERE object = ?', object)?.size ?? MOST_IN_CALL
  }

  /** Read and delivered. One that was named again meanwhile has another number and stays. */
  done(object: string, rows: Waiting[]): void {
    this.#sql.together(() => {
      for (const { seq } of rows) this.#sql.run('DELETE FROM touched WHERE seq = ?', seq)
      const size = this.#size(object)
      if (size * 2 >= MOST_IN_CALL) this.#sql.run('DELETE FROM reading WHERE object = ?', object)
      else this.#wait(object, 0, size * 2, '')
    })
  }

  /** Not before `until` (epoch ms). */
  later(object: string, until: number, fault: string): void {
    this.#wait(object, until, this.#size(object), fault)
  }

  /** The CRM refuses to read these together: fewer at a time, until the one that it means stands alone. */
  fewer(object: string, fault: string): void {
    this.#wait(object, 0, Math.ceil(this.#size(object) / 4), fault)
  }

  /** Refused alone: others first. */
  putBack(object: string, { seq, tries }: Waiting, until: number, fault: string): void {
    this.#sql.together(() => {
      const last = this.#sql.one<{ seq: number }>('SELECT max(seq) AS seq FROM touched')?.seq ?? seq
      this.#sql.run('UPDATE touched SET seq = ?, tries = ? WHERE seq = ?', last + 1, tries + 1, seq)
      this.#wait(object, until, 1, fault)
    })
  }

  #wait(object: string, until: number, size: number, fault: string): void {
    this.#sql.run(
      'INSERT INTO reading (object, retry_at, size, fault) VALUES (?, ?, ?, ?) ON CONFLICT (object) DO UPDATE SET retry_at = excluded.retry_at, size = excluded.size, fault = excluded.fault',
      object,
      until,
      size,
      fault,
    )
  }

  /** When (epoch ms) something may be read; null when nothing waits. */
  nextDue(now: number): number | null {
    const row = this.#sql.one<{ at: number | null }>(
      'SELECT min(max(due, coalesce((SELECT retry_at FROM reading WHERE reading.object = touched.object), ?))) AS at FROM touched',
      now,
    )
    return row?.at ?? null
  }

  /** Objects that can't be read, and why. */
  faults(): { object: string; fault: string }[] {
    return this.#sql.all("SELECT object, fault FROM reading WHERE fault != '' ORDER BY object")
  }
}
