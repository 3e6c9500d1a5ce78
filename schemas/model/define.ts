/**
 * The CRM-neutral model language: objects, fields, relations and views. What a CRM makes of it (a Twenty manifest, HubSpot
 * payloads, the docs' field tables) is generated from here, never typed twice.
 */

/** A text in both languages that users see. */
export interface Label {
  en: string
  zh: string
}

export type FieldType =
  | 'text'
  | 'longText'
  | 'integer'
  | 'number'
  | 'money' // CNY, integer minor units (fen)
  | 'date' // ISO date, no time
  | 'dateTime' // ISO instant
  | 'boolean'
  | 'select'
  | 'multiSelect'
  | 'json'
  | 'relation'

/** Code is UPPER_SNAKE: the only form that every CRM takes. */
export interface Option {
  code: string
  label: Label
  color?: string
}

export interface Relation {
  to: string
  /** The field on the other object that lists these records: both sides are always declared. */
  inverse: { name: string; label: Label }
  onDelete: 'SET_NULL' | 'CASCADE'
}

export interface Field {
  name: string
  type: FieldType
  label: Label
  description?: Label
  options?: Option[]
  unique?: boolean
  relation?: Relation
  /** `ladder`: only Ladder writes it, people read it. `people`: people write it. */
  writer: 'ladder' | 'people'
}

export interface View {
  name: Label
  kind: 'table' | 'kanban'
  icon: string
  fields: string[]
  groupBy?: string
  /** Codes of the groups that are shown; all options of `groupBy` when not given. */
  groups?: string[]
  filter?: { field: string; is: string[] }
  /** The field that names a user: only records of whoever looks. */
  mine?: string
  /** A date that is over, or lies in this week. */
  when?: { field: string; is: 'PAST' | 'THIS_WEEK' }
  sort?: { field: string; direction: 'ASC' | 'DESC' }
}

export interface ObjectDef {
  name: string
  plural: string
  /** `custom`: Ladder makes the object. `standard`: the CRM has it, Ladder adds fields. */
  kind: 'custom' | 'standard'
  label: Label
  labelPlural: Label
  description: Label
  icon: string
  fields: Field[]
  views: View[]
  /** Fields of a standard object that Ladder reads but does not own, by the CRM's own names. */
  reads?: string[]
}

type Extra = Partial<Pick<Field, 'description' | 'unique' | 'writer'>>

const field =
  (type: FieldType) =>
  (name: string, en: string, zh: string, extra: Extra = {}): Field => ({
    name,
    type,
    label: { en, zh },
    writer: 'people',
    ...extra,
  })

export const text = field('text')
export const longText = field('longText')
export const integer = field('integer')
export const number = field('number')
export const money = field('money')
export const date = field('date')
export const dateTime = field('dateTime')
export const boolean = field('boolean')
export const json = field('json')

export const select = (name: string, en: string, zh: string, options: Option[], extra: Extra = {}): Field => ({
  ...field('select')(name, en, zh, extra),
  options,
})

export const multiSelect = (name: string, en: string, zh: string, options: Option[], extra: Extra = {}): Field => ({
  ...field('multiSelect')(name, en, zh, extra),
  options,
})

/** `[code, en, zh, color?]` rows as options. */
export const options = (...rows: [code: string, en: string, zh: string, color?: string][]): Option[] =>
  rows.map(([code, en, zh, color]) => ({ code, label: { en, zh }, ...(color ? { color } : {}) }))

/** A many-to-one relation to `to`, with the list that the other side shows. */
export const relation = (
  name: string,
  en: string,
  zh: string,
  to: string,
  inverse: [name: string, en: string, zh: string],
  extra: Extra & { onDelete?: 'SET_NULL' | 'CASCADE' } = {},
): Field => {
  const { onDelete = 'SET_NULL', ...rest } = extra
  return {
    ...field('relation')(name, en, zh, rest),
    relation: { to, inverse: { name: inverse[0], label: { en: inverse[1], zh: inverse[2] } }, onDelete },
  }
}

/** Marks fields as written by Ladder alone. */
export const byLadder = (...fields: Field[]): Field[] => fields.map((one) => ({ ...one, writer: 'ladder' }))

/**
 * The unique key of every record that Ladder makes. It says what the record stands for, so a retry finds it again.
 * Shape: see `ladderKey` in `schemas/events/keys.ts`.
 */
export const ladderKeyField: Field = text('ladderKey', 'Ladder key', 'Ladder 键', { unique: true, writer: 'ladder' })

declare global {
  /** Defined where the Worker is bundled: what only installers show of the model is left out there. */
  var LADDER_WORKER: true | undefined
}
