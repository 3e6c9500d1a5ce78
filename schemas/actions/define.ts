import type { Label, Option } from '../model/define.ts'

/**
 * The language of workflow actions: what a CRM's own low-code workflow may have Ladder do. HubSpot's project components and
 * what other CRMs make of them are generated from here, never typed twice.
 */

export const ACTIONS = [
  'rate',
  'move',
  'campaign',
  'raise',
  'acknowledge',
  'resolve',
  'pause',
  'snooze',
  'reassign',
  'visit-plan',
  'log-contact',
  'tick',
  'note-occasion',
  'close-occasion',
  'note-event',
] as const
export type ActionName = (typeof ACTIONS)[number]

/** Values travel as text: dates ISO, an instant with its offset, yes and no as `true` and `false`. */
export type ActionFieldType = 'text' | 'longText' | 'integer' | 'boolean' | 'date' | 'dateTime' | 'select'

/** What a workflow gives an action. */
export interface ActionInput {
  name: string
  type: ActionFieldType
  label: Label
  description?: Label
  options?: Option[]
  required: boolean
}

/** What an action gives back, for the workflow to branch on. */
export interface ActionOutput {
  name: string
  type: ActionFieldType
  label: Label
  options?: Option[]
}

export interface ActionDef {
  name: ActionName
  label: Label
  /** Neutral objects whose records a workflow may hand to it. */
  objects: readonly string[]
  /** Objects that the CRM has to carry for it: where it doesn't, the action isn't offered. */
  needs: readonly string[]
  inputs: readonly ActionInput[]
  outputs: readonly ActionOutput[]
}

type Extra = Partial<Pick<ActionInput, 'description' | 'options' | 'required'>>

/** An input that may be left out. `required` in `extra` makes it one that may not. */
export const input = (type: ActionFieldType, name: string, en: string, zh: string, extra: Extra = {}): ActionInput => ({
  name,
  type,
  label: { en, zh },
  required: false,
  ...extra,
})

export const output = (
  type: ActionFieldType,
  name: string,
  en: string,
  zh: string,
  options?: Option[],
): ActionOutput => ({ name, type, label: { en, zh }, ...(options ? { options } : {}) })
