import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fact, Fields, LadderEvent, RecordChanged, RecordSnapshot } from '../../schemas/events/index.ts'
import { refOf, subjectOfKey } from '../../schemas/events/keys.ts'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import type { Context } from '../../worker/method/context.ts'
import { decideInPlace } from '../../worker/method/decide.ts'
import { same } from '../../worker/method/draft.ts'
import { newSubject, type SubjectState } from '../../worker/method/state.ts'
import { compiled, HOLDERS } from '../../worker/method/tiers/kit.ts'

/*
 * A small CRM and a small Ladder in memory, the decisions of one written into the other as the shell does it. The same people
 * do the same things; what differs is what becomes of the webhooks on their way. People work in days: within a day anything
 * may come in any order, twice, or not at all; at its end a sweep reads what the CRM shows. Facts are sent until they are
 * acknowledged, so they come in any order and more than once, but come.
 */

const HOUR = 3_600_000
const DAY = 24 * HOUR
const MONDAY = Date.parse('2026-03-02T02:00:00Z') // 10:00 in Shanghai
const COMPANIES = ['a', 'b', 'c']
const playbook = compiled(defaultPlaybook)

/** One thing that somebody does, on one company. */
type Deed =
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
type Weather = () => number

class Town {
  now = MONDAY
  readonly #books = new Map<string, SubjectState>()
  /** When each wants to be looked at again, as it was worked out at its last change. */
  readonly #dues = new Map<string, number | null>()
  readonly #crm = new Map<string, RecordSnapshot>()
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
        if (this.#crm.get(`development d-${company}`)?.deleted) return
        return this.#save('development', `d-${company}`, deed.fields)
      case 'move':
        if (this.#crm.get(`development d-${company}`)?.deleted) return
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
    return [...this.#crm.values()].filter((record) => record.object === object)
  }

  /** The CRM takes fields; it tells of it unless nothing has changed. */
  #save(object: string, id: string, fields: Fields, deleted = false): void {
    const place = `${object} ${id}`
    const seen = this.#crm.get(place)
    const names = Object.keys(fields)
    if (seen && seen.deleted === deleted && names.every((name) => same(seen.fields[name], fields[name]))) return
    const at = this.#iso()
    const record: RecordSnapshot = {
      object,
      id,
      at,
      createdAt: seen?.createdAt ?? at,
      deleted,
      fields: { ...seen?.fields, ...fields },
    }
    this.#crm.set(place, record)
    this.#under.push(changed(record, 'webhook'))
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
      for (const record of [...this.#crm.values()]) this.#receive(changed(record, 'sweep'))
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
    for (const decision of decisions) {
      if (decision.do === 'upsert')
        this.#save(decision.object, decision.key, { ...decision.fields, ladderKey: decision.key })
      else if (decision.do === 'update') {
        // an update of a record that a person deleted leaves it deleted
        const deleted = this.#crm.get(`${decision.object} ${decision.id}`)?.deleted
        this.#save(decision.object, decision.id, decision.fields, deleted)
      }
    }
  }

  get #context(): Context {
    return { playbook, now: this.now, holders: HOLDERS, pipeline: () => undefined }
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
   * day do too, and the text of a task says what was known when somebody was told.
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
              .map((record) => shown(record, isMovement(record) ? TOLD : TASK)),
          ),
        ),
      ],
      escalations: sorted(
        living('escalation')
          .filter(({ fields }) => fields.status !== 'RESOLVED')
          .map((record) =>
            isMovement(record)
              ? {
                  ...shown(record, ['cause', 'status', 'company']),
                  fall: String(record.fields.detail).split('等级')[0],
                }
              : shown(record, ESCALATION),
          ),
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
const TOLD = ['title', 'status', 'ladderKind', 'ladderCompany']
const ESCALATION = ['cause', 'status', 'level', 'detail', 'company', 'development', 'climbsAt']
const isMovement = ({ fields }: RecordSnapshot): boolean => String(fields.ladderKey).includes('/ESC_MOVE/')

const changed = (record: RecordSnapshot, via: RecordChanged['via']): RecordChanged => ({
  type: 'record.changed',
  id: `${record.object}/${record.id}/${record.at}`,
  via,
  record,
})

/** Whom an event is about, as the Account's router knows it. */
const refFor = (event: LadderEvent): string | null => {
  if (event.type === 'fact') return refOf('company', event.customerNo)
  if (event.type !== 'record.changed') return null
  const { object, id, fields } = event.record
  if (object === 'company') return refOf('company', id)
  const { ladderKey, company, ladderCompany } = fields
  const keyed = typeof ladderKey === 'string' ? subjectOfKey(ladderKey) : undefined
  const owner = object === 'task' ? ladderCompany : company
  return keyed ?? (typeof owner === 'string' ? refOf('company', owner) : null)
}

const of = fc.constantFrom(...COMPANIES)
const FILLED: Fields = { segmentName: 'Farm produce', segmentFeatures: 'Seasonal' }
const yuan = fc.oneof(
  fc.constantFrom(100_000, 4_000_000, 6_000_000, 9_000_000, 12_000_000, 40_000_000),
  fc.integer({ min: -1000, max: 50_000_000 }),
)

const loose = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('balance' as const), of, yuan }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('dormant' as const), of, dormant: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('visit' as const),
      of,
      nth: fc.integer({ min: 0, max: 2 }),
      status: fc.constantFrom('PLANNED', 'HELD', 'CANCELLED'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('call' as const),
      of,
      nth: fc.integer({ min: 0, max: 2 }),
      status: fc.constantFrom('TODO', 'IN_PROGRESS', 'DONE'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('fill' as const),
      of,
      fields: fc.constantFrom<Fields>({ listPeriod: '2026' }, { legalName: 'L' }, { hasNeed: true }),
    }),
  },
)

