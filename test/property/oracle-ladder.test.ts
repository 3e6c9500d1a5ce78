import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Decision, LadderEvent } from '../../schemas/events/index.ts'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import type { EscalationPolicy, Role } from '../../schemas/playbook/index.ts'
import { Subject } from '../../worker/method/tiers/kit.ts'
import { Clerk, Climb, type Deed, isOpen, QUARTER, type Rung } from './oracles/ladder.ts'

const ROLES: Role[] = ['RM', 'SUB_BRANCH_PRESIDENT', 'VICE_PRESIDENT', 'PRESIDENT']
const START = Date.parse('2026-01-05T00:00:00Z')
const DAY = 86_400_000

/** Keeps when each thing was decided. */
class Watched extends Subject {
  readonly log: { at: string; decision: Decision }[] = []

  override feed(event: LadderEvent): Decision[] {
    const decisions = super.feed(event)
    this.log.push(...decisions.map((decision) => ({ at: new Date(this.now).toISOString(), decision })))
    return decisions
  }

  /** To an instant, with all that falls due until then. */
  to(at: number): void {
    const local = new Date(at + 8 * 3_600_000).toISOString()
    this.until(`${local.slice(0, 10)} ${local.slice(11, 16)}`, 5000)
  }

  /** `instant level` of each time that somebody was told of an escalation. */
  told(key: string): string[] {
    return this.#made('task').flatMap(({ at, key: task }) =>
      task.startsWith(`${key}/task/`) ? [`${at} ${task.split('/').at(-2)}`] : [],
    )
  }

  contactTasks(): string[] {
    return this.#made('task').flatMap(({ at, key }) => (key.includes('/contact/') ? [`${at} ${key.slice(-10)}`] : []))
  }

  #made(object: string): { at: string; key: string }[] {
    return this.log.flatMap(({ at, decision }) =>
      decision.do === 'upsert' && decision.object === object && 'title' in decision.fields
        ? [{ at, key: decision.key }]
        : [],
    )
  }
}

const rungs = fc
  .uniqueArray(fc.constantFrom(...ROLES), { minLength: 1, maxLength: 4 })
  .chain((roles) =>
    fc
      .array(fc.integer({ min: 6, max: 120 }), { minLength: roles.length, maxLength: roles.length })
      .map((list): Rung[] => roles.map((role, index) => ({ role, quarters: list[index] ?? 1 }))),
  )
const policy = (id: string, causes: string, tiers: string, list: Rung[]): EscalationPolicy => ({
  id,
  name: { en: id, zh: id },
  causes,
  tiers,
  levels: list.map(({ role, quarters }) => ({ role: role as Role, allowanceMinutes: quarters * 15 })),
})
const holders = fc.subarray(ROLES.filter((role) => role !== 'RM'))
const holdersOf = (held: Role[]): Partial<Record<Role, string>> => Object.fromEntries(held.map((role) => [role, role]))
const status = fc.constantFrom('OPEN' as const, 'ACKNOWLEDGED' as const, 'RESOLVED' as const)

/** At most one thing a day, on any quarter of it, day or night. */
const deeds = (most: number, what: fc.Arbitrary<Deed['what']>, days: number) =>
  fc
    .uniqueArray(fc.record({ day: fc.integer({ min: 1, max: days }), quarter: fc.nat({ max: 95 }), what }), {
      maxLength: most,
      selector: ({ day }) => day,
    })
    .map((list): Deed[] =>
      list
        .sort((a, b) => a.day - b.day)
        .map(({ day, quarter, what: done }) => ({ at: START + day * DAY + quarter * QUARTER, what: done })),
    )

const ways = ['visit', 'call', 'task'] as const
const contactLife: fc.Arbitrary<Deed['what']> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(20_000, 49_999, 50_000, 100_000, 100_001)
      .map((yuan): Deed['what'] => ({ kind: 'balance', yuan })),
  },
  { weight: 3, arbitrary: fc.constant<Deed['what']>({ kind: 'contact' }) },
  { weight: 4, arbitrary: status.map((to): Deed['what'] => ({ kind: 'answer', status: to })) },
)

