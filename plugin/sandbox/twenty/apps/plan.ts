import { derivedId } from '../ids.ts'
import type { State } from '../state.ts'
import type { Json, JsonObject } from '../types.ts'
import { applicationOf, entitiesOf } from './manifest.ts'
import type { Entity } from './manifest.ts'

/** A field as the plan shows it, with all that the manifest leaves out. */
function plannedField(entity: Entity, application: string, at: string): JsonObject {
  const { flat } = entity
  const or = (name: string, fallback: Json): Json => flat[name] ?? fallback
  return {
    universalIdentifier: entity.universalIdentifier,
    applicationUniversalIdentifier: application,
    type: or('type', null),
    name: or('name', null),
    label: or('label', null),
    description: or('description', null),
    icon: or('icon', null),
    overrides: null,
    options: or('options', null),
    defaultValue: or('defaultValue', null),
    universalSettings: or('universalSettings', null),
    isActive: true,
    isSystem: false,
    isSystemSideEffect: false,
    isUIEditable: true,
    isNullable: or('isNullable', true),
    isUnique: or('isUnique', false),
    isLabelSyncedWithName: false,
    morphId: or('morphId', null),
    objectMetadataUniversalIdentifier: or('objectUniversalIdentifier', null),
    relationTargetFieldMetadataUniversalIdentifier: or('relationTargetFieldMetadataUniversalIdentifier', null),
    relationTargetObjectMetadataUniversalIdentifier: or('relationTargetObjectMetadataUniversalIdentifier', null),
    createdAt: at,
    updatedAt: at,
  }
}

/** The columns that a new field gets in the two views that Twenty itself makes for an object. */
function viewFields(state: State, entity: Entity, application: string, at: string): JsonObject[] {
  const objectId = String(entity.flat['objectUniversalIdentifier'])
  const count = state.schema.byUniversalIdentifier(objectId)?.fields.length ?? 0
  return ['index', 'fields'].map((name, less) => {
    const view = derivedId(objectId, 'view', name)
    return {
      type: 'create',
      metadataName: 'viewField',
      flatEntity: {
        universalIdentifier: derivedId(view, entity.universalIdentifier),
        applicationUniversalIdentifier: application,
        fieldMetadataUniversalIdentifier: entity.universalIdentifier,
        viewUniversalIdentifier: view,
        viewFieldGroupUniversalIdentifier: null,
        isVisible: true,
        size: 180,
        position: count - less,
        aggregateOperation: null,
        isActive: true,
        isSystemSideEffect: true,
        universalOverrides: null,
        createdAt: at,
        updatedAt: at,
        deletedAt: null,
      },
    }
  })
}

function creation(state: State, entity: Entity, application: string, at: string): JsonObject[] {
  const { metadataName } = entity
  if (metadataName !== 'fieldMetadata') {
    const flatEntity = { ...entity.flat, applicationUniversalIdentifier: application, createdAt: at, updatedAt: at }
    return [{ type: 'create', metadataName, flatEntity }]
  }
  const action: JsonObject = {
    type: 'create',
    metadataName,
    flatEntity: plannedField(entity, application, at),
    id: derivedId(entity.universalIdentifier, 'field'),
  }
  const known = state.schema.byUniversalIdentifier(String(entity.flat['objectUniversalIdentifier']))
  return known ? [action, ...viewFields(state, entity, application, at)] : [action]
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

/** The actions that bring the workspace from what an app has installed to what its manifest says. */
export function planOf(state: State, installed: JsonObject | null, manifest: JsonObject): Json[] {
  const application = String(applicationOf(manifest)['universalIdentifier'])
  const at = state.stamp()
  const key = (entity: Entity): string => `${entity.metadataName} ${entity.universalIdentifier}`
  const before = new Map((installed ? entitiesOf(installed) : []).map((entity) => [key(entity), entity]))
  const actions: Json[] = []
  for (const entity of entitiesOf(manifest)) {
    const { metadataName, universalIdentifier, flat } = entity
    const known = before.get(key(entity))
    before.delete(key(entity))
    if (!known) actions.push(...creation(state, entity, application, at))
    else {
      const diff = difference(known.flat, flat)
      if (Object.keys(diff).length > 0) {
        actions.push({ type: 'update', metadataName, universalIdentifier, diff, flatEntity: flat })
      }
    }
  }
  for (const { metadataName, universalIdentifier, flat } of before.values()) {
    actions.push({ type: 'delete', metadataName, universalIdentifier, flatEntity: flat })
  }
  return actions
}
