import { readFileSync } from 'node:fs'
import { derivedId, WORKSPACE_ID } from '../ids.ts'
import type { FieldMeta, FieldOption, Json, JsonObject, ObjectMeta } from '../types.ts'

/** The id of Twenty's own application, to which the standard objects belong. */
export const STANDARD_APPLICATION_ID = derivedId(WORKSPACE_ID, 'application', 'standard')

interface FieldLine {
  universalIdentifier: string
  type: string
  name: string
  label: string
  description?: string
  icon?: string
  defaultValue?: Json
  options?: FieldOption[]
  settings?: JsonObject
  morphId?: string
  isSystem?: boolean
  isUIEditable?: boolean
  isNullable?: boolean
  isUnique?: boolean
  /** [object, field] of the other side. */
  target?: [string, string]
}

interface ObjectLine extends Omit<ObjectMeta, 'id' | 'fields'> {
  labelIdentifier?: string
  imageIdentifier?: string
}

function fieldFrom(line: FieldLine, objectMetadataId: string, at: string): FieldMeta {
  return {
    id: derivedId(WORKSPACE_ID, line.universalIdentifier),
    universalIdentifier: line.universalIdentifier,
    applicationId: STANDARD_APPLICATION_ID,
    objectMetadataId,
    type: line.type,
    name: line.name,
    label: line.label,
    description: line.description ?? null,
    icon: line.icon ?? null,
    isActive: true,
    isSystem: line.isSystem ?? false,
    isUIEditable: line.isUIEditable ?? true,
    isNullable: line.isNullable ?? true,
    isUnique: line.isUnique ?? false,
    isLabelSyncedWithName: false,
    defaultValue: line.defaultValue ?? null,
    options: line.options ?? null,
    settings: line.settings ?? null,
    morphId: line.morphId ?? null,
    relationObjectId: null,
    relationFieldId: null,
    createdAt: at,
    updatedAt: at,
  }
}

function objectFrom(line: ObjectLine, at: string): ObjectMeta {
  const { labelIdentifier, imageIdentifier, ...given } = line
  return {
    ...given,
    id: derivedId(WORKSPACE_ID, line.universalIdentifier),
    applicationId: STANDARD_APPLICATION_ID,
    description: line.description ?? null,
    icon: line.icon ?? null,
    shortcut: line.shortcut ?? null,
    color: line.color ?? null,
    duplicateCriteria: line.duplicateCriteria ?? null,
    isRemote: false,
    isActive: true,
    isSystem: line.isSystem ?? false,
    isUIEditable: line.isUIEditable ?? true,
    isUICreatable: line.isUICreatable ?? true,
    isSearchable: line.isSearchable ?? true,
    openRecordIn: line.openRecordIn ?? 'USER_CHOICE',
    isLabelSyncedWithName: false,
    labelIdentifierFieldMetadataId: labelIdentifier ? derivedId(WORKSPACE_ID, labelIdentifier) : null,
    imageIdentifierFieldMetadataId: imageIdentifier ? derivedId(WORKSPACE_ID, imageIdentifier) : null,
    createdAt: at,
    updatedAt: at,
    fields: [],
  }
}

/**
 * The standard objects of Twenty 2.31 with their fields: `standard.ndjson` holds one line an object, followed by one
 * line a field of it. Relations are joined once all objects are there.
 */
export function standardObjects(at: string): ObjectMeta[] {
  const lines = readFileSync(new URL('standard.ndjson', import.meta.url), 'utf8')
    .trim()
    .split('\n')
  const objects = new Map<string, ObjectMeta>()
  const targets: { field: FieldMeta; target: [string, string] }[] = []
  let current: ObjectMeta | undefined
  for (const text of lines) {
    const line = JSON.parse(text) as ObjectLine | FieldLine
    if ('nameSingular' in line) {
      current = objectFrom(line, at)
      objects.set(current.nameSingular, current)
    } else if (current) {
      const field = fieldFrom(line, current.id, at)
      current.fields.push(field)
      if (line.target) targets.push({ field, target: line.target })
    }
  }
  for (const { field, target } of targets) {
    const other = objects.get(target[0])
    field.relationObjectId = other?.id ?? null
    field.relationFieldId = other?.fields.find((candidate) => candidate.name === target[1])?.id ?? null
  }
  return [...objects.values()]
}
