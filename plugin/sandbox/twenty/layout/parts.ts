import { derivedId, WORKSPACE_ID } from '../ids.ts'
import type { Json, JsonObject } from '../types.ts'
import { STANDARD_NAVIGATION } from './standard.ts'
import { STANDARD_APPLICATION_ID } from '../metadata/standard.ts'

/** A view, a part of one, an entry of the navigation, a role or a permission: what a manifest declares besides the schema. */
export interface Part {
  kind: string
  id: string
  universalIdentifier: string
  applicationId: string
  /** All that it holds, references by universal identifier, in Twenty's order. */
  flat: JsonObject
  isActive: boolean
  deletedAt: string | null
  /** What a person set otherwise than the app. */
  overrides: JsonObject | null
  createdAt: string
  updatedAt: string
}

/** What each kind holds, with what it is when left out. */
const SHAPES: Readonly<Record<string, JsonObject>> = {
  view: {
    name: null,
    objectMetadataUniversalIdentifier: null,
    type: 'TABLE',
    icon: null,
    position: 0,
    isCompact: false,
    isCustom: true,
    visibility: 'WORKSPACE',
    openRecordIn: 'SIDE_PANEL',
    key: null,
    kanbanAggregateOperation: null,
    kanbanAggregateOperationFieldMetadataUniversalIdentifier: null,
    calendarLayout: null,
    calendarFieldMetadataUniversalIdentifier: null,
    calendarEndFieldMetadataUniversalIdentifier: null,
    mainGroupByFieldMetadataUniversalIdentifier: null,
    shouldHideEmptyGroups: false,
    kanbanColumnWidth: null,
    anyFieldFilterValue: null,
    createdByUserWorkspaceId: null,
  },
  viewField: {
    fieldMetadataUniversalIdentifier: null,
    viewUniversalIdentifier: null,
    viewFieldGroupUniversalIdentifier: null,
    isVisible: true,
    size: 0,
    position: 0,
    aggregateOperation: null,
  },
  viewFilter: {
    fieldMetadataUniversalIdentifier: null,
    viewUniversalIdentifier: null,
    viewFilterGroupUniversalIdentifier: null,
    operand: null,
    value: null,
    subFieldName: null,
    relationTargetFieldMetadataUniversalIdentifier: null,
    positionInViewFilterGroup: null,
  },
  viewGroup: { viewUniversalIdentifier: null, fieldValue: null, isVisible: true, position: 0 },
  viewSort: {
    fieldMetadataUniversalIdentifier: null,
    viewUniversalIdentifier: null,
    direction: 'ASC',
    subFieldName: null,
  },
  role: {
    label: null,
    description: null,
    icon: null,
    canUpdateAllSettings: false,
    canAccessAllTools: false,
    canReadAllObjectRecords: false,
    canUpdateAllObjectRecords: false,
    canSoftDeleteAllObjectRecords: false,
    canDestroyAllObjectRecords: false,
    isEditable: true,
    canBeAssignedToUsers: true,
    canBeAssignedToAgents: true,
    canBeAssignedToApiKeys: true,
  },
  objectPermission: {
    roleUniversalIdentifier: null,
    objectMetadataUniversalIdentifier: null,
    canReadObjectRecords: null,
    canUpdateObjectRecords: null,
    canSoftDeleteObjectRecords: null,
    canDestroyObjectRecords: null,
  },
  navigationMenuItem: {
    type: 'VIEW',
    name: null,
    icon: null,
    color: null,
    position: 0,
    viewUniversalIdentifier: null,
    link: null,
    folderUniversalIdentifier: null,
    targetObjectMetadataUniversalIdentifier: null,
    pageLayoutUniversalIdentifier: null,
    targetRecordId: null,
    userWorkspaceId: null,
  },
  frontComponent: { name: null, description: null, builtComponentChecksum: null, isHeadless: false },
  commandMenuItem: {
    label: null,
    shortLabel: null,
    isPinned: false,
    availabilityType: 'GLOBAL',
    availabilityObjectUniversalIdentifier: null,
    frontComponentUniversalIdentifier: null,
  },
  pageLayout: { name: null, type: null, objectMetadataUniversalIdentifier: null },
  pageLayoutTab: { title: null, position: 0, icon: null, layoutMode: null, pageLayoutUniversalIdentifier: null },
  pageLayoutWidget: {
    title: null,
    type: null,
    objectMetadataUniversalIdentifier: null,
    gridPosition: null,
    configuration: null,
    pageLayoutTabUniversalIdentifier: null,
  },
}

