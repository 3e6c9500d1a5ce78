import { DurableObject } from 'cloudflare:workers'
import type { Broadcast, Fields, Ref } from '../../schemas/events/index.ts'
import type { Playbook } from '../../schemas/playbook/index.ts'
import { decide } from '../method/decide.ts'
import { type Preview, previewOf } from '../method/documents/preview.ts'
import type { Answer } from '../method/gather/index.ts'
import type { Context } from '../method/context.ts'
import type { Figures } from '../method/measures/keys.ts'
import type { Narrow, Seen } from '../method/measures/report.ts'
import type { Whose } from '../method/measures/whose.ts'
import { newSubject, type SubjectState } from '../method/state.ts'
import type { Left } from '../courier/letters.ts'
import { alarmWork, Clock, wake } from '../shell/clock.ts'
import type { Env } from '../shell/env.ts'
import { Meta } from '../shell/meta.ts'
import { Outbox } from '../shell/outbox.ts'
import { Sql } from '../shell/sql.ts'
import { Departures } from './departures.ts'
import type { Summary } from './summary.ts'
import type { EscalationRow, EscalationsWish, RosterRow, RosterWish } from './roster.ts'
import { HandOver } from './hand-over.ts'
import { Reports } from './reports.ts'
import { Rounds } from './rounds.ts'
import { type InForce, RulesInForce } from './rules-in-force.ts'
import { migrations } from './schema.ts'
import { MOST_SLICES, SLICE } from './slices.ts'
import { type Routed, Subjects, type TraceRow } from './subjects.ts'
import type { ShadowReport } from '../method/shadow/index.ts'

