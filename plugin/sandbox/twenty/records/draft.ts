import { badRequest } from '../refusal.ts'
import { storeFiles } from '../files/files.ts'
import { newId } from '../ids.ts'
import type { State } from '../state.ts'
import type { Caller, FieldMeta, Json, JsonObject, ObjectMeta, Row } from '../types.ts'
import { isObject } from '../types.ts'
import { defaultOf, isRelation, joinColumn } from './columns.ts'
import { storeValue } from './values.ts'

export function actorOf(caller: Caller): JsonObject {
  const { member } = caller
  if (member) return { source: 'MANUAL', workspaceMemberId: member.id, name: member.name, context: {} }
  return { source: 'API', workspaceMemberId: null, name: caller.key.name, context: {} }
}

function unknownField(object: ObjectMeta, name: string): Error {
  return badRequest(`Object ${object.nameSingular} doesn't have any "${name}" field.`)
}

/** `{company: {connect: {where: {erpId: "L-1"}}}}` → the id of the one record that it means. */
function connected(state: State, field: FieldMeta, given: Json): Json {
  if (given === null) return null
  const target = state.schema.object(field.relationObjectId)
  const connect = isObject(given) ? given['connect'] : null
  const where = isObject(connect ?? null) ? (connect as JsonObject)['where'] : null
  if (!target || !isObject(where ?? null)) {
    if (isObject(given) && given['disconnect'] === true) return null
    throw badRequest(`Invalid relation value for field "${field.name}"`)
  }
  const table = state.table(target)
  const entries = Object.entries(where as JsonObject)
  const shown = entries.map(([name, value]) => `${name} = ${String(value)}`).join(' and ')
  const ids = entries.map(([name, value]) => {
    if (name === 'id') return table.rows.has(String(value)) ? String(value) : undefined
    const unique = target.fields.find((candidate) => candidate.name === name)
    const key = isObject(value) ? Object.values(value)[0] : value
    return unique ? table.holder(unique, String(key)) : undefined
  })
  const [id] = ids
  if (id === undefined || ids.some((other) => other !== id)) {
    throw badRequest(`Expected 1 record to connect to ${target.nameSingular}, but found 0 for ${shown}`)
  }
  return id
}

/** The given fields of one input, checked and in stored form. `before` is the row that they change. */
export function storeInput(state: State, object: ObjectMeta, input: JsonObject, before: Row | null): JsonObject {
  const stored: JsonObject = {}
  for (const [name, value] of Object.entries(input)) {
    const field = object.fields.find((candidate) => candidate.name === name)
    const joined = field ? undefined : object.fields.find((candidate) => joinColumn(candidate) === name)
    if (joined) {
      stored[name] = storeValue({ ...joined, type: 'UUID', name }, value, null)
    } else if (!field || field.type === 'TS_VECTOR') {
      throw unknownField(object, name)
    } else if (isRelation(field)) {
      const column = joinColumn(field)
      if (!column) throw unknownField(object, name)
      stored[column] = connected(state, field, value)
    } else if (field.type === 'FILES') {
      stored[name] = storeFiles(state, field, value)
    } else if (field.type === 'POSITION' && (value === 'first' || value === 'last')) {
      stored[name] = state.table(object).nextPosition()
    } else {
      const kept = before?.[name] ?? (field.type === 'ACTOR' ? null : defaultOf(field))
      stored[name] = storeValue(field, value, kept)
    }
  }
  return stored
}

/** A whole new row out of one input: defaults, actor, times, position. */
export function newRow(state: State, object: ObjectMeta, stored: JsonObject, caller: Caller, at: string): Row {
  const row: Row = { id: newId(), createdAt: at, updatedAt: at, deletedAt: null }
  for (const field of object.fields) {
    if (field.name in row || field.type === 'TS_VECTOR') continue
    const column = isRelation(field) ? joinColumn(field) : field.name
    if (column !== null) row[column] = isRelation(field) ? null : defaultOf(field)
  }
  row['createdBy'] = actorOf(caller)
  row['updatedBy'] = actorOf(caller)
  for (const [name, value] of Object.entries(stored)) {
    if (value !== null || !(name === 'id' || name === 'createdAt' || name === 'updatedAt')) row[name] = value
  }
  return row
}

/** A row after a change. `updatedAt` is now, unless the caller sets it: Twenty lets it (observed). */
export function changedRow(before: Row, stored: JsonObject, caller: Caller, at: string): Row {
  return { ...before, updatedAt: at, updatedBy: actorOf(caller), ...stored, id: before.id } as Row
}

function asText(value: Json): string {
  return JSON.stringify(value) ?? 'null'
}

/**
 * Names of the fields that differ, sorted; a relation is named by field and join column. Empty: nothing changed. Another
 * author is a change of its own: `updatedBy` (observed).
 */
export function changedFields(object: ObjectMeta, before: Row, after: Row): string[] {
  const names = new Set<string>()
  for (const field of object.fields) {
    if (field.name === 'updatedAt' || field.type === 'TS_VECTOR') continue
    const column = joinColumn(field) ?? field.name
    if (asText(before[column] ?? null) === asText(after[column] ?? null)) continue
    names.add(field.name)
    names.add(column)
  }
  return [...names].sort()
}
