import { derivedId, namedId, WORKSPACE_ID } from '../ids.ts'
import { STANDARD_APPLICATION_ID } from '../metadata/standard.ts'
import { TARGETING } from '../metadata/system-fields.ts'
import type { State } from '../state.ts'
import type { FieldMeta, Json, JsonObject, ObjectMeta } from '../types.ts'
import { pointing, wholePart } from './parts.ts'
import type { Part } from './parts.ts'
import { STANDARD_VIEWS } from './standard.ts'
import type { StandardView } from './standard.ts'

export type SystemView = 'INDEX' | 'FIELDS_WIDGET'

/** A column of a view, or a line of an object's page. */
export interface Column {
  field: string
  applicationId: string
  position: number
  size: number
  isVisible: boolean
  /** Index of its group in the view, where it has groups. */
  group: number | null
  aggregate: string | null
  isSystemSideEffect: boolean
  universalIdentifier?: string
}

/** A view with all that belongs to it, whoever made it. */
export interface View extends Part {
  isSystemSideEffect: boolean
  columns: Column[]
  groups: Part[]
  filters: Part[]
  sorts: Part[]
  fieldGroups: string[]
}

/** Width of a column that nobody has set, in px. */
const SIZE = 180

/** The system fields that are shown. */
const SHOWN = ['createdAt', 'createdBy', 'updatedAt', 'updatedBy']

export function systemViewId(state: State, object: ObjectMeta, view: SystemView): string {
  return namedId('view', `${object.universalIdentifier}:${view}`, state.applicationOf(object.applicationId))
}

/** Whether Twenty itself made the field: relations to notes, tasks, attachments and the timeline. */
function isFollower(field: FieldMeta): boolean {
  return field.type === 'MORPH_RELATION' || TARGETING.some(({ name }) => field.name === name)
}

/** The fields of an object that somebody made, and that the system views list. */
export function listedFields(object: ObjectMeta, view: SystemView): FieldMeta[] {
  const isStandard = object.applicationId === STANDARD_APPLICATION_ID
  const own = object.fields.filter(
    (field) =>
      !field.isSystem && !isFollower(field) && !(isStandard && field.applicationId === STANDARD_APPLICATION_ID),
  )
  const isLabel = (field: FieldMeta): boolean => field.id === object.labelIdentifierFieldMetadataId
  const rest = own.filter((field) => !isLabel(field))
  return view === 'INDEX' ? [...own.filter(isLabel), ...rest] : rest
}

function column(field: FieldMeta, position: number, group: number | null = null): Column {
  const { universalIdentifier, applicationId } = field
  return {
    field: universalIdentifier,
    applicationId,
    position,
    size: SIZE,
    isVisible: true,
    group,
    aggregate: null,
    isSystemSideEffect: true,
  }
}

function shown(part: Part, isSystemSideEffect: boolean, columns: Column[]): View {
  const flat = { ...part.flat, ...part.overrides }
  return { ...part, flat, isSystemSideEffect, columns, groups: [], filters: [], sorts: [], fieldGroups: [] }
}

function systemPart(state: State, universalIdentifier: string, applicationId: string, flat: JsonObject): Part {
  const change = state.viewChanges.get(universalIdentifier)
  return {
    kind: 'view',
    id: derivedId(WORKSPACE_ID, 'view', universalIdentifier),
    universalIdentifier,
    applicationId,
    flat: wholePart('view', flat),
    isActive: change?.isActive ?? true,
    deletedAt: null,
    overrides: change?.overrides ?? null,
    createdAt: state.startedAt,
    updatedAt: state.startedAt,
  }
}

/** The list and the page that Twenty makes for an object. */
function viewsOfObject(state: State, object: ObjectMeta): View[] {
  const common = { objectMetadataUniversalIdentifier: object.universalIdentifier, icon: 'IconList' }
  const system = object.fields.filter((field) => field.isSystem && SHOWN.includes(field.name))
  const view = (key: SystemView, flat: JsonObject): View => {
    const id = systemViewId(state, object, key)
    const columns = [...listedFields(object, key), ...system].map((field, at) => column(field, at))
    return shown(systemPart(state, id, object.applicationId, { ...common, ...flat }), true, columns)
  }
  return [
    view('INDEX', { name: `All ${object.labelPlural}`, key: 'INDEX' }),
    view('FIELDS_WIDGET', { name: `${object.labelSingular} Record Page Fields`, type: 'FIELDS_WIDGET' }),
  ]
}

