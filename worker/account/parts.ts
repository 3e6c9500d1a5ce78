import type { Book } from '../book/index.ts'
import type { Courier } from '../courier/index.ts'
import { Clock } from '../shell/clock.ts'
import type { Env } from '../shell/env.ts'
import { Lane } from '../shell/lane.ts'
import { Meta } from '../shell/meta.ts'
import { Outbox } from '../shell/outbox.ts'
import { Sql } from '../shell/sql.ts'
import { ActionStore } from './action-store.ts'
import { AskedConsents } from './asked-consents.ts'
import { Erased } from './erased.ts'
import { EventLog } from './event-log.ts'
import { Gathers } from './gathers.ts'
import { Journal } from './journal.ts'
import { Merges } from './merges.ts'
import { MethodRecords } from './method-records.ts'
import { Playbooks } from './playbooks.ts'
import { Router } from './router.ts'
import { migrations } from './schema.ts'
import type { Settings } from './settings.ts'
import { bookNames } from './shards.ts'
import { Sweeps } from './sweeps.ts'
import { Touched } from './touched.ts'
import { Vault } from './vault.ts'

/** What an Account is made of; each part keeps its own tables. */
export class Parts {
  readonly env: Env
  readonly sql: Sql
  readonly meta: Meta
  readonly clock: Clock
  readonly vault: Vault
  readonly playbooks: Playbooks
  readonly methodRecords: MethodRecords
  readonly router: Router
  readonly merges: Merges
  readonly touched: Touched
  readonly erased: Erased
  readonly sweeps: Sweeps
  readonly journal: Journal
  readonly outbox: Outbox
  readonly log: EventLog
  readonly actions: ActionStore
  readonly asked: AskedConsents
  readonly gathers: Gathers
  /** Actions in work by callback id: one attempt at a time for each. */
  readonly acting = new Map<string, Promise<void>>()
  /** Events are delivered one parcel after another: what a customer's bank told first comes first. */
  readonly lane = new Lane()
  #settings: Settings | undefined

  constructor(storage: DurableObjectStorage, env: Env) {
    this.env = env
    this.sql = new Sql(storage, migrations)
    this.meta = new Meta(this.sql)
    this.clock = new Clock(env, this.meta)
    this.vault = new Vault(this.sql, env.LADDER_MASTER_KEY ?? '')
    this.playbooks = new Playbooks(this.sql)
    this.methodRecords = new MethodRecords(this.sql)
    this.merges = new Merges(this.sql)
    this.router = new Router(this.sql, this.merges)
    this.touched = new Touched(this.sql)
    this.erased = new Erased(this.sql, env.LADDER_MASTER_KEY ?? '')
    this.sweeps = new Sweeps(this.sql)
    this.journal = new Journal(this.sql, this.meta)
    this.outbox = new Outbox(this.sql)
    this.log = new EventLog(this.sql)
    this.actions = new ActionStore(this.sql)
    this.asked = new AskedConsents(this.sql, env.LADDER_MASTER_KEY ?? '')
    this.gathers = new Gathers(this.sql)
    this.#settings = this.meta.get<Settings>('settings')
  }

  /** How the account is connected; undefined when it isn't. */
  get settings(): Settings | undefined {
    return this.#settings
  }

  keepSettings(settings: Settings | undefined): void {
    this.#settings = settings
    if (settings) this.meta.set('settings', settings)
  }

  courier(settings: Settings): Pick<Courier, keyof Courier> {
    return this.env.COURIER.getByName(settings.account)
  }

  books(settings: Settings): Pick<Book, keyof Book>[] {
    return bookNames(settings.account, settings.shards).map((name) => this.env.BOOK.getByName(name))
  }

  audit(what: string, detail: object): void {
    this.sql.run(
      'INSERT INTO audit (at, what, detail) VALUES (?, ?, ?)',
      this.clock.now(),
      what,
      JSON.stringify(detail),
    )
  }
}
