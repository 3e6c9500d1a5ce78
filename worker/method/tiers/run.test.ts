import { describe, expect, it } from 'vitest'
import type { Broadcast, Gather, RatingRun } from '../../../schemas/events/index.ts'
import { BANK } from '../../../schemas/events/keys.ts'
import type { Attributes } from '../../../schemas/model/attributes.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { gatherFrom } from '../gather/index.ts'
import { compiled, Subject } from './kit.ts'

/** A small bank: its own subject and its customers, on one clock. */
class Town {
  readonly bank = new Subject(BANK)
  readonly people: Subject[] = []
  #broadcasts = 0
  #asked = 0

  constructor() {
    this.bank.feed({ type: 'time.passed', id: 'playbook/1' })
  }

  person(attributes: Attributes): Subject {
    const one = new Subject(`person:p${this.people.length}`).known()
    one.fact({ kind: 'customer.profile', customer: 'person', name: '李', attributes })
    this.people.push(one)
    return one
  }

  /** Answers what the bank asked, and tells everybody what it told; twice, as a crash would. */
  settle(): this {
    const gathers = this.bank.decisions.flatMap((one): Gather[] => (one.do === 'gather' ? [one.gather] : []))
    for (const { id, query, params } of gathers.slice(this.#asked)) {
      const states = this.people.map(({ state }) => state)
      const event = {
        type: 'gathered' as const,
        id,
        query,
        params,
        ...gatherFrom(states, query, params, this.bank.ctx),
      }
      this.bank.feed(event)
      this.bank.feed(event)
    }
    this.#asked = gathers.length
    const told = this.bank.decisions.flatMap((one): Broadcast[] => (one.do === 'broadcast' ? [one.event] : []))
    for (const event of told.slice(this.#broadcasts))
      for (const one of this.people) [event, event].map((e) => one.feed(e))
    this.#broadcasts = told.length
    return this
  }

  until(local: string): this {
    for (const one of [this.bank, ...this.people]) one.until(local)
    return this.settle()
  }

  ask(run: Partial<RatingRun>): this {
    const whole = {
      id: '',
      scheme: 'TIER-VALUE',
      step: 'RATE' as const,
      effectiveOn: null,
      exit: null,
      tiers: [],
      by: '',
    }
    this.bank.feed({ type: 'rating.run', id: `api/${JSON.stringify(run)}`, run: { ...whole, reason: '', ...run } })
    return this.settle()
  }

  get proposed(): unknown[] {
    return this.people.map(({ state }) => state.schemes?.['TIER-VALUE']?.proposed?.tier ?? null)
  }

  get values(): unknown[] {
    return this.people.map(({ customer }) => customer['ladderValueTier'] ?? null)
  }
}

const vip: Attributes = { avgBalanceLocal: 200_000_000 }
const negative = (loss: number): Attributes => ({ revenue: 0, cost: loss })
const last = (subject: Subject) => subject.upserts('tierRating').at(-1)

const newYear = () => {
  const town = new Town()
  const rich = town.person(vip)
  rich.save('tierRating', 'r1', {
    ...last(rich)?.fields,
    ladderKey: last(rich)?.key ?? '',
    approval: 'APPROVED',
    approvedBy: '王委员',
    reason: '同意',
  })
  for (let loss = 1; loss <= 20; loss++) town.person(negative(loss))
  return town
}

describe('a rating run', () => {
  it('TIER-RERATE: once a year on its day; VIP is confirmed for a year, none for life', () => {
    const town = newYear().until('2026-12-01 08:59')
    expect(town.bank.state.runs ?? {}).toEqual({})
    town.until('2026-12-01 09:00')
    expect(Object.keys(town.bank.state.runs ?? {})).toEqual(['TIER-VALUE/2026-12-01'])
    const [rich] = town.people
    expect(rich && last(rich)?.fields).toMatchObject({
      cause: 'YEARLY',
      oldTier: 'VIP',
      newTier: 'VIP',
      approval: 'AUTOMATIC',
    })
    rich?.fact({ kind: 'customer.profile', customer: 'person', name: '李', attributes: { avgBalanceLocal: 5 } })
    town.until('2027-12-01 18:00')
    expect(Object.keys(town.bank.state.runs ?? {})).toHaveLength(2)
    expect(town.proposed[0]).toBe('MASS')
    expect(town.values[0]).toBe('VIP')
  })

  it('TIER-RERATE: the set share of negative customers, who bring least, is proposed to leave: 10 % of 20 are two', () => {
    const town = newYear().until('2026-12-01 09:00')
    expect(town.people.filter((_, index) => town.proposed[index] === 'EXIT').map(({ state }) => state.ref)).toEqual([
      'person:p19',
      'person:p20',
    ])
    expect(town.people[20] && last(town.people[20])?.fields).toMatchObject({
      ...{ cause: 'EXIT', oldTier: 'NEGATIVE', newTier: 'EXIT', approval: 'PROPOSED', effectiveOn: '2027-01-01' },
      ...{ run: 'TIER-VALUE/2026-12-01', ruleVersion: 'v1', ruleRow: 'TIER_VALUE-2+exit' },
      inputs: expect.objectContaining({ contribution: -20 }),
    })
    expect(town.bank.openTasks()).toContain('bank:main/rerate/TIER-VALUE/2026-12-01/task')
    expect(town.people.flatMap((one) => one.openTasks())).toEqual([])
  })

  it('TIER-RERATE: approved in bulk with who and why, it is in force from the opening of its day', () => {
    const town = newYear().until('2026-12-01 09:00')
    const run = 'TIER-VALUE/2026-12-01'
    town.until('2026-12-10 10:00').ask({ id: run, step: 'APPROVED', by: '王委员', reason: '同意' })
    expect(town.values[20]).toBe('NEGATIVE')
    const leaving = town.people[20]
    expect(leaving?.written('tierRating', last(leaving)?.key ?? '')).toMatchObject({
      ...{ approval: 'APPROVED', approvedBy: '王委员', reason: '同意', effectiveOn: '2027-01-01' },
    })
    expect(town.bank.openTasks()).not.toContain(`bank:main/rerate/${run}/task`)
    town.until('2027-01-01 08:59')
    expect(town.values[20]).toBe('NEGATIVE')
    town.until('2027-01-01 09:00')
    expect(town.values.slice(17)).toEqual(['NEGATIVE', 'NEGATIVE', 'EXIT', 'EXIT'])
    expect(leaving?.customer['ladderEntitlements']).toContain('依法依约')
    expect(leaving?.openTasks().filter((key) => key.endsWith('/exit'))).toHaveLength(1)
    // to be let go stays, though the table says negative, until more is brought
    leaving?.fact({ kind: 'customer.profile', customer: 'person', name: '李', attributes: { cost: 30 } })
    expect(leaving?.customer['ladderValueTier']).toBe('EXIT')
    leaving?.fact({ kind: 'customer.profile', customer: 'person', name: '李', attributes: { revenue: 500 } })
    expect(leaving?.customer['ladderValueTier']).toBe('MASS')
  })

  it('TIER-RERATE: one by one on its record, with another date if people say so; refused with a reason, it is dropped', () => {
    const town = newYear().until('2026-12-01 09:00')
    const [, one, other] = [town.people[0], town.people[19], town.people[20]]
    const save = (subject: Subject | undefined, fields: object) =>
      subject?.save('tierRating', 'r9', { ...last(subject)?.fields, ladderKey: last(subject)?.key ?? '', ...fields })
    town.until('2026-12-02 10:00')
    save(one, { approval: 'APPROVED', approvedBy: '王委员', reason: '同意', effectiveOn: '2026-12-15' })
    save(other, { approval: 'REJECTED', reason: '仍有潜力' })
    expect(town.proposed.slice(19)).toEqual([null, null])
    town.until('2026-12-15 09:00')
    expect(town.values.slice(19)).toEqual(['EXIT', 'NEGATIVE'])
    // the rest of the run is answered without them
    town.ask({ id: 'TIER-VALUE/2026-12-01', step: 'REJECTED', by: '王', reason: '-' })
    expect(town.values.slice(19)).toEqual(['EXIT', 'NEGATIVE'])
  })

  it('TIER-RERATE: an answer may be to some tiers only', () => {
    const town = newYear().until('2026-12-01 09:00')
    town.ask({ id: 'TIER-VALUE/2026-12-01', step: 'APPROVED', tiers: ['TARGET'], by: '王', reason: '-' })
    expect(town.proposed.slice(19)).toEqual(['EXIT', 'EXIT'])
    expect(town.bank.state.runs?.['TIER-VALUE/2026-12-01']?.status).toBe('OPEN')
    const { rows, total } = gatherFrom(
      town.people.map(({ state }) => state),
      'proposals',
      { scheme: 'TIER-VALUE', run: 'TIER-VALUE/2026-12-01' },
      town.bank.ctx,
    )
    expect([total, rows[0]]).toMatchObject([2, { ref: 'person:p19', name: '华星', from: 'NEGATIVE', to: 'EXIT' }])
  })

  it('TIER-RERATE: mass customers with more contribution move up, by a changed table too, when asked for', () => {
    const town = new Town()
    const one = town.person({ revenue: 400_000, cost: 0 })
    expect(town.values).toEqual(['MASS'])
    const tables = structuredClone(defaultPlaybook.tables)
    const rule = tables.find(({ code }) => code === 'TIER_VALUE')?.table.rules[9]
    if (rule) rule.when[1] = '>= 4000'
    for (const subject of [town.bank, one]) subject.playbook = compiled({ ...defaultPlaybook, tables }, 2)
    town.until('2026-03-03 10:00').ask({ effectiveOn: '2026-04-01' })
    expect(last(one)?.fields).toMatchObject({
      cause: 'PROMOTION',
      oldTier: 'MASS',
      newTier: 'TARGET',
      ruleVersion: 'v2',
    })
    town.ask({ id: 'TIER-VALUE/2026-03-03', step: 'APPROVED', by: '王', reason: '贡献提高' }).until('2026-04-01 09:00')
    expect(one.customer['ladderValueTier']).toBe('TARGET')
    // asked for twice on one day is one run
    expect(Object.keys(town.bank.state.runs ?? {})).toHaveLength(1)
  })

  it('TIER-RERATE: new facts overtake what was decided for a later day', () => {
    const town = newYear().until('2026-12-01 09:00')
    town.ask({ id: 'TIER-VALUE/2026-12-01', step: 'APPROVED', by: '王', reason: '-' })
    const leaving = town.people[20]
    leaving?.fact({
      kind: 'customer.profile',
      customer: 'person',
      name: '李',
      attributes: { income: 99_000_000, cost: 0 },
    })
    expect(leaving?.customer['ladderValueTier']).toBe('TARGET')
    town.until('2027-01-05 10:00')
    expect(leaving?.customer['ladderValueTier']).toBe('TARGET')
  })
})
