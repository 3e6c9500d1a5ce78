import type { Outcome } from '../../schemas/actions/index.ts'
import type { Fields, RecordSnapshot, Ref } from '../../schemas/events/index.ts'
import { ladderKey, subjectOfKey } from '../../schemas/events/keys.ts'
import type { Book } from '../book/index.ts'
import type { Routed } from '../book/subjects.ts'
import { followedObjects } from '../crm/index.ts'
import type { Member, Write } from '../crm/port.ts'
import type { SubjectState } from '../method/state.ts'
import type { ActionStore, Deed, StoredAction } from './action-store.ts'
import type { Delivered } from './delivery.ts'
import type { Parts } from './parts.ts'
import { placeOfSettings, type Settings } from './settings.ts'
import { bookName, shardOf } from './shards.ts'
import { changed, type Incoming } from './unpack.ts'

/** How an attempt at an action ended: for good, or it has to be tried again at `again` (epoch ms). */
export type Performed =
  | { done: true; outcome: Outcome; reason?: string; outputs?: Record<string, string | number | boolean | null> }
  | { done: false; again: number }

export type Perform = (desk: Desk) => Promise<Performed>

/** A record as the CRM has it now, or what has to be done instead of going on. */
export type Seen =
  { ok: true; record: RecordSnapshot; ref: Ref; state: SubjectState } | { ok: false; instead: Performed }

/** What actions are worked with. `deliver` brings events to those whom they are about. */
export interface DeskDeps {
  parts: Parts
  settings: Settings
  store: ActionStore
  now: number
  deliver(events: Incoming[]): Promise<Delivered>
  /** Applies events whose subject is known. */
  apply(events: Routed[]): Promise<unknown>
}

/** Shortest and longest wait before an action is tried again, ms. */
const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 5 * 60_000

/** One action in work: what it reads, decides by and writes goes through here. */
export class Desk {
  readonly deed: Deed
  readonly now: number
  /** When the action came, ISO instant: the same at each attempt. */
  readonly cameAt: string
  step: Fields
  readonly #deps: DeskDeps
  readonly #tries: number

  constructor(deps: DeskDeps, stored: StoredAction) {
    this.#deps = deps
    this.deed = stored.deed
    this.step = stored.step
    this.now = deps.now
    this.cameAt = new Date(stored.at).toISOString()
    this.#tries = stored.tries
  }

  /** Id of the event that this action is; `part` tells several of one action apart. */
  eventId(part = ''): string {
    return `action/${this.deed.callbackId}${part === '' ? '' : `/${part}`}`
  }

  /** Key of a record that this action makes: the same at each attempt. */
  keyOf(ref: Ref, kind: string): string {
    return ladderKey(ref, kind, encodeURIComponent(this.deed.callbackId))
  }

  input(name: string): string | null {
    const value = this.deed.inputs[name]
    return value === undefined || value === '' ? null : value
  }

  /** The CRM's user of an e-mail address, as it was last read; null when there is none. */
  userOf(email: string): string | null {
    const known = this.#deps.parts.meta.get<Member[]>('members') ?? []
    return known.find((one) => one.email === email.trim().toLowerCase())?.id ?? null
  }

  /** A text in the language of the playbook. */
  say(en: string, zh: string): string {
    return this.#deps.parts.playbooks.active()?.source.language === 'en' ? en : zh
  }

