import { attachField, updateField } from '../metadata/fields.ts'
import { withIds } from '../metadata/options.ts'
import { createObject, dropObject, updateObject } from '../metadata/objects.ts'
import { isPart, newPart, removePart, wholePart } from '../layout/parts.ts'
import { linkRelation, removeField } from '../metadata/relations.ts'
import { draftField } from '../metadata/system-fields.ts'
import { joinColumn } from '../records/columns.ts'
import type { State } from '../state.ts'
import type { Part } from '../layout/parts.ts'
import type { FieldMeta, Json, JsonObject, ObjectMeta, Role } from '../types.ts'
import { isObject } from '../types.ts'
import { checkColumns, checkManifest } from './check.ts'
import { entitiesOf } from './manifest.ts'
import type { Entity } from './manifest.ts'
import type { AppRecord } from './registry.ts'

function text(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null
}

function fieldByUniversalIdentifier(state: State, id: string): FieldMeta | undefined {
  for (const object of state.schema.list()) {
    const found = object.fields.find((field) => field.universalIdentifier === id)
    if (found) return found
  }
  return undefined
}

function settingsOf(flat: JsonObject): JsonObject | null {
  const settings = flat['universalSettings'] ?? flat['settings'] ?? null
  return isObject(settings) ? settings : null
}

/** A field as the manifest declares it. Its object may be one that is being made: then it is put in there later. */
function fieldFrom(object: ObjectMeta, app: AppRecord, flat: JsonObject, at: string): FieldMeta {
  const type = String(flat['type'])
  return draftField(object, at, {
    type,
    name: String(flat['name']),
    label: String(flat['label']),
    description: text(flat['description']),
    icon: text(flat['icon']),
    universalIdentifier: String(flat['universalIdentifier']),
    applicationId: app.id,
    isNullable: flat['isNullable'] !== false,
    isUnique: flat['isUnique'] === true,
    defaultValue: flat['defaultValue'] ?? null,
    options: type === 'SELECT' || type === 'MULTI_SELECT' ? withIds(flat['options']) : null,
    settings: settingsOf(flat),
  })
}

function makeObject(state: State, app: AppRecord, entity: Entity): void {
  const { flat } = entity
  const known = state.schema.byUniversalIdentifier(entity.universalIdentifier)
  if (known) {
    updateObject(state, known, { ...flat, nameSingular: known.nameSingular, namePlural: known.namePlural })
    return
  }
  const object = createObject(
    state,
    {
      nameSingular: String(flat['nameSingular']),
      namePlural: String(flat['namePlural']),
      labelSingular: String(flat['labelSingular']),
      labelPlural: String(flat['labelPlural']),
      description: text(flat['description']),
      icon: text(flat['icon']),
      universalIdentifier: entity.universalIdentifier,
      applicationId: app.id,
      isSearchable: flat['isSearchable'] !== false,
    },
    undefined,
    [],
  )
  app.ownedObjects.push(object.id)
}

function makeField(state: State, app: AppRecord, entity: Entity): void {
  const { flat } = entity
  const object = state.schema.byUniversalIdentifier(String(flat['objectUniversalIdentifier']))
  if (!object) return
  const known = object.fields.find((field) => field.universalIdentifier === entity.universalIdentifier)
  if (known) {
    if (known.applicationId === app.id) updateField(state, known, { ...flat, settings: settingsOf(flat) })
    return
  }
  const field = fieldFrom(object, app, flat, state.stamp())
  attachField(state, object, field)
  app.ownedFields.push(field.id)
}

/** Fields of an object made by an app come in the order of its manifest, before the system's. */
function orderFields(object: ObjectMeta, app: AppRecord, isNew: boolean): void {
  if (!isNew) return
  const plain = (field: FieldMeta): boolean =>
    field.applicationId === app.id && !field.isSystem && field.type !== 'RELATION'
  object.fields.sort((a, b) => Number(plain(b)) - Number(plain(a)))
}

function link(state: State, entity: Entity): void {
  const { flat } = entity
  const target = text(flat['relationTargetFieldMetadataUniversalIdentifier'])
  const field = fieldByUniversalIdentifier(state, entity.universalIdentifier)
  const other = target === null ? undefined : fieldByUniversalIdentifier(state, target)
  if (!field || !other) return
  linkRelation(field, other)
}

