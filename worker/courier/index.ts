import { DurableObject } from 'cloudflare:workers'
import type { RecordSnapshot } from '../../schemas/events/index.ts'
import type { CallResult, Crm, CrmAccess, CrmDeps, CrmLimits, JournalRead, Member, Page, Write } from '../crm/port.ts'
import { alarmWork, Clock, wake } from '../shell/clock.ts'
import { loadDocuments } from '../shell/documents.ts'
import type { Env } from '../shell/env.ts'
import { Meta } from '../shell/meta.ts'
import type { Effect } from '../shell/outbox.ts'
import { Sql } from '../shell/sql.ts'
import { dispatch } from './dispatch.ts'
import { type Erasure, eraseLetters } from './erase.ts'
import { type DeadLetter, type Left, Letters } from './letters.ts'
import { draw } from './picture.ts'
import { Reach, type Withdrawn } from './reach.ts'
import type { Parts } from './round.ts'
import { migrations } from './schema.ts'
import { Spending } from './spending.ts'
import { type CourierStatus, statusOf } from './status.ts'
import type { Consented } from './tokens.ts'

/** The answer to a read; `later` says from when (epoch ms) there is room for it. */
export type ReadAnswer<T> = CallResult<T>

/** What an answer of the CRM told: a customer's record that core banking asked for, or that a record is gone. */
export type News =
  { news: 'record'; record: RecordSnapshot } | { news: 'gone'; object: string; recordId: string; at: string }

/** Where a write stands: it waits, is dead, or isn't here (written, or not handed over yet). */
export interface Fate {
  state: 'waiting' | 'dead' | 'none'
  reason: string
  recordId: string | null
}

