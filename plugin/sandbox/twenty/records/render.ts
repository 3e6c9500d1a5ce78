import type { State } from '../state.ts'
import type { FieldMeta, Json, JsonObject, ObjectMeta, Row } from '../types.ts'
import { isRelation, joinColumn, readValue } from './columns.ts'

/** How many records of a to-many relation REST expands at depth 1. */
const EXPANDED = 60

/** Words of a record as PostgreSQL's text search would list them; only roughly, nothing reads it. */
function searchVector(object: ObjectMeta, row: Row): string {
  const label = object.fields.find((field) => field.id === object.labelIdentifierFieldMetadataId)
  const texts = [label ? readValue(label, row[label.name] ?? null) : '']
  const words = texts
    .flatMap((text) =>
      (typeof text === 'string' ? text : Object.values(text ?? {}).join(' ')).toLowerCase().split(/[^\p{L}\p{N}.-]+/u),
    )
    .filter((word) => word !== '')
  return words
    .map((word, index) => `'${word}':${index + 1}`)
    .sort()
    .join(' ')
}

/** A record without its relations, as REST at depth 0 and webhooks show it. */
export function renderRow(object: ObjectMeta, row: Row): JsonObject {
  const shown: JsonObject = {}
  const joins: FieldMeta[] = []
  for (const field of object.fields) {
    if (isRelation(field)) joins.push(field)
    else if (field.type === 'TS_VECTOR') shown[field.name] = searchVector(object, row)
    else shown[field.name] = readValue(field, row[field.name] ?? null)
  }
  for (const field of joins) {
    const column = joinColumn(field)
    if (column) shown[column] = row[column] ?? null
  }
  return shown
}

/** The record at the other end of a relation that holds the key; soft-deleted ones are not shown. */
export function relatedOne(state: State, field: FieldMeta, row: Row): { object: ObjectMeta; row: Row } | null {
  const object = state.schema.object(field.relationObjectId)
  const id = row[joinColumn(field) ?? '']
  const other = object && typeof id === 'string' ? state.table(object).rows.get(id) : undefined
  return object && other && other.deletedAt === null ? { object, row: other } : null
}

/** The records that point at this one through a relation of the other object. */
export function relatedMany(state: State, field: FieldMeta, row: Row): { object: ObjectMeta; rows: Row[] } | null {
  const object = state.schema.object(field.relationObjectId)
  const back = object?.fields.find((candidate) => candidate.id === field.relationFieldId)
  const column = back && joinColumn(back)
  if (!object || !column) return null
  const table = state.table(object)
  const rows = [...(table.pointingAt(column, row.id) ?? [])]
    .map((id) => table.rows.get(id))
    .filter((other) => other !== undefined && other.deletedAt === null)
    .sort((a, b) => ((a?.id ?? '') < (b?.id ?? '') ? -1 : 1))
  return { object, rows: rows.filter((other) => other !== undefined) }
}

/** A record with its direct relations expanded, as REST at depth 1 shows it. */
export function renderDeep(state: State, object: ObjectMeta, row: Row): JsonObject {
  const shown = renderRow(object, row)
  for (const field of object.fields) {
    if (!isRelation(field)) continue
    if (joinColumn(field)) {
      const one = relatedOne(state, field, row)
      shown[field.name] = one ? renderRow(one.object, one.row) : null
    } else {
      const many = relatedMany(state, field, row)
      shown[field.name] = many ? many.rows.slice(0, EXPANDED).map((other): Json => renderRow(many.object, other)) : []
    }
  }
  return shown
}
