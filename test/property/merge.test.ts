import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Fact, LadderEvent, RecordChanged, SubjectMerged } from '../../schemas/events/index.ts'
import type { SubjectState } from '../../worker/method/state.ts'
import { Lab } from '../../worker/method/stages/kit.ts'

/*
 * Two records of one customer, each with its number and its history, become one. When the merge is heard, and in which order
 * and how often the rest, must not change how the customer stands in the end.
 */

const START = Date.parse('2026-03-02T01:00:00Z')
const at = (hour: number) => new Date(START + hour * 3_600_000).toISOString()
const NOW = '2026-03-25 10:00'

const fact = (of: string, hour: number, n: number, data: Fact['data']): Fact => ({
  type: 'fact',
  id: `f${n}`,
  customerNo: of.toUpperCase(),
  at: at(hour),
  data,
})
const change = (hour: number, n: number, object: string, id: string, fields: RecordChanged['record']['fields']) => ({
  type: 'record.changed' as const,
  id: `r${n}`,
  via: 'sweep' as const,
  record: { object, id, at: at(hour), createdAt: at(0), deleted: false, fields },
})
const known = (of: string): LadderEvent =>
  change(0, of === 'w' ? 1 : 2, 'company', of, {
    name: '华星',
    accountOwnerId: 'rm',
    ladderCustomerNo: of.toUpperCase(),
  })

type Happening = (of: string, hour: number, n: number) => LadderEvent
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.integer({ min: 0, max: 4000 }).map(
    (units): Happening =>
      (of, hour, n) =>
        fact(of, hour, n, { kind: 'balance.changed', amount: units * 1_000_000 }),
  ),
  fc.boolean().map(
    (dormant): Happening =>
      (of, hour, n) =>
        fact(of, hour, n, { kind: 'account.dormant', dormant }),
  ),
  fc.boolean().map(
    (gold): Happening =>
      (of, hour, n) =>
        fact(of, hour, n, { kind: 'customer.profile', customer: 'company', name: '华星', gold }),
  ),
  fc.constantFrom('PLANNED', 'HELD').map(
    (status): Happening =>
      (of, hour, n) =>
        change(hour, n, 'visit', `v-${of}`, { status, heldAt: at(hour), company: of }),
  ),
  fc.constantFrom('TODO', 'DONE').map(
    (status): Happening =>
      (of, hour, n) =>
        change(hour, n, 'task', `t-${of}`, { ladderKind: 'CALL', status }),
  ),
  fc.integer({ min: 1, max: 9 }).map(
    (amount): Happening =>
      (of, hour, n) =>
        fact(of, hour, n, { kind: 'holding.opened', holding: `h-${of}`, product: 'P', amount, openedOn: '2026-03-02' }),
  ),
  fc.constantFrom('h-w', 'h-l').map(
    (holding): Happening =>
      (of, hour, n) =>
        fact(of, hour, n, { kind: 'holding.closed', holding, on: '2026-03-05' }),
  ),
)

interface History {
  winner: LadderEvent[]
  loser: LadderEvent[]
}
const histories: fc.Arbitrary<History> = fc
  .array(fc.record({ of: fc.constantFrom('w', 'l'), make: happening }), { minLength: 1, maxLength: 14 })
  .map((list) => {
    const events = list.map(({ of, make }, index) => ({ of, event: make(of, (index + 1) * 30, index + 10) }))
    const only = (of: string) => events.filter((one) => one.of === of).map((one) => one.event)
    return { winner: only('w'), loser: only('l') }
  })

const lab = (of: string): Lab => {
  const subject = Lab.of(`company:${of}`)
  subject.at(NOW)
  subject.feed(known(of))
  return subject
}

const mergeOf = (loser: Lab): SubjectMerged => ({
  type: 'subject.merged',
  id: 'merged',
  from: 'company:l',
  at: at(500),
  state: structuredClone(loser.state),
})

/** Loser's events up to `heard` come while it is on its own; all others reach the winner, mixed by `turns`. */
const play = ({ winner, loser }: History, heard: number, turns: number[], twice: boolean): Lab => {
  const [one, other] = [lab('w'), lab('l')]
  for (const event of loser.slice(0, heard)) other.feed(event)
  const late = loser.slice(heard)
  const before = turns[0] ?? 0
  for (const event of winner.slice(0, before % (winner.length + 1))) one.feed(event)
  const merge = mergeOf(other)
  one.feed(merge)
  const rest = [...winner.slice(before % (winner.length + 1)), ...late]
  for (const turn of turns) {
    const [event] = rest.splice(turn % Math.max(1, rest.length), 1)
    if (event) one.feed(event)
    if (twice) one.feed(merge)
  }
  for (const event of rest) one.feed(event)
  if (twice) for (const event of [...winner, ...loser, merge]) one.feed(event)
  return one
}

/** How the customer stands: what doesn't tell on which way it came about. */
const picture = ({ state }: Lab) => ({
  balances: state.balances,
  tier: state.rating?.tier ?? null,
  profile: state.profile,
  holdings: state.holdings,
  records: Object.fromEntries(Object.entries(state.records).filter(([object]) => object !== 'company')),
  shown: ['ladderTier', 'ladderBalance', 'ladderDormant', 'ladderLastContactOn'].map(
    (name) => state.records['company']?.['w']?.fields[name] || null,
  ),
})

it('a merge heard early, late or twice, amid facts of both numbers in any order: the customer stands the same', () => {
  fc.assert(
    fc.property(
      histories,
      fc.nat(14),
      fc.array(fc.nat(20), { minLength: 1, maxLength: 20 }),
      fc.boolean(),
      (history, heard, turns, twice) => {
        const straight = play(history, history.loser.length, [history.winner.length], false)
        expect(picture(play(history, heard, turns, twice))).toEqual(picture(straight))
      },
    ),
    { numRuns: 400 },
  )
})

it('ESC-LADDER: after a merge no cause stands twice, and no two open tasks have one meaning', () => {
  fc.assert(
    fc.property(
      histories,
      fc.nat(14),
      fc.array(fc.nat(20), { minLength: 1, maxLength: 20 }),
      (history, heard, turns) => {
        const subject = play(history, heard, turns, true)
        subject.until('2026-09-30 18:00')
        const standing = subject.escalations().filter((one) => one.standing)
        expect(new Set(standing.map(({ cause, about }) => `${cause} ${about}`)).size).toBe(standing.length)
        const meanings = subject.openTasks().map((key) => key.replace(/^company:[wl]\//, ''))
        expect(new Set(meanings).size).toBe(meanings.length)
      },
    ),
    { numRuns: 150 },
  )
})

it('who is merged leaves nothing behind: all of its work is the winner’s', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const [one, other] = [lab('w'), lab('l')]
      for (const event of history.loser) other.feed(event)
      const before: SubjectState = structuredClone(other.state)
      one.feed(mergeOf(other))
      expect(other.state).toEqual(before)
      expect(Object.keys(one.state.tasks)).toHaveLength(Object.keys(before.tasks).length)
      expect(Object.keys(one.state.holdings)).toEqual(Object.keys(before.holdings))
    }),
    { numRuns: 100 },
  )
})
