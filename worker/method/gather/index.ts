import type { Fields, GatheredRow } from '../../../schemas/events/index.ts'
import type { Context } from '../context.ts'
import { contextOf } from '../org/context.ts'
import { touched } from '../occasions/wide.ts'
import { isSeen, type Seen } from '../measures/report.ts'
import { whoseOf } from '../measures/whose.ts'
import type { SubjectState } from '../state.ts'
import { calls } from './calls.ts'
import { negatives, proposals } from './rating-run.ts'
import { sources } from './sources.ts'
import { holders } from './holders.ts'
import { split } from './split.ts'
import { audience } from './audience.ts'
import { guests } from './guests.ts'
import { weekly } from './weekly.ts'

/**
 * What can be asked of all customers. Pure, and made so that customers may be looked at in slices, in any order, in many
 * Books: `join` puts rows of several slices together, and cuts them so that an answer stays small.
 */
export interface Gatherer {
  /** Asked of subjects without a customer too. */
  everybody?: boolean
  /** Its own `join` keeps an answer small: figures that are added up, or so many rows of each RM. */
  whole?: boolean
  /** The rows of one customer; none when the question passes it by. */
  rows(state: SubjectState, ctx: Context, params: Fields): GatheredRow[]
  /** In order, the most important first, and no more than an answer should hold. */
  join(rows: GatheredRow[], params: Fields): GatheredRow[]
}

const gatherers: Record<string, Gatherer> = {
  weekly,
  negatives,
  proposals,
  sources,
  calls,
  split,
  holders,
  touched,
  guests,
  audience,
}

/** An answer as far as it goes: `total` counts the rows before they were cut. */
export interface Answer {
  rows: GatheredRow[]
  total: number
}

/** More rows than that aren't kept of customers by name: an answer is one row of a database. `total` counts them all. */
const MOST_ROWS = 5000

/**
 * Adds what a slice of customers answers to what is known already; an unknown query gets no rows. `seen`: only those of these
 * branches, or of this RM, are asked.
 */
export const gatherFrom = (
  states: readonly SubjectState[],
  query: string,
  params: Fields,
  ctx: Context,
  known: Answer = { rows: [], total: 0 },
  seen?: Seen,
): Answer => {
  const gatherer = gatherers[query]
  if (!gatherer) return known
  const fresh = states
    .filter(({ ref }) => gatherer.everybody === true || /^(company|person):/.test(ref))
    .flatMap((state) => {
      const own = contextOf(state, ctx)
      return seen && !isSeen(whoseOf(state, own), seen) ? [] : gatherer.rows(state, own, params)
    })
  return joinAnswers(query, params, known, { rows: fresh, total: fresh.length })
}

/** Two answers to the same question as one. */
export const joinAnswers = (query: string, params: Fields, a: Answer, b: Answer): Answer => {
  const gatherer = gatherers[query]
  const rows = gatherer?.join([...a.rows, ...b.rows], params) ?? []
  return { rows: gatherer?.whole ? rows : rows.slice(0, MOST_ROWS), total: a.total + b.total }
}