/** Manifests and the server call some references by another name. */
const SHORT: Readonly<Record<string, string>> = {
  objectMetadataUniversalIdentifier: 'objectUniversalIdentifier',
  targetObjectMetadataUniversalIdentifier: 'targetObjectUniversalIdentifier',
}

export const isPart = (kind: string): boolean => kind in SHAPES

/** What a part of a manifest holds, whole and in Twenty's order. */
export function wholePart(kind: string, flat: JsonObject): JsonObject {
  const shape = SHAPES[kind] ?? {}
  const value = (name: string): Json => flat[name] ?? flat[SHORT[name] ?? ''] ?? shape[name] ?? null
  return Object.fromEntries(Object.keys(shape).map((name) => [name, value(name)]))
}

/** A part as the plan shows it. */
export function plannedPart(part: Part, application: string): JsonObject {
  const { kind, universalIdentifier, flat, isActive, overrides, createdAt, updatedAt, deletedAt } = part
  const isView = kind === 'view' || kind === 'viewField'
  return {
    universalIdentifier,
    applicationUniversalIdentifier: application,
    ...flat,
    ...(isView ? { isActive, isSystemSideEffect: false, universalOverrides: overrides } : {}),
    createdAt,
    updatedAt,
    ...(kind.startsWith('view') ? { deletedAt } : {}),
  }
}

export function newPart(
  kind: string,
  universalIdentifier: string,
  applicationId: string,
  flat: JsonObject,
  at: string,
): Part {
  return {
    kind,
    id: derivedId(WORKSPACE_ID, kind, universalIdentifier),
    universalIdentifier,
    applicationId,
    flat: wholePart(kind, flat),
    isActive: true,
    deletedAt: null,
    overrides: null,
    createdAt: at,
    updatedAt: at,
  }
}

/** The navigation of a fresh workspace. `objectId` gives an object's universal identifier by its name. */
export function standardNavigation(objectId: (name: string) => string | null, at: string): Part[] {
  const id = (nav: string, name: string): string => derivedId(STANDARD_APPLICATION_ID, 'navigation', nav, name)
  return STANDARD_NAVIGATION.map(({ nav, object, folder, ...flat }) =>
    newPart(
      'navigationMenuItem',
      id(nav, object ?? flat.name ?? ''),
      STANDARD_APPLICATION_ID,
      {
        ...flat,
        type: nav,
        folderUniversalIdentifier: folder === null ? null : id('FOLDER', folder),
        targetObjectMetadataUniversalIdentifier: object === null ? null : objectId(object),
      },
      at,
    ),
  )
}

/** Parts of a kind that point at one thing under a name, such as the columns of a view. */
export function pointing(parts: Map<string, Part>, kind: string, name: string, id: string): Part[] {
  return [...parts.values()].filter((part) => part.kind === kind && part.flat[name] === id)
}

/** Takes a part away with all that points at it: a view with its columns, a folder with its entries. */
export function removePart(parts: Map<string, Part>, universalIdentifier: string): void {
  parts.delete(universalIdentifier)
  for (const part of [...parts.values()]) {
    if (parts.has(part.universalIdentifier) && Object.values(part.flat).includes(universalIdentifier)) {
      removePart(parts, part.universalIdentifier)
    }
  }
}
