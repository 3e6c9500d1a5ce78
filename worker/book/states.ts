import type { RecordSnapshot, Ref } from '../../schemas/events/index.ts'
import { parseRef } from '../../schemas/events/keys.ts'
import type { SubjectState } from '../method/state.ts'
import type { Sql } from '../shell/sql.ts'
import { inPieces } from './pieces.ts'

/** A subject's row beside its state. */
export interface Kept {
  /** What of it is in the figures. */
  counted: string | null
  pieces: number
  /** Grows with each write; 0: written before guests had rows of their own. */
  turn: number
}

/** What a decision changes of a subject's row beside its state. */
export interface Marks {
  due: number | null
  counted: string
  countedBy: number
}

/**
 * States of subjects in a Book's SQLite. A row holds two megabytes, and a campaign may have any number of guests: each guest's
 * place is a row of its own, and what is still too long for one row goes on in others. A campaign that was just written stays in
 * memory, so that the next guest's answer doesn't read all places again. Each call runs in a transaction of the caller's.
 */
export class States {
  static readonly table = `
   -- how many more rows a state goes on in, and how often it was written
   ALTER TABLE subject ADD COLUMN pieces INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE subject ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE moved ADD COLUMN pieces INTEGER NOT NULL DEFAULT 0;
   CREATE TABLE piece (home TEXT NOT NULL, ref TEXT NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (home, ref, at));
   -- places on the guest list of a campaign, as its CRM record is
   CREATE TABLE guest (ref TEXT NOT NULL, id TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (ref, id));`

  readonly #sql: Sql
  #recent: { ref: Ref; turn: number; state: SubjectState } | undefined

  constructor(sql: Sql) {
    this.#sql = sql
  }

  load(ref: Ref): SubjectState | undefined {
    const row = this.#sql.one<{ state: string; pieces: number }>('SELECT state, pieces FROM subject WHERE ref = ?', ref)
    if (!row) return undefined
    const state = this.#read(ref, row.state, row.pieces)
    if (!hasGuests(ref)) return state
    const rows = this.#sql.all<{ id: string; record: string }>('SELECT id, record FROM guest WHERE ref = ?', ref)
    if (rows.length === 0) return state
    const places = rows.map(({ id, record }) => [id, JSON.parse(record) as RecordSnapshot] as const)
    state.records['participation'] = { ...state.records['participation'], ...Object.fromEntries(places) }
    return state
  }

  /** The same for a caller that changes it and then writes it, or lets go of it. */
  take(ref: Ref): SubjectState | undefined {
    const recent = this.#recent
    if (recent?.ref !== ref) return this.load(ref)
    this.#recent = undefined
    // not what a transaction wrote that was rolled back
    return this.kept(ref)?.turn === recent.turn ? recent.state : this.load(ref)
  }

  /** What was taken, and not changed. */
  giveBack(ref: Ref, state: SubjectState): void {
    const turn = hasGuests(ref) ? this.kept(ref)?.turn : undefined
    if (turn !== undefined) this.#recent = { ref, turn, state }
  }

  kept(ref: Ref): Kept | undefined {
    return this.#sql.one('SELECT counted, pieces, turn FROM subject WHERE ref = ?', ref)
  }

