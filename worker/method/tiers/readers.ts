import type { Fields, Value } from '../../../schemas/events/index.ts'
import { ATTRIBUTES, type AttributeName } from '../../../schemas/model/attributes.ts'
import type { Context } from '../context.ts'
import type { SubjectState } from '../state.ts'
import { ageOf, attributeOf, avgBalanceOf, contributionOf } from './attributes.ts'
import { isExisting, orderKey } from './order.ts'
import { usesOf } from './products.ts'
import { schemesOf, seenStanding } from './standings.ts'

type Reader = (state: SubjectState, ctx: Context) => Value

const names = Object.keys(ATTRIBUTES) as AttributeName[]

/** The result of a scheme beside the leading one. */
const result =
  (name: string): Reader =>
  (state, ctx) => {
    const scheme = schemesOf(state, ctx).find((one) => one.result === name)
    return (scheme && seenStanding(state, scheme)?.rating?.tier) ?? null
  }

/** Fields of a customer that show the result of a scheme, by the names of rules. */
export const RESULTS = ['valueTier', 'need', 'lifeNeed', 'strategy', 'metal', 'serviceClass'] as const

const readers: Record<string, Reader> = {
  ...Object.fromEntries(names.map((name): [string, Reader] => [name, (state) => attributeOf(state, name)])),
  ...Object.fromEntries(RESULTS.map((name) => [name, result(name)])),
  avgBalance: avgBalanceOf,
  contribution: contributionOf,
  age: (state, { playbook, now }) => ageOf(state, playbook.calendar.dateOf(now)),
  uses: usesOf,
  existing: isExisting,
  orderKey,
}

const SAMPLES = { money: 0, number: 0, boolean: false, text: '', date: '' }

/** What any rule may read of a customer besides what campaigns look at (TIER-VALUE, TIER-CLASS, TIER-ORDER), with samples. */
export const profileNames: Record<string, unknown> = {
  ...Object.fromEntries(names.map((name) => [name, SAMPLES[ATTRIBUTES[name]]])),
  ...Object.fromEntries(RESULTS.map((name) => [name, ''])),
  avgBalance: 0,
  contribution: 0,
  age: 0,
  /** Kinds of its open products. */
  uses: [],
  existing: false,
  orderKey: 0,
}

/** Names that rules read in yuan and ratings keep in fen. */
export const MONEY: ReadonlySet<string> = new Set([
  ...['amount', 'balance', 'avgBalance', 'contribution'],
  ...names.filter((name) => ATTRIBUTES[name] === 'money'),
])

/** One of `profileNames`, money in fen; undefined for another name. */
export const readProfile = (state: SubjectState, ctx: Context, name: string): Value | undefined =>
  Object.hasOwn(readers, name) ? readers[name]?.(state, ctx) : undefined

/** All of them as rules read them: money in yuan. */
export const profileOf = (state: SubjectState, ctx: Context): Fields =>
  Object.fromEntries(
    Object.entries(readers).map(([name, read]) => {
      const value = read(state, ctx)
      return [name, MONEY.has(name) && typeof value === 'number' ? value / 100 : value]
    }),
  )
