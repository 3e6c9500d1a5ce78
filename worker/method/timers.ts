import { bankDue } from './bank/index.ts'
import { cadenceDue } from './cadence/index.ts'
import { campaignsDue } from './campaigns/due.ts'
import { MINUTE_MS } from './calendar/dates.ts'
import type { Context } from './context.ts'
import { escalationsDue } from './escalations/index.ts'
import { occasionsDue } from './occasions/index.ts'
import { leadersDue } from './occasions/leaders.ts'
import { contextOf } from './org/context.ts'
import type { SubjectState } from './state.ts'
import { stagesDue } from './stages/due.ts'
import { tiersDue } from './tiers/index.ts'
import { rmsDue } from './tiers/rms.ts'

/** What a rule waits for: epoch milliseconds, or null. */
type Due = (state: SubjectState, ctx: Context) => number | null

const dues: Due[] = [
  tiersDue,
  rmsDue,
  stagesDue,
  cadenceDue,
  leadersDue,
  occasionsDue,
  escalationsDue,
  bankDue,
  campaignsDue,
]

/**
 * The least instant at which some rule wants to look at the subject again; null: not before something happens. What is past
 * and still waits is waiting for working time, so it comes at the next opening, never at once again and again.
 */
export const nextDue = (state: SubjectState, bank: Context): number | null => {
  const ctx = contextOf(state, bank)
  let least: number | null = null
  for (const due of dues) {
    const at = due(state, ctx)
    if (at !== null && Number.isFinite(at) && (least === null || at < least)) least = at
  }
  if (least === null || least > ctx.now) return least
  return ctx.playbook.calendar.nextWorkingInstant(ctx.now + MINUTE_MS)
}
