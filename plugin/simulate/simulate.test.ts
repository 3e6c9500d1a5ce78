import { describe, expect, it } from 'vitest'
import type { Decision } from '../../schemas/events/index.ts'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import type { Playbook } from '../../schemas/playbook/index.ts'
import { workingCalendar } from '../../worker/method/calendar/index.ts'
import { decideInPlace } from '../../worker/method/decide.ts'
import { inventedOnes } from './customers.ts'
import { type Invariant, INVARIANTS } from './invariants/index.ts'
import { printed } from './print.ts'
import { simulate } from './run.ts'
import type { Decide } from './shell.ts'

const FROM = '2026-03-02'
const calendar = workingCalendar(defaultPlaybook.calendar)

const run = (customers: number, days: number, decide?: Decide, playbook = defaultPlaybook) =>
  simulate({
    playbook,
    population: inventedOnes(customers, 7, calendar.instantOf(FROM, '00:00')),
    from: FROM,
    days,
    seed: 7,
    ...(decide ? { decide } : {}),
  })

describe('a simulation', () => {
  it('sixty days of 200 customers: all that must hold holds, every rule has work, and the same seed gives the same bytes', () => {
    const first = run(200, 60)
    expect(first.invariants).toMatchObject({ broken: 0, first: [] })
    expect(first.invariants.customerDays).toBeGreaterThan(11_000)
    const { totals } = first
    for (const kind of ['CONTACT', 'ESCALATION', 'CAMPAIGN', 'WEEK'])
      expect(totals.tasks.made[kind]?.made).toBeGreaterThan(5)
    const climbed = Object.values(totals.escalations).map(({ raised = 0, level2 = 0 }) => [raised, level2] as const)
    expect(Math.max(...climbed.map(([raised]) => raised))).toBeGreaterThan(5)
    expect(Math.max(...climbed.map(([, level2]) => level2))).toBeGreaterThan(0)
    expect(Object.values(totals.developments).some(({ moved = 0 }) => moved > 0)).toBe(true)
    expect(totals.campaigns['CAMP-S1']?.guests).toBeGreaterThan(0)
    const second = run(200, 60)
    expect(JSON.stringify(second)).toBe(JSON.stringify(first))
    expect(printed(second)).toEqual(printed(first))
  })

  it('DEV-B, DEV-C, DEV-D, DEV-E, DEV-F, DEV-G, DEV-H: each pipeline is walked, by customers that it is for', () => {
    const pipelines = defaultPlaybook.pipelines.map((one) => ({ ...one, active: true }))
    const wish = {
      playbook: { ...defaultPlaybook, pipelines },
      population: inventedOnes(180, 7, calendar.instantOf(FROM, '00:00')),
      ...{ from: FROM, days: 105, seed: 7, developments: 18 },
    }
    const { totals, invariants } = simulate(wish)
    expect(invariants).toMatchObject({ broken: 0, first: [] })
    const begun = Object.entries(totals.developments).filter(([, { begun = 0, moved = 0 }]) => begun > 0 && moved > 0)
    expect(begun.map(([code]) => code).sort()).toEqual(pipelines.map(({ code }) => code))
    // each of these to its end
    for (const { id, stages } of pipelines.slice(1)) expect(totals.rules, id).toHaveProperty([stages.at(-1)?.id ?? ''])
    expect(totals.tasks.made.STAGE?.made).toBeGreaterThan(100)
  })

  it('DEV-D: one that is wanted in a pipeline that is switched off isn’t begun, and another one is chosen', () => {
    const { totals } = simulate({
      playbook: defaultPlaybook,
      population: inventedOnes(180, 7, calendar.instantOf(FROM, '00:00')),
      ...{ from: FROM, days: 30, seed: 7, developments: 40 },
    })
    const off = Object.entries(totals.developments).filter(([code]) => /DEV_[D-H]/.test(code))
    const sum = (name: string): number => off.reduce((all, [, counts]) => all + (counts[name] ?? 0), 0)
    expect(sum('wanted')).toBeGreaterThan(0)
    expect([sum('refused'), sum('begun')]).toEqual([sum('wanted'), 0])
    const on = Object.entries(totals.developments).filter(([code]) => /DEV_[A-C]/.test(code))
    expect(on.map(([, { begun = 0 }]) => begun > 0)).toEqual([true, true, true])
  })

  it('another seed gives other bytes', () => {
    const short = run(30, 20)
    const other = simulate({
      playbook: defaultPlaybook,
      population: inventedOnes(30, 8, calendar.instantOf(FROM, '00:00')),
      from: FROM,
      days: 20,
      seed: 8,
    })
    expect(other.totals.digest).not.toBe(short.totals.digest)
  })

  it('beyond the published holidays it says from when on plain weekdays are used', () => {
    expect(run(1, 5).uncertainFrom).toBeNull()
    const late = simulate({
      playbook: defaultPlaybook,
      population: inventedOnes(1, 7, 0),
      from: '2026-12-30',
      days: 4,
      seed: 7,
    })
    expect(late.uncertainFrom).toBe('2027-01-01')
    expect(printed(late)[1]).toContain('2027-01-01')
  })
})

