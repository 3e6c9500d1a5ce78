import type { Field, Label, Option } from '../../../schemas/model/define.ts'
import { model, objectDef } from '../../../schemas/model/index.ts'
import { type Carrier, type HubspotLayout, isCarried, type Shape, standardType } from './layout.ts'

/** A property that Ladder makes. */
export interface LadderProperty {
  name: string
  label: Label
  description?: Label
  type: 'string' | 'number' | 'bool' | 'date' | 'datetime' | 'enumeration'
  fieldType: 'text' | 'textarea' | 'number' | 'booleancheckbox' | 'date' | 'select' | 'checkbox'
  options?: Option[]
  unique: boolean
  writer: Field['writer']
}

/** Group of Ladder's properties on each object. */
export const GROUP = 'ladder'
/** HubSpot's owner of a record: the one relation to a user that each object has. */
export const OWNER = 'hubspot_owner_id'

/** HubSpot's list of the records that were merged into one. */
export const MERGED = 'hs_merged_object_ids'

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** `ladderTier` → `ladder_tier`, `stageDue` → `ladder_stage_due`. */
const ladderName = (name: string): string => `ladder_${snake(name).replace(/^ladder_/, '')}`

/** Properties of HubSpot's own that stand for neutral fields. A person's name is two of them. */
const OWN: Partial<Record<string, Record<string, string>>> = {
  company: { name: 'name', accountOwnerId: OWNER },
  person: { name: 'lastname', companyId: 'associatedcompanyid' },
  task: {
    title: 'hs_task_subject',
    body: 'hs_task_body',
    status: 'hs_task_status',
    dueAt: 'hs_timestamp',
    assigneeId: OWNER,
  },
  visit: {
    name: 'hs_meeting_title',
    status: 'hs_meeting_outcome',
    plannedAt: 'hs_meeting_start_time',
    record: 'hs_meeting_body',
  },
}
const DEVELOPMENT: Record<Carrier, Record<string, string>> = {
  custom: { pipeline: 'hs_pipeline', stage: 'hs_pipeline_stage' },
  deal: { name: 'dealname', pipeline: 'pipeline', stage: 'dealstage' },
}

const ownOf = (carrier: Carrier, object: string): Record<string, string> =>
  object === 'development' ? DEVELOPMENT[carrier] : (OWN[object] ?? {})

/** Whether a relation names a user: it is the record's owner. */
export const isOwner = (field: Field): boolean => field.relation?.to === 'workspaceMember'

/** The HubSpot property of a neutral field. A relation to another record has the property that holds its copy. */
export const propertyOf = (carrier: Carrier, object: string, name: string): string => {
  const own = ownOf(carrier, object)[name]
  if (own) return own
  const field = objectDef(object)?.fields.find((one) => one.name === name)
  if (field?.type !== 'relation') return ladderName(name)
  return isOwner(field) ? OWNER : `${ladderName(name)}_id`
}

/** Property by which a record of an object is found again when Ladder upserts it. */
export const keyPropertyOf = (object: string): 'ladder_customer_no' | 'ladder_key' =>
  object === 'company' || object === 'person' ? 'ladder_customer_no' : 'ladder_key'

/** Whether HubSpot can't tell by the key that a record of this object is there already. */
export const hasPlainKey = ({ plainKeys }: Pick<HubspotLayout, 'plainKeys'>, object: string): boolean =>
  keyPropertyOf(object) === 'ladder_key' && (plainKeys?.includes(object) ?? false)

/** Relations of an object to others that this account carries. */
export const relationsOf = (shape: Shape, object: string): (Field & { relation: { to: string } })[] =>
  (objectDef(object)?.fields ?? []).filter(
    (field): field is Field & { relation: NonNullable<Field['relation']> } =>
      field.relation !== undefined && !isOwner(field) && isCarried(shape, field.relation.to),
  )

/** Key of a relation in a layout's `labels`. */
export const labelKey = (object: string, relation: string): string => `${object}.${relation}`

/** Name of the association label of a relation: `ladder_visit_company`. */
export const labelName = (object: string, relation: string): string =>
  `ladder_${snake(object)}_${snake(relation).replace(/^ladder_/, '')}`

