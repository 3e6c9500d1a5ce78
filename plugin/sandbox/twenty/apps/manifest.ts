import type { Json, JsonObject } from '../types.ts'
import { isObject } from '../types.ts'

/** One thing that a manifest declares, under the name by which Twenty calls its kind. */
export interface Entity {
  metadataName: string
  universalIdentifier: string
  /** What it holds itself; what it contains is an entity of its own. */
  flat: JsonObject
}

interface Listed {
  kind: string
  inner?: Record<string, Listed & { owner: string }>
}

const WIDGETS = { widgets: { kind: 'pageLayoutWidget', owner: 'pageLayoutTabUniversalIdentifier' } }

/** Manifest list → kind, and for each list inside its entries the kind and the name of the key to its owner. */
const LISTS: Record<string, Listed> = {
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
    inner: { tabs: { kind: 'pageLayoutTab', owner: 'pageLayoutUniversalIdentifier', inner: WIDGETS } },
  },
  pageLayoutTabs: { kind: 'pageLayoutTab', inner: WIDGETS },
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

/** One entry with all that is inside it, itself first. */
function entitiesIn(entry: JsonObject, { kind, inner = {} }: Listed): Entity[] {
  const flat = Object.fromEntries(Object.entries(entry).filter(([name]) => !(name in inner)))
  const own: Entity = { metadataName: kind, universalIdentifier: identifier(entry), flat }
  return [
    own,
    ...Object.entries(inner).flatMap(([name, listed]) =>
      entries(entry[name]).flatMap((part) => entitiesIn({ ...part, [listed.owner]: own.universalIdentifier }, listed)),
    ),
  ]
}

/** All that a manifest declares, one entity each, owners before what they own. */
export const entitiesOf = (manifest: JsonObject): Entity[] =>
  Object.entries(LISTS).flatMap(([list, listed]) =>
    entries(manifest[list]).flatMap((entry) => entitiesIn(entry, listed)),
  )

export function applicationOf(manifest: JsonObject): JsonObject {
  const application = manifest['application'] ?? null
  return isObject(application) ? application : {}
}