/** A unique index over one field makes the field unique. */
function applyIndex(state: State, entity: Entity): void {
  const { flat } = entity
  const fields = Array.isArray(flat['fields']) ? flat['fields'].filter(isObject) : []
  const [only] = fields
  if (flat['isUnique'] !== true || !only || fields.length !== 1) return
  const id = text(only['fieldUniversalIdentifier']) ?? text(only['fieldMetadataUniversalIdentifier'])
  const field = id === null ? undefined : fieldByUniversalIdentifier(state, id)
  if (field) updateField(state, field, { isUnique: true })
}

/** A role of an app can be given to people and API keys as any other. */
function syncRole(state: State, part: Part): void {
  const known = state.roles.get(part.id) ?? { id: part.id, universalIdentifier: part.universalIdentifier, label: '' }
  state.roles.delete(part.id)
  state.addRole({ ...known, ...(part.flat as Partial<Role>), label: String(part.flat['label']) })
}

/** Brings views, navigation, roles and permissions to what the manifest says; what a person changed of them is undone. */
function syncParts(state: State, app: AppRecord, entities: Entity[]): void {
  const wanted = entities.filter(({ metadataName }) => isPart(metadataName))
  const ids = new Set(wanted.map(({ universalIdentifier }) => universalIdentifier))
  for (const part of [...state.parts.values()]) {
    if (part.applicationId !== app.id || ids.has(part.universalIdentifier)) continue
    removePart(state.parts, part.universalIdentifier)
    if (part.kind === 'role') state.roles.delete(part.id)
  }
  const at = state.stamp()
  for (const { metadataName, universalIdentifier, flat } of wanted) {
    const made = newPart(metadataName, universalIdentifier, app.id, flat, at)
    const known = state.parts.get(universalIdentifier)
    const part = known ? { ...known, flat: wholePart(metadataName, flat) } : made
    state.parts.set(universalIdentifier, { ...part, isActive: true, deletedAt: null, overrides: null })
    if (metadataName === 'role') syncRole(state, part)
  }
}

function dropMissing(state: State, app: AppRecord, manifest: JsonObject): void {
  const kept = new Set(entitiesOf(manifest).map((entity) => entity.universalIdentifier))
  for (const id of [...app.ownedFields]) {
    const field = state.schema.field(id)
    const object = state.schema.object(field?.objectMetadataId ?? null)
    if (!field || !object || kept.has(field.universalIdentifier)) continue
    removeField(state, object, field)
    app.ownedFields = app.ownedFields.filter((other) => other !== id)
  }
  for (const id of [...app.ownedObjects]) {
    const object = state.schema.object(id)
    if (!object || kept.has(object.universalIdentifier)) continue
    dropObject(state, object)
    app.ownedObjects = app.ownedObjects.filter((other) => other !== id)
  }
}

/** Brings the schema to what a manifest says: makes, changes and takes away. Everything is checked before. */
export function syncManifest(state: State, app: AppRecord, manifest: JsonObject): void {
  checkManifest(state, manifest)
  checkColumns(state, manifest)
  dropMissing(state, app, manifest)
  const entities = entitiesOf(manifest)
  const of = (kind: string): Entity[] => entities.filter((entity) => entity.metadataName === kind)
  const before = new Set(app.ownedObjects)
  for (const entity of of('objectMetadata')) makeObject(state, app, entity)
  for (const entity of of('fieldMetadata')) makeField(state, app, entity)
  for (const entity of of('fieldMetadata')) link(state, entity)
  for (const entity of of('objectMetadata')) {
    const object = state.schema.byUniversalIdentifier(entity.universalIdentifier)
    if (!object) continue
    orderFields(object, app, !before.has(object.id))
    const label = text(entity.flat['labelIdentifierFieldMetadataUniversalIdentifier'])
    const field = object.fields.find((one) => one.universalIdentifier === label)
    if (field) object.labelIdentifierFieldMetadataId = field.id
    for (const one of object.fields) if (joinColumn(one)) state.table(object).addField(one)
  }
  for (const entity of of('index')) applyIndex(state, entity)
  syncParts(state, app, entities)
}

/** Takes an app's schema away, with all data in it. */
export function uninstall(state: State, app: AppRecord): void {
  syncParts(state, app, [])
  dropMissing(state, app, {})
}