const withDecisions =
  (change: (decisions: Decision[]) => Decision[]): Decide =>
  (state, event, ctx) => {
    const outcome = decideInPlace(state, event, ctx)
    return { ...outcome, decisions: change(outcome.decisions) }
  }
const without = (object: string, cause?: string): Decide =>
  withDecisions((decisions) =>
    decisions.filter(
      (one) =>
        !(one.do === 'upsert' && one.object === object && (cause === undefined || one.key.includes(`/${cause}/`))),
    ),
  )

/** Rules with one fault each. */
const FAULTS: [invariant: Invariant, fault: string, decide: Decide][] = [
  [
    'next-contact',
    'the next contact is not written',
    withDecisions((decisions) =>
      decisions.map((one) =>
        one.do === 'update' && 'ladderNextContactDue' in one.fields
          ? { ...one, fields: { ...one.fields, ladderNextContactDue: null } }
          : one,
      ),
    ),
  ],
  ['overdue', 'overdue contacts are not raised', without('escalation', 'ESC_CADENCE')],
  ['stalled', 'stalled developments are not raised', without('escalation', 'ESC_STALL')],
  [
    'allowance',
    'the timer of an escalation is lost',
    (state, event, ctx) => {
      const outcome = decideInPlace(state, event, ctx)
      const isOpen = Object.values(outcome.state.escalations).some(({ status }) => status === 'OPEN')
      return isOpen ? { ...outcome, nextDue: null } : outcome
    },
  ],
  ['history', 'ratings are not recorded', without('tierRating')],
  [
    'twice',
    'a contact task is made under two keys',
    withDecisions((decisions) =>
      decisions.flatMap((one) =>
        one.do === 'upsert' && one.object === 'task' && one.fields.ladderKind === 'CONTACT'
          ? [one, { ...one, key: `${one.key}/again` }]
          : [one],
      ),
    ),
  ],
  [
    'working-time',
    'the rules take every hour for working time',
    (state, event, ctx) => {
      const hours = [{ from: '00:00', to: '00:00' }]
      const always = { ...defaultPlaybook.calendar, hours, weekdays: [1, 2, 3, 4, 5, 6, 7], country: 'NONE' as const }
      return decideInPlace(state, event, { ...ctx, playbook: { ...ctx.playbook, calendar: workingCalendar(always) } })
    },
  ],
]

/** A stage may take one working day, so that some of them stall. */
const hurried: Playbook = {
  ...defaultPlaybook,
  pipelines: defaultPlaybook.pipelines.map((pipeline) => ({
    ...pipeline,
    stages: pipeline.stages.map((stage) => ({ ...stage, allowanceDays: 1 })),
  })),
}

describe('a fault in a rule is caught, with customer, day and rule', () => {
  it.each(FAULTS)('%s: %s', (invariant, _, decide) => {
    // few stall, so that there have to be many
    const { invariants } = invariant === 'stalled' ? run(100, 120, decide, hurried) : run(60, 40, decide, hurried)
    const found = invariants.first.find((one) => one.invariant === invariant)
    expect(found).toMatchObject({ rule: INVARIANTS[invariant].rule })
    expect(found?.customer).toMatch(/^(company|person):[CP]\d+$/)
    expect(found?.day).toMatch(/^2026-0[345]-\d\d$/)
    expect(invariants.broken).toBeGreaterThanOrEqual(invariants.first.length)
  })

  it('each invariant has such a fault', () => {
    expect(new Set(FAULTS.map(([invariant]) => invariant))).toEqual(new Set(Object.keys(INVARIANTS)))
  })
})
