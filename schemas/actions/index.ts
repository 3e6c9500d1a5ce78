import { campaign } from './campaign.ts'
import { logContact, rate, visitPlan } from './customer.ts'
import type { ActionDef, ActionName } from './define.ts'
import { move, tick } from './development.ts'
import { acknowledge, pause, raise, reassign, resolve, snooze } from './escalation.ts'
import { closeOccasion, noteEvent, noteOccasion } from './occasion.ts'

export { ACTIONS } from './define.ts'
export type { ActionDef, ActionFieldType, ActionInput, ActionName, ActionOutput } from './define.ts'
export { isAnswered, OUTCOMES } from './outcome.ts'
export type { Outcome } from './outcome.ts'

/** Every action that a workflow may call, in the order in which they are shown. */
export const actions: readonly ActionDef[] = [
  rate,
  move,
  visitPlan,
  campaign,
  raise,
  acknowledge,
  resolve,
  pause,
  snooze,
  reassign,
  logContact,
  tick,
  noteOccasion,
  closeOccasion,
  noteEvent,
]

/** The definition of an action by name; undefined when there is none. */
export const actionDef = (name: string): ActionDef | undefined => actions.find((action) => action.name === name)

export const isActionName = (name: string): name is ActionName => actionDef(name) !== undefined
