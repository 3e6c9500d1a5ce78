import type { Decision, Fact, Fields, LadderEvent, RecordSnapshot, Ref } from '../../schemas/events/index.ts'
import { BANK, refOf } from '../../schemas/events/keys.ts'
import type { CompiledPlaybook, Context } from '../../worker/method/context.ts'
import { decideInPlace, type Outcome } from '../../worker/method/decide.ts'
import { gatherFrom } from '../../worker/method/gather/index.ts'
import { newSubject, type SubjectState } from '../../worker/method/state.ts'
import { idOf, type Links, subjectsOfRecord } from '../../worker/method/whose.ts'
import { DueQueue } from './due-queue.ts'
import { type Change, ModelCrm } from './model-crm.ts'

/** What set something off: core banking, somebody's edit, or the clock alone. What follows from it has the same root. */
export type Root = 'fact' | 'person' | 'time'

/** Watches what happens. */
export interface Watch {
  /** Ladder decided something on a subject. */
  decided(ref: Ref, event: LadderEvent, decisions: readonly Decision[], root: Root): void
  /** A record of the CRM changed, by whom or whatever. */
  changed(change: Change, root: Root, byLadder: boolean): void
}

export type Decide = (state: SubjectState, event: LadderEvent, ctx: Context) => Outcome

export interface ShellWish {
  playbook: CompiledPlaybook
  /** CRM users by e-mail. */
  members: Context['members']
  /** The rules; other ones in tests only. */
  decide?: Decide
}

/** A timer that makes no progress is looked at again after this, as in a Book. */
const STUCK_MS = 60_000
/** More events than that from one alone mean that something goes in circles. */
const MOST_EVENTS = 5_000_000

interface Waiting {
  ref: Ref
  event: LadderEvent
  root: Root
}

/**
 * Ladder and a CRM in memory on a clock that is moved by hand: Account, Books and Courier as far as a simulation needs them.
 * Nothing is lost or late: decisions are written at once, and each change is told at once.
 */
export class Shell {
  now = 0
  readonly crm = new ModelCrm(() => this.now)
  readonly states = new Map<Ref, SubjectState>()
  readonly playbook: CompiledPlaybook
  readonly #dues = new DueQueue()
  readonly #members: Context['members']
  readonly #decide: Decide
  readonly #watches: Watch[] = []
  readonly #customers = new Map<string, Ref>()
  readonly #parked = new Map<string, Fact[]>()
  readonly #links: Links = {
    development: (id) => {
      const { company, person } = this.crm.get('development', id)?.fields ?? {}
      const [ofCompany, ofPerson] = [idOf(company), idOf(person)]
      return ofCompany ? refOf('company', ofCompany) : ofPerson ? refOf('person', ofPerson) : refOf('development', id)
    },
    task: () => undefined,
  }
  #waiting: Waiting[] = []
  #count = 0

  constructor({ playbook, members, decide = decideInPlace }: ShellWish) {
    this.playbook = playbook
    this.#members = members
    this.#decide = decide
  }

  get ctx(): Context {
    const hashed = (hash: string) => [...this.playbook.pipelines.values()].find((pipeline) => pipeline.hash === hash)
    return { playbook: this.playbook, now: this.now, members: this.#members, pipeline: hashed }
  }

  watch(watch: Watch): void {
    this.#watches.push(watch)
  }

  /** Begins at an instant (epoch ms): the bank itself is told of its playbook. */
  begin(at: number): void {
    this.now = at
    this.#waiting.push({ ref: BANK, event: { type: 'time.passed', id: 'playbook/1' }, root: 'time' })
    this.#drain()
  }

  /** Somebody edits a record. */
  edit(object: string, id: string, fields: Fields): void {
    this.#changed(this.crm.save(object, id, fields), 'person', false)
    this.#drain()
  }

  /** Core banking tells a fact. One of a customer whom the CRM doesn't have waits for it. */
  fact(fact: Fact): void {
    const ref = this.#customers.get(fact.customerNo)
    if (!ref) {
      const waiting = this.#parked.get(fact.customerNo)
      if (waiting) waiting.push(fact)
      else this.#parked.set(fact.customerNo, [fact])
      return
    }
    this.#waiting.push({ ref, event: fact, root: 'fact' })
    this.#drain()
  }

  /** Whether core banking's facts of a customer number wait for its record. */
  isWaitedFor(customerNo: string): boolean {
    return this.#parked.has(customerNo)
  }

  /** Moves the clock on, with all that falls due until then. */
  until(end: number): void {
    for (let first = this.#dues.take(end); first; first = this.#dues.take(end)) {
      this.now = Math.max(this.now, first.due)
      this.#waiting.push({ ref: first.ref, event: { type: 'time.passed', id: `time/${first.due}` }, root: 'time' })
      this.#drain()
    }
    this.now = Math.max(this.now, end)
  }

  #drain(): void {
    const waiting = this.#waiting
    for (let index = 0; index < waiting.length; index++) {
      const one = waiting[index]
      if (one) this.#tell(one)
      if (index > MOST_EVENTS) throw new Error(`what ${waiting[0]?.event.id} set off goes in circles`)
    }
    this.#waiting = []
  }

  #tell({ ref, event, root }: Waiting): void {
    let state = this.states.get(ref)
    if (!state) this.states.set(ref, (state = newSubject(ref)))
    const outcome = this.#decide(state, event, this.ctx)
    this.states.set(ref, outcome.state)
    if (!outcome.changed) return
    const due = outcome.nextDue
    const isStuck = due !== null && due <= this.now && event.type === 'time.passed'
    this.#dues.set(ref, isStuck ? this.now + STUCK_MS : due)
    for (const watch of this.#watches) watch.decided(ref, event, outcome.decisions, root)
    for (const decision of outcome.decisions) this.#carryOut(decision, root)
  }

  #carryOut(decision: Decision, root: Root): void {
    switch (decision.do) {
      case 'upsert':
      case 'update':
        return this.#changed(this.crm.write(decision), root, true)
      case 'broadcast':
        for (const ref of ('told' in decision.event ? decision.event.told : undefined) ?? this.#everybody())
          this.#waiting.push({ ref, event: decision.event, root })
        return
      case 'gather': {
        const { id, ref, query, params } = decision.gather
        const answer = gatherFrom([...this.states.values()], query, params, this.ctx)
        this.#waiting.push({ ref, event: { type: 'gathered', id, query, params, ...answer }, root })
        return
      }
      case 'note':
        return
    }
  }

  #everybody(): Ref[] {
    return [...this.states.keys()].filter((ref) => /^(company|person):/.test(ref))
  }

  #changed(change: Change | null, root: Root, byLadder: boolean): void {
    if (!change) return
    const { record } = change
    for (const watch of this.#watches) watch.changed(change, root, byLadder)
    const event = { type: 'record.changed', via: 'answer', record } as const
    const id = `${record.object}/${record.id}/${record.at}/${this.#count++}`
    for (const ref of subjectsOfRecord(record, this.#links)) this.#waiting.push({ ref, event: { ...event, id }, root })
    if (record.object === 'company' || record.object === 'person') this.#learn(record)
  }

  /** A customer's number is known now: the facts that waited for it follow its record. */
  #learn({ object, id, fields }: RecordSnapshot): void {
    const customerNo = idOf(fields['ladderCustomerNo'])
    if (customerNo === null || this.#customers.has(customerNo)) return
    const ref = refOf(object, id)
    this.#customers.set(customerNo, ref)
    for (const event of this.#parked.get(customerNo) ?? []) this.#waiting.push({ ref, event, root: 'fact' })
    this.#parked.delete(customerNo)
  }
}
