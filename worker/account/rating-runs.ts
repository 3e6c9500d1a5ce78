import type { RatingRun } from '../../schemas/events/index.ts'
import { BANK } from '../../schemas/events/keys.ts'
import type { BankRun } from '../method/state.ts'
import { applyInBooks } from './books.ts'
import { bookOf } from './merging.ts'
import { forceOf } from './method.ts'
import type { Parts } from './parts.ts'

/** Rating runs of an account (TIER-RERATE), the newest first. */
export const runsOf = async (parts: Parts): Promise<Record<string, BankRun>> => {
  const { settings } = parts
  const state = settings ? await bookOf(parts, settings, BANK).subject(BANK) : null
  return Object.fromEntries(Object.entries(state?.runs ?? {}).toSorted(([a], [b]) => (a < b ? 1 : -1)))
}

/** Asks the bank for a run, or answers one. False when there is nothing that could be asked or answered. */
export const ratingRun = async (parts: Parts, run: RatingRun): Promise<boolean> => {
  const { settings, env, clock } = parts
  const active = parts.playbooks.active()
  if (!settings || !active) return false
  const isKnown =
    run.step === 'RATE'
      ? active.source.schemes.some(({ id }) => id === run.scheme)
      : (await runsOf(parts))[run.id]?.status === 'OPEN'
  if (!isKnown) return false
  const event = { type: 'rating.run' as const, id: `rating-run/${clock.now()}`, run }
  await applyInBooks(env.BOOK, settings.account, settings.shards, forceOf(parts), [{ ref: BANK, event }])
  parts.audit('rating run', { run: run.id || run.scheme, step: run.step, by: run.by, reason: run.reason })
  return true
}
