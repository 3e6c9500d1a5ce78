import type { Fact, Fields, LadderEvent, RecordChanged, RecordSnapshot } from '../../schemas/events/index.ts'
import { refOf } from '../../schemas/events/keys.ts'
import { type Change, ModelCrm } from '../../plugin/simulate/model-crm.ts'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import type { Context } from '../../worker/method/context.ts'
import { decideInPlace } from '../../worker/method/decide.ts'
import { same } from '../../worker/method/draft.ts'
import { newSubject, type SubjectState } from '../../worker/method/state.ts'
import { type Links, subjectsOfRecord } from '../../worker/method/whose.ts'
import { compiled, HOLDERS, membersOf, rolesOf } from '../../worker/method/tiers/kit.ts'

/*
 * A small CRM and a small Ladder in memory, the decisions of one written into the other as the shell does it. The same people
 * do the same things; what differs is what becomes of the webhooks on their way. People work in days: within a day anything
 * may come in any order, twice, or not at all; at its end a sweep reads what the CRM shows. Facts are sent until they are
 * acknowledged, so they come in any order and more than once, but come.
 */

const HOUR = 3_600_000
const DAY = 24 * HOUR
const MONDAY = Date.parse('2026-03-02T02:00:00Z') // 10:00 in Shanghai
export const COMPANIES = ['a', 'b', 'c']
const OBJECTS = ['company', 'development', 'visit', 'task', 'escalation', 'tierRating']
const playbook = compiled({ ...defaultPlaybook, roles: rolesOf(HOLDERS) })

/** One thing that somebody does, on one company. */
export type Deed =
  | { do: 'balance'; of: string; yuan: number }
  | { do: 'dormant'; of: string; dormant: boolean }
  | { do: 'gold'; of: string; gold: boolean }
  | { do: 'visit'; of: string; nth: number; status: string }
  | { do: 'call'; of: string; nth: number; status: string }
  | { do: 'fill'; of: string; fields: Fields }
  | { do: 'move'; of: string; to: string; fields: Fields }
  | { do: 'answer'; of: string; status: string }
  | { do: 'remove'; of: string }

/** What becomes of a message: numbers from 0 to 1, used one after another. */
export type Weather = () => number

export class Town {
  now = MONDAY
  readonly #books = new Map<string, SubjectState>()
  /** When each wants to be looked at again, as it was worked out at its last change. */
  readonly #dues = new Map<string, number | null>()
  readonly #crm = new ModelCrm(() => this.now + ++this.#clock)
  /** On their way to Ladder. */
  readonly #under: LadderEvent[] = []
  /** Visits and calls that somebody changed today: what is taken back before anybody saw it leaves no trace. */
  readonly #touched = new Set<string>()
  #facts = 0
  #clock = 0
  readonly #weather: Weather | null
  /** Core banking waits for each acknowledgement, so facts of one customer come in order; or it doesn't. */
  readonly #waits: boolean

  constructor(weather: Weather | null, waits: boolean) {
    this.#weather = weather
    this.#waits = waits
    for (const id of COMPANIES)
      this.#save('company', id, { name: id.toUpperCase(), accountOwnerId: 'rm', ladderGold: false })
    for (const id of COMPANIES)
      this.#save('development', `d-${id}`, { name: id, company: id, pipeline: 'DEV_A', stage: 'DEV_A01' })
    // a customer of whom nothing is known is rated no more, and begins anew when something is: all have an account
    for (const id of COMPANIES) this.#fact(id, { kind: 'balance.changed', amount: 300_000_00 })
    this.#deliverAll()
    this.sweep()
  }

  /** A day's deeds, then the sweep, then the clock to the next working day with all that falls due on the way. */
  day(deeds: Deed[], days: number): void {
    this.#touched.clear()
    for (const deed of deeds) {
      this.#act(deed)
      this.#deliverSome()
    }
    this.#deliverAll()
    this.sweep()
    this.#until(this.now + days * DAY)
  }

