import { derivedId, namedId } from '../ids.ts'
import type { SystemView } from '../layout/views.ts'
import { SYSTEM_NAMES, TARGETING } from '../metadata/system-fields.ts'
import type { Json, JsonObject } from '../types.ts'
import { capital } from '../types.ts'
import { columnAction, flatField, flatObject, indexAction, pageActions, systemViewAction } from './flat.ts'
import type { Entity } from './manifest.ts'

/** The system fields that Twenty shows in the views that it makes for an object. */
const SHOWN = ['createdAt', 'createdBy', 'updatedAt', 'updatedBy']

const isRelation = ({ flat }: Entity): boolean => flat['type'] === 'RELATION' || flat['type'] === 'MORPH_RELATION'

/** The relations by which timeline, files, notes and tasks point at a new object: one action each, with an index. */
function followers(object: Entity, application: string, at: string): JsonObject[] {
  const id = object.universalIdentifier
  const side = (field: string, flat: JsonObject): JsonObject =>
    flatField(
      { metadataName: 'fieldMetadata', universalIdentifier: field, flat: { ...flat, isSystemSideEffect: true } },
      application,
      at,
    )
  return TARGETING.flatMap(({ object: from, name, label, icon }) => {
    const [many, one] = [derivedId(id, name), derivedId(from, id)]
    const target = `target${capital(String(object.flat['nameSingular']))}`
    const ids = { [one]: derivedId(one, 'field'), [many]: derivedId(many, 'field') }
    const forward = side(many, { type: 'RELATION', name, label, icon, objectUniversalIdentifier: id })
    return [
      {
        type: 'create',
        metadataName: 'fieldMetadata',
        flatEntity: forward,
        id: ids[many] ?? '',
        relatedUniversalFlatFieldMetadata: side(one, { type: 'MORPH_RELATION', name: target, label: target, icon }),
        relatedFieldId: ids[one] ?? '',
        fieldIdByUniversalIdentifier: ids,
      },
      indexAction(from, one, false, application, at),
    ]
  })
}

/**
 * What the plan says of a new object: its plain fields come inside it, its relations as actions of their own (the
 * caller's business), and with it the views, the page, the indexes and the relations that Twenty makes for it.
 */
export function newObjectActions(object: Entity, fields: Entity[], application: string, at: string): Json[] {
  const id = object.universalIdentifier
  const own = fields.filter(({ flat }) => flat['objectUniversalIdentifier'] === id)
  const system = SYSTEM_NAMES.filter((name) => !own.some(({ flat }) => flat['name'] === name)).map((name): Entity => {
    const flat = { name, label: name, objectUniversalIdentifier: id, isSystem: true, isSystemSideEffect: true }
    return { metadataName: 'fieldMetadata', universalIdentifier: derivedId(id, name), flat }
  })
  const inside = [...own.filter((field) => !isRelation(field)), ...system]
  const label = String(object.flat['labelIdentifierFieldMetadataUniversalIdentifier'])
  const first = own.filter(({ universalIdentifier }) => universalIdentifier === label)
  const rest = own.filter(({ universalIdentifier }) => universalIdentifier !== label)
  const shown = system.filter(({ flat }) => SHOWN.includes(String(flat['name'])))
  const columns = (key: SystemView, list: Entity[]): JsonObject[] => {
    const view = namedId('view', `${id}:${key}`, application)
    return list.map((field, position) => columnAction(view, field.universalIdentifier, position, application, at))
  }
  const searched: JsonObject = {
    universalIdentifier: namedId('searchFieldMetadata', `${id}:${label}`, application),
    createdAt: at,
    updatedAt: at,
    position: 0,
    isSystemSideEffect: true,
    applicationUniversalIdentifier: application,
    objectMetadataUniversalIdentifier: id,
    fieldMetadataUniversalIdentifier: label,
    tsVectorFieldMetadataUniversalIdentifier: derivedId(id, 'searchVector'),
  }
  const unique = own.filter(({ flat }) => flat['isUnique'] === true)
  return [
    { type: 'create', metadataName: 'searchFieldMetadata', flatEntity: searched },
    {
      type: 'create',
      metadataName: 'objectMetadata',
      universalFlatFieldMetadatas: inside.map((field): Json => flatField(field, application, at)),
      flatEntity: flatObject(object, application, at),
      id: derivedId(id, 'object'),
      fieldIdByUniversalIdentifier: Object.fromEntries(
        inside.map(({ universalIdentifier }) => [universalIdentifier, derivedId(universalIdentifier, 'field')]),
      ),
    },
    ...followers(object, application, at),
    ...unique.map(({ universalIdentifier }) => indexAction(id, universalIdentifier, true, application, at)),
    indexAction(id, derivedId(id, 'searchVector'), false, application, at),
    systemViewAction(object, 'INDEX', application, at),
    systemViewAction(object, 'FIELDS_WIDGET', application, at),
    ...columns('INDEX', [...first, ...rest, ...shown]),
    ...columns('FIELDS_WIDGET', [...rest, ...shown]),
    ...pageActions(object, application, at),
  ]
}