  /** Whether the CRM has records of this object. */
  carries(object: string): boolean {
    return isCarried(this.#deps.settings, object)
  }

  /** To be tried again: at `until`, else after a wait that grows. */
  again(until?: number): Performed {
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#tries)
    return { done: false, again: Math.max(this.now + 1_000, until ?? this.now + wait) }
  }

  notFound(): Performed {
    const { object, id } = this.deed
    const reason = this.say(`There is no ${object} ${id} in the CRM.`, `CRM 中没有该记录：${object} ${id}。`)
    return { done: true, outcome: 'NOT_FOUND', reason }
  }

  /** Reads a record as the CRM has it now and lets the method see it first. */
  async see(object: string, id: string): Promise<Seen> {
    const { parts, settings } = this.#deps
    const answer = await parts.courier(settings).readRecords(object, [id])
    if (!answer.ok) {
      const { failure } = answer
      if (failure.kind === 'refused') return { ok: false, instead: this.notFound() }
      return { ok: false, instead: this.again(failure.kind === 'later' ? failure.until : undefined) }
    }
    const record = answer.value.find((one) => !one.deleted)
    if (!record) return { ok: false, instead: this.notFound() }
    const delivered = await this.#deps.deliver([changed(record, 'sweep')])
    const ref = parts.router.linkOf(object, record.id)
    const state = ref ? await this.subject(ref) : null
    if (!delivered.ok || !ref || !state) return { ok: false, instead: this.again() }
    return { ok: true, record, ref, state }
  }

  /** The subject of a record that Ladder knows, or of an escalation by its key; read from the CRM when it doesn't know it. */
  async subjectOf(
    object: string,
    id: string,
  ): Promise<{ ok: true; ref: Ref; state: SubjectState } | { ok: false; instead: Performed }> {
    const { router, merges } = this.#deps.parts
    const named = object === 'escalation' ? subjectOfKey(id) : undefined
    const ref = named ? merges.resolve(named) : router.linkOf(object, id)
    const state = ref ? await this.subject(ref) : null
    if (named && !state) return { ok: false, instead: this.notFound() }
    return ref && state ? { ok: true, ref, state } : this.see(object, id)
  }

  book(ref: Ref): Pick<Book, keyof Book> {
    const { parts, settings } = this.#deps
    return parts.env.BOOK.getByName(bookName(settings.account, shardOf(ref, settings.shards)))
  }

  subject(ref: Ref): Promise<SubjectState | null> {
    return this.book(ref).subject(ref)
  }

  /** Brings events to whom they are about; false when something can't be read now, and they have to be sent again. */
  async deliver(...records: RecordSnapshot[]): Promise<boolean> {
    const events = records.map((record): Incoming => this.event(record))
    return (await this.#deps.deliver(events)).ok
  }

  /** A record as it would be if a person had set what this action asks for. */
  event(record: RecordSnapshot): Extract<Incoming, { type: 'record.changed' }> {
    return { type: 'record.changed', id: this.eventId(record.id), via: 'action', record }
  }

  /** Remembers that something was begun, with a write if there is one: both or none. */
  begin(step: Fields, ...writes: Write[]): void {
    const { parts, store } = this.#deps
    const { callbackId, name } = this.deed
    this.step = { ...this.step, ...step }
    store.keepStep(callbackId, this.step, () => {
      const why = { event: this.eventId(), playbook: parts.playbooks.active()?.version ?? 0, rule: `action ${name}` }
      for (const write of writes) parts.outbox.add(write, why)
    })
  }

  /** Sends what was begun, if the CRM has room, and says what became of one write. */
  async sent(
    write: Pick<Write, 'id' | 'key'>,
  ): Promise<{ state: 'waits' | 'dead' | 'written'; reason: string; recordId: string | null }> {
    const { parts, settings } = this.#deps
    const courier = parts.courier(settings)
    await parts.outbox.flush((parcel) => courier.enqueue('account', parcel))
    await courier.runDue(this.now)
    const { state, reason, recordId } = await courier.fateOf(write)
    return { state: state === 'waiting' ? 'waits' : state === 'none' ? 'written' : 'dead', reason, recordId }
  }

  /** Method records as last seen, those that are living. */
  templates(): RecordSnapshot[] {
    return this.#deps.parts.methodRecords
      .all()
      .filter(({ object, deleted }) => object === 'campaignTemplate' && !deleted)
  }

  /** Whether the playbook in force has a campaign template of this method id. */
  hasTemplate(code: string): boolean {
    return this.#deps.parts.playbooks.active()?.source.campaigns.some((one) => one.code === code) ?? false
  }

  /** Whether the playbook in force knows this kind of occasion. */
  knowsOccasion(code: string): boolean {
    return this.#deps.parts.playbooks.active()?.source.occasions.some((one) => one.code === code) ?? false
  }

  /** Tells a subject of a record past the Account's routing. */
  async apply(ref: Ref, record: RecordSnapshot): Promise<void> {
    await this.#deps.apply([{ ref, event: this.event(record) }])
  }

  /** Lets the method look at a subject now, though nothing came in. */
  async look(ref: Ref): Promise<void> {
    await this.#deps.apply([{ ref, event: { type: 'time.passed', id: this.eventId() } }])
  }
}

/** Whether an account's CRM has records of an object. */
export const isCarried = (settings: Settings, object: string): boolean =>
  followedObjects(placeOfSettings(settings)).includes(object)

/** The instant after which a record was last changed: what is told of it now has to be newer, ISO. */
export const justAfter = ({ at }: Pick<RecordSnapshot, 'at'>): string => new Date(Date.parse(at) + 1).toISOString()
