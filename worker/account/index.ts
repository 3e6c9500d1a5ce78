import { DurableObject } from 'cloudflare:workers'
import type { Broadcast, Gather, RatingRun, Ref } from '../../schemas/events/index.ts'
import { parseRef } from '../../schemas/events/keys.ts'
import type { Playbook } from '../../schemas/playbook/index.ts'
import type { News } from '../courier/index.ts'
import type { DeadLetter, Left } from '../courier/letters.ts'
import type { TraceRow } from '../book/subjects.ts'
import type { Withdrawn } from '../courier/reach.ts'
import {
  deliveryOf,
  KEPT,
  receive,
  unknownAccount,
  type Answer,
  type InboxRow,
  type Receiver,
} from '../ingress/receive.ts'
import { alarmWork, wake } from '../shell/clock.ts'
import type { Env } from '../shell/env.ts'
import type { ActionReply } from './action-reply.ts'
import { type ActionRequest, answerRequest } from './action-request.ts'
import { Intake } from './intake.ts'
import type { AskedConsent, ConsentWish, TakenConsent } from './asked-consents.ts'
import { type AttendanceReport, type AttendanceRow, enterAttendance } from './attendance.ts'
import { type Connection, connectionOf, disconnect, holdClock, setUp } from './connection.ts'
import { consented, type GivenConsent, type Unready, unready } from './consent.ts'
import type { EventsWish, LoggedEvent } from './event-log.ts'
import { figuresOf, type FiguresReport, type FiguresWish } from './figures.ts'
import { publish } from './method.ts'
import type { BankRun } from '../method/state.ts'
import { bookOf } from './merging.ts'
import type { Whose } from '../method/measures/whose.ts'
import type { Member } from '../crm/port.ts'
import { Parts } from './parts.ts'
import { ratingRun, runsOf } from './rating-runs.ts'
import type { Version, Wish } from './playbooks.ts'
import { type DocumentNow, documentNow } from './documents.ts'
import { explain, type Explained, type Status, statusOf, subjectNamed } from './report.ts'
import { bookNames } from './shards.ts'
import { isCustomer } from './router.ts'
import type { Connect } from './settings.ts'
import { hearNews, nextDue, settle, work } from './work.ts'

/** `left`: writes that wait or are dead; what was decided besides is in the CRM. */
export interface Traced {
  traces: TraceRow[]
  left: Left[]
}

export interface Basis {
  books: string[]
  source: Playbook
  /** Epoch ms. */
  now: number
}

