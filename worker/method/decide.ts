import type { Decision, LadderEvent } from '../../schemas/events/index.ts'
import { activity } from './activity/index.ts'
import { bank } from './bank/index.ts'
import { cadence } from './cadence/index.ts'
import { campaigns } from './campaigns/index.ts'
import type { Context } from './context.ts'
import { documents } from './documents/index.ts'
import { Draft } from './draft.ts'
import { escalations } from './escalations/index.ts'
import { movement } from './escalations/movement.ts'
import { heard, named } from './merge-keys.ts'
import { observe } from './observe.ts'
import { papers } from './papers/index.ts'
import { occasions } from './occasions/index.ts'
import { leaders } from './occasions/leaders.ts'
import { project } from './project.ts'
import { contextOf } from './org/context.ts'
import { stages } from './stages/index.ts'
import type { SubjectState } from './state.ts'
import { followOpen } from './tasks.ts'
import { tiers } from './tiers/index.ts'
import { rms } from './tiers/rms.ts'
import { nextDue } from './timers.ts'
import { visits } from './visits/index.ts'

export interface Outcome {
  state: SubjectState
  decisions: Decision[]
  /** False when the event told nothing new. */
  changed: boolean
  /** True when the state has to be stored although nothing is new. */
  touched: boolean
  /** Epoch milliseconds at which this subject wants to be looked at again, when it changed; null: not before something happens. */
  nextDue: number | null
}

/** Rules in the order in which one may build on another: a tier is known before its cadence and its ladder are. */
const rules = [
  tiers,
  rms,
  papers,
  visits,
  documents,
  stages,
  movement,
  cadence,
  leaders,
  occasions,
  activity,
  campaigns,
  escalations,
  bank,
]

/**
 * What follows from one event on one subject. Pure: same arguments, same outcome; no clock, no I/O. The state given is left
 * as it was. An event that changes nothing decides nothing, so duplicates and our own writes end here.
 */
export const decide = (state: SubjectState, event: LadderEvent, ctx: Context): Outcome =>
  decideInPlace(structuredClone(state), event, ctx)

/** `decide` for a caller that owns the state and will not look at it again. */
export const decideInPlace = (state: SubjectState, event: LadderEvent, ctx: Context): Outcome => {
  const draft = new Draft(state, heard(state, event), ctx)
  if (observe(draft)) return followed(draft)
  return { state, decisions: [], changed: false, touched: draft.touched, nextDue: null }
}

/** Places on a guest list that were heard of and not looked at: record id → as it was before. */
export type Places = Draft['places']

/**
 * Puts a guest's place into a campaign of the caller's; what follows waits for `followUp`. Many come at once: so they are looked
 * at once.
 */
export const hear = (
  state: SubjectState,
  event: LadderEvent,
  ctx: Context,
  places: Places,
): Pick<Outcome, 'changed' | 'touched'> => {
  const draft = new Draft(state, heard(state, event), ctx, places)
  const changed = observe(draft)
  return { changed, touched: changed || draft.touched }
}

/** What follows from the places that were heard of, the last of them by `event`. */
export const followUp = (state: SubjectState, event: LadderEvent, ctx: Context, places: Places): Outcome =>
  followed(new Draft(state, heard(state, event), ctx, places))

const followed = (draft: Draft): Outcome => {
  const { state, ctx } = draft
  draft.ctx = contextOf(state, ctx)
  for (const rule of rules) rule(draft)
  followOpen(draft)
  project(draft)
  return { state, decisions: named(state, draft.decisions), changed: true, touched: true, nextDue: nextDue(state, ctx) }
}