const perform = (subject: Watched, { what }: Deed, index: number): void => {
  if (what.kind === 'balance') return void subject.balance(what.yuan, `b${index}`)
  if (what.kind === 'answer') {
    const last = subject.escalations().findLast(({ cause }) => cause === 'ESC_CADENCE')
    if (last) subject.save('escalation', last.key, { ladderKey: last.key, status: what.status })
    return
  }
  const way = ways[index % ways.length]
  const open = subject.openTasks().find((key) => key.includes('/contact/'))
  if (way === 'task' && open) subject.save('task', open, { ladderKey: open, ladderKind: 'CONTACT', status: 'DONE' })
  else if (way === 'call') subject.save('task', `call-${index}`, { ladderKind: 'CALL', status: 'DONE' })
  else subject.save('visit', `v${index}`, { status: 'HELD', heldAt: new Date(subject.now).toISOString() })
}

it('TIER-CONTACT, ESC-CADENCE, ESC-LADDER: a year of an individual is as a clerk keeps them who looks each quarter of an hour', () => {
  fc.assert(
    fc.property(
      fc.record({
        high: rungs,
        others: rungs,
        held: holders,
        leadDays: fc.integer({ min: 0, max: 15 }),
        first: fc.constantFrom(30_000, 60_000, 150_000),
        list: deeds(12, contactLife, 380),
      }),
      ({ high, others, held, leadDays, first, list }) => {
        const subject = new Watched(
          'person:p1',
          {
            cadence: { leadDays },
            calendar: { ...defaultPlaybook.calendar, coveredUntil: '2026-12-31' },
            escalations: [policy('HIGH', '"ESC-CADENCE"', '"HIGH"', high), policy('ALL', '-', '-', others)],
          },
          holdersOf(held),
        )
        const clerk = new Clerk(
          (tier) => (tier === 'HIGH' ? high : others),
          leadDays,
          (role) => role === 'RM' || held.some((one) => one === role),
        )
        subject.now = START
        subject.known()
        const all: Deed[] = [{ at: START, what: { kind: 'balance', yuan: first } }, ...list]
        all.forEach((deed, index) => {
          subject.to(deed.at)
          perform(subject, deed, index)
        })
        const end = START + 400 * DAY
        subject.to(end)
        const done = new Map(all.map((deed) => [deed.at, deed]))
        for (let at = START; at <= end; at += QUARTER) clerk.quarter(at, done.get(at))

        expect(subject.contactTasks()).toEqual(clerk.tasks)
        const raised = subject.escalations().filter(({ cause }) => cause === 'ESC_CADENCE')
        expect(raised.map(({ key, status: now, level }) => ({ told: subject.told(key), status: now, level }))).toEqual(
          clerk.escalations.map(({ climb }) => ({ told: climb.told, status: climb.status, level: climb.level })),
        )
      },
    ),
    { numRuns: 25 },
  )
})

it('ESC-MOVE, ESC-LADDER: what a fall at any hour starts climbs as counted quarter by quarter, whatever is answered', () => {
  fc.assert(
    fc.property(
      fc.record({
        list: rungs,
        held: holders,
        owned: fc.boolean(),
        fall: fc.nat({ max: 10 * 96 }),
        answers: deeds(
          8,
          status.map((to): Deed['what'] => ({ kind: 'answer', status: to })),
          55,
        ),
      }),
      ({ list, held, owned, fall, answers }) => {
        const subject = new Watched('company:c1', { escalations: [policy('ALL', '-', '-', list)] }, holdersOf(held))
        subject.now = START - DAY
        subject.known({ accountOwnerId: owned ? 'rm' : null })
        subject.balance(50_000_000)
        const fallsAt = START + fall * QUARTER
        subject.to(fallsAt)
        subject.balance(10_000_000)
        const { key } = subject.escalations()[0] ?? { key: '' }
        const climb = new Climb(list, (role) => (role === 'RM' ? owned : held.some((one) => one === role)), fallsAt)
        const later = answers.filter(({ at }) => at > fallsAt)
        for (const { at, what } of later) {
          subject.to(at)
          if (what.kind === 'answer') subject.save('escalation', 'e1', { ladderKey: key, status: what.status })
        }
        const end = START + 60 * DAY
        subject.to(end)
        const done = new Map(later.map((deed) => [deed.at, deed]))
        for (let at = fallsAt; at <= end; at += QUARTER) {
          if (isOpen(at)) climb.look(at)
          const what = done.get(at)?.what
          if (what?.kind === 'answer') climb.answer(what.status, at)
          if (isOpen(at)) climb.work()
        }
        expect(subject.told(key)).toEqual(climb.told)
        expect(subject.escalations()[0]).toMatchObject({ status: climb.status, level: climb.level })
      },
    ),
    { numRuns: 150 },
  )
})