const highest = (columns: Column[]): number => Math.max(-1, ...columns.map(({ position }) => position))

/** Where the next field of an object comes in one of its system views; null when it has no such view. */
export function nextPosition(state: State, object: ObjectMeta, key: SystemView): number | null {
  const id = systemViewId(state, object, key)
  const view = allViews(state).find(({ universalIdentifier }) => universalIdentifier === id)
  if (!view) return null
  const group = view.fieldGroups.length > 0 ? view.fieldGroups.length - 1 : null
  return highest(key === 'INDEX' ? view.columns : view.columns.filter((one) => one.group === group)) + 1
}

function standardView(state: State, line: StandardView): View[] {
  const object = state.schema.singular(line.object)
  if (!object) return []
  const { universalIdentifier, name, type, key, icon, position, isSystemSideEffect, aggregate } = line
  const part = systemPart(state, universalIdentifier, STANDARD_APPLICATION_ID, {
    name: name.replace('{objectLabelPlural}', object.labelPlural),
    objectMetadataUniversalIdentifier: object.universalIdentifier,
    type,
    icon,
    position,
    key,
    isCustom: false,
    kanbanAggregateOperation: aggregate?.[0] ?? null,
    kanbanAggregateOperationFieldMetadataUniversalIdentifier: aggregate?.[1] ?? null,
    mainGroupByFieldMetadataUniversalIdentifier: line.groupBy ?? null,
  })
  const columns = line.fields.map(([field, at, size, isVisible, group, operation]): Column => ({
    field,
    applicationId: STANDARD_APPLICATION_ID,
    position: at,
    size,
    isVisible: isVisible === 1,
    group: group ?? null,
    aggregate: operation ?? null,
    isSystemSideEffect,
  }))
  if (isSystemSideEffect) {
    const last = line.fieldGroups ? line.fieldGroups.length - 1 : null
    const base = highest(key === 'INDEX' ? columns : columns.filter(({ group }) => group === last)) + 1
    const added = listedFields(object, key === 'INDEX' ? 'INDEX' : 'FIELDS_WIDGET')
    columns.push(...added.map((field, at) => column(field, key === 'INDEX' ? base + at : base, last)))
  }
  const inner = (kind: string, flats: JsonObject[]): Part[] =>
    flats.map((flat, at) => {
      const id = derivedId(universalIdentifier, kind, String(at))
      return { ...part, kind, id, universalIdentifier: id, overrides: null, flat: wholePart(kind, flat) }
    })
  const groups = (line.groups ?? []).map((fieldValue, at): JsonObject => ({ fieldValue, position: at }))
  const filters = (line.filters ?? []).map(([field, operand, value]): JsonObject => ({
    fieldMetadataUniversalIdentifier: field,
    operand,
    value,
  }))
  return [
    {
      ...shown(part, isSystemSideEffect, columns),
      fieldGroups: line.fieldGroups ?? [],
      groups: inner('viewGroup', groups),
      filters: inner('viewFilter', filters),
    },
  ]
}

function madeView(state: State, part: Part): View {
  const inner = (kind: string): Part[] =>
    pointing(state.parts, kind, 'viewUniversalIdentifier', part.universalIdentifier).filter(
      ({ deletedAt }) => deletedAt === null,
    )
  const number = (value: Json | undefined): number => (typeof value === 'number' ? value : 0)
  const columns = inner('viewField').map(({ flat, applicationId, universalIdentifier }): Column => ({
    field: String(flat['fieldMetadataUniversalIdentifier']),
    applicationId,
    position: number(flat['position']),
    size: number(flat['size']),
    isVisible: flat['isVisible'] === true,
    group: null,
    aggregate: typeof flat['aggregateOperation'] === 'string' ? flat['aggregateOperation'] : null,
    isSystemSideEffect: false,
    universalIdentifier,
  }))
  const parts = { groups: inner('viewGroup'), filters: inner('viewFilter'), sorts: inner('viewSort') }
  return { ...shown(part, false, columns), ...parts }
}

/** Every view of the workspace: Twenty's own, those it keeps for each object, and those of apps. */
export function allViews(state: State): View[] {
  const custom = state.schema.list().filter(({ applicationId }) => applicationId !== STANDARD_APPLICATION_ID)
  return [
    ...STANDARD_VIEWS.flatMap((line) => standardView(state, line)),
    ...custom.flatMap((object) => viewsOfObject(state, object)),
    ...[...state.parts.values()].filter(({ kind }) => kind === 'view').map((part) => madeView(state, part)),
  ]
}
