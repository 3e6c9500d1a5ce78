import type { Decision, LadderEvent, Ref } from '../../schemas/events/index.ts'
import type { Context } from '../method/context.ts'
import { decideInPlace } from '../method/decide.ts'
import { newSubject, type SubjectState } from '../method/state.ts'
import type { Write } from '../crm/port.ts'
import type { Outbox } from '../shell/outbox.ts'
import type { Sql, SqlValue } from '../shell/sql.ts'
import { Figures } from './figures.ts'

/** An event with the subject that it goes to. */
export interface Routed {
  ref: Ref
  event: LadderEvent
}

export interface TraceRow {
  ref: Ref
  /** Epoch ms. */
  at: number
  event: LadderEvent
  decisions: Decision[]
}

/** How long it can be told why something was decided: a year of ratings and some. */
const TRACE_MS = 400 * 24 * 60 * 60_000

/** A timer that makes no progress is looked at again after this, so that a fault in a rule can't spin. */
const STUCK_MS = 60_000

/** The subjects of a Book in its SQLite: load, decide, store, all in one transaction with what shall be written. */
export class Subjects {
  readonly #sql: Sql
  readonly #outbox: Outbox
  readonly figures: Figures
  #lastId = 0

  constructor(sql: Sql, outbox: Outbox) {
    this.#sql = sql
    this.#outbox = outbox
    this.figures = new Figures(sql)
  }

  has(ref: Ref): boolean {
    return this.#sql.one('SELECT 1 FROM subject WHERE ref = ?', ref) !== undefined
  }

  load(ref: Ref): SubjectState | undefined {
    const row = this.#sql.one<{ state: string }>('SELECT state FROM subject WHERE ref = ?', ref)
    return row ? (JSON.parse(row.state) as SubjectState) : undefined
  }

  /** Applies events in order. Returns for each whether it was news. Runs inside one transaction of the caller's. */
  apply(events: Routed[], ctx: Context): boolean[] {
    const states = new Map<Ref, SubjectState>()
    const due = new Map<Ref, number | null>()
    const changed = new Set<Ref>()
    const touched = new Set<Ref>()
    const news = events.map(({ ref, event }) => {
      const outcome = decideInPlace(states.get(ref) ?? this.load(ref) ?? newSubject(ref), event, ctx)
      states.set(ref, outcome.state)
      if (outcome.touched) touched.add(ref)
      if (!outcome.changed) return false
      changed.add(ref)
      due.set(ref, outcome.nextDue)
      if (event.type !== 'time.passed' || outcome.decisions.length > 0)
        this.#trace(ref, event, outcome.decisions, ctx.now)
      this.#post(ref, event, outcome.decisions)
      return true
    })
    for (const ref of touched) {
      if (!changed.has(ref))
        this.#sql.run('UPDATE subject SET state = ? WHERE ref = ?', JSON.stringify(states.get(ref)), ref)
    }
    for (const ref of changed) {
      const state = states.get(ref)
      if (state) this.#store(ref, state, due.get(ref) ?? null, ctx, events)
    }
    this.figures.write(ctx.playbook.calendar.dateOf(ctx.now))
    return news
  }

  /** Counts subjects again that were counted by an older playbook, a few at a time; false when there are none left. */
  recount(ctx: Context, most: number): boolean {
    const { version } = ctx.playbook
    const refs = this.figures.outdated(version, most)
    for (const ref of refs) {
      const state = this.load(ref)
      const counted = state ? this.figures.count(state, this.#counted(ref), ctx) : null
      this.#sql.run('UPDATE subject SET counted = ?, counted_by = ? WHERE ref = ?', counted, version, ref)
    }
    this.figures.write(ctx.playbook.calendar.dateOf(ctx.now))
    return refs.length > 0
  }

  /** What of a subject is in the figures; undefined for one that isn't known. */
  #counted(ref: Ref): string | null | undefined {
    return this.#sql.one<{ counted: string | null }>('SELECT counted FROM subject WHERE ref = ?', ref)?.counted
  }