/** One connected CRM account: what comes in, whom it is about, the playbook, the sweeps. */
export class Account extends DurableObject<Env> {
  readonly #parts: Parts
  #running: Promise<number | null> | undefined
  /** The alarm that unpacks is asked for once, not again by each request. */
  #armed: Promise<void> | undefined
  readonly #intake: Intake

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#parts = new Parts(ctx.storage, env)
    this.#intake = new Intake(this.#parts.sql, () => (this.#armed ??= this.#arm()))
  }

  /** Takes a webhook or facts: checks, stores as one row, answers. Durable before it is acknowledged. */
  async receive(...flat: Parameters<Receiver['receive']>): Promise<Answer | null> {
    const { settings, vault, clock, meta } = this.#parts
    if (!settings) return unknownAccount()
    const delivery = deliveryOf(...flat)
    const answer = await receive(delivery, {
      secrets: { [delivery.source]: await vault.get(settings.account, delivery.source) },
      now: clock.now(),
      count: (counter) => meta.tally(counter),
      store: (row) => this.#intake.keep(row),
    })
    return answer === KEPT ? null : answer
  }

  /** Keeps a request that the route has checked already. False when this account takes none from that source. */
  async take(row: InboxRow): Promise<boolean> {
    const { settings, clock, meta } = this.#parts
    if (settings?.kind !== row.source) return false
    await this.#intake.keep({ ...row, at: clock.now() })
    meta.tally(`${row.source}.stored`)
    return true
  }

  /** Has an action of a CRM's workflow done. Kept before anything is done, so that it ends even after a crash. */
  async act(request: ActionRequest): Promise<ActionReply> {
    const reply = await answerRequest(this.#parts, request, () => this.#schedule())
    await this.#schedule()
    return reply
  }

  async setUp(
    account: string,
    wish: Connect,
    playbook: Playbook | null,
  ): Promise<{ ok: true } | { ok: false; error: string }> {
    const result = await setUp(this.#parts, account, wish, playbook)
    if (result.ok) await this.#schedule()
    return result
  }

  /** What is known of the connection, without secrets; null when there is none. */
  async connection(): Promise<Connection | null> {
    return connectionOf(this.#parts)
  }

  /** Tokens that a consent brought, for this account, which may be new. */
  async consented(account: string, given: GivenConsent): Promise<Awaited<ReturnType<typeof consented>>> {
    return consented(this.#parts, account, given)
  }

  /** An account that is agreed to and not yet set up; null for any other. */
  async unready(): Promise<Unready | null> {
    return unready(this.#parts)
  }

  /** The registry's: a consent is asked for. */
  async askConsent(wish: ConsentWish): Promise<AskedConsent> {
    return this.#parts.asked.ask(wish, this.#parts.clock.now())
  }

  /** The registry's: what was asked for under a state, once; and where the clock is held. */
  async takeConsent(state: string): Promise<{ taken: TakenConsent; held: number | null }> {
    const { asked, clock } = this.#parts
    return { taken: await asked.take(state, clock.now()), held: clock.held() ?? null }
  }

  /** Forgets the connection and all that Ladder knows of its customers. The CRM's records stay. */
  async disconnect(): Promise<Withdrawn | null> {
    await this.ctx.storage.deleteAlarm()
    const withdrawn = await disconnect(this.#parts)
    this.#intake.forget()
    return withdrawn
  }

  override alarm(): Promise<void> {
    this.#armed = undefined
    const { clock, meta } = this.#parts
    return alarmWork(
      this.ctx.storage,
      clock,
      meta,
      (now) => this.runDue(now),
      () => nextDue(this.#parts),
    )
  }

  /** Does what is due by `now`. Returns when (epoch ms) there is more to do. One run at a time. */
  runDue(now: number): Promise<number | null> {
    this.#running ??= work(this.#parts, now).finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  /** The Courier tells which records core banking's customers are, and which records are gone. */
  async hearNews(news: News[]): Promise<void> {
    const { settings } = this.#parts
    if (!settings) return
    await hearNews(this.#parts, settings, news)
    await this.#schedule()
  }

  /** A campaign was opened, or a rating run goes on: every Book is told, one after another. */
  async broadcast(event: Broadcast): Promise<void> {
    this.#parts.sql.run(
      'INSERT INTO broadcast (id, event, next_shard) VALUES (?, ?, 0) ON CONFLICT (id) DO NOTHING',
      event.id,
      JSON.stringify(event),
    )
    await this.#schedule()
  }

  /** A subject asks something of all customers: the Books answer one after another, page by page. */
  async gather(wish: Gather): Promise<void> {
    this.#parts.gathers.ask(wish)
    await this.#schedule()
  }

  /**
   * Keeps a checked playbook as a draft, or puts it in force and brings the CRM's records to it. Returns the version; `stale`, with
   * nothing kept, when another one is in force than the one that was taken to be.
   */
  async playbook(source: Playbook, origin: string, inForce: boolean, wish: Wish): Promise<number | 'stale'> {
    if (this.#parts.playbooks.isStale(wish)) return 'stale'
    const version = this.#parts.playbooks.draft(source, this.#parts.clock.now(), origin, wish)
    return inForce ? this.publish(version, { ...wish, base: null }) : version
  }

  /** Puts a kept version in force. An older one becomes a new version, so that versions only grow. */
  async publish(version: number, wish: Wish): Promise<number | 'stale'> {
    if (this.#parts.playbooks.isStale(wish)) return 'stale'
    const target = publish(this.#parts, version, wish)
    await this.#schedule()
    return target
  }

  async playbooks(): Promise<{ versions: Version[]; active: { version: number; source: Playbook } | null }> {
    const { playbooks } = this.#parts
    return { versions: playbooks.list(), active: playbooks.active() ?? null }
  }

  async playbookVersion(version: number): Promise<Playbook | null> {
    return this.#parts.playbooks.get(version) ?? null
  }

  /** Figures of MEAS at a day, against another one; null before Ladder is connected. */
  async figures(wish: FiguresWish): Promise<FiguresReport | null> {
    return figuresOf(this.#parts, wish)
  }

  /** Rating runs by id, the newest first (TIER-RERATE). */
  async ratingRuns(): Promise<Record<string, BankRun>> {
    return runsOf(this.#parts)
  }

  /** Asks for a rating run, or answers one. False when there is none of that name that waits for it. */
  async ratingRun(run: RatingRun): Promise<boolean> {
    const done = await ratingRun(this.#parts, run)
    await this.#schedule()
    return done
  }

  /** Enters who came to a campaign; null when there is no such campaign. */
  async attendance(id: string, rows: AttendanceRow[], absent: boolean): Promise<AttendanceReport | null> {
    const { settings } = this.#parts
    const report = settings ? await enterAttendance(this.#parts, settings, id, rows, absent) : null
    await this.#schedule()
    return report
  }

  /** What questions over all customers go by: the Books by their names, the playbook, the time. Null where nothing is in force. */
  async basis(): Promise<Basis | null> {
    const { settings, playbooks, clock } = this.#parts
    const source = playbooks.active()?.source
    return settings && source ? { books: bookNames(settings.account, settings.shards), source, now: clock.now() } : null
  }

  /** The names of the Books; none when nothing is connected. */
  async books(): Promise<string[]> {
    const { settings } = this.#parts
    return settings ? bookNames(settings.account, settings.shards) : []
  }

  /** Users of the CRM, as they were last read. */
  async members(): Promise<Member[]> {
    return this.#parts.meta.get<Member[]>('members') ?? []
  }

  /** Whose the customer of a record is; null for none that is listed. Named as for `explain`. */
  async whose(what: string): Promise<Whose | null> {
    const { settings } = this.#parts
    const ref = settings && subjectNamed(this.#parts, what)
    return ref ? bookOf(this.#parts, settings, ref).whose(ref) : null
  }

  /** What is known and was decided on a record: by `object:id`, a record id, a ladder key or a customer number. */
  async explain(what: string, most: number): Promise<Explained | null> {
    return explain(this.#parts, what, most)
  }

  /** A document of a record as it stands now. */
  async document(what: string, code: string): Promise<DocumentNow> {
    return documentNow(this.#parts, what, code)
  }

  /** Forgets a customer for good (`company:…` or `person:…`). False when that names no customer. */
  async erase(ref: string): Promise<boolean> {
    const { settings, erased, clock } = this.#parts
    const { object, id } = parseRef(ref)
    if (!settings || !isCustomer(object) || id === '') return false
    erased.ask(ref, new Date(clock.now()).toISOString())
    await this.#schedule()
    return true
  }

  async events(wish: EventsWish): Promise<(LoggedEvent & { seq: number })[]> {
    return this.#parts.log.list(wish)
  }

  /** What became of an event of a subject: what was decided on it, and which of its writes aren't in the CRM (yet). */
  async traced(ref: Ref, event: string): Promise<Traced | null> {
    const { settings } = this.#parts
    if (!settings) return null
    const { traces, unsent } = await bookOf(this.#parts, settings, ref).traced(ref, event)
    return { traces, left: [...unsent, ...(await this.#parts.courier(settings).left(`${ref}|${event}|`))] }
  }

  async deadLetters(most: number): Promise<DeadLetter[]> {
    const { settings } = this.#parts
    return settings ? this.#parts.courier(settings).deadLetters(most) : []
  }

  async replay(seq: number | null): Promise<number> {
    const { settings } = this.#parts
    this.#parts.audit('replay', { seq })
    return settings ? this.#parts.courier(settings).replay(seq) : 0
  }

  /** Sweeps now, and reads on in the CRM's journal; `ids`: with the comparison of ids that finds destroyed records. */
  async sweep(ids: boolean): Promise<void> {
    const { sweeps, journal, clock } = this.#parts
    sweeps.hurry(clock.now(), ids)
    if (journal.status()) journal.begin(clock.now())
    await this.#schedule()
  }

  /** Health of the account and of its parts; null when it isn't connected. */
  async status(): Promise<Status | null> {
    return statusOf(this.#parts)
  }

  /** The list of accounts is kept by the Account named `REGISTRY`. */
  async accounts(): Promise<string[]> {
    return this.#parts.meta.get<string[]>('accounts') ?? []
  }

  async listAccount(account: string, listed: boolean): Promise<void> {
    const others = (await this.accounts()).filter((one) => one !== account)
    this.#parts.meta.set('accounts', listed ? [...others, account].sort() : others)
  }

  async setClock(at: number | null): Promise<void> {
    await holdClock(this.#parts, at)
    if (this.#parts.settings) await this.#schedule()
  }

  /** Runs all parts of the account until nothing is due by `now`; returns when there is more (epoch ms). For a held clock. */
  settle(now: number): Promise<number | null> {
    return settle(this.#parts, () => this.runDue(now), now)
  }

  async #arm(): Promise<void> {
    try {
      await this.#schedule()
    } catch (error) {
      this.#armed = undefined
      throw error
    }
  }

  #schedule(): Promise<void> {
    return wake(this.ctx.storage, this.#parts.clock, nextDue(this.#parts))
  }
}
