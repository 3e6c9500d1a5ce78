import fc from 'fast-check'
import type { Fields } from '../../schemas/events/index.ts'
import { COMPANIES, type Deed } from './town.ts'

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
export const day = fc
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
export type Day = { answers: (Deed | null)[]; deeds: Deed[]; days: number }
