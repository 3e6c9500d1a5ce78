import type { Context } from '../context.ts'
import { contextOf } from '../org/context.ts'
import type { SubjectState } from '../state.ts'
import { flowsBetween, type Marks, marksOf } from './flows.ts'
import { add, type Figures } from './keys.ts'
import { type Listed, listingOf } from './listing.ts'
import { stockOf } from './stock.ts'
import { whoseOf } from './whose.ts'

/** What of a subject is in the figures already: kept beside its state, so that it is taken out again exactly. */
export interface Counted {
  stock: Figures
  marks: Marks
}

/**
 * How the figures change because a subject now stands as it does (MEAS). `before`: what was counted of it last; null for a
 * subject that was never counted though it was there: it adds what it is, but nothing has happened to it.
 */
export const countIn = (
  state: SubjectState,
  outer: Context,
  before: Counted | null,
): { change: Figures; counted: Counted; listed: Listed | null } => {
  const ctx = contextOf(state, outer)
  const whose = whoseOf(state, ctx)
  const stock = stockOf(state, ctx, whose)
  const marks = marksOf(state, ctx)
  const change: Figures = before ? flowsBetween(before.marks, marks, state, ctx, whose) : {}
  for (const key in stock) add(change, key, stock[key])
  for (const key in before?.stock) add(change, key, -(before?.stock[key] ?? 0))
  const news = Object.fromEntries(Object.entries(change).filter(([, by]) => by !== 0))
  return { change: news, counted: { stock, marks }, listed: listingOf(state, ctx, stock, whose) }
}

/** How the figures change when a subject is let go of: what it was is taken out, what happened stays. */
export const countOut = ({ stock }: Counted): Figures =>
  Object.fromEntries(Object.entries(stock).map(([key, value]) => [key, -value]))

/** What is counted of a subject that has just become known. */
export const newlyKnown = (now: number): Counted => ({
  stock: {},
  marks: {
    at: now,
    tier: null,
    contact: null,
    due: null,
    funded: false,
    stages: {},
    escalations: {},
    calls: {},
    merged: 0,
  },
})