/** Takes decided writes to the CRM: in least calls, inside its limit, again and again until they are there or dead. */
export class Courier extends DurableObject<Env> {
  readonly #sql: Sql
  readonly #meta: Meta
  readonly #clock: Clock
  readonly #letters: Letters
  readonly #spending: Spending
  readonly #reach: Reach
  readonly #parts: Parts = new Map()
  #running: Promise<number | null> | undefined

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#sql = new Sql(ctx.storage, migrations)
    this.#meta = new Meta(this.#sql)
    this.#clock = new Clock(env, this.#meta)
    this.#letters = new Letters(this.#sql)
    this.#spending = new Spending(this.#meta)
    this.#reach = new Reach(this.#meta, env, (tries) => this.#spending.backoff(tries))
  }

  /** How the CRM is reached, and inside which limits. A token is stored sealed; without one an admin has consented before. */
  async configure(account: string, connection: CrmAccess, limits: CrmLimits): Promise<void> {
    await this.#reach.keep(account, connection, limits)
    await this.#goOn()
  }

  /** Tokens that an admin's consent brought; `url`: HubSpot's API. What waited for them goes at once. */
  async consent(account: string, url: string, grant: Consented): Promise<void> {
    await this.#reach.consent(account, url, grant, this.#clock.now())
    await this.#goOn()
  }

  /** Another token or limit may be good: what waits for it goes at once. */
  async #goOn(): Promise<void> {
    this.#meta.delete('fault')
    this.#meta.delete('resume')
    this.#spending.forgetPauses()
    await wake(this.ctx.storage, this.#clock, this.#clock.now())
  }

  async setClock(at: number | null): Promise<void> {
    this.#clock.hold(at)
    await wake(this.ctx.storage, this.#clock, this.#nextDue())
  }

  /** Takes over effects; safe to be sent twice. They leave at the next alarm, so that effects of many customers join. */
  async enqueue(sender: string, parcel: Effect[]): Promise<void> {
    const now = this.#clock.now()
    this.#letters.take(sender, parcel, now)
    await wake(this.ctx.storage, this.#clock, this.#nextDue())
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

  /** Sends what may go at `now`. Returns when (epoch ms) there is more to do, or null. One run at a time. */
  runDue(now: number): Promise<number | null> {
    this.#running ??= this.#run(now).finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #run(now: number): Promise<number | null> {
    const { account, limits } = this.#reach
    const crm = limits && (await this.#reach.crm(this.#deps(now, limits, 'write')))
    if (!account || !crm) return null
    const [sql, meta, letters, spending] = [this.#sql, this.#meta, this.#letters, this.#spending]
    const work = { sql, meta, letters, spending, limits, crm, parts: this.#parts, present: () => this.#clock.now() }
    await dispatch(work, now)
    await this.#tellNews(account)
    return this.#nextDue()
  }

  #deps(now: number, limits: CrmLimits, who: 'read' | 'write'): CrmDeps {
    return {
      ...this.#spending.tills(now, limits, who),
      ...(this.#reach.hasApp ? { appAccess: (refused) => this.#reach.appToken(this.#clock.now(), refused) } : {}),
      access: (refused) => this.#reach.tokens.give(this.#clock.now(), refused),
      documents: loadDocuments,
      files: async (request, people) => (await loadDocuments()).makeFiles(this.env, request, people),
      twins: (count) => this.#meta.count('twins_archived', count),
      known: (key) => this.#sql.one<{ record_id: string }>('SELECT record_id FROM known WHERE key = ?', key)?.record_id,
    }
  }

  async #tellNews(account: string): Promise<void> {
    const rows = this.#sql.all<{ seq: number; news: string }>('SELECT seq, news FROM news ORDER BY seq LIMIT 1000')
    const last = rows.at(-1)
    if (!last) return
    await this.env.ACCOUNT.getByName(account).hearNews(rows.map((row) => JSON.parse(row.news) as News))
    this.#sql.run('DELETE FROM news WHERE seq <= ?', last.seq)
  }

  /** Records changed since an instant, a page a call. */
  readChanged(object: string, since: string, cursor: string | null): Promise<ReadAnswer<Page>> {
    return this.#read(async (crm) => {
      const page = await crm.changedSince(object, since, cursor)
      if (page.ok) await this.#draw(crm, page.value.records)
      return page
    })
  }

  readIds(object: string, cursor: string | null): Promise<ReadAnswer<{ ids: string[]; next: string | null }>> {
    return this.#read((crm) => crm.ids(object, cursor))
  }

  readRecords(object: string, ids: string[]): Promise<ReadAnswer<RecordSnapshot[]>> {
    return this.#read(async (crm) => {
      const records = await crm.read(object, ids)
      if (records.ok) await this.#draw(crm, records.value)
      return records
    })
  }

  /**
   * Reads on in the CRM's journal, where the account has it. That it hasn't, or that the journal's own limit is reached, is
   * nothing that keeps other calls back.
   */
  async readJournal(from: 'latest' | 'earliest' | { after: string }): Promise<ReadAnswer<JournalRead>> {
    const { limits } = this.#reach
    const now = this.#clock.now()
    const crm = limits && (await this.#reach.crm(this.#deps(now, limits, 'read')))
    const answer = await crm?.journal?.(from)
    if (!answer)
      return { ok: false, failure: { kind: 'refused', status: 0, message: 'the app’s client id isn’t known' } }
    if (answer.ok || answer.failure.kind !== 'limit') return answer
    const { waitMs, message } = answer.failure
    return { ok: false, failure: { kind: 'later', until: now + (waitMs ?? 1_000), message } }
  }

  readMembers(): Promise<ReadAnswer<Member[]>> {
    return this.#read((crm) => crm.members())
  }

  /** Tells the CRM how an action ended that one of its workflows waits for; done at once where none does. */
  completeAction(callbackId: string, outputs: Record<string, string>): Promise<ReadAnswer<null>> {
    return this.#read(async (crm) => (await crm.completeAction?.(callbackId, outputs)) ?? { ok: true, value: null })
  }

  /** What of the writes whose ids begin so isn't in the CRM. */
  async left(stem: string): Promise<Left[]> {
    return this.#letters.left(stem)
  }

  /** What became of a write that was handed over: the CRM's record of its key once it is known, and why it can't be written. */
  async fateOf(write: Pick<Write, 'id' | 'key'>): Promise<Fate> {
    const letter = this.#sql.one<{ state: 'waiting' | 'dead'; reason: string }>(
      'SELECT state, reason FROM letter WHERE id = ? ORDER BY seq DESC LIMIT 1',
      write.id,
    )
    const known =
      write.key === undefined
        ? undefined
        : this.#sql.one<{ record_id: string }>('SELECT record_id FROM known WHERE key = ?', write.key)
    return { state: letter?.state ?? 'none', reason: letter?.reason ?? '', recordId: known?.record_id ?? null }
  }

  /** What was read is shown in the CRM's own form, where it has one. */
  async #draw(crm: Crm, records: RecordSnapshot[]): Promise<void> {
    const drawn = draw({ sql: this.#sql, letters: this.#letters, crm }, records, this.#clock.now())
    if (drawn > 0) await wake(this.ctx.storage, this.#clock, this.#nextDue())
  }

  /** Reads go through the Courier, so that reads and writes share one limit; they leave room for writes. */
  async #read<T>(ask: (crm: Crm) => Promise<CallResult<T>>): Promise<ReadAnswer<T>> {
    const { limits } = this.#reach
    const now = this.#clock.now()
    const crm = limits && (await this.#reach.crm(this.#deps(now, limits, 'read')))
    if (!crm) return { ok: false, failure: { kind: 'auth', message: 'this account is not connected' } }
    const result = await ask(crm)
    if (result.ok) {
      this.#spending.relax('search')
      return result
    }
    const { failure } = result
    if (failure.kind === 'later') return result
    this.#meta.set('fault', { at: now, kind: failure.kind, message: failure.message })
    this.#meta.count(`crm_${failure.kind}`)
    if (failure.kind !== 'limit') return result
    const until = this.#spending.pause(now, limits, failure)
    return { ok: false, failure: { kind: 'later', until, message: failure.message } }
  }

  #nextDue(): number | null {
    const { nextAt } = this.#letters.status()
    if (nextAt === null) return null
    return Math.max(nextAt, this.#spending.pausedUntil(), this.#meta.get<number>('resume') ?? 0)
  }

  async deadLetters(most: number): Promise<DeadLetter[]> {
    return this.#letters.dead(most)
  }

  async replay(seq: number | null): Promise<number> {
    const count = this.#letters.replay(seq, this.#clock.now())
    await wake(this.ctx.storage, this.#clock, this.#nextDue())
    return count
  }

  async status(): Promise<CourierStatus> {
    const [meta, letters, reach, spending] = [this.#meta, this.#letters, this.#reach, this.#spending]
    return statusOf({ meta, letters, reach, spending }, this.#clock.now())
  }

  /** Forgets an erased customer, and has its name taken out of the records that were made for it. */
  async erase(erasure: Erasure): Promise<void> {
    // letters on their way may be written: their answers say what there is to be taken back
    await this.#running?.catch(() => undefined)
    eraseLetters(this.#sql, erasure, this.#clock.now())
    await wake(this.ctx.storage, this.#clock, this.#nextDue())
  }

  /** Forgets the connection and all letters. Tokens that an admin's consent brought are taken back at HubSpot. */
  async disconnect(): Promise<Withdrawn | null> {
    await this.ctx.storage.deleteAlarm()
    const withdrawn = await this.#reach.withdraw()
    for (const table of ['meta', 'letter', 'taken', 'known', 'news', 'drawn']) this.#sql.run(`DELETE FROM ${table}`)
    return withdrawn
  }
}
