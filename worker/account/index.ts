import { DurableObject } from 'cloudflare:workers'
import type { CampaignOpened } from '../../schemas/events/index.ts'
import { subjectOfKey } from '../../schemas/events/keys.ts'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import type { Playbook, Role } from '../../schemas/playbook/index.ts'
import type { TraceRow } from '../book/subjects.ts'
import { mergeSummaries, type Summary } from '../book/summary.ts'
import type { ShadowReport } from '../book/shadow.ts'
import type { News } from '../courier/index.ts'
import type { DeadLetter } from '../courier/letters.ts'
import { followedObjects } from '../crm/index.ts'
import type { Member } from '../crm/port.ts'
import { type Answer, type Delivery, receive, unknownAccount } from '../ingress/receive.ts'
import { Clock, wake } from '../shell/clock.ts'
import type { Env } from '../shell/env.ts'
import { Meta } from '../shell/meta.ts'
import { Outbox } from '../shell/outbox.ts'
import { Sql } from '../shell/sql.ts'
import { applyInBooks, type Force } from './books.ts'
import { deliver, type Delivered, type DeliveryDeps } from './delivery.ts'
import { EventLog, type LoggedEvent } from './event-log.ts'
import { METHOD_OBJECTS, MethodRecords } from './method-records.ts'
import { Playbooks, type Version } from './playbooks.ts'
import { Router } from './router.ts'
import { migrations } from './schema.ts'
import type { Connect, Settings } from './settings.ts'
import { bookNames } from './shards.ts'
import { type SweepDeps, Sweeps } from './sweeps.ts'
import { type InboxEntry, type Incoming, joinBursts, unpack } from './unpack.ts'
import { Vault } from './vault.ts'

/** Requests unpacked in one go. */
const PARCEL = 200
/** After something failed on the way to the Books. */
const RETRY_MS = 5_000

