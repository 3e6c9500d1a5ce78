import type { Decision, LadderEvent, Ref } from '../../schemas/events/index.ts'
import type { Context } from '../method/context.ts'
import { decideInPlace, followUp, hear, type Outcome, type Places } from '../method/decide.ts'
import { newSubject, type SubjectState } from '../method/state.ts'
import type { Write } from '../crm/port.ts'
import type { Outbox } from '../shell/outbox.ts'
import type { Sql, SqlValue } from '../shell/sql.ts'
import { Figures } from './figures.ts'
import { States } from './states.ts'

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
  readonly states: States
  readonly figures: Figures
  #lastId = 0

  constructor(sql: Sql, outbox: Outbox) {
    this.#sql = sql
    this.#outbox = outbox
    this.states = new States(sql)
    this.figures = new Figures(sql)
  }

  has(ref: Ref): boolean {
    return this.#sql.one('SELECT 1 FROM subject WHERE ref = ?', ref) !== undefined
  }

  load(ref: Ref): SubjectState | undefined {
    return this.states.load(ref)
  }

  /** Applies events in order. Returns for each whether it was news. Runs inside one transaction of the caller's. */
  apply(events: Routed[], ctx: Context): boolean[] {
    const slice = new Map<Ref, Working>()
    const news = events.map(({ ref, event }) => {
      const one: Working = slice.get(ref) ?? {
        state: this.states.take(ref) ?? newSubject(ref),
        guests: new Set(),
        places: new Map(),
      }
      slice.set(ref, one)
      const place = placeOf(ref, event)
      if (place !== undefined) return this.#hear(ref, one, event, place, ctx)
      this.#followUp(ref, one, ctx)
      const outcome = decideInPlace(one.state, event, ctx)
      one.touched ||= outcome.touched
      if (outcome.changed) this.#keep(ref, one, event, outcome, ctx)
      return outcome.changed
    })
    for (const [ref, one] of slice) {
      this.#followUp(ref, one, ctx)
      this.#store(ref, one, ctx)
    }
    this.figures.write(ctx.playbook.calendar.dateOf(ctx.now))
    return news
  }

  /** A guest's place is put into its campaign; what follows from all that came together is looked at once. */
  #hear(ref: Ref, one: Working, event: LadderEvent, place: string, ctx: Context): boolean {
    const { changed, touched } = hear(one.state, event, ctx, one.places)
    one.touched ||= touched
    if (touched) one.guests.add(place)
    if (!changed) return false
    if (one.heard) this.#trace(ref, one.heard, [], ctx.now)
    one.heard = event
    return true
  }

  #followUp(ref: Ref, one: Working, ctx: Context): void {
    const { heard } = one
    if (!heard) return
    one.heard = undefined
    this.#keep(ref, one, heard, followUp(one.state, heard, ctx, one.places), ctx)
    one.places = new Map()
  }

  #keep(ref: Ref, one: Working, event: LadderEvent, { decisions, nextDue }: Outcome, ctx: Context): void {
    one.due = nextDue
    one.fired ||= event.type === 'time.passed'
    if (event.type !== 'time.passed' || decisions.length > 0) this.#trace(ref, event, decisions, ctx.now)
    this.#post(ref, event, decisions)
  }

  /** Counts subjects again that were counted by an older playbook, a few at a time; false when there are none left. */
  recount(ctx: Context, most: number): boolean {
    const { version } = ctx.playbook
    const refs = this.figures.outdated(version, most)
    for (const ref of refs) {
      const state = this.load(ref)
      const counted = state ? this.figures.count(state, this.states.kept(ref)?.counted, ctx) : null
      this.#sql.run('UPDATE subject SET counted = ?, counted_by = ? WHERE ref = ?', counted, version, ref)
    }
    this.figures.write(ctx.playbook.calendar.dateOf(ctx.now))
    return refs.length > 0
  }

  #store(ref: Ref, { state, guests, touched, due, fired }: Working, ctx: Context): void {
    if (!touched) return this.states.giveBack(ref, state)
    const { now, playbook } = ctx
    const before = this.states.kept(ref)
    // `due` is there once something was new
    if (due === undefined) return this.states.write(ref, state, before, guests)
    this.states.write(ref, state, before, guests, {
      due: due !== null && due <= now && fired ? now + STUCK_MS : due,
      counted: this.figures.count(state, before?.counted, ctx),
      countedBy: playbook.version,
    })
  }

  #trace(ref: Ref, event: LadderEvent, decisions: Decision[], at: number): void {
    this.#sql.run(
      'INSERT INTO trace (ref, at, event, decisions) VALUES (?, ?, ?, ?)',
      ref,
      at,
      JSON.stringify(withoutBulk(event)),
      JSON.stringify(decisions.map(toTrace)),
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

  /** Subjects in order of ref, a page at a time; campaigns without their guests. */
  page(after: string, most: number): SubjectState[] {
    return this.states.page(after, most)
  }

  /** Whose they are, in the same order. */
  refs(after: string, most: number): Ref[] {
    return this.#sql
      .all<{ ref: Ref }>('SELECT ref FROM subject WHERE ref > ? ORDER BY ref LIMIT ?', after, most)
      .map(({ ref }) => ref)
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

/** A subject while events are applied to it. */
interface Working {
  state: SubjectState
  /** Places on its guest list that came. */
  guests: Set<string>
  /** Those that were heard and not looked at, and the word of the last of them. */
  places: Places
  heard?: LadderEvent | undefined
  touched?: boolean
  /** When it wants to be looked at again, once something was new. */
  due?: number | null
  fired?: boolean
}

/** The id of a guest's place that an event tells its campaign of. */
const placeOf = (ref: Ref, event: LadderEvent): string | undefined => {
  if (!ref.startsWith('campaign:')) return undefined
  if (event.type === 'record.changed' && event.record.object === 'participation') return event.record.id
  return event.type === 'record.gone' && event.object === 'participation' ? event.recordId : undefined
}

/** Whom a word of a campaign goes to stands in its list, and isn't kept with each word. */
const toTrace = (decision: Decision): Decision =>
  decision.do === 'broadcast' ? { ...decision, event: withoutBulk(decision.event) } : decision

/** What an event brought and the state has now isn't kept twice: a merged subject, an answer's rows, who else is a guest. */
const withoutBulk = <E extends LadderEvent>(event: E): E =>
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
