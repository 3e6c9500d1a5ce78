import { WORKSPACE_ID } from '../ids.ts'
import type { FieldMeta, Json, JsonObject, ObjectMeta } from '../types.ts'

function dropNulls(shown: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== null))
}

/** A field as the REST metadata API lists it: what is empty is left out. */
export function listedField(field: FieldMeta): JsonObject {
  return dropNulls({
    id: field.id,
    universalIdentifier: field.universalIdentifier,
    applicationId: field.applicationId,
    type: field.type,
    name: field.name,
    label: field.label,
    description: field.description,
    icon: field.icon,
    isActive: field.isActive,
    isSystem: field.isSystem,
    isUIEditable: field.isUIEditable,
    isUIReadOnly: !field.isUIEditable,
    isNullable: field.isNullable,
    isUnique: field.isUnique,
    defaultValue: field.defaultValue,
    options: field.options,
    settings: field.settings,
    workspaceId: WORKSPACE_ID,
    objectMetadataId: field.objectMetadataId,
    isLabelSyncedWithName: field.isLabelSyncedWithName,
    morphId: field.morphId,
    createdAt: field.createdAt,
    updatedAt: field.updatedAt,
  })
}

/** A field as creating and changing it answers: default and options are there even when empty. */
export function writtenField(field: FieldMeta): JsonObject {
  return { ...listedField(field), defaultValue: field.defaultValue, options: field.options }
}

function objectBase(object: ObjectMeta): JsonObject {
  return dropNulls({
    id: object.id,
    universalIdentifier: object.universalIdentifier,
    applicationId: object.applicationId,
    nameSingular: object.nameSingular,
    namePlural: object.namePlural,
    labelSingular: object.labelSingular,
    labelPlural: object.labelPlural,
    description: object.description,
    icon: object.icon,
    shortcut: object.shortcut,
    color: object.color,
    isRemote: object.isRemote,
    isActive: object.isActive,
    isSystem: object.isSystem,
    isUIEditable: object.isUIEditable,
    isUICreatable: object.isUICreatable,
    isUIReadOnly: !object.isUIEditable,
    isSearchable: object.isSearchable,
    openRecordIn: object.openRecordIn,
    isLabelSyncedWithName: object.isLabelSyncedWithName,
    workspaceId: WORKSPACE_ID,
    labelIdentifierFieldMetadataId: object.labelIdentifierFieldMetadataId,
    imageIdentifierFieldMetadataId: object.imageIdentifierFieldMetadataId,
    duplicateCriteria: object.duplicateCriteria,
    createdAt: object.createdAt,
    updatedAt: object.updatedAt,
  })
}

export function listedObject(object: ObjectMeta): JsonObject {
  return { ...objectBase(object), fields: object.fields.map((field): Json => listedField(field)) }
}

/** An object as creating and changing it answers. */
export function writtenObject(object: ObjectMeta, withFields: boolean): JsonObject {
  const shown: JsonObject = {
    ...objectBase(object),
    imageIdentifierFieldMetadataId: object.imageIdentifierFieldMetadataId,
  }
  if (withFields) shown['fields'] = object.fields.map((field): Json => listedField(field))
  return shown
}