/** One connected CRM account: what comes in, whom it is about, the playbook, the sweeps. */
export class Account extends DurableObject<Env> {
  readonly #sql: Sql
  readonly #meta: Meta
  readonly #clock: Clock
  readonly #vault: Vault
  readonly #playbooks: Playbooks
  readonly #methodRecords: MethodRecords
  readonly #router: Router
  readonly #sweeps: Sweeps
  readonly #outbox: Outbox
  readonly #log: EventLog
  #settings: Settings | undefined
  #running: Promise<number | null> | undefined

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#sql = new Sql(ctx.storage, migrations)
    this.#meta = new Meta(this.#sql)
    this.#clock = new Clock(env, this.#meta)
    this.#vault = new Vault(this.#sql, env.LADDER_MASTER_KEY ?? '')
    this.#playbooks = new Playbooks(this.#sql)
    this.#methodRecords = new MethodRecords(this.#sql)
    this.#router = new Router(this.#sql)
    this.#sweeps = new Sweeps(this.#sql)
    this.#outbox = new Outbox(this.#sql)
    this.#log = new EventLog(this.#sql)
    this.#settings = this.#meta.get<Settings>('settings')
  }

  /** Takes a webhook or facts: checks, stores as one row, answers. Durable before it is acknowledged. */
  async receive(delivery: Delivery): Promise<Answer> {
    const settings = this.#settings
    if (!settings) return unknownAccount()
    const answer = await receive(delivery, {
      secrets: {
        twenty: await this.#vault.get(settings.account, 'twenty'),
        corebank: await this.#vault.get(settings.account, 'corebank'),
      },
      now: this.#clock.now(),
      count: (counter) => this.#meta.tally(counter),
      store: (row) => {
        const stored = this.#sql.run(
          'INSERT INTO inbox (source, body, at, dedupe) VALUES (?, ?, ?, ?) ON CONFLICT (dedupe) DO NOTHING',
          row.source,
          row.body.buffer,
          row.at,
          row.dedupe,
        )
        if (stored > 0) this.#armed ??= this.#schedule()
      },
    })
    await this.#armed
    return answer
  }

  /** The alarm that unpacks is asked for once, not again by each request. */
  #armed: Promise<void> | undefined

  /** Connects a CRM, or changes how it is reached. Shards can't be changed. */
  async setUp(account: string, wish: Connect): Promise<{ ok: true } | { ok: false; error: string }> {
    const before = this.#settings
    if (before && before.shards !== wish.shards) {
      return {
        ok: false,
        error: `account ${account} has ${before.shards} shards: that can't be changed; export, disconnect and connect anew`,
      }
    }
    const now = this.#clock.now()
    const settings: Settings = {
      account,
      kind: wish.crm.kind,
      url: wish.crm.url,
      shards: wish.shards,
      callsPerMinute: wish.callsPerMinute,
      joinMs: wish.joinMs,
      sweepMinutes: wish.sweepMinutes,
      connectedAt: before?.connectedAt ?? now,
    }
    if (wish.webhookSecret) await this.#vault.add(account, 'twenty', wish.webhookSecret)
    if (wish.corebankSecret) await this.#vault.add(account, 'corebank', wish.corebankSecret)
    await this.#courier(account).configure(account, wish.crm, wish.callsPerMinute)
    this.#meta.set('settings', settings)
    this.#settings = settings
    if (!this.#playbooks.active()) this.#activate(this.#playbooks.draft(defaultPlaybook, now, 'default'))
    this.#meta.set('membersAt', 0)
    this.#sweeps.begin(followedObjects(settings.kind), now)
    this.#audit('connect', { url: wish.crm.url, shards: wish.shards })
    await this.#schedule()
    return { ok: true }
  }

  /** What is known of the connection, without secrets; null when there is none. */
  async connection(): Promise<(Settings & { secrets: string[]; playbook: number }) | null> {
    if (!this.#settings) return null
    const secrets = this.#sql.all<{ name: string }>('SELECT name FROM secret').map((row) => row.name)
    return { ...this.#settings, secrets, playbook: this.#playbooks.active()?.version ?? 0 }
  }

  /** Forgets the connection and all that Ladder knows of its customers. The CRM's records stay. */
  async disconnect(): Promise<void> {
    const settings = this.#settings
    if (!settings) return
    await this.#courier(settings.account).disconnect()
    await Promise.all(
      bookNames(settings.account, settings.shards).map((name) => this.env.BOOK.getByName(name).disconnect()),
    )
    await this.ctx.storage.deleteAlarm()
    for (const { name } of this.#sql.all<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name != 'migration'",
    )) {
      this.#sql.run(`DELETE FROM ${name}`)
    }
    this.#vault.forget()
    this.#settings = undefined
  }

  override async alarm(): Promise<void> {
    this.#armed = undefined
    await this.runDue(this.#clock.now())
    await this.#schedule()
  }

  /** Does what is due by `now`. Returns when (epoch ms) there is more to do. One run at a time. */
  runDue(now: number): Promise<number | null> {
    this.#running ??= this.#run(now).finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #run(now: number): Promise<number | null> {
    const settings = this.#settings
    if (!settings) return null
    this.#meta.saveTally()
    await this.#refreshMembers(settings, now)
    await this.#unpackInbox(settings, now)
    for (let going = true; going;) going = await this.#sweeps.step(this.#sweepDeps(settings), now)
    this.#considerMethod(now)
    await this.#goRounds(settings)
    await this.#outbox.flush((parcel) => this.#courier(settings.account).enqueue('account', parcel))
    return this.#nextDue()
  }

  async #unpackInbox(settings: Settings, now: number): Promise<void> {
    for (;;) {
      const rows = this.#sql.all<InboxEntry>(
        'SELECT seq, source, body FROM inbox WHERE at <= ? ORDER BY seq LIMIT ?',
        now - settings.joinMs,
        PARCEL,
      )
      if (rows.length === 0) return
      const delivered = await deliver(this.#deliveryDeps(settings), joinBursts(unpack(rows, settings.kind)))
      if (!delivered.ok) {
        this.#meta.set('retryAt', now + RETRY_MS)
        return
      }
      for (const row of rows) this.#sql.run('DELETE FROM inbox WHERE seq = ?', row.seq)
      this.#meta.count('unpacked', rows.length)
      this.#meta.set('lastEventAt', now)
    }
  }

  #deliveryDeps(settings: Settings): DeliveryDeps {
    return {
      sql: this.#sql,
      router: this.#router,
      methodRecords: this.#methodRecords,
      read: async (object, ids) => {
        const answer = await this.#courier(settings.account).readRecords(object, ids)
        return answer.ok ? answer.value : answer.failure.kind === 'refused' ? [] : null
      },
      applyInBooks: (events) => applyInBooks(this.env.BOOK, settings.account, settings.shards, this.#force(), events),
      makeCustomer: (write, event) =>
        this.#outbox.add(write, { event, playbook: this.#playbooks.active()?.version ?? 0, rule: 'customer.profile' }),
      methodChanged: () => this.#meta.set('methodChanged', true),
      log: (via, type, object, recordId, ref, id, news) =>
        this.#log.add({ at: this.#clock.now(), via, type, object, recordId, ref, id, news }),
    }
  }

  #sweepDeps(settings: Settings): SweepDeps {
    const courier = this.#courier(settings.account)
    return {
      sql: this.#sql,
      router: this.#router,
      changedSince: (object, since, cursor) => courier.readChanged(object, since, cursor),
      ids: (object, cursor) => courier.readIds(object, cursor),
      read: (object, ids) => courier.readRecords(object, ids),
      deliver: (events: Incoming[]): Promise<Delivered> => deliver(this.#deliveryDeps(settings), joinBursts(events)),
      count: (name, by) => this.#meta.count(name, by),
      connectedAt: settings.connectedAt,
      everyMs: settings.sweepMinutes * 60_000,
    }
  }

  /** Once all method records have been read, an edit of one makes a new version of the playbook. */
  #considerMethod(now: number): void {
    if (!this.#meta.get<boolean>('methodChanged') || !this.#sweeps.allRead(METHOD_OBJECTS)) return
    const active = this.#playbooks.active()
    if (!active) return
    this.#sql.together(() => {
      const { playbook, writes } = this.#methodRecords.applyTo(active.source)
      for (const put of writes) this.#put(put, active.version)
      this.#meta.set('methodChanged', false)
      if (JSON.stringify(playbook) !== JSON.stringify(active.source))
        this.#activate(this.#playbooks.draft(playbook, now, 'crm'))
    })
  }

  #put(put: ReturnType<MethodRecords['bringTo']>[number], playbook: number): void {
    const target = 'key' in put ? put.key : put.recordId
    const base = { id: `method/${target}`, object: put.object, fields: put.fields }
    this.#outbox.add('key' in put ? { ...base, key: put.key } : { ...base, recordId: put.recordId }, {
      event: 'playbook',
      playbook,
      rule: 'playbook',
    })
  }

  #activate(version: number): void {
    this.#playbooks.activate(version)
    this.#meta.set('epoch', (this.#meta.get<number>('epoch') ?? 0) + 1)
    this.#audit('playbook in force', { version })
  }

  #force(): Force {
    const active = this.#playbooks.active()
    if (!active) throw new Error('no playbook in force')
    return {
      ...active,
      epoch: this.#meta.get<number>('epoch') ?? 0,
      holders: this.#meta.get<Partial<Record<Role, string>>>('holders') ?? {},
    }
  }

  /** Who holds which role, by the playbook's e-mail addresses: read from the CRM once a day. */
  async #refreshMembers(settings: Settings, now: number): Promise<void> {
    if ((this.#meta.get<number>('membersAt') ?? 0) > now) return
    const answer = await this.#courier(settings.account).readMembers()
    this.#meta.set('membersAt', now + (answer.ok ? 24 * 60 : 1) * 60_000)
    if (!answer.ok) return
    this.#meta.set('members', answer.value)
    this.#setHolders()
  }

  #setHolders(): void {
    const members = this.#meta.get<Member[]>('members') ?? []
    const holders: Partial<Record<Role, string>> = {}
    for (const { role, members: emails } of this.#playbooks.active()?.source.roles ?? []) {
      const member = members.find((one) => emails.some((email) => email.toLowerCase() === one.email))
      if (member) holders[role] = member.id
    }
    if (JSON.stringify(holders) === JSON.stringify(this.#meta.get('holders') ?? {})) return
    this.#meta.set('holders', holders)
    this.#meta.set('epoch', (this.#meta.get<number>('epoch') ?? 0) + 1)
  }

  /** The Courier tells what became of records that core banking asked for, and of such that are gone. */
  async hearNews(news: News[]): Promise<void> {
    const settings = this.#settings
    if (!settings) return
    const events: Incoming[] = []
    for (const one of news) {
      if (one.news === 'customer') {
        this.#router.setCustomer(one.customerNo, `${one.object}:${one.recordId}`)
        this.#meta.set('release', true)
      } else
        events.push({
          type: 'record.gone',
          id: `${one.object}/${one.recordId}/gone`,
          via: 'sweep',
          object: one.object,
          recordId: one.recordId,
          at: one.at,
        })
    }
    await deliver(this.#deliveryDeps(settings), events)
    await this.#schedule()
  }

  /** A campaign of this account was opened: every Book is told, one after another. */
  async broadcast(event: CampaignOpened): Promise<void> {
    this.#sql.run(
      'INSERT INTO broadcast (id, event, next_shard) VALUES (?, ?, 0) ON CONFLICT (id) DO NOTHING',
      event.id,
      JSON.stringify(event),
    )
    await this.#schedule()
  }

  async #goRounds(settings: Settings): Promise<void> {
    const names = bookNames(settings.account, settings.shards)
    for (const row of this.#sql.all<{ id: string; event: string; next_shard: number }>(
      'SELECT id, event, next_shard FROM broadcast WHERE next_shard < ?',
      names.length,
    )) {
      for (let shard = row.next_shard; shard < names.length; shard++) {
        await this.env.BOOK.getByName(names[shard] ?? '').tell(JSON.parse(row.event) as CampaignOpened)
        this.#sql.run('UPDATE broadcast SET next_shard = ? WHERE id = ?', shard + 1, row.id)
      }
    }
  }

  /** Keeps a checked playbook as a draft, or puts it in force and brings the CRM's records to it. Returns the version. */
  async playbook(source: Playbook, origin: string, publish: boolean): Promise<number> {
    const version = this.#playbooks.draft(source, this.#clock.now(), origin)
    return publish ? this.publish(version) : version
  }

  /** Puts a kept version in force. An older one becomes a new version, so that versions only grow. */
  async publish(version: number): Promise<number> {
    const source = this.#playbooks.get(version)
    if (!source) return 0
    const active = this.#playbooks.active()
    const target =
      active && version < active.version
        ? this.#playbooks.draft(source, this.#clock.now(), `rollback to ${version}`)
        : version
    this.#sql.together(() => {
      this.#activate(target)
      for (const put of this.#methodRecords.bringTo(source)) this.#put(put, target)
    })
    this.#setHolders()
    await this.#schedule()
    return target
  }

  async playbooks(): Promise<{ versions: Version[]; active: { version: number; source: Playbook } | null }> {
    return { versions: this.#playbooks.list(), active: this.#playbooks.active() ?? null }
  }

  async playbookVersion(version: number): Promise<Playbook | null> {
    return this.#playbooks.get(version) ?? null
  }

  async shadow(draft: Playbook): Promise<ShadowReport> {
    const names = this.#books()
    const parts = await Promise.all(names.map((name) => this.env.BOOK.getByName(name).shadow(draft)))
    const whole: ShadowReport = { customers: 0, moves: {}, movers: [], tasks: 0, escalations: 0 }
    for (const part of parts) {
      whole.customers += part.customers
      whole.tasks += part.tasks
      whole.escalations += part.escalations
      whole.movers.push(...part.movers)
      for (const [move, count] of Object.entries(part.moves)) whole.moves[move] = (whole.moves[move] ?? 0) + count
    }
    return whole
  }

  async summary(): Promise<Summary> {
    return mergeSummaries(await Promise.all(this.#books().map((name) => this.env.BOOK.getByName(name).summary())))
  }

  /** What is known and was decided on a record: by `object:id`, a record id, a ladder key or a customer number. */
  async explain(what: string, most: number): Promise<{ ref: string; state: unknown; traces: TraceRow[] } | null> {
    const ref = this.#refOf(what)
    if (!ref || !this.#settings) return null
    const names = this.#books()
    for (const name of names) {
      const book = this.env.BOOK.getByName(name)
      const state = await book.subject(ref)
      if (state) return { ref, state, traces: await book.explain(ref, most) }
    }
    return null
  }

  #refOf(what: string): string | undefined {
    const [object, id] = what.includes('/') ? [] : what.split(':')
    return (
      subjectOfKey(what) ??
      (object && id ? this.#router.linkOf(object, id) : undefined) ??
      this.#sql.one<{ ref: string }>("SELECT ref FROM link WHERE id = ? AND ref != '' LIMIT 1", what)?.ref ??
      this.#router.customer(what) ??
      (id ? what : undefined)
    )
  }

  async events(most: number, filter: string | null): Promise<LoggedEvent[]> {
    return this.#log.list(most, filter)
  }

  async deadLetters(most: number): Promise<DeadLetter[]> {
    return this.#settings ? this.#courier(this.#settings.account).deadLetters(most) : []
  }

  async replay(seq: number | null): Promise<number> {
    this.#audit('replay', { seq })
    return this.#settings ? this.#courier(this.#settings.account).replay(seq) : 0
  }

  /** Sweeps now; `ids`: with the comparison of ids that finds destroyed records. */
  async sweep(ids: boolean): Promise<void> {
    this.#sweeps.hurry(this.#clock.now(), ids)
    await this.#schedule()
  }

  /** Health of the account and of its parts. */
  async status(): Promise<Record<string, unknown>> {
    const settings = this.#settings
    if (!settings) return { connected: false }
    const now = this.#clock.now()
    const inbox = this.#sql.one<{ n: number; oldest: number | null }>(
      'SELECT count(*) AS n, min(at) AS oldest FROM inbox',
    )
    const [courier, ...books] = await Promise.all([
      this.#courier(settings.account).status(),
      ...this.#books().map((name) => this.env.BOOK.getByName(name).status()),
    ] as const)
    const sum = (pick: (book: (typeof books)[number]) => number): number =>
      books.reduce((total, book) => total + pick(book), 0)
    return {
      connected: true,
      crm: settings.kind,
      lastEventAt: isoOf(this.#meta.get<number>('lastEventAt')),
      inbox: {
        waiting: inbox?.n ?? 0,
        oldestSeconds: inbox?.oldest ? Math.max(0, Math.round((now - inbox.oldest) / 1000)) : 0,
      },
      parked: this.#sql.one<{ n: number }>('SELECT count(*) AS n FROM parked')?.n ?? 0,
      overdueTimers: sum((book) => book.overdue),
      subjects: sum((book) => book.subjects),
      outbox: courier.waiting + this.#outbox.size() + sum((book) => book.outbox),
      outboxOldestSeconds: courier.oldestAt === null ? 0 : Math.max(0, Math.round((now - courier.oldestAt) / 1000)),
      deadLetters: courier.dead,
      fault: courier.fault,
      sweeps: this.#sweeps.status(),
      counters: { ...this.#meta.counters(), ...courier.counters },
      playbook: this.#playbooks.active()?.version ?? 0,
      coveredUntil: this.#playbooks.active()?.source.calendar.coveredUntil ?? null,
      time: new Date(now).toISOString(),
    }
  }

  /** The list of accounts is kept by the Account named `REGISTRY`. */
  async accounts(): Promise<string[]> {
    return this.#meta.get<string[]>('accounts') ?? []
  }

  async listAccount(account: string, listed: boolean): Promise<void> {
    const others = (await this.accounts()).filter((one) => one !== account)
    this.#meta.set('accounts', listed ? [...others, account].sort() : others)
  }

  async setClock(at: number | null): Promise<void> {
    this.#clock.hold(at)
    const settings = this.#settings
    if (!settings) return
    await Promise.all([
      this.#courier(settings.account).setClock(at),
      ...this.#books().map((name) => this.env.BOOK.getByName(name).setClock(at)),
    ])
    await this.#schedule()
  }

  /** Runs all parts of the account until nothing is due by `now`; returns when there is more (epoch ms). For a held clock. */
  async settle(now: number): Promise<number | null> {
    const settings = this.#settings
    if (!settings) return null
    const courier = this.#courier(settings.account)
    const books = this.#books().map((name) => this.env.BOOK.getByName(name))
    for (let round = 0; round < 50; round++) {
      const dues = [
        await this.runDue(now),
        ...(await Promise.all(books.map((book) => book.runDue(now)))),
        await courier.runDue(now),
        this.#nextDue(),
      ]
      const next = dues.reduce<number | null>(
        (least, due) => (due !== null && (least === null || due < least) ? due : least),
        null,
      )
      if (next === null || next > now) return next
    }
    return now
  }

  #books(): string[] {
    return this.#settings ? bookNames(this.#settings.account, this.#settings.shards) : []
  }

  #courier(account: string) {
    return this.env.COURIER.getByName(account)
  }

  #audit(what: string, detail: object): void {
    this.#sql.run(
      'INSERT INTO audit (at, what, detail) VALUES (?, ?, ?)',
      this.#clock.now(),
      what,
      JSON.stringify(detail),
    )
  }

  #nextDue(): number | null {
    const settings = this.#settings
    if (!settings) return null
    const oldest = this.#sql.one<{ at: number | null }>('SELECT min(at) AS at FROM inbox')?.at ?? null
    const retry = this.#meta.get<number>('retryAt') ?? 0
    const work =
      this.#outbox.size() > 0 ||
      (this.#meta.get<boolean>('methodChanged') === true && this.#sweeps.allRead(METHOD_OBJECTS)) ||
      this.#sql.one('SELECT 1 FROM broadcast WHERE next_shard < ? LIMIT 1', settings.shards) !== undefined
    const dues = [
      oldest === null ? null : Math.max(oldest + settings.joinMs, retry),
      this.#sweeps.nextDue(),
      this.#meta.get<number>('membersAt') ?? null,
      work ? this.#clock.now() : null,
    ]
    return dues.reduce<number | null>(
      (least, due) => (due !== null && (least === null || due < least) ? due : least),
      null,
    )
  }

  #schedule(): Promise<void> {
    return wake(this.ctx.storage, this.#clock, this.#nextDue())
  }
}

const isoOf = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString())
