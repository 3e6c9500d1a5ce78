import { derivedId, namedId } from '../ids.ts'
import type { SystemView } from '../layout/views.ts'
import type { Json, JsonObject } from '../types.ts'
import type { Entity } from './manifest.ts'

/** A field as the plan shows it, with all that the manifest leaves out. */
export function flatField(entity: Entity, application: string, at: string): JsonObject {
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
    isSystem: or('isSystem', false),
    isSystemSideEffect: or('isSystemSideEffect', false),
    isUIEditable: or('isUIEditable', true),
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

/** An object as the plan shows it. */
export function flatObject(entity: Entity, application: string, at: string): JsonObject {
  const { flat } = entity
  const or = (name: string, fallback: Json): Json => flat[name] ?? fallback
  return {
    universalIdentifier: entity.universalIdentifier,
    applicationUniversalIdentifier: application,
    nameSingular: or('nameSingular', null),
    namePlural: or('namePlural', null),
    labelSingular: or('labelSingular', null),
    labelPlural: or('labelPlural', null),
    color: or('color', null),
    openRecordIn: 'USER_CHOICE',
    description: or('description', null),
    icon: or('icon', null),
    overrides: null,
    targetTableName: 'DEPRECATED',
    isRemote: false,
    isActive: true,
    isSystem: false,
    isUIEditable: true,
    isUICreatable: true,
    isAuditLogged: true,
    isSearchable: or('isSearchable', true),
    duplicateCriteria: null,
    shortcut: or('shortcut', null),
    isLabelSyncedWithName: false,
    labelIdentifierFieldMetadataUniversalIdentifier: or('labelIdentifierFieldMetadataUniversalIdentifier', null),
    imageIdentifierFieldMetadataUniversalIdentifier: null,
    createdAt: at,
    updatedAt: at,
  }
}

const create = (metadataName: string, flatEntity: JsonObject): JsonObject => ({
  type: 'create',
  metadataName,
  flatEntity,
})

/** A column that Twenty itself gives a field. */
export function columnAction(
  view: string,
  field: string,
  position: number,
  application: string,
  at: string,
): JsonObject {
  return create('viewField', {
    universalIdentifier: namedId('viewField', `${view}:${field}`, application),
    applicationUniversalIdentifier: application,
    fieldMetadataUniversalIdentifier: field,
    viewUniversalIdentifier: view,
    viewFieldGroupUniversalIdentifier: null,
    isVisible: true,
    size: 180,
    position,
    aggregateOperation: null,
    isActive: true,
    isSystemSideEffect: true,
    universalOverrides: null,
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
  })
}

/** A view that Twenty itself makes for an object. */
export function systemViewAction(object: Entity, key: SystemView, application: string, at: string): JsonObject {
  const universalIdentifier = namedId('view', `${object.universalIdentifier}:${key}`, application)
  const id = derivedId(universalIdentifier, 'planned')
  const isIndex = key === 'INDEX'
  const flatEntity: JsonObject = {
    id,
    universalIdentifier,
    applicationUniversalIdentifier: application,
    objectMetadataUniversalIdentifier: object.universalIdentifier,
    name: isIndex ? 'All {objectLabelPlural}' : `${String(object.flat['labelSingular'])} Record Page Fields`,
    key: isIndex ? 'INDEX' : null,
    icon: 'IconList',
    type: isIndex ? 'TABLE' : 'FIELDS_WIDGET',
    isCustom: true,
    position: 0,
    visibility: 'WORKSPACE',
    isActive: true,
    isSystemSideEffect: true,
    universalOverrides: null,
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
  }
  return { ...create('view', flatEntity), id }
}

/** An index that Twenty itself makes: of a unique field, of a relation's column, of an object's text search. */
export function indexAction(
  object: string,
  field: string,
  isUnique: boolean,
  application: string,
  at: string,
): JsonObject {
  const universalIdentifier = namedId('index', `${object}:${field}`, application)
  return create('index', {
    createdAt: at,
    universalFlatIndexFieldMetadatas: [
      {
        createdAt: at,
        fieldMetadataUniversalIdentifier: field,
        order: 0,
        subFieldName: null,
        updatedAt: at,
        indexMetadataUniversalIdentifier: universalIdentifier,
      },
    ],
    indexType: 'BTREE',
    indexWhereClause: null,
    isCustom: true,
    isUnique,
    isSystemSideEffect: true,
    objectMetadataUniversalIdentifier: object,
    updatedAt: at,
    applicationUniversalIdentifier: application,
    name: `IDX_${isUnique ? 'UNIQUE_' : ''}${universalIdentifier.replaceAll('-', '').slice(0, 27)}`,
    universalIdentifier,
  })
}

const TABS = [
  ['Home', 'IconHome', 'Fields'],
  ['Timeline', 'IconTimelineEvent', 'Timeline'],
  ['Tasks', 'IconCheckbox', 'Tasks'],
  ['Notes', 'IconNotes', 'Notes'],
  ['Files', 'IconPaperclip', 'Files'],
] as const

/** The page of a new object's records: a layout, its five tabs, a widget in each. */
export function pageActions(object: Entity, application: string, at: string): JsonObject[] {
  const id = (kind: string, name: string): string => namedId(kind, name, application)
  const common: JsonObject = { applicationUniversalIdentifier: application, isSystemSideEffect: true }
  const times: JsonObject = { createdAt: at, updatedAt: at, deletedAt: null }
  const objectMetadataUniversalIdentifier = object.universalIdentifier
  const layout = id('pageLayout', `${object.universalIdentifier}:RECORD_PAGE`)
  const name = `Default ${String(object.flat['labelSingular'])} Layout`
  const page = { universalIdentifier: layout, name, type: 'RECORD_PAGE', objectMetadataUniversalIdentifier }
  return [
    create('pageLayout', { ...common, ...page, ...times }),
    ...TABS.flatMap(([title, icon, widget], at) => {
      const tab = id('pageLayoutTab', `${layout}:${title}`)
      const place = { title, position: 10 * (at + 1), pageLayoutUniversalIdentifier: layout, icon, isActive: true }
      return [
        create('pageLayoutTab', {
          ...common,
          universalIdentifier: tab,
          ...place,
          layoutMode: 'VERTICAL_LIST',
          ...times,
        }),
        create('pageLayoutWidget', {
          ...common,
          universalIdentifier: id('pageLayoutWidget', `${tab}:${widget}`),
          pageLayoutTabUniversalIdentifier: tab,
          title: widget,
          type: widget.toUpperCase(),
          objectMetadataUniversalIdentifier,
          isActive: true,
          ...times,
        }),
      ]
    }),
  ]
}