/** Name of a custom object's schema: `ladder_tier_rule`. */
export const schemaName = (object: string): string => ladderName(object)

/** Objects that an account of this carrier can hold; custom ones need a schema each. */
export const objectsOf = (carrier: Carrier): string[] =>
  model.map(({ name }) => name).filter((name) => carrier === 'custom' || standardType(carrier, name) !== undefined)

const TYPES: Record<Exclude<Field['type'], 'relation'>, Pick<LadderProperty, 'type' | 'fieldType'>> = {
  text: { type: 'string', fieldType: 'text' },
  longText: { type: 'string', fieldType: 'textarea' },
  json: { type: 'string', fieldType: 'textarea' },
  integer: { type: 'number', fieldType: 'number' },
  number: { type: 'number', fieldType: 'number' },
  money: { type: 'number', fieldType: 'number' },
  date: { type: 'date', fieldType: 'date' },
  dateTime: { type: 'datetime', fieldType: 'date' },
  boolean: { type: 'bool', fieldType: 'booleancheckbox' },
  select: { type: 'enumeration', fieldType: 'select' },
  multiSelect: { type: 'enumeration', fieldType: 'checkbox' },
}

const YES_NO: Option[] = [
  { code: 'true', label: { en: 'Yes', zh: '是' } },
  { code: 'false', label: { en: 'No', zh: '否' } },
]

const titleOf = (label: Label): LadderProperty => ({
  name: 'ladder_name',
  label: { en: `${label.en} name`, zh: `${label.zh}名称` },
  type: 'string',
  fieldType: 'text',
  unique: false,
  writer: 'people',
})

const madeOf = (field: Field, name: string): LadderProperty => {
  const { label, description, writer } = field
  if (field.type === 'relation')
    return {
      name,
      label: { en: `${label.en}: record id`, zh: `${label.zh}：记录 ID` },
      ...TYPES.text,
      unique: false,
      writer: 'ladder',
    }
  const options = field.type === 'boolean' ? YES_NO : field.options
  return {
    name,
    label,
    ...(description ? { description } : {}),
    ...TYPES[field.type],
    ...(options ? { options } : {}),
    unique: field.unique ?? false,
    writer,
  }
}

/** Properties that Ladder makes on an object, its title first where the object is Ladder's own. */
export const ladderProperties = (shape: Shape, object: string): LadderProperty[] => {
  const def = objectDef(object)
  if (!def) return []
  const { carrier } = shape
  const own = ownOf(carrier, object)
  const copies = new Set(relationsOf(shape, object).map(({ name }) => name))
  const made = def.fields.filter(
    (field) => own[field.name] === undefined && (field.type !== 'relation' || copies.has(field.name)),
  )
  return [
    ...(standardType(carrier, object) === undefined ? [titleOf(def.label)] : []),
    ...made.map((field) => madeOf(field, propertyOf(carrier, object, field.name))),
  ]
}

/** Pipeline and stage ids: `DEV_A` ↔ `ladder_dev_a`. */
export const pipelineIdOf = (code: string): string => `ladder_${code.toLowerCase()}`

/** The code of a pipeline or stage; one of a person's own is its id in upper case. */
export const codeOfId = (id: string): string => id.replace(/^ladder_/, '').toUpperCase()

/** Whether a pipeline is Ladder's: deals of others are none of its business. */
export const isLadderPipeline = (id: string): boolean => id.startsWith('ladder_')

/** Every property that Ladder reads of an object. */
export const readProperties = (shape: Shape, object: string): string[] => {
  const def = objectDef(object)
  if (!def) return []
  const { carrier } = shape
  const copies = new Set(relationsOf(shape, object).map(({ name }) => name))
  const fields = def.fields.filter((field) => field.type !== 'relation' || isOwner(field) || copies.has(field.name))
  const names = [...(def.reads ?? ['name']), ...fields.map(({ name }) => name)]
  const extra = object === 'person' ? ['firstname'] : object === 'visit' ? ['hs_timestamp'] : []
  return [...new Set([...names.map((name) => propertyOf(carrier, object, name)), ...extra, MERGED])]
}
