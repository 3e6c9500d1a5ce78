import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Fact, LadderEvent, RecordChanged } from '../../schemas/events/index.ts'
import { Subject } from '../../worker/method/tiers/kit.ts'

const START = Date.parse('2026-03-02T01:00:00Z')
const at = (hour: number) => new Date(START + hour * 3_600_000).toISOString()

const fact = (hour: number, n: number, data: Fact['data']): Fact => ({
  type: 'fact',
  id: `f${n}`,
  customerNo: 'no',
  at: at(hour),
  data,
})
const change = (hour: number, n: number, object: string, id: string, fields: RecordChanged['record']['fields']) => ({
  type: 'record.changed' as const,
  id: `r${n}`,
  via: 'webhook' as const,
  record: { object, id, at: at(hour), createdAt: at(0), deleted: false, fields },
})

/** What may happen to a company within three weeks. Every event has its own hour, so their order is told by the events. */
const happening = fc.oneof(
  fc.integer({ min: 0, max: 4000 }).map(
    (tenThousands) =>
      (hour: number, n: number): LadderEvent =>
        fact(hour, n, { kind: 'balance.changed', amount: tenThousands * 1_000_000 }),
  ),
  fc.boolean().map((dormant) => (hour: number, n: number) => fact(hour, n, { kind: 'account.dormant', dormant })),
  fc
    .record({ gold: fc.option(fc.boolean(), { nil: undefined }), days: fc.option(fc.integer({ min: 1, max: 300 })) })
    .map(
      ({ gold, days }) =>
        (hour: number, n: number) =>
          fact(hour, n, {
            kind: 'customer.profile',
            customer: 'company',
            name: '华星',
            ...(gold === undefined ? {} : { gold }),
            ...(days === null ? {} : { lastContactOn: at(-days * 24).slice(0, 10) }),
          }),
    ),
  fc
    .constantFrom('holding.matured' as const, 'holding.closed' as const)
    .map((kind) => (hour: number, n: number) => fact(hour, n, { kind, holding: 'h', on: '2026-03-05' })),
  fc
    .integer({ min: 1, max: 9 })
    .map(
      (amount) => (hour: number, n: number) =>
        fact(hour, n, { kind: 'holding.opened', holding: 'h', product: 'P', amount, openedOn: '2026-03-02' }),
    ),
  fc
    .boolean()
    .map(
      (gold) => (hour: number, n: number) =>
        change(hour, n, 'company', 'c1', { name: '华星', accountOwnerId: 'rm', ladderGold: gold }),
    ),
  fc
    .constantFrom('PLANNED', 'HELD', 'CANCELLED')
    .map((status) => (hour: number, n: number) => change(hour, n, 'visit', 'v1', { status, heldAt: at(hour) })),
  fc
    .constantFrom('TODO', 'DONE')
    .map((status) => (hour: number, n: number) => change(hour, n, 'task', 't1', { ladderKind: 'CALL', status })),
)

const histories = fc
  .array(happening, { minLength: 1, maxLength: 14 })
  .map((list): LadderEvent[] => [
    change(0, 0, 'company', 'c1', { name: '华星', accountOwnerId: 'rm', ladderGold: false }),
    ...list.map((make, index) => make((index + 1) * 30, index + 1)),
  ])

/** Plays a history when all of it has happened; a sweep then brings the records as they are. */
const play = (events: LadderEvent[], history: LadderEvent[]) => {
  const subject = new Subject('company:c1').at('2026-03-25 10:00')
  for (const event of events) subject.feed(event)
  const latest = new Map<string, RecordChanged>()
  for (const event of history) if (event.type === 'record.changed') latest.set(event.record.id, event)
  for (const event of latest.values()) subject.feed({ ...event, via: 'sweep' })
  return subject
}

const essence = (subject: Subject) => {
  const { balances, profile, holdings, rating, escalations } = subject.state
  const shown = ['ladderNextContactDue', 'ladderLastContactOn', 'ladderBalance', 'ladderDormant', 'ladderTier']
  return {
    balances,
    profile,
    holdings,
    tier: rating?.tier,
    contacts: rating?.contactsPerYear,
    // to a CRM, no and nothing are the same
    fields: shown.map((name) => subject.customer[name] || null),
    // how often one was raised and settled on the way depends on the way: its running number or due date is in its key
    tasks: subject
      .openTasks()
      .map((key) => key.replace(/(ESC_\w+)\/.*\/task\/(\d+)\/\d+$/, '$1 level $2'))
      .sort(),
    open: Object.values(escalations)
      .filter(({ status }) => status !== 'RESOLVED')
      .map(({ cause, about, level, detail }) => `${cause} ${about} ${level} ${detail}`)
      .sort(),
  }
}

const disturbed = histories.chain((history) =>
  fc.record({
    history: fc.constant(history),
    order: fc.shuffledSubarray([...history, ...history], { minLength: history.length * 2 }),
    lost: fc.uniqueArray(fc.integer({ min: 0, max: history.length })),
  }),
)

it('TIER-CORP, TIER-CONTACT, ESC-MOVE: in any order, doubled, with lost webhooks healed by a sweep, the end is the same', () => {
  fc.assert(
    fc.property(disturbed, ({ history, order, lost }) => {
      const arrived = order.filter((event) => event.type === 'fact' || !lost.includes(history.indexOf(event)))
      expect(essence(play(arrived, history))).toEqual(essence(play(history, history)))
    }),
    { numRuns: 1500 },
  )
})

it('TIER-RERATE: a history delivered twice in order rates once', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const once = play(history, history)
      const twice = play([...history, ...history], history)
      expect(twice.state).toEqual(once.state)
      expect(twice.upserts('tierRating')).toEqual(once.upserts('tierRating'))
    }),
    { numRuns: 500 },
  )
})

it('an event that tells nothing new decides nothing', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const subject = play(history, history)
      for (const event of history) expect(subject.feed(event)).toEqual([])
    }),
    { numRuns: 300 },
  )
})
