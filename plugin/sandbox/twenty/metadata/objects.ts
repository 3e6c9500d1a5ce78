import { derivedId, newId } from '../ids.ts'
import { newPart, removePart } from '../layout/parts.ts'
import { nestBadRequest, Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import type { FieldMeta, JsonObject, ObjectMeta } from '../types.ts'
import { capital } from '../types.ts'
import { linkRelation, removeField } from './relations.ts'
import { deleteStandardRefusal, objectFaults, objectRefusal } from './object-refusals.ts'
import { STANDARD_APPLICATION_ID } from './standard.ts'
import { draftField, NAME_FIELD, systemFields, TARGETING } from './system-fields.ts'

export interface ObjectDraft {
  nameSingular: string
  namePlural: string
  labelSingular: string
  labelPlural: string
  description?: string | null
  icon?: string | null
  shortcut?: string | null
  color?: string | null
  universalIdentifier?: string
  applicationId?: string
  isSearchable?: boolean
}

const REQUIRED = ['nameSingular', 'namePlural', 'labelSingular', 'labelPlural'] as const

/** Reads the body of a create; what is missing is refused as Nest's validation pipe says it. */
export function objectDraft(input: JsonObject): ObjectDraft {
  const messages = REQUIRED.filter((name) => typeof input[name] !== 'string' || input[name] === '').flatMap((name) =>
    typeof input[name] === 'string'
      ? [`${name} should not be empty`]
      : [`${name} should not be empty`, `${name} must be a string`],
  )
  if (messages.length > 0) throw nestBadRequest(messages)
  const optional = (name: string): string | null => (typeof input[name] === 'string' ? input[name] : null)
  return {
    nameSingular: String(input['nameSingular']),
    namePlural: String(input['namePlural']),
    labelSingular: String(input['labelSingular']),
    labelPlural: String(input['labelPlural']),
    description: optional('description'),
    icon: optional('icon'),
    shortcut: optional('shortcut'),
    color: optional('color'),
  }
}

/** The relations by which notes, tasks, attachments and the timeline point at a new object. */
function addTargets(state: State, object: ObjectMeta, at: string): FieldMeta[] {
  return TARGETING.flatMap((entry) => {
    const target = state.schema.singular(entry.object)
    if (!target) return []
    const sibling = target.fields.find((field) => field.type === 'MORPH_RELATION')
    const name = `target${capital(object.nameSingular)}`
    const many = draftField(object, at, {
      type: 'RELATION',
      name: entry.name,
      label: entry.label,
      description: `${capital(object.namePlural)} tied to the ${target.labelSingular}`,
      icon: entry.icon,
      settings: { relationType: 'ONE_TO_MANY' },
      universalIdentifier: derivedId(object.universalIdentifier, entry.name),
    })
    const one = draftField(target, at, {
      type: 'MORPH_RELATION',
      name,
      label: capital(object.nameSingular),
      description: `${capital(target.namePlural)} ${object.labelSingular}`,
      icon: entry.icon,
      settings: { onDelete: 'SET_NULL', relationType: 'MANY_TO_ONE', joinColumnName: `${name}Id` },
      morphId: sibling?.morphId ?? null,
      applicationId: object.applicationId,
      universalIdentifier: derivedId(target.universalIdentifier, object.universalIdentifier),
    })
    linkRelation(many, one)
    target.fields.push(one)
    state.table(target).addField(one)
    object.fields.push(many)
    return [many, one]
  })
}

/**
 * Makes a custom object with its system fields. `given` are fields that an app brings along: they come first, and one
 * called as a system field takes its place.
 */
export function createObject(state: State, draft: ObjectDraft, apiKeyId?: string, given?: FieldMeta[]): ObjectMeta {
  const faults = objectFaults(state.schema, draft)
  if (faults.length > 0) throw objectRefusal(state.schema, draft, faults)
  const at = state.stamp()
  const object: ObjectMeta = {
    id: newId(),
    universalIdentifier: draft.universalIdentifier ?? newId(),
    applicationId: draft.applicationId ?? state.customApplicationId,
    nameSingular: draft.nameSingular,
    namePlural: draft.namePlural,
    labelSingular: draft.labelSingular,
    labelPlural: draft.labelPlural,
    description: draft.description ?? null,
    icon: draft.icon ?? null,
    shortcut: draft.shortcut ?? null,
    color: draft.color ?? null,
    duplicateCriteria: null,
    isRemote: false,
    isActive: true,
    isSystem: false,
    isUIEditable: true,
    isUICreatable: true,
    isSearchable: draft.isSearchable ?? true,
    openRecordIn: 'USER_CHOICE',
    isLabelSyncedWithName: false,
    labelIdentifierFieldMetadataId: null,
    imageIdentifierFieldMetadataId: null,
    createdAt: at,
    updatedAt: at,
    fields: [],
  }
  const own = given?.map((field) => ({ ...field, objectMetadataId: object.id })) ?? []
  if (!given) own.push(draftField(object, at, NAME_FIELD))
  const names = new Set(own.map((field) => field.name))
  object.fields = [...own, ...systemFields(object, at).filter((field) => !names.has(field.name))]
  object.labelIdentifierFieldMetadataId = own.find((field) => field.name === 'name')?.id ?? own[0]?.id ?? null
  state.schema.add(object)
  addTargets(state, object, at)
  state.table(object)
  if (object.applicationId === state.customApplicationId) {
    const entries = [...state.parts.values()].filter(({ kind }) => kind === 'navigationMenuItem')
    const position = 1 + Math.max(-1, ...entries.map(({ flat }) => Number(flat['position'])))
    const flat = { type: 'OBJECT', targetObjectMetadataUniversalIdentifier: object.universalIdentifier, position }
    const id = derivedId(object.universalIdentifier, 'navigation')
    state.parts.set(id, newPart('navigationMenuItem', id, object.applicationId, flat, at))
  }
  const { fields, ...entity } = object
  state.events.metadata('objectMetadata', 'created', entity, apiKeyId)
  for (const field of fields) state.events.metadata('fieldMetadata', 'created', field, apiKeyId)
  return object
}

const STANDARD_FIXED = ['nameSingular', 'namePlural']

/** Changes what may be changed of an object; standard ones keep their names. */
export function updateObject(state: State, object: ObjectMeta, changes: JsonObject, apiKeyId?: string): ObjectMeta {
  const standard = object.applicationId === STANDARD_APPLICATION_ID
  const fixed = STANDARD_FIXED.filter((name) => changes[name] !== undefined)
  if (standard && fixed.length > 0) {
    throw new Refusal(400, 'Error', `Cannot edit standard object metadata properties: ${fixed.join(', ')}`, {
      code: 'INVALID_OBJECT_INPUT',
      extensions: {
        subCode: 'INVALID_OBJECT_INPUT',
        userFriendlyMessage: 'Invalid object input.',
        code: 'BAD_USER_INPUT',
      },
    })
  }
  const nameSingular = typeof changes['nameSingular'] === 'string' ? changes['nameSingular'] : object.nameSingular
  const namePlural = typeof changes['namePlural'] === 'string' ? changes['namePlural'] : object.namePlural
  state.schema.rename(object, { nameSingular, namePlural })
  for (const name of ['labelSingular', 'labelPlural', 'description', 'icon', 'shortcut', 'color'] as const) {
    const value = changes[name]
    if (typeof value === 'string') object[name] = value
  }
  for (const name of ['isActive', 'isSearchable', 'isLabelSyncedWithName'] as const) {
    const value = changes[name]
    if (typeof value === 'boolean') object[name] = value
  }
  const label = changes['labelIdentifierFieldMetadataId']
  if (typeof label === 'string') object.labelIdentifierFieldMetadataId = label
  object.updatedAt = state.stamp()
  state.events.metadata('objectMetadata', 'updated', { ...object, fields: undefined }, apiKeyId)
  return object
}

export function objectMissing(): Refusal {
  return new Refusal(404, 'Error', 'Object metadata not found', {
    code: 'OBJECT_METADATA_NOT_FOUND',
    extensions: { subCode: 'OBJECT_METADATA_NOT_FOUND', userFriendlyMessage: 'Object not found.', code: 'NOT_FOUND' },
  })
}

/** Takes an object away with its data and with all fields that point at it. */
export function dropObject(state: State, object: ObjectMeta, apiKeyId?: string): void {
  for (const other of state.schema.list()) {
    for (const field of [...other.fields]) {
      if (other !== object && field.relationObjectId === object.id) removeField(state, other, field)
    }
  }
  for (const field of object.fields) state.events.metadata('fieldMetadata', 'deleted', field, apiKeyId)
  removePart(state.parts, object.universalIdentifier)
  state.schema.remove(object)
  state.tables.delete(object.id)
  state.events.metadata('objectMetadata', 'deleted', { ...object, fields: undefined }, apiKeyId)
}

export function deleteObject(state: State, object: ObjectMeta, apiKeyId?: string): ObjectMeta {
  if (object.applicationId === STANDARD_APPLICATION_ID) throw deleteStandardRefusal(object)
  dropObject(state, object, apiKeyId)
  return object
}
