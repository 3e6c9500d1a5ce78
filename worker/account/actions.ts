import { actionDef, type ActionName, isAnswered, type Outcome } from '../../schemas/actions/index.ts'
import type { ActionCall } from '../../schemas/actions/call.ts'
import { applyInBooks } from './books.ts'
import { acknowledge, pause, reassign, resolve, snooze } from './action-answer.ts'
import { campaign } from './action-campaign.ts'
import { Desk, type DeskDeps, isCarried, type Perform, type Performed } from './action-desk.ts'
import { readInputs } from './action-inputs.ts'
import { logContact, raise, visitPlan } from './action-make.ts'
import { move } from './action-move.ts'
import { closeOccasion, noteEvent, noteOccasion } from './action-occasion.ts'
import { rate } from './action-rate.ts'
import { tick } from './action-tick.ts'
import { type Deed, isOfCard, type Outputs, type StoredAction } from './action-store.ts'
import type { Delivered } from './delivery.ts'
import { forceOf } from './method.ts'
import type { Parts } from './parts.ts'
import type { Settings } from './settings.ts'
import type { Incoming } from './unpack.ts'

/** What actions work with, besides the Account's parts. */
export interface ActionDeps {
  parts: Parts
  settings: Settings
  deliver(events: Incoming[]): Promise<Delivered>
  /** Asks for the alarm that goes on with what was taken, should this run end here. */
  arm?(): Promise<void>
}

const performers: Record<ActionName, Perform> = {
  rate,
  move,
  campaign,
  raise,
  acknowledge,
  resolve,
  pause,
  snooze,
  reassign,
  'visit-plan': visitPlan,
  'log-contact': logContact,
  tick,
  'note-occasion': noteOccasion,
  'close-occasion': closeOccasion,
  'note-event': noteEvent,
}

/** A workflow is answered within this, be it that it has to wait. HubSpot's webhooks give five seconds, so actions do too. */
const ANSWER_MS = 4_000
/** What can't be done within this is given up, and the workflow goes on with that. */
const GIVE_UP_MS = 24 * 60 * 60_000
/** How long a workflow is asked to wait: longer than we try, so that it always hears how it ended. */
const EXPIRES = 'P2D'
const MOST_AT_ONCE = 200
const AFTER_FAULT_MS = 60_000

/**
 * Takes a call of an action: kept as one row before anything is done, then done, and answered with its outputs; or, when that
 * takes too long, with the request to wait. The same callback id again gives the same answer and does nothing twice.
 */
export const takeAction = async (deps: ActionDeps, name: ActionName, call: ActionCall): Promise<Outputs> => {
  const { parts, settings } = deps
  const { actions, clock } = parts
  const now = clock.now()
  const read = readInputs(name, call, settings.layout?.types ?? {})
  if (!read.ok) return outputsOf(name, { done: true, outcome: 'INVALID', reason: read.message })
  const deed: Deed = {
    callbackId: call.callbackId,
    name,
    object: read.object,
    id: call.object.objectId,
    inputs: read.inputs,
  }
  const stored = actions.take(deed, now, now + 2 * ANSWER_MS)
  if (stored.answer) return stored.answer
  await deps.arm?.()
  const lacking = (actionDef(name)?.needs ?? []).filter((object) => !isCarried(settings, object))
  if (lacking.length > 0) {
    const reason = `this CRM carries no ${lacking.join(', ')}`
    actions.finish(deed.callbackId, outputsOf(name, { done: true, outcome: 'UNSUPPORTED', reason }), now)
  } else await Promise.race([attempt(deps, deed.callbackId, now), scheduler.wait(ANSWER_MS)])
  const after = actions.get(deed.callbackId)
  if (after?.answer) return after.answer
  // a card asks again by itself: nobody has to be told
  if (!isOfCard(deed.callbackId)) actions.waits(deed.callbackId)
  return { hs_execution_state: 'BLOCK', hs_expiration_duration: EXPIRES }
}

/** Goes on with actions whose time has come by `now`, and tells waiting workflows how theirs ended. */
export const workActions = async (deps: ActionDeps, now: number): Promise<void> => {
  const { actions } = deps.parts
  for (const callbackId of actions.due(now, MOST_AT_ONCE)) {
    const stored = actions.get(callbackId)
    if (!stored) continue
    if (!stored.answer) await attempt(deps, callbackId, now)
    const after = actions.get(callbackId)
    if (after?.answer && after.told === 'waits') await tell(deps, after, now)
  }
}