/** A shard of an account's customers: their state, timers and decisions. The imperative shell around `decide`. */
export class Book extends DurableObject<Env> {
  readonly #sql: Sql
  readonly #meta: Meta
  readonly #clock: Clock
  readonly #outbox: Outbox
  readonly #subjects: Subjects
  readonly #departures: Departures
  readonly #rounds: Rounds
  readonly #reports: Reports
  readonly #out: HandOver
  readonly #rules: RulesInForce
  #running: Promise<number | null> | undefined

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#sql = new Sql(ctx.storage, migrations)
    this.#meta = new Meta(this.#sql)
    this.#clock = new Clock(env, this.#meta)
    this.#outbox = new Outbox(this.#sql)
    this.#subjects = new Subjects(this.#sql, this.#outbox)
    this.#rules = new RulesInForce(this.#sql, this.#meta)
    this.#rounds = new Rounds(this.#sql, this.#subjects)
    this.#reports = new Reports(this.#subjects)
    this.#out = new HandOver(this.#sql, this.#outbox)
    this.#departures = new Departures(this.#sql, this.#subjects.states, this.#subjects.figures, () => this.#today())
  }

  /** Puts a playbook in force here; the Account calls it before it sends events decided by it. */
  async setPlaybook(account: string, name: string, source: Playbook, inForce: InForce): Promise<void> {
    this.#meta.set('account', account)
    this.#meta.set('name', name)
    if (!this.#rules.setInForce(source, inForce)) return
    this.#subjects.hurry(this.#clock.now())
    await this.#schedule()
  }

  /**
   * Applies events in order. `epoch`: what the Account has in force; when this Book has another, nothing is done and the
   * Account sends the playbook first. Returns for each event whether it was news. Idempotent.
   */
  async apply(
    events: Routed[],
    epoch: number,
  ): Promise<{ ok: true; news: boolean[] } | { ok: false; need: 'playbook' }> {
    const context = this.#rules.context(this.#clock.now())
    if (!context || this.#rules.epoch() !== epoch) return { ok: false, need: 'playbook' }
    const news: boolean[] = []
    for (let at = 0; at < events.length; at += SLICE) {
      news.push(...this.#sql.together(() => this.#subjects.apply(events.slice(at, at + SLICE), context)))
    }
    await this.#schedule()
    return { ok: true, news }
  }

  /** The subject as an event would leave it. Nothing is kept; null before a playbook was handed over. */
  async weigh({ ref, event }: Routed): Promise<SubjectState | null> {
    const context = this.#rules.context(this.#clock.now())
    return context ? decide(this.#subjects.load(ref) ?? newSubject(ref), event, context).state : null
  }

  /** Lets go of a subject that was merged into another one: its state, null when nothing is known. Kept until `release`. */
  async surrender(ref: Ref): Promise<SubjectState | null> {
    return this.#sql.together(() => this.#departures.surrender(ref))
  }

  /** The winner has what was surrendered. */
  async release(ref: Ref): Promise<void> {
    this.#departures.release(ref)
  }

  /** Forgets a subject: its state, what was decided on it and why, what is to be written to it. */
  async erase(ref: Ref): Promise<void> {
    this.#sql.together(() => this.#departures.erase(ref))
  }

  /** Forgets an erased customer of any Book where others name it. */
  async eraseNamed(ref: Ref): Promise<void> {
    this.#sql.together(() => this.#departures.eraseNamed(ref))
  }

  /** Forgets what another subject (a campaign) was told of an erased one's record. */
  async forgetRecord(ref: Ref, object: string, id: string): Promise<void> {
    this.#sql.together(() => this.#departures.forgetRecord(ref, object, id))
  }

  /** Every customer of this Book whom it may concern looks at a campaign or is rated in a run. In slices, from the alarm. */
  async tell(event: Broadcast): Promise<void> {
    this.#rounds.add(event)
    await this.#schedule()
  }

  async setClock(at: number | null): Promise<void> {
    this.#clock.hold(at)
    await this.#schedule()
  }

  override alarm(): Promise<void> {
    return alarmWork(
      this.ctx.storage,
      this.#clock,
      this.#meta,
      (now) => this.runDue(now),
      () => this.#nextDue(),
    )
  }

  /** Fires what is due by `now` and hands decisions on. Returns when (epoch ms) there is more to do. One run at a time. */
  runDue(now: number): Promise<number | null> {
    this.#running ??= this.#run(now).finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #run(now: number): Promise<number | null> {
    const context = this.#rules.context(now)
    if (!context) return null
    for (let slice = 0; slice < MOST_SLICES; slice++) {
      const refs = this.#subjects.due(now, SLICE)
      if (refs.length === 0) break
      const events: Routed[] = refs.map((ref) => ({ ref, event: { type: 'time.passed', id: `time/${ref}/${now}` } }))
      this.#sql.together(() => this.#subjects.apply(events, context))
    }
    this.#rounds.go(context, MOST_SLICES, SLICE)
    this.#recount(context)
    this.#subjects.forgetTraces(now)
    await this.#handOver()
    return this.#nextDue()
  }

  /** After a new playbook figures are by the new one, slice by slice. */
  #recount(context: Context): void {
    for (let slice = 0; slice < MOST_SLICES; slice++)
      if (!this.#sql.together(() => this.#subjects.recount(context, SLICE))) return
  }

  async #handOver(): Promise<void> {
    const account = this.#meta.get<string>('account')
    if (account !== undefined) await this.#out.run(this.env, account, this.#meta.get<string>('name') ?? '')
  }

  #hasWork(): boolean {
    const isOld = (): boolean => this.#subjects.figures.outdated(this.#rules.version(), 1).length > 0
    return this.#out.waits() || this.#rounds.next() !== undefined || isOld()
  }

  #nextDue(): number | null {
    return this.#hasWork() ? this.#clock.now() : this.#subjects.nextDue()
  }

  #schedule(): Promise<void> {
    return wake(this.ctx.storage, this.#clock, this.#nextDue())
  }

  /** All that is known of a subject. */
  async subject(ref: Ref): Promise<SubjectState | null> {
    return this.#subjects.load(ref) ?? null
  }

  /** A document of a subject as it would be now; null when nothing is known of it. */
  async document(ref: Ref, code: string, development: string | null): Promise<Preview | null> {
    const context = this.#rules.context(this.#clock.now())
    const state = this.#subjects.load(ref)
    return context && state ? previewOf(state, context, code, development) : null
  }

  /** What was decided on a subject, newest first. */
  async explain(ref: Ref, most: number): Promise<TraceRow[]> {
    return this.#subjects.traces(ref, most)
  }

  /** What was decided on an event of a subject, and what of it wasn't handed on yet. */
  async traced(ref: Ref, event: string): Promise<{ traces: TraceRow[]; unsent: Left[] }> {
    const unsent = this.#outbox.of(`${ref}|${event}|`)
    return {
      traces: this.#subjects.tracesOf(ref, event),
      unsent: unsent.map(({ object, key = null, recordId = null }) => ({
        object,
        key,
        recordId,
        state: 'waiting',
        reason: '',
      })),
    }
  }

  /** Figures over all customers of this Book; `seen`: over those alone that may be seen. */
  async summary(seen: Seen | null): Promise<Summary> {
    return this.#reports.summary(seen)
  }

  /**
   * What a page of customers after `after` answers to a question; `next`: where to go on, null at the end. `seen`: of whom alone.
   */
  async gather(query: string, params: Fields, after: string, seen?: Seen): Promise<Answer & { next: string | null }> {
    return this.#reports.gather(query, params, after, this.#rules.context(this.#clock.now()), seen)
  }

  /** A page of customers by what they are counted in. */
  async customers(wish: RosterWish): Promise<{ rows: RosterRow[]; total: number }> {
    return this.#subjects.figures.roster.customers(wish)
  }

  /** Escalations that aren't resolved. */
  async escalations(wish: EscalationsWish): Promise<EscalationRow[]> {
    return this.#subjects.figures.roster.escalations(wish)
  }

  /** Refs, branches or RMs of the customers that may be seen. */
  async own(column: 'ref' | 'branch' | 'rm', seen: Seen): Promise<string[]> {
    return this.#subjects.figures.roster.own(column, seen)
  }

  /** Names of customers, of those that are of this Book. */
  async names(refs: Ref[]): Promise<[ref: Ref, name: string][]> {
    return this.#subjects.figures.roster.names(refs)
  }

  /** Branch and RM of a subject, as it was counted last; null for one that isn't listed. */
  async whose(ref: Ref): Promise<Whose | null> {
    return this.#subjects.figures.roster.whose(ref) ?? null
  }

  /** Figures of this Book as they stood at the end of each of these days (ISO dates), added up as they are asked for. */
  async figures(days: string[], narrow: Narrow): Promise<Figures[]> {
    return this.#subjects.figures.on(days, narrow)
  }

  #today(): string {
    const now = this.#clock.now()
    return this.#rules.context(now)?.playbook.calendar.dateOf(now) ?? new Date(now).toISOString().slice(0, 10)
  }

  /** What would change if a draft were in force. Writes nothing. */
  async shadow(draft: Playbook): Promise<ShadowReport> {
    return this.#reports.shadow(draft, this.#rules.context(this.#clock.now()))
  }

  async status(): Promise<{ subjects: number; outbox: number; overdue: number; nextDue: number | null }> {
    return {
      subjects: this.#subjects.count(),
      outbox: this.#outbox.size(),
      overdue: this.#subjects.overdue(this.#clock.now() - 60_000),
      nextDue: this.#subjects.nextDue(),
    }
  }

  /** Forgets everything. */
  async disconnect(): Promise<void> {
    await this.ctx.storage.deleteAlarm()
    for (const table of [
      'meta',
      'subject',
      'pipeline',
      'trace',
      'broadcast',
      'asked',
      'round',
      'outbox',
      'moved',
      'piece',
      'guest',
      'figure',
      'figure_key',
      'listed',
    ])
      this.#sql.run(`DELETE FROM ${table}`)
  }
}
