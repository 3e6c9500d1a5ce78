import type { ObjectDef, View } from '../../schemas/model/define.ts'
import { fieldId, idOf, objectId } from './ids.ts'
import { figuresNavigation } from './dashboard.ts'
import type { ManifestNavigation, ManifestView } from './manifest.ts'

/** Wider columns for titles. Pixels. */
const sizeOf = (field: string): number => (field === 'name' ? 240 : 160)

type Filter = NonNullable<ManifestView['filters']>[number]

/** Twenty's own words for the present user, and for this week. */
const ME = { isCurrentWorkspaceMemberSelected: true, selectedRecordIds: [] }
const WHEN = {
  PAST: { operand: 'IS_IN_PAST', value: '' },
  THIS_WEEK: { operand: 'IS_RELATIVE', value: 'THIS_1_WEEK' },
} as const

const filtersOf = (object: ObjectDef, { filter, mine, when }: View, path: string): Filter[] => {
  const on = (field: string, rest: Pick<Filter, 'operand' | 'value'>): Filter => ({
    universalIdentifier: idOf(`${path}/filter/${field}`),
    fieldMetadataUniversalIdentifier: fieldId(object.name, field),
    ...rest,
  })
  return [
    ...(filter ? [on(filter.field, { operand: 'IS', value: filter.is })] : []),
    ...(mine ? [on(mine, { operand: 'IS', value: ME })] : []),
    ...(when ? [on(when.field, WHEN[when.is])] : []),
  ]
}

const viewOf = (object: ObjectDef, view: View, position: number): ManifestView => {
  const path = `view/${object.name}/${view.kind}/${view.name.en}`
  const at = (field: string): string => fieldId(object.name, field)
  const { groupBy, sort } = view
  const filters = filtersOf(object, view, path)
  const options = object.fields.find((field) => field.name === groupBy)?.options ?? []
  const isShown = (code: string): boolean => view.groups?.includes(code) ?? true
  // Twenty wants a column for each option: those of other pipelines are there and hidden
  const groups = [...options.filter(({ code }) => isShown(code)), ...options.filter(({ code }) => !isShown(code))]
  return {
    universalIdentifier: idOf(path),
    name: view.name.en,
    objectUniversalIdentifier: objectId(object.name),
    type: view.kind === 'kanban' ? 'KANBAN' : 'TABLE',
    icon: view.icon,
    position,
    ...(groupBy
      ? {
          mainGroupByFieldMetadataUniversalIdentifier: at(groupBy),
          groups: groups.map(({ code }, index) => ({
            universalIdentifier: idOf(`${path}/group/${code}`),
            fieldValue: code,
            position: index,
            isVisible: isShown(code),
          })),
        }
      : {}),
    fields: view.fields.map((field, index) => ({
      universalIdentifier: idOf(`${path}/field/${field}`),
      fieldMetadataUniversalIdentifier: at(field),
      position: index,
      isVisible: true,
      size: sizeOf(field),
    })),
    ...(filters.length > 0 ? { filters } : {}),
    ...(sort
      ? {
          sorts: [
            {
              universalIdentifier: idOf(`${path}/sort/${sort.field}`),
              fieldMetadataUniversalIdentifier: at(sort.field),
              direction: sort.direction,
            },
          ],
        }
      : {}),
  }
}

export const viewsOf = (model: readonly ObjectDef[]): ManifestView[] =>
  model.flatMap((object) => object.views.map((view, index) => viewOf(object, view, index + 1)))

/** One folder "Ladder" in the sidebar, with every view and the page of figures in it. */
export const navigationOf = (views: ManifestView[]): ManifestNavigation[] => {
  const folder = idOf('navigation/folder')
  return [
    { universalIdentifier: folder, type: 'FOLDER', name: 'Ladder', icon: 'IconStairsUp', position: 10 },
    ...views.map((view, position) => ({
      universalIdentifier: idOf(`navigation/${view.universalIdentifier}`),
      type: 'VIEW',
      name: view.name,
      icon: view.icon,
      position,
      viewUniversalIdentifier: view.universalIdentifier,
      folderUniversalIdentifier: folder,
    })),
    figuresNavigation(views.length, folder),
  ]
}
