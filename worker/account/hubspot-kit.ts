import { env, runInDurableObject } from 'cloudflare:test'
import type { Fields, RecordSnapshot } from '../../schemas/events/index.ts'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import type { Erasure } from '../courier/erase.ts'
import type { JournalRead } from '../crm/port.ts'
import type { Courier, ReadAnswer } from '../courier/index.ts'
import type { SubjectState } from '../method/state.ts'
import type { Env } from '../shell/env.ts'
import type { Account } from './index.ts'
import { activate } from './method.ts'
import { bookOf } from './merging.ts'
import { Parts } from './parts.ts'
import type { Settings } from './settings.ts'
import { work } from './work.ts'

/*
 * For tests: the Account's work on HubSpot's webhooks, with real Books, and a CRM of a few records behind the Courier.
 */

export const START = Date.parse('2026-03-02T02:00:00.000Z') // a Monday, 10:00 in Shanghai
const PORTAL = 62515
const TYPES = {
  ...{ company: '0-2', person: '0-1', development: '2-1', visit: '0-47', task: '0-27' },
  ...{ campaign: '2-8', participation: '2-9' },
}

const bindings = env as Env
let accounts = 0

export class Bank {
  now = START
  readonly account = `hub-${++accounts}`
  readonly records = new Map<string, RecordSnapshot>()
  readonly calls: { object: string; ids: string[] }[] = []
  readonly erased: Erasure[] = []
  /** What the journal answers, one after another; what it was asked for. */
  readonly journal: ReadAnswer<JournalRead>[] = []
  readonly places: unknown[] = []
  /** What the CRM answers instead; null: as it is. */
  fails: (object: string, ids: string[]) => Extract<ReadAnswer<never>, { ok: false }>['failure'] | null = () => null
  /** The process ends when a merged customer's state has left one Book and isn't in the other one. */
  dies = false
  parts!: Parts
  readonly settings: Settings

  constructor(shards: number) {
    this.settings = {
      account: this.account,
      kind: 'hubspot',
      url: 'https://api.example',
      layout: { portalId: PORTAL, carrier: 'custom', types: TYPES, labels: {} },
      shards,
      callsPerMinute: 1000,
      dailyLimit: null,
      joinMs: 0,
      sweepMinutes: 15,
      connectedAt: START,
    }
  }

  /** As it would be after a start of the process. */
  restart(storage: DurableObjectStorage): void {
    const courier = Object.assign(Object.create(null) as Pick<Courier, keyof Courier>, {
      readRecords: async (object: string, ids: string[]) => this.read(object, ids),
      readJournal: async (from: unknown): Promise<ReadAnswer<JournalRead>> => {
        this.places.push(from)
        return this.journal.shift() ?? { ok: true, value: { state: 'end' } }
      },
      enqueue: async () => undefined,
      erase: async (erasure: Erasure) => void this.erased.push(erasure),
    })
    const books = bindings.BOOK
    const dying: Env['BOOK'] = {
      getByName: (name) => {
        const book = books.getByName(name)
        const apply: typeof book.apply = (events, epoch) =>
          this.dies && events.some(({ event }) => event.type === 'subject.merged')
            ? Promise.reject(new Error('the process ended'))
            : book.apply(events, epoch)
        return new Proxy(book, {
          get: (target, method: keyof typeof book) => (method === 'apply' ? apply : target[method]),
        })
      },
    }
    this.parts = new Parts(storage, {
      ...bindings,
      LADDER_MASTER_KEY: btoa('k'.repeat(32)),
      LADDER_CLOCK: 'manual',
      BOOK: dying,
      COURIER: { getByName: () => courier },
    })
    this.parts.clock.hold(this.now)
    this.parts.meta.set('membersAt', START * 2)
    if (this.parts.settings) return
    this.parts.keepSettings(this.settings)
    activate(this.parts, this.parts.playbooks.draft(defaultPlaybook, this.now, 'default'))
  }

  read(object: string, ids: string[]): ReadAnswer<RecordSnapshot[]> {
    this.calls.push({ object, ids })
    const failure = this.fails(object, ids)
    return failure
      ? { ok: false, failure }
      : { ok: true, value: ids.flatMap((id) => this.records.get(`${object} ${id}`) ?? []) }
  }

  /** Somebody saves a record in the CRM. */
  save(object: string, id: string, fields: Fields, deleted = false): void {
    const seen = this.records.get(`${object} ${id}`)
    const at = new Date(this.now).toISOString()
    this.records.set(`${object} ${id}`, {
      object,
      id,
      at,
      createdAt: seen?.createdAt ?? at,
      deleted,
      fields: { ...seen?.fields, ...fields },
    })
  }

  async hook(...events: object[]): Promise<number | null> {
    const whole = events.map((event) => ({
      portalId: PORTAL,
      eventId: ++this.#eventId,
      occurredAt: this.now,
      ...event,
    }))
    this.#keep('hubspot', JSON.stringify(whole))
    return this.run()
  }
  #eventId = 0

  async fact(customerNo: string, yuan: number, id = `f${++this.#eventId}`): Promise<void> {
    const data = { amountFen: yuan * 100 }
    const time = new Date(this.now).toISOString()
    const event = { specversion: '1.0', id, source: 'core', type: 'balance.changed', subject: customerNo, time, data }
    this.#keep('corebank', JSON.stringify(event))
    await this.run()
  }

  #keep(source: string, text: string): void {
    const body = new TextEncoder().encode(text).buffer as ArrayBuffer
    this.parts.sql.run('INSERT INTO inbox (source, body, at) VALUES (?, ?, ?)', source, body, this.now)
  }

  /** A minute passes before each run. */
  async run(): Promise<number | null> {
    this.now += 60_000
    this.parts.clock.hold(this.now)
    for (const book of this.parts.books(this.settings)) await book.setClock(this.now)
    return work(this.parts, this.now)
  }

  state(ref: string): Promise<SubjectState | null> {
    return bookOf(this.parts, this.settings, ref).subject(ref)
  }

  counter(name: string): number {
    return this.parts.meta.counters()[name] ?? 0
  }

  idsRead(object: string): string[] {
    return this.calls.filter((call) => call.object === object).flatMap((call) => call.ids)
  }
}

export const within = (shards: number, test: (bank: Bank, restart: () => void) => Promise<void>): Promise<void> => {
  const bank = new Bank(shards)
  // the object's own class isn't used: the parts are put together here, around a CRM in memory
  const { ACCOUNT } = env as { ACCOUNT: DurableObjectNamespace<Account> }
  const object = ACCOUNT.getByName(bank.account)
  return runInDurableObject(object, async (_, { storage }) => {
    bank.restart(storage)
    await test(bank, () => bank.restart(storage))
  })
}

export const touched = (object: string, id: string) => ({
  subscriptionType: `${object}.propertyChange`,
  objectId: Number(id),
})
export const custom = (type: string, what: string, id: string) => ({
  subscriptionType: `object.${what}`,
  objectTypeId: type,
  objectId: Number(id),
})
