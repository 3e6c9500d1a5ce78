import { derivedId } from '../ids.ts'
import { isPart, newPart, plannedPart, wholePart } from '../layout/parts.ts'
import type { Part } from '../layout/parts.ts'
import { nextPosition, systemViewId } from '../layout/views.ts'
import type { State } from '../state.ts'
import type { Json, JsonObject, ObjectMeta } from '../types.ts'
import { isObject } from '../types.ts'
import { columnAction, flatField, indexAction } from './flat.ts'
import { applicationOf, entitiesOf } from './manifest.ts'
import type { Entity } from './manifest.ts'
import { newObjectActions } from './plan-object.ts'

/** The order in which Twenty lists what it would do. Kinds that aren't named here come last. */
const ORDER = (
  'searchFieldMetadata,objectMetadata,fieldMetadata,index,view,viewField,viewFilter,viewGroup,viewSort,role,' +
  'objectPermission,pageLayout,pageLayoutTab,pageLayoutWidget,navigationMenuItem'
).split(',')
const TYPES = ['create', 'update', 'delete']

/** What an app brings itself comes before what Twenty adds; plain fields come before relations. */
const rank = (action: JsonObject): number => {
  const at = ORDER.indexOf(String(action['metadataName']))
  const kind = (at === -1 ? ORDER.length : at) * TYPES.length + TYPES.indexOf(String(action['type']))
  const isAdded = isObject(action['flatEntity']) && action['flatEntity']['isSystemSideEffect'] === true
  return kind * 4 + (isAdded ? 2 : 0) + ('relatedFieldId' in action ? 1 : 0)
}

/** A new field on an object that is there, with the columns that it gets in the views that Twenty keeps. */
function newField(
  state: State,
  { entity, object, other }: { entity: Entity; object: ObjectMeta | undefined; other: Entity | undefined },
  added: Map<string, number>,
  application: string,
  at: string,
): JsonObject[] {
  const id = derivedId(entity.universalIdentifier, 'field')
  const action: JsonObject = {
    type: 'create',
    metadataName: 'fieldMetadata',
    flatEntity: flatField(entity, application, at),
    id,
  }
  if (other) {
    const relatedFieldId = derivedId(other.universalIdentifier, 'field')
    action['relatedUniversalFlatFieldMetadata'] = flatField(other, application, at)
    action['relatedFieldId'] = relatedFieldId
    action['fieldIdByUniversalIdentifier'] = {
      [other.universalIdentifier]: relatedFieldId,
      [entity.universalIdentifier]: id,
    }
  }
  return [action, ...columnsOf(state, entity, object, added, application, at)]
}

function columnsOf(
  state: State,
  { universalIdentifier, flat }: Entity,
  object: ObjectMeta | undefined,
  added: Map<string, number>,
  application: string,
  at: string,
): JsonObject[] {
  if (!object) return []
  const before = added.get(object.id) ?? 0
  added.set(object.id, before + 1)
  const columns = (['INDEX', 'FIELDS_WIDGET'] as const).flatMap((key) => {
    const position = nextPosition(state, object, key)
    if (position === null) return []
    const view = systemViewId(state, object, key)
    return [columnAction(view, universalIdentifier, key === 'INDEX' ? position + before : position, application, at)]
  })
  const unique = flat['isUnique'] === true
  const index = indexAction(object.universalIdentifier, universalIdentifier, true, application, at)
  return unique ? [...columns, index] : columns
}

function difference(before: JsonObject, after: JsonObject): JsonObject {
  const diff: JsonObject = {}
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const old = before[name] ?? null
    const next = after[name] ?? null
    if (JSON.stringify(old) !== JSON.stringify(next)) diff[name] = { before: old, after: next }
  }
  return diff
}