/**
 * Moves, answers, gold: once a day and company. Two people who set the same field within a moment overwrite each other, and
 * what was set and taken back before anybody saw it leaves no trace.
 */
const once = (company: string) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    {
      weight: 3,
      arbitrary: fc.constantFrom<Deed>(
        { do: 'move', of: company, to: 'DEV_A02', fields: FILLED },
        { do: 'move', of: company, to: 'DEV_A02', fields: {} },
        { do: 'move', of: company, to: 'DEV_A09', fields: {} },
        { do: 'move', of: company, to: 'DEV_A01', fields: {} },
        { do: 'move', of: company, to: 'NO_SUCH', fields: {} },
      ),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom<Deed>(
        { do: 'answer', of: company, status: 'ACKNOWLEDGED' },
        { do: 'answer', of: company, status: 'RESOLVED' },
      ),
    },
    { weight: 2, arbitrary: fc.boolean().map((gold): Deed => ({ do: 'gold', of: company, gold })) },
    { weight: 1, arbitrary: fc.constant<Deed>({ do: 'remove', of: company }) },
  )

/** What was raised is answered in the morning; the facts of the day come after it. */
const day = fc
  .record({
    first: fc.tuple(...COMPANIES.map(once)),
    then: fc.array(loose, { maxLength: 10 }),
    days: fc.constantFrom(1, 2, 7, 30),
  })
  .map(({ first, then, days }) => ({
    answers: first.filter((deed) => deed?.do === 'answer'),
    deeds: [...first.filter((deed) => deed !== null && deed.do !== 'answer'), ...then] as Deed[],
    days,
  }))
type Day = { answers: (Deed | null)[]; deeds: Deed[]; days: number }

const live = (days: Day[], weather: Weather | null, waits = true): Town => {
  const town = new Town(weather, waits)
  for (const { answers, deeds, days: length } of days) {
    town.day(
      answers.filter((deed) => deed !== null),
      0,
    )
    town.day(deeds, length)
  }
  return town
}

const numbers = (seed: number): Weather => {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** The same histories each time; another number tries others. */
const seed = Number(process.env.LADDER_PROPERTY_SEED ?? 20260907)
const runs = (many: number) => ({ numRuns: many * Number(process.env.LADDER_PROPERTY_RUNS ?? 1), seed })

describe('delivery', () => {
  it.each([
    ['facts of one customer in order, as they are sent one after the other', true, 4],
    ['facts in any order too', false, 2],
  ])(
    'in any order, twice, or lost and healed by a sweep, %s: the same in the end as in fair weather',
    (_, waits, most) => {
      fc.assert(
        fc.property(fc.array(day, { minLength: 1, maxLength: most }), fc.integer({ min: 1 }), (days, seed) => {
          expect(live(days, numbers(seed), waits).picture()).toEqual(live(days, null).picture())
        }),
        runs(150),
      )
    },
  )

  it('when all webhooks are lost the sweep alone brings the same', () => {
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 3 }), (days) => {
        expect(live(days, () => 0.1).picture()).toEqual(live(days, null).picture())
      }),
      runs(100),
    )
  })

  it('own writes come to rest, and a sweep that finds nothing new writes nothing', () => {
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1 }), (days, seed) => {
        const town = live(days, numbers(seed))
        const before = town.picture()
        town.sweep()
        expect(town.picture()).toEqual(before)
      }),
      runs(100),
    )
  })
})