/** One attempt at a time for each action. */
const attempt = (deps: ActionDeps, callbackId: string, now: number): Promise<void> => {
  const { parts } = deps
  const going = parts.acting.get(callbackId)
  if (going) return going
  const work = attemptOnce(deps, callbackId, now)
    .catch((error: unknown) => stumble(parts, callbackId, now, error))
    .finally(() => parts.acting.delete(callbackId))
  parts.acting.set(callbackId, work)
  return work
}

/** After a fault in Ladder itself: tried again in a while, so that one action can't keep the others from their turn. */
const stumble = ({ actions, meta }: Parts, callbackId: string, now: number, error: unknown): void => {
  console.error(error)
  meta.count('faults')
  const stored = actions.get(callbackId)
  if (!stored || stored.answer) return
  if (now < stored.at + GIVE_UP_MS) return actions.later(callbackId, now + AFTER_FAULT_MS)
  const reason = 'something went wrong in Ladder; see its log'
  actions.finish(callbackId, outputsOf(stored.deed.name, { done: true, outcome: 'FAILED', reason }), now)
}

const attemptOnce = async (
  { parts, settings, deliver }: ActionDeps,
  callbackId: string,
  now: number,
): Promise<void> => {
  const { actions } = parts
  const stored = actions.get(callbackId)
  if (!stored || stored.answer) return
  const { deed } = stored
  const desk = new Desk({ parts, settings, store: actions, now, deliver, apply: applyOf(parts, settings) }, stored)
  const performed = await performers[deed.name](desk)
  if (performed.done) return end(parts, deed, performed, now)
  if (performed.again < stored.at + GIVE_UP_MS) return actions.later(callbackId, performed.again)
  const reason = desk.say('Could not be done within a day: the CRM did not answer.', '一天内未能完成：CRM 无响应。')
  return end(parts, deed, { done: true, outcome: 'FAILED', reason }, now)
}

/** A desk for a look at a record, with nothing to be done. */
export const deskOf = ({ parts, settings, deliver }: ActionDeps, deed: Deed): Desk => {
  const now = parts.clock.now()
  const deps = { parts, settings, store: parts.actions, now, deliver, apply: applyOf(parts, settings) }
  return new Desk(deps, { deed, at: now, step: {}, answer: null, told: 'no', tries: 0 })
}

const applyOf =
  (parts: Parts, settings: Settings): DeskDeps['apply'] =>
  (events) =>
    applyInBooks(parts.env.BOOK, settings.account, settings.shards, forceOf(parts), events)

const end = (
  { actions, log, meta }: Parts,
  deed: Deed,
  performed: Extract<Performed, { done: true }>,
  now: number,
): void => {
  const { callbackId, name, object, id } = deed
  actions.finish(callbackId, outputsOf(name, performed), now)
  meta.count(`action_${name}_${performed.outcome.toLowerCase()}`)
  log.add({
    at: now,
    via: 'action',
    type: name,
    object,
    recordId: id,
    ref: '',
    id: `action/${callbackId}`,
    news: performed.outcome === 'DONE',
  })
}

/** All outputs that the action is defined with, as text, and how HubSpot's workflow goes on. */
const outputsOf = (
  name: ActionName,
  { outcome, reason = '', outputs = {} }: Extract<Performed, { done: true }>,
): Outputs => {
  const own = (actionDef(name)?.outputs ?? []).map(({ name: output }) => [output, textOf(outputs[output])] as const)
  return { ...Object.fromEntries(own), outcome, reason, hs_execution_state: stateOf(outcome) }
}

const stateOf = (outcome: Outcome): string => (isAnswered(outcome) ? 'SUCCESS' : 'FAIL_CONTINUE')

const textOf = (value: string | number | boolean | null | undefined): string => (value == null ? '' : String(value))

/** A waiting workflow is told until the CRM has taken it; one that the CRM doesn't know any more waits no more. */
const tell = async ({ parts, settings }: ActionDeps, stored: StoredAction, now: number): Promise<void> => {
  const { actions, meta } = parts
  const { deed, answer, tries, at } = stored
  const { callbackId } = deed
  const told = await parts.courier(settings).completeAction(callbackId, answer ?? {})
  if (told.ok) return actions.told(callbackId)
  const { failure } = told
  if (failure.kind === 'refused' || now > at + 2 * GIVE_UP_MS) {
    if (failure.kind !== 'refused' || failure.status !== 404) meta.count('action_untold')
    return actions.told(callbackId)
  }
  actions.later(callbackId, failure.kind === 'later' ? failure.until : now + Math.min(5 * 60_000, 2_000 * 2 ** tries))
}
