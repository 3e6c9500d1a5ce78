import type { Why } from '../../schemas/events/index.ts'
import type { Write } from '../crm/port.ts'
import type { Effect } from '../shell/outbox.ts'
import type { Sql } from '../shell/sql.ts'

interface Row {
  seq: number
  id: string
  target: string
  object: string
  key: string | null
  record_id: string | null
  fields: string
  why: string
  at: number
  tries: number
  next_at: number
  reason: string
  lot: number
}

/** Several letters to one record, joined to one write: the later one's fields win. */
export interface Joined {
  target: string
  write: Write
  seqs: number[]
  tries: number
  /** Letters of one lot are sent together, apart from others; 0 is what has no lot. */
  lot: number
}

export interface DeadLetter {
  seq: number
  object: string
  target: string
  fields: unknown
  why: Why
  at: number
  tries: number
  reason: string
}

/** A write that isn't in the CRM: it waits, or is dead with the reason. */
export interface Left {
  object: string
  key: string | null
  recordId: string | null
  state: 'waiting' | 'dead'
  reason: string
}

/** The letters of a Courier: what waits, what is dead. */
export class Letters {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** Takes over a parcel; what was taken before is passed over. */
  take(sender: string, parcel: Effect[], now: number): void {
    this.#sql.together(() => {
      const high = this.#sql.one<{ seq: number }>('SELECT seq FROM taken WHERE sender = ?', sender)?.seq ?? 0
      for (const { seq, write, why } of parcel) {
        if (seq <= high) continue
        const key = write.key ?? this.#keyOf(write.object, write.recordId) ?? null
        const recordId = key === null ? (write.recordId ?? null) : null
        this.#sql.run(
          'INSERT INTO letter (id, target, object, key, record_id, fields, why, at, next_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
          write.id,
          key === null ? `${write.object}#${recordId}` : `${write.object}@${key}`,
          write.object,
          key,
          recordId,
          JSON.stringify(write.fields),
          JSON.stringify(why),
          now,
          now,
        )
      }
      const last = parcel.at(-1)?.seq ?? 0
      if (last > high)
        this.#sql.run(
          'INSERT INTO taken (sender, seq) VALUES (?, ?) ON CONFLICT (sender) DO UPDATE SET seq = excluded.seq',
          sender,
          last,
        )
    })
  }

  /** An update by record id of a record that Ladder made goes by its key, so that all writes to it are joined. */
  #keyOf(object: string, recordId: string | undefined): string | undefined {
    if (recordId === undefined) return undefined
    // records of two objects may have the same id (HubSpot)
    const query = 'SELECT key FROM known WHERE record_id = ? AND object = ?'
    return this.#sql.one<{ key: string }>(query, recordId, object)?.key
  }

  /** Letters that may go now, joined by record, oldest first. A record with a letter that must wait keeps all of them back. */
  due(now: number, most: number): Joined[] {
    const rows = this.#sql.all<Row>(
      `SELECT * FROM letter WHERE state = 'waiting' AND next_at <= ?1 AND NOT EXISTS (
         SELECT 1 FROM letter AS held WHERE held.target = letter.target AND held.state = 'waiting' AND held.next_at > ?1)
       ORDER BY seq LIMIT ?2`,
      now,
      most,
    )
    const joined = new Map<string, Joined>()
    for (const row of rows) {
      const fields = JSON.parse(row.fields) as Write['fields']
      const there = joined.get(row.target)
      if (there) {
        Object.assign(there.write.fields, fields)
        there.seqs.push(row.seq)
        there.tries = Math.max(there.tries, row.tries)
        there.lot = Math.max(there.lot, row.lot)
      } else {
        const base = { id: String(row.seq), object: row.object, fields }
        const write: Write = row.key === null ? { ...base, recordId: row.record_id ?? '' } : { ...base, key: row.key }
        joined.set(row.target, { target: row.target, write, seqs: [row.seq], tries: row.tries, lot: row.lot })
      }
    }
    return [...joined.values()]
  }

  /** Written: the letters go, and what they wrote can't be undone any more by an older dead letter that is replayed. */
  written(letter: Joined): void {
    this.done(letter.seqs)
    for (const row of this.#sql.all<Row>("SELECT * FROM letter WHERE target = ? AND state = 'dead'", letter.target)) {
      const left = Object.entries(JSON.parse(row.fields) as Write['fields']).filter(
        ([name]) => !(name in letter.write.fields),
      )
      if (left.length === 0) this.done([row.seq])
      else
        this.#sql.run('UPDATE letter SET fields = ? WHERE seq = ?', JSON.stringify(Object.fromEntries(left)), row.seq)
    }
  }

  done(seqs: number[]): void {
    for (const seq of seqs) this.#sql.run('DELETE FROM letter WHERE seq = ?', seq)
  }

  later(seqs: number[], nextAt: number, reason: string): void {
    for (const seq of seqs) {
      this.#sql.run('UPDATE letter SET tries = tries + 1, next_at = ?, reason = ? WHERE seq = ?', nextAt, reason, seq)
    }
  }

  /** Waits until `nextAt` through no fault of its own. */
  hold(seqs: number[], nextAt: number): void {
    for (const seq of seqs) this.#sql.run('UPDATE letter SET next_at = ? WHERE seq = ?', nextAt, seq)
  }

  /** From now on these are sent together, and apart from all others. */
  setApart(letters: Joined[]): void {
    const seqs = letters.flatMap((letter) => letter.seqs)
    const lot = Math.min(...seqs)
    for (const seq of seqs) this.#sql.run('UPDATE letter SET lot = ? WHERE seq = ?', lot, seq)
  }

  /** When the record of a ladder key may be there, if a letter that makes or changes it still waits; else null. */
  waitsFor(key: string): number | null {
    return (
      this.#sql.one<{ at: number | null }>(
        "SELECT min(next_at) AS at FROM letter WHERE key = ? AND state = 'waiting'",
        key,
      )?.at ?? null
    )
  }

  bury(seqs: number[], reason: string): void {
    for (const seq of seqs)
      this.#sql.run("UPDATE letter SET state = 'dead', tries = tries + 1, reason = ? WHERE seq = ?", reason, seq)
  }

  /** Dead letters wait again; all of them when no number is given. Returns how many. */
  replay(seq: number | null, now: number): number {
    const rows = this.#sql.all<{ seq: number }>(
      `SELECT seq FROM letter WHERE state = 'dead'${seq === null ? '' : ' AND seq = ?'}`,
      ...(seq === null ? [] : [seq]),
    )
    for (const row of rows)
      this.#sql.run(
        "UPDATE letter SET state = 'waiting', tries = 0, next_at = max(next_at, ?), reason = '' WHERE seq = ?",
        now,
        row.seq,
      )
    return rows.length
  }

  dead(most: number): DeadLetter[] {
    return this.#sql.all<Row>("SELECT * FROM letter WHERE state = 'dead' ORDER BY seq LIMIT ?", most).map((row) => ({
      seq: row.seq,
      object: row.object,
      target: row.key ?? row.record_id ?? '',
      fields: JSON.parse(row.fields),
      why: JSON.parse(row.why) as Why,
      at: row.at,
      tries: row.tries,
      reason: row.reason,
    }))
  }

  /** Letters of the writes whose ids begin so. */
  left(stem: string): Left[] {
    return this.#sql.all<Left>(
      'SELECT object, key, record_id AS recordId, state, reason FROM letter WHERE instr(id, ?) = 1 ORDER BY seq',
      stem,
    )
  }

  /** Counts by state, the age of the oldest waiting one, and when the next may go. */
  status(): { waiting: number; dead: number; oldestAt: number | null; nextAt: number | null } {
    const row = this.#sql.one<{ waiting: number; dead: number; oldest: number | null }>(
      `SELECT count(CASE WHEN state = 'waiting' THEN 1 END) AS waiting, count(CASE WHEN state = 'dead' THEN 1 END) AS dead,
        min(CASE WHEN state = 'waiting' THEN at END) AS oldest FROM letter`,
    )
    return {
      waiting: row?.waiting ?? 0,
      dead: row?.dead ?? 0,
      oldestAt: row?.oldest ?? null,
      nextAt: this.#nextAt(),
    }
  }

  /** A record's letters go when the last of them may: one that is kept back by another wakes nobody. */
  #nextAt(): number | null {
    return (
      this.#sql.one<{ next_at: number }>(
        `SELECT next_at FROM letter WHERE state = 'waiting' AND NOT EXISTS (
           SELECT 1 FROM letter AS held WHERE held.target = letter.target AND held.state = 'waiting' AND held.next_at > letter.next_at)
         ORDER BY next_at LIMIT 1`,
      )?.next_at ?? null
    )
  }
}