function update(metadataName: string, universalIdentifier: string, diff: JsonObject, flatEntity: JsonObject): Json[] {
  if (Object.keys(diff).length === 0) return []
  const after = Object.entries(diff).map(([name, change]) => [name, (change as JsonObject)['after'] ?? null] as const)
  return [{ type: 'update', metadataName, universalIdentifier, update: Object.fromEntries(after), flatEntity, diff }]
}

/** What brings a part to what the manifest says: it is missing, was changed by hand, or switched off. */
function partActions(part: Part | undefined, entity: Entity, application: string, at: string): Json[] {
  const { metadataName, universalIdentifier, flat } = entity
  if (!part) {
    const flatEntity = plannedPart(newPart(metadataName, universalIdentifier, '', flat, at), application)
    return [{ type: 'create', metadataName, flatEntity }]
  }
  const state = ({ isActive, deletedAt, overrides }: Part): JsonObject => ({
    isActive,
    deletedAt,
    universalOverrides: overrides,
  })
  const wanted = { ...part, flat: wholePart(metadataName, flat), isActive: true, deletedAt: null, overrides: null }
  const diff = difference({ ...part.flat, ...state(part) }, { ...wanted.flat, ...state(wanted) })
  return update(metadataName, universalIdentifier, diff, plannedPart(wanted, application))
}

/** The actions that bring the workspace from what an app has installed to what its manifest says. */
export function planOf(state: State, installed: JsonObject | null, manifest: JsonObject): Json[] {
  const application = String(applicationOf(manifest)['universalIdentifier'])
  const at = state.stamp()
  const key = (entity: Entity): string => `${entity.metadataName} ${entity.universalIdentifier}`
  const before = new Map((installed ? entitiesOf(installed) : []).map((entity) => [key(entity), entity]))
  const entities = entitiesOf(manifest)
  const fields = new Map(
    entities
      .filter(({ metadataName }) => metadataName === 'fieldMetadata')
      .map((one) => [one.universalIdentifier, one]),
  )
  const schema = new Set(
    state.schema.list().flatMap((object) => [object, ...object.fields].map((one) => one.universalIdentifier)),
  )
  const isNew = (id: string): boolean => !schema.has(id)
  const added = new Map<string, number>()
  const paired = new Set<string>()
  const actions: Json[] = []
  for (const entity of entities) {
    const { metadataName, universalIdentifier, flat } = entity
    const known = before.get(key(entity))
    before.delete(key(entity))
    if (isPart(metadataName)) {
      actions.push(...partActions(state.parts.get(universalIdentifier), entity, application, at))
    } else if (metadataName === 'objectMetadata' && isNew(universalIdentifier)) {
      actions.push(...newObjectActions(entity, [...fields.values()], application, at))
    } else if (metadataName === 'fieldMetadata' && isNew(universalIdentifier)) {
      const owner = String(flat['objectUniversalIdentifier'])
      const object = state.schema.byUniversalIdentifier(owner)
      const target = String(flat['relationTargetFieldMetadataUniversalIdentifier'] ?? '')
      // Two sides of a relation are one action, that of the side which comes first.
      const other = fields.get(target)
      if (paired.has(universalIdentifier)) actions.push(...columnsOf(state, entity, object, added, application, at))
      else if (other && isNew(target)) {
        paired.add(target)
        actions.push(...newField(state, { entity, object, other }, added, application, at))
      } else if (object) actions.push(...newField(state, { entity, object, other: undefined }, added, application, at))
    } else if (!known) {
      const flatEntity = { ...flat, applicationUniversalIdentifier: application, createdAt: at, updatedAt: at }
      if (isNew(universalIdentifier)) actions.push({ type: 'create', metadataName, flatEntity })
    } else actions.push(...update(metadataName, universalIdentifier, difference(known.flat, flat), flat))
  }
  for (const { metadataName, universalIdentifier, flat } of before.values()) {
    actions.push({ type: 'delete', metadataName, universalIdentifier, flatEntity: flat })
  }
  return actions.sort((a, b) => rank(a as JsonObject) - rank(b as JsonObject))
}