  #store(ref: Ref, state: SubjectState, nextDue: number | null, ctx: Context, events: Routed[]): void {
    const { now, playbook } = ctx
    const fired = events.some((one) => one.ref === ref && one.event.type === 'time.passed')
    const due = nextDue !== null && nextDue <= now && fired ? now + STUCK_MS : nextDue
    this.#sql.run(
      `INSERT INTO subject (ref, state, due, counted, counted_by) VALUES (?, ?, ?, ?, ?) ON CONFLICT (ref)
       DO UPDATE SET state = excluded.state, due = excluded.due, counted = excluded.counted, counted_by = excluded.counted_by`,
      ref,
      JSON.stringify(state),
      due,
      this.figures.count(state, this.#counted(ref), ctx),
      playbook.version,
    )
  }

  #trace(ref: Ref, event: LadderEvent, decisions: Decision[], at: number): void {
    this.#sql.run(
      'INSERT INTO trace (ref, at, event, decisions) VALUES (?, ?, ?, ?)',
      ref,
      at,
      JSON.stringify(withoutBulk(event)),
      JSON.stringify(decisions),
    )
  }

  #post(ref: Ref, event: LadderEvent, decisions: Decision[]): void {
    for (const decision of decisions) {
      if (decision.do === 'broadcast')
        this.#sql.run('INSERT INTO broadcast (event) VALUES (?)', JSON.stringify(decision.event))
      else if (decision.do === 'gather')
        this.#sql.run('INSERT INTO asked (gather) VALUES (?)', JSON.stringify(decision.gather))
      else if (decision.do !== 'note')
        this.#outbox.add(writeOf(decision, `${ref}|${event.id}|${++this.#lastId}`), decision.why)
    }
  }

  /** Subjects whose time has come by `now`, the longest waiting first. */
  due(now: number, most: number): Ref[] {
    return this.#sql
      .all<{ ref: Ref }>('SELECT ref FROM subject WHERE due <= ? ORDER BY due LIMIT ?', now, most)
      .map((row) => row.ref)
  }

  /** Has all looked at now: working time has changed, to either side (ESC-LADDER), or a pipeline is on (DEV-A). */
  hurry(now: number): void {
    this.#sql.run('UPDATE subject SET due = ? WHERE due IS NULL OR due > ?', now, now)
  }

  /** When the next subject wants to be looked at, epoch ms; null for never. */
  nextDue(): number | null {
    return (
      this.#sql.one<{ due: number | null }>('SELECT min(due) AS due FROM subject WHERE due IS NOT NULL')?.due ?? null
    )
  }

  /** How many subjects should have been looked at by `now`. */
  overdue(now: number): number {
    return this.#sql.one<{ n: number }>('SELECT count(*) AS n FROM subject WHERE due <= ?', now)?.n ?? 0
  }

  count(): number {
    return this.#sql.one<{ n: number }>('SELECT count(*) AS n FROM subject')?.n ?? 0
  }

  /** Subjects in order of ref, a page at a time. */
  page(after: string, most: number): SubjectState[] {
    return this.#sql
      .all<{ state: string }>('SELECT state FROM subject WHERE ref > ? ORDER BY ref LIMIT ?', after, most)
      .map((row) => JSON.parse(row.state) as SubjectState)
  }

  /** Lets go of traces that are too old, a few at a time. */
  forgetTraces(now: number): void {
    this.#sql.run(
      'DELETE FROM trace WHERE seq IN (SELECT seq FROM trace ORDER BY seq LIMIT 200) AND at < ?',
      now - TRACE_MS,
    )
  }

  traces(ref: Ref, most: number): TraceRow[] {
    return this.#rowsOf('ref = ? ORDER BY seq DESC LIMIT ?', ref, most)
  }

  /** What was decided on one event, in order. */
  tracesOf(ref: Ref, event: string): TraceRow[] {
    return this.#rowsOf("ref = ? AND json_extract(event, '$.id') = ? ORDER BY seq", ref, event)
  }

  #rowsOf(where: string, ...values: SqlValue[]): TraceRow[] {
    return this.#sql
      .all<{ ref: string; at: number; event: string; decisions: string }>(
        `SELECT ref, at, event, decisions FROM trace WHERE ${where}`,
        ...values,
      )
      .map((row) => ({
        ref: row.ref,
        at: row.at,
        event: JSON.parse(row.event) as LadderEvent,
        decisions: JSON.parse(row.decisions) as Decision[],
      }))
  }
}

/** What an event brought and the state has now isn't kept twice: a merged subject, an answer's rows, who else is a guest. */
const withoutBulk = (event: LadderEvent): LadderEvent =>
  event.type === 'subject.merged'
    ? { ...event, state: null }
    : event.type === 'gathered'
      ? { ...event, rows: [] }
      : event.type === 'campaign.opened'
        ? { ...event, told: [], campaign: { ...event.campaign, guests: [], list: [] } }
        : event

const writeOf = (decision: Exclude<Decision, { do: 'note' | 'broadcast' | 'gather' }>, id: string): Write =>
  decision.do === 'upsert'
    ? { id, object: decision.object, key: decision.key, fields: decision.fields }
    : { id, object: decision.object, recordId: decision.id, fields: decision.fields }
