import { derivedId, namedId, WORKSPACE_ID } from '../ids.ts'
import type { Node } from '../metadata/nodes.ts'
import type { State } from '../state.ts'
import type { Json } from '../types.ts'
import type { Part } from './parts.ts'
import type { Column, View } from './views.ts'

const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null)

function objectId(state: State, id: Json | undefined): string | null {
  const known = text(id)
  return known === null ? null : (state.schema.byUniversalIdentifier(known)?.id ?? null)
}

/** Ids of fields by universal identifier: views name some hundreds of them. */
function fieldIds(state: State): (id: Json | undefined) => string | null {
  const ids = new Map(
    state.schema.list().flatMap(({ fields }) => fields.map((field) => [field.universalIdentifier, field.id] as const)),
  )
  return (id) => ids.get(text(id) ?? '') ?? null
}

const times = ({ createdAt, updatedAt, deletedAt }: Part | View): Node => ({ createdAt, updatedAt, deletedAt })

export function viewGroupNode(group: Part, viewId: string): Node {
  const { id, flat } = group
  const { isVisible, fieldValue, position } = flat
  return { id, isVisible, fieldValue, position, viewId, workspaceId: WORKSPACE_ID, ...times(group) }
}

/** Views as the API shows them, with ids in place of universal identifiers. */
export function viewNodes(state: State, views: View[]): Node[] {
  const fieldId = fieldIds(state)
  const columnNode = (view: View, column: Column): Node => {
    const { field, position, size, isVisible, group, aggregate, isSystemSideEffect, applicationId } = column
    const universalIdentifier =
      column.universalIdentifier ??
      namedId('viewField', `${view.universalIdentifier}:${field}`, state.applicationOf(applicationId))
    return {
      ...times(view),
      deletedAt: null,
      id: derivedId(WORKSPACE_ID, universalIdentifier),
      universalIdentifier,
      applicationId,
      isSystemSideEffect,
      fieldMetadataId: fieldId(field),
      isVisible,
      size,
      position,
      aggregateOperation: aggregate,
      viewId: view.id,
      viewFieldGroupId: group === null ? null : derivedId(view.id, 'group', String(group)),
      workspaceId: WORKSPACE_ID,
      isActive: true,
    }
  }
  return views.map((view) => {
    const { id, flat, universalIdentifier, applicationId, isSystemSideEffect, isActive } = view
    const field = (name: string): string | null => fieldId(flat[`${name}MetadataUniversalIdentifier`])
    const inner = (part: Part): Node => ({
      ...part.flat,
      ...times(part),
      id: part.id,
      viewId: id,
      fieldMetadataId: fieldId(part.flat['fieldMetadataUniversalIdentifier']),
    })
    return {
      ...flat,
      ...times(view),
      id,
      universalIdentifier,
      applicationId,
      isSystemSideEffect,
      isActive,
      workspaceId: WORKSPACE_ID,
      objectMetadataId: objectId(state, flat['objectMetadataUniversalIdentifier']),
      mainGroupByFieldMetadataId: field('mainGroupByField'),
      kanbanAggregateOperationFieldMetadataId: field('kanbanAggregateOperationField'),
      calendarFieldMetadataId: field('calendarField'),
      calendarEndFieldMetadataId: field('calendarEndField'),
      viewFields: () =>
        view.columns.filter((one) => fieldId(one.field) !== null).map((column) => columnNode(view, column)),
      viewGroups: () => view.groups.map((group) => viewGroupNode(group, id)),
      viewFilterGroups: [],
      viewFilters: () => view.filters.map(inner),
      viewSorts: () => view.sorts.map(inner),
      viewFieldGroups: () =>
        view.fieldGroups.map((name, position) => ({
          id: derivedId(id, 'group', String(position)),
          name,
          position,
          isVisible: true,
          isActive: true,
          viewId: id,
        })),
    }
  })
}

/** An entry of the navigation as the API shows it. It tells no universal identifier. */
export function navigationNode(state: State, part: Part, views: View[]): Node {
  const { id, flat, applicationId } = part
  const viewId = text(flat['viewUniversalIdentifier'])
  const folder = text(flat['folderUniversalIdentifier'])
  return {
    ...flat,
    ...times(part),
    id,
    applicationId,
    viewId: views.find(({ universalIdentifier }) => universalIdentifier === viewId)?.id ?? null,
    folderId: folder === null ? null : (state.parts.get(folder)?.id ?? null),
    targetObjectMetadataId: objectId(state, flat['targetObjectMetadataUniversalIdentifier']),
    pageLayoutId: null,
  }
}
