import type { Json, JsonObject } from '../types.ts'
import { isObject } from '../types.ts'

/** One thing that a manifest declares, under the name by which Twenty calls its kind. */
export interface Entity {
  metadataName: string
  universalIdentifier: string
  /** What it holds itself; what it contains is an entity of its own. */
  flat: JsonObject
}

/** Manifest list → kind, and for each list inside its entries the kind and the name of the key to its owner. */
const LISTS: Record<string, { kind: string; inner?: Record<string, { kind: string; owner: string }> }> = {
  objects: { kind: 'objectMetadata', inner: { fields: { kind: 'fieldMetadata', owner: 'objectUniversalIdentifier' } } },
  fields: { kind: 'fieldMetadata' },
  indexes: { kind: 'index' },
  permissionFlags: { kind: 'permissionFlag' },
  roles: {
    kind: 'role',
    inner: {
      objectPermissions: { kind: 'objectPermission', owner: 'roleUniversalIdentifier' },
      fieldPermissions: { kind: 'fieldPermission', owner: 'roleUniversalIdentifier' },
    },
  },
  skills: { kind: 'skill' },
  agents: { kind: 'agent' },
  connectionProviders: { kind: 'connectionProvider' },
  logicFunctions: { kind: 'logicFunction' },
  frontComponents: { kind: 'frontComponent' },
  views: {
    kind: 'view',
    inner: {
      fields: { kind: 'viewField', owner: 'viewUniversalIdentifier' },
      filters: { kind: 'viewFilter', owner: 'viewUniversalIdentifier' },
      sorts: { kind: 'viewSort', owner: 'viewUniversalIdentifier' },
      groups: { kind: 'viewGroup', owner: 'viewUniversalIdentifier' },
      fieldGroups: { kind: 'viewFieldGroup', owner: 'viewUniversalIdentifier' },
    },
  },
  viewFields: { kind: 'viewField' },
  navigationMenuItems: { kind: 'navigationMenuItem' },
  pageLayouts: {
    kind: 'pageLayout',
    inner: { tabs: { kind: 'pageLayoutTab', owner: 'pageLayoutUniversalIdentifier' } },
  },
  pageLayoutTabs: { kind: 'pageLayoutTab' },
  pageLayoutWidgets: { kind: 'pageLayoutWidget' },
  commandMenuItems: { kind: 'commandMenuItem' },
  timelineActivityTypes: { kind: 'timelineActivityType' },
  settingsMenuItems: { kind: 'settingsMenuItem' },
}

function entries(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function identifier(value: JsonObject): string {
  return String(value['universalIdentifier'])
}

/** All that a manifest declares, one entity each, owners before what they own. */
export function entitiesOf(manifest: JsonObject): Entity[] {
  const found: Entity[] = []
  for (const [list, { kind, inner }] of Object.entries(LISTS)) {
    for (const entry of entries(manifest[list])) {
      const flat = Object.fromEntries(Object.entries(entry).filter(([name]) => !inner || !(name in inner)))
      found.push({ metadataName: kind, universalIdentifier: identifier(entry), flat })
      for (const [name, { kind: innerKind, owner }] of Object.entries(inner ?? {})) {
        for (const part of entries(entry[name])) {
          const held = { ...part, [owner]: identifier(entry) }
          found.push({ metadataName: innerKind, universalIdentifier: identifier(part), flat: held })
        }
      }
    }
  }
  return found
}

export function applicationOf(manifest: JsonObject): JsonObject {
  const application = manifest['application'] ?? null
  return isObject(application) ? application : {}
}