  #act(deed: Deed): void {
    const company = deed.of
    switch (deed.do) {
      case 'balance':
        return this.#fact(company, { kind: 'balance.changed', amount: deed.yuan * 100 })
      case 'dormant':
        return this.#fact(company, { kind: 'account.dormant', dormant: deed.dormant })
      case 'gold':
        return this.#save('company', company, { ladderGold: deed.gold })
      case 'visit':
        if (!this.#touch(`v-${company}-${deed.nth}`)) return
        return this.#save('visit', `v-${company}-${deed.nth}`, { company, status: deed.status, heldAt: this.#iso() })
      case 'call': {
        const call = `t-${company}-${deed.nth}`
        if (!this.#touch(call)) return
        const fields = { title: 'Call', ladderKind: 'CALL', ladderCompany: company, status: deed.status }
        return this.#save('task', call, fields)
      }
      case 'fill':
        if (this.#crm.get('development', `d-${company}`)?.deleted) return
        return this.#save('development', `d-${company}`, deed.fields)
      case 'move':
        if (this.#crm.get('development', `d-${company}`)?.deleted) return
        return this.#save('development', `d-${company}`, { ...deed.fields, stage: deed.to })
      case 'answer': {
        const open = this.#records('escalation').filter(
          ({ fields }) => fields.company === company && fields.status !== 'RESOLVED',
        )
        for (const { id } of open) this.#save('escalation', id, { status: deed.status })
        return
      }
      case 'remove':
        return this.#save('development', `d-${company}`, {}, true)
    }
  }

  #touch(id: string): boolean {
    if (this.#touched.has(id)) return false
    this.#touched.add(id)
    return true
  }

  #iso(): string {
    return new Date(this.now + ++this.#clock).toISOString()
  }

  #fact(company: string, data: Fact['data']): void {
    const fact: Fact = { type: 'fact', id: `f${++this.#facts}`, customerNo: company, at: this.#iso(), data }
    this.#under.push(fact)
    if (this.#weather && this.#weather() < 0.3) this.#under.push(fact)
  }

  #records(object: string): RecordSnapshot[] {
    return [...this.#crm.records(object)]
  }

  /** The CRM takes fields; it tells of it unless nothing has changed. */
  #save(object: string, id: string, fields: Fields, deleted = false): void {
    this.#tell(this.#crm.save(object, id, fields, deleted))
  }

  #tell(change: Change | null): void {
    if (change) this.#under.push(changed(change.record, 'webhook'))
  }

  /** In order and at once; or whatever the weather brings along by now. */
  #deliverSome(): void {
    if (!this.#weather) return this.#deliverAll()
    while (this.#under.length > 0 && this.#weather() < 0.5) this.#deliverOne(this.#weather)
  }

  #deliverAll(): void {
    for (let most = 2000; this.#under.length > 0; most--) {
      if (most === 0) throw new Error('webhooks of own writes go in circles')
      if (this.#weather) this.#deliverOne(this.#weather)
      else this.#receive(this.#under.shift())
    }
  }

  #deliverOne(weather: Weather): void {
    const [event] = this.#under.splice(this.#turn(Math.floor(weather() * this.#under.length)), 1)
    if (event?.type === 'fact') return this.#receive(event)
    const fate = weather()
    if (fate < 0.3) return
    this.#receive(event)
    if (fate < 0.5) this.#receive(event)
  }

  /** Instead of a fact its customer's oldest that waits. */
  #turn(index: number): number {
    const event = this.#under[index]
    if (!this.#waits || event?.type !== 'fact') return index
    return this.#under.findIndex((one) => one.type === 'fact' && one.customerNo === event.customerNo)
  }

  /** Reads all that the CRM shows, until nothing follows from it any more. */
  sweep(): void {
    for (let most = 20; ; most--) {
      if (most === 0) throw new Error('a sweep never ends')
      const writes = this.#clock
      for (const record of OBJECTS.flatMap((object) => this.#records(object))) this.#receive(changed(record, 'sweep'))
      this.#deliverAll()
      if (this.#clock === writes) return
    }
  }

  #receive(event: LadderEvent | undefined): void {
    const ref = event && refFor(event)
    if (event && ref) this.#decide(ref, event)
  }

  #decide(ref: string, event: LadderEvent): void {
    const state = this.#books.get(ref) ?? newSubject(ref)
    this.#books.set(ref, state)
    const { decisions, changed: isNews, nextDue } = decideInPlace(state, structuredClone(event), this.#context)
    if (isNews) this.#dues.set(ref, nextDue)
    for (const decision of decisions) this.#tell(this.#crm.write(decision))
  }

  get #context(): Context {
    return { playbook, now: this.now, members: membersOf(playbook.source.roles), pipeline: () => undefined }
  }

  #until(end: number): void {
    for (let most = 500; ; most--) {
      if (most === 0) throw new Error('timers go in circles')
      const dues = [...this.#dues].flatMap(([ref, due]) => (due === null || due > end ? [] : [{ ref, due }]))
      const first = dues.sort((a, b) => a.due - b.due || (a.ref < b.ref ? -1 : 1))[0]
      if (!first) break
      this.now = Math.max(this.now, first.due)
      this.#decide(first.ref, { type: 'time.passed', id: `time ${this.now}` })
      this.#deliverAll()
      this.sweep()
    }
    this.now = end
  }

  /**
   * What people see. How often something was raised or moved on the way is in the keys and depends on the way; times within a
   * day do too.
   */
  picture() {
    const shown = (record: RecordSnapshot, names: string[]): Fields =>
      Object.fromEntries(
        names.map((name) => [name, same(record.fields[name], null) ? null : (record.fields[name] ?? null)]),
      )
    const living = (object: string): RecordSnapshot[] => this.#records(object).filter(({ deleted }) => !deleted)
    const sorted = (list: object[]): string[] => list.map((one) => JSON.stringify(one)).sort()
    return {
      companies: living('company').map((record) =>
        shown(record, [
          'ladderTier',
          'ladderBalance',
          'ladderDormant',
          'ladderContactsPerYear',
          'ladderLastContactOn',
          'ladderNextContactDue',
        ]),
      ),
      developments: living('development').map((record) =>
        shown(record, ['stage', 'stageNotice', 'missing', 'completeness', 'stageDue', 'guidance']),
      ),
      tasks: [
        ...new Set(
          sorted(
            living('task')
              .filter(({ fields }) => fields.status !== 'DONE')
              .map((record) => shown(record, TASK)),
          ),
        ),
      ],
      escalations: sorted(
        living('escalation')
          .filter(({ fields }) => fields.status !== 'RESOLVED')
          .map((record) => shown(record, ESCALATION)),
      ),
    }
  }
}

const TASK = [
  'title',
  'status',
  'ladderKind',
  'ladderRole',
  'ladderCompany',
  'ladderDevelopment',
  'assigneeId',
  'dueAt',
]
const ESCALATION = ['cause', 'status', 'level', 'detail', 'company', 'development', 'climbsAt']

const changed = (record: RecordSnapshot, via: RecordChanged['via']): RecordChanged => ({
  type: 'record.changed',
  id: `${record.object}/${record.id}/${record.at}`,
  via,
  record,
})

/** Whom an event is about, as the Account's router knows it. */
const refFor = (event: LadderEvent): string | undefined => {
  if (event.type === 'fact') return refOf('company', event.customerNo)
  return event.type === 'record.changed' ? subjectsOfRecord(event.record, LINKS)[0] : undefined
}

const LINKS: Links = {
  development: (id) => refOf('company', id.slice('d-'.length)),
  task: () => undefined,
}
