import { isUuid, newId } from '../ids.ts'
import { joinColumn, unquote } from '../records/columns.ts'
import { nestBadRequest, Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import type { FieldMeta, Json, JsonObject, ObjectMeta, Row } from '../types.ts'
import { capital, isObject } from '../types.ts'
import { defaultFaults, nameFaults, optionFaults, typeFaults } from './field-faults.ts'
import { ratingOptions, rewriteOptions, withIds } from './options.ts'
import { earlyRefusal, failed, fieldRefusal, metadataRefusal } from './refusals.ts'
import { linkRelation, removeField } from './relations.ts'
import { draftField } from './system-fields.ts'

const TYPES = (
  'ACTOR, ADDRESS, ARRAY, BOOLEAN, CURRENCY, DATE, DATE_TIME, EMAILS, FILES, FULL_NAME, LINKS, MORPH_RELATION, ' +
  'MULTI_SELECT, NUMBER, NUMERIC, PHONES, POSITION, RATING, RAW_JSON, RELATION, RICH_TEXT, SELECT, TEXT, TS_VECTOR, UUID'
).split(', ')

const WITH_OPTIONS = ['SELECT', 'MULTI_SELECT']

function checkInput(input: JsonObject): void {
  const messages: string[] = []
  if (!TYPES.includes(String(input['type']))) {
    messages.push(`type must be one of the following values: ${TYPES.join(', ')}`)
  }
  for (const name of ['name', 'label']) {
    if (typeof input[name] !== 'string') messages.push(`${name} should not be empty`, `${name} must be a string`)
  }
  if (!isUuid(input['objectMetadataId'])) messages.push('objectMetadataId must be a UUID')
  if (messages.length > 0) throw nestBadRequest(messages)
}

function camelCase(label: string): string {
  const words = label.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  return words.map((word, at) => (at === 0 ? word.charAt(0).toLowerCase() + word.slice(1) : capital(word))).join('')
}

function draftOf(object: ObjectMeta, input: JsonObject, at: string): FieldMeta {
  const text = (name: string): string | null => (typeof input[name] === 'string' ? input[name] : null)
  const type = String(input['type'])
  return draftField(object, at, {
    type,
    name: String(input['name']),
    label: String(input['label']),
    description: text('description'),
    icon: text('icon'),
    isNullable: input['isNullable'] !== false,
    isUnique: input['isUnique'] === true,
    defaultValue: input['defaultValue'] ?? null,
    options: WITH_OPTIONS.includes(type) ? withIds(input['options']) : type === 'RATING' ? ratingOptions() : null,
    settings: isObject(input['settings'] ?? null) ? (input['settings'] as JsonObject) : null,
  })
}

/** The two sides of a new relation, made from `relationCreationPayload`. */
function relationPair(state: State, object: ObjectMeta, field: FieldMeta, payload: Json): [FieldMeta, FieldMeta] {
  if (!isObject(payload)) {
    const message = 'Relation creation payload is required'
    throw earlyRefusal('creating field', { code: 'INVALID_FIELD_INPUT', message })
  }
  const target = state.schema.object(String(payload['targetObjectMetadataId']))
  if (!target) {
    throw earlyRefusal('creating field', {
      code: 'FIELD_METADATA_RELATION_MALFORMED',
      message: 'Object metadata relation target not found for relation creation payload',
      friendly: 'Object targeted by field to create not found',
      value: payload,
    })
  }
  const toOne = payload['type'] === 'MANY_TO_ONE'
  const oneSide = (name: string): JsonObject => ({
    onDelete: 'SET_NULL',
    relationType: 'MANY_TO_ONE',
    joinColumnName: `${name}Id`,
  })
  const otherName = camelCase(String(payload['targetFieldLabel']))
  field.settings = toOne ? oneSide(field.name) : { relationType: 'ONE_TO_MANY' }
  field.description ??= `${capital(object.namePlural)} tied to the ${target.labelSingular}`
  field.icon ??= 'IconRelationOneToMany'
  const other = draftField(target, field.createdAt, {
    type: 'RELATION',
    name: otherName,
    label: String(payload['targetFieldLabel']),
    icon: typeof payload['targetFieldIcon'] === 'string' ? payload['targetFieldIcon'] : null,
    settings: toOne ? { relationType: 'ONE_TO_MANY' } : oneSide(otherName),
    applicationId: object.applicationId,
  })
  linkRelation(field, other)
  const faults = nameFaults(target, otherName)
  if (faults.length > 0) throw fieldRefusal(target, otherName, faults)
  return [field, other]
}

/** Puts a field into its object and gives every row its default. */
export function attachField(state: State, object: ObjectMeta, field: FieldMeta, apiKeyId?: string): void {
  object.fields.push(field)
  const table = state.table(object)
  table.addField(field)
  const value = unquote(field.defaultValue)
  if (value !== null && !isObject(value) && !joinColumn(field)) {
    for (const row of table.rows.values()) row[field.name] ??= value
  }
  state.events.metadata('fieldMetadata', 'created', field, apiKeyId)
  state.events.metadata('viewField', 'created', { id: newId(), fieldMetadataId: field.id, isVisible: true }, apiKeyId)
}

/** Makes a field. For a relation its other side is made along with it. */
export function createField(state: State, input: JsonObject, apiKeyId?: string): FieldMeta {
  checkInput(input)
  const object = state.schema.object(String(input['objectMetadataId']))
  if (!object) {
    throw earlyRefusal('creating field', {
      code: 'OBJECT_METADATA_NOT_FOUND',
      message: 'Provided object metadata id does not exist',
      friendly: 'Created field metadata, parent object metadata not found',
    })
  }
  const field = draftOf(object, input, state.stamp())
  field.applicationId = state.customApplicationId
  if (field.type === 'RELATION') {
    const [one, other] = relationPair(state, object, field, input['relationCreationPayload'] ?? null)
    const faults = nameFaults(object, field.name)
    if (faults.length > 0) throw fieldRefusal(object, field.name, faults)
    attachField(state, object, one, apiKeyId)
    attachField(state, state.schema.object(one.relationObjectId) ?? object, other, apiKeyId)
    return one
  }
  const faults = [
    ...typeFaults(field.type),
    ...nameFaults(object, field.name),
    ...(WITH_OPTIONS.includes(field.type) ? optionFaults(field.options ?? []) : []),
    ...(WITH_OPTIONS.includes(field.type) ? defaultFaults(field.type, field.defaultValue, field.options ?? []) : []),
  ]
  if (faults.length > 0) throw fieldRefusal(object, field.name, faults)
  attachField(state, object, field, apiKeyId)
  return field
}

export function updateField(state: State, field: FieldMeta, changes: JsonObject, apiKeyId?: string): FieldMeta {
  const object = state.schema.object(field.objectMetadataId)
  if (!object) throw fieldMissing('update')
  const options = changes['options'] === undefined ? field.options : withIds(changes['options'])
  const defaultValue = changes['defaultValue'] === undefined ? field.defaultValue : changes['defaultValue']
  const faults =
    options && WITH_OPTIONS.includes(field.type)
      ? [...optionFaults(options), ...defaultFaults(field.type, defaultValue, options)]
      : []
  if (faults.length > 0) {
    const info = {
      universalIdentifier: field.universalIdentifier,
      name: field.name,
      objectMetadataUniversalIdentifier: object.universalIdentifier,
    }
    throw metadataRefusal('updating field', { fieldMetadata: [failed('fieldMetadata', 'update', faults, info)] })
  }
  field.defaultValue = defaultValue
  if (changes['options'] !== undefined && options) {
    rewriteOptions(state, object, field, options)
    field.options = options
  }
  for (const name of ['label', 'description', 'icon'] as const) {
    const value = changes[name]
    if (typeof value === 'string') field[name] = value
  }
  for (const name of ['isActive', 'isUnique', 'isNullable', 'isLabelSyncedWithName'] as const) {
    const value = changes[name]
    if (typeof value === 'boolean') field[name] = value
  }
  if (isObject(changes['settings'] ?? null)) field.settings = changes['settings'] as JsonObject
  if (typeof changes['name'] === 'string' && changes['name'] !== field.name)
    renameField(state, object, field, changes['name'])
  if (changes['isUnique'] !== undefined) state.table(object).addField(field)
  field.updatedAt = state.stamp()
  state.events.metadata('fieldMetadata', 'updated', field, apiKeyId)
  return field
}

function renameField(state: State, object: ObjectMeta, field: FieldMeta, name: string): void {
  const faults = nameFaults(object, name)
  if (faults.length > 0) throw fieldRefusal(object, name, faults)
  for (const row of state.table(object).rows.values()) {
    row[name] = row[field.name] ?? null
    Reflect.deleteProperty(row as Row, field.name)
  }
  field.name = name
}

export function fieldMissing(verb: string): Refusal {
  return new Refusal(404, 'Error', `Field to ${verb} not found`, {
    code: 'FIELD_METADATA_NOT_FOUND',
    extensions: { subCode: 'FIELD_METADATA_NOT_FOUND', userFriendlyMessage: 'Field not found.', code: 'NOT_FOUND' },
  })
}

/** Takes a field away with its data; of a relation both sides go. */
export function deleteField(state: State, field: FieldMeta, apiKeyId?: string): FieldMeta {
  const object = state.schema.object(field.objectMetadataId)
  if (!object) throw fieldMissing('delete')
  if (field.isSystem || field.id === object.labelIdentifierFieldMetadataId) {
    const message = field.isSystem
      ? 'System fields cannot be deleted'
      : 'Cannot delete, please update the label identifier field first'
    const info = { universalIdentifier: field.universalIdentifier, name: field.name }
    const entry = failed('fieldMetadata', 'delete', [{ code: 'FIELD_MUTATION_NOT_ALLOWED', message }], info)
    throw metadataRefusal('deleting field', { fieldMetadata: [entry] })
  }
  removeField(state, object, field, apiKeyId)
  const target = state.schema.object(field.relationObjectId)
  const other = target?.fields.find((candidate) => candidate.id === field.relationFieldId)
  if (target && other) removeField(state, target, other, apiKeyId)
  return field
}