  /** Subjects in order of ref, a page at a time; without the guests of campaigns, of whom there may be more than memory holds. */
  page(after: string, most: number): SubjectState[] {
    return this.#sql
      .all<{ ref: Ref; state: string; pieces: number }>(
        'SELECT ref, state, pieces FROM subject WHERE ref > ? ORDER BY ref LIMIT ?',
        after,
        most,
      )
      .map(({ ref, state, pieces }) => this.#read(ref, state, pieces))
  }

  #read(ref: Ref, first: string, pieces: number): SubjectState {
    return JSON.parse(pieces === 0 ? first : first + this.#rest('subject', ref)) as SubjectState
  }

  /** `before`: its row until now. `guests`: ids of the places that may have changed. Without marks the row keeps its own. */
  write(ref: Ref, state: SubjectState, before: Kept | undefined, guests: ReadonlySet<string>, marks?: Marks): void {
    const [first, ...more] = inPieces(JSON.stringify(hasGuests(ref) ? withoutGuests(state) : state))
    const turn = (before?.turn ?? 0) + 1
    if (marks)
      this.#sql.run(
        `INSERT INTO subject (ref, state, pieces, turn, due, counted, counted_by) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (ref) DO UPDATE SET state = excluded.state, pieces = excluded.pieces, turn = excluded.turn,
           due = excluded.due, counted = excluded.counted, counted_by = excluded.counted_by`,
        ...[ref, first, more.length, turn, marks.due, marks.counted, marks.countedBy],
      )
    else
      this.#sql.run(
        'UPDATE subject SET state = ?, pieces = ?, turn = ? WHERE ref = ?',
        ...[first, more.length, turn, ref],
      )
    this.#goOn('subject', ref, more, before?.pieces ?? 0)
    if (!hasGuests(ref)) return
    const places = state.records['participation'] ?? {}
    for (const id of (before?.turn ?? 0) === 0 ? Object.keys(places) : guests) this.#place(ref, id, places[id])
    this.#recent = { ref, turn, state }
  }

  #place(ref: Ref, id: string, record: RecordSnapshot | undefined): void {
    if (record === undefined) this.#sql.run('DELETE FROM guest WHERE ref = ? AND id = ?', ref, id)
    else
      this.#sql.run(
        'INSERT INTO guest (ref, id, record) VALUES (?, ?, ?) ON CONFLICT (ref, id) DO UPDATE SET record = excluded.record',
        ...[ref, id, JSON.stringify(record)],
      )
  }

  /** Changes a state outside of any decision; nothing when it isn't known. `guests`: as in `write`. */
  edit(ref: Ref, change: (state: SubjectState) => SubjectState, guests: ReadonlySet<string> = new Set()): void {
    const state = this.take(ref)
    if (state) this.write(ref, change(state), this.kept(ref), guests)
  }

  drop(ref: Ref): void {
    if (this.#recent?.ref === ref) this.#recent = undefined
    for (const table of ['subject', 'guest']) this.#sql.run(`DELETE FROM ${table} WHERE ref = ?`, ref)
    this.#goOn('subject', ref, [], 1)
  }

  /** Sets a customer's state apart, once, until `letGo`. */
  setApart(ref: Ref): void {
    if (this.#sql.one('SELECT 1 FROM moved WHERE ref = ?', ref)) return
    this.#sql.run('INSERT INTO moved (ref, state, pieces) SELECT ref, state, pieces FROM subject WHERE ref = ?', ref)
    this.#sql.run("UPDATE piece SET home = 'moved' WHERE home = 'subject' AND ref = ?", ref)
  }

  apart(ref: Ref): SubjectState | null {
    const row = this.#sql.one<{ state: string; pieces: number }>('SELECT state, pieces FROM moved WHERE ref = ?', ref)
    if (!row) return null
    return JSON.parse(row.pieces === 0 ? row.state : row.state + this.#rest('moved', ref)) as SubjectState
  }

  letGo(ref: Ref): void {
    this.#sql.run('DELETE FROM moved WHERE ref = ?', ref)
    this.#goOn('moved', ref, [], 1)
  }

  #rest(home: string, ref: Ref): string {
    return this.#sql
      .all<{ text: string }>('SELECT text FROM piece WHERE home = ? AND ref = ? ORDER BY at', home, ref)
      .map(({ text }) => text)
      .join('')
  }

  /** Most states have no second row, before or after. */
  #goOn(home: string, ref: Ref, more: string[], before: number): void {
    if (before > 0) this.#sql.run('DELETE FROM piece WHERE home = ? AND ref = ?', home, ref)
    for (const [at, text] of more.entries())
      this.#sql.run('INSERT INTO piece (home, ref, at, text) VALUES (?, ?, ?, ?)', home, ref, at, text)
  }
}

/** Campaigns alone have so many records of one kind. */
const hasGuests = (ref: Ref): boolean => parseRef(ref).object === 'campaign'

const withoutGuests = (state: SubjectState): SubjectState => ({
  ...state,
  records: { ...state.records, participation: {} },
})
