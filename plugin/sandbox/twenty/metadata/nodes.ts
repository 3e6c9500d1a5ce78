import { joinColumn, relationType } from '../records/columns.ts'
import type { State } from '../state.ts'
import type { FieldMeta, Json, JsonObject, ObjectMeta } from '../types.ts'
import { isObject } from '../types.ts'

/** What a resolver gives to GraphQL: plain values, and functions for what is fetched only when asked for. */
export type Node = Record<string, unknown>

export interface Paging {
  first?: number | null
  last?: number | null
  after?: string | null
  before?: string | null
}

function cursorOf(item: { id: string }): string {
  return Buffer.from(JSON.stringify({ id: item.id })).toString('base64')
}

/** A page of a metadata list. Cursors are base64 of `{"id": …}`. */
export function nodesPage<T extends { id: string }>(all: T[], paging: Paging, node: (item: T) => Node): Node {
  const after = paging.after == null ? -1 : all.findIndex((item) => cursorOf(item) === paging.after)
  const rest = all.slice(after + 1)
  const limit = paging.first ?? paging.last ?? 10
  const shown = rest.slice(0, limit)
  const [first] = shown
  const last = shown.at(-1)
  return {
    pageInfo: {
      hasNextPage: rest.length > limit,
      hasPreviousPage: after >= 0,
      startCursor: first ? cursorOf(first) : null,
      endCursor: last ? cursorOf(last) : null,
    },
    edges: shown.map((item) => ({ cursor: cursorOf(item), node: node(item) })),
  }
}

function compares(value: Json, comparison: JsonObject): boolean {
  return Object.entries(comparison).every(([operator, operand]) => {
    if (operator === 'is' || operator === 'eq') return value === operand
    if (operator === 'isNot' || operator === 'neq') return value !== operand
    const list = Array.isArray(operand) ? operand : []
    return operator === 'in' ? list.includes(value) : !list.includes(value)
  })
}

/** Evaluates a metadata filter: `{isActive: {is: true}, or: [{…}]}`. */
export function passes(item: Record<string, unknown>, filter: JsonObject): boolean {
  return Object.entries(filter).every(([name, given]) => {
    const terms = Array.isArray(given) ? given.filter(isObject) : []
    if (name === 'and') return terms.every((term) => passes(item, term))
    if (name === 'or') return terms.length === 0 || terms.some((term) => passes(item, term))
    return !isObject(given) || compares((item[name] ?? null) as Json, given)
  })
}

/** The fields of an object as GraphQL lists them: newest id first, the targets of a morph relation as one field. */
function listedFields(object: ObjectMeta): FieldMeta[] {
  const seen = new Set<string>()
  const fields = object.fields.filter((field) => {
    if (field.morphId === null) return true
    const first = !seen.has(field.morphId)
    seen.add(field.morphId)
    return first
  })
  return fields.sort((a, b) => (a.id < b.id ? 1 : -1))
}

/** `targetCompany`, one of many targets of one morph relation, is called `target` there. */
function morphName(object: ObjectMeta | undefined, field: FieldMeta): string {
  const names = object?.fields.filter((other) => other.morphId === field.morphId).map((other) => other.name) ?? []
  let length = Math.min(...names.map((name) => name.length))
  while (names.some((name) => !name.startsWith(field.name.slice(0, length)))) length--
  return names.length > 1 ? field.name.slice(0, length) : field.name
}

export function objectNode(state: State, object: ObjectMeta): Node {
  const page = (args: { paging: Paging; filter: JsonObject }): Node => {
    const all = listedFields(object).filter((field) => passes({ ...field }, args.filter))
    return nodesPage(all, args.paging, (field) => fieldNode(state, field))
  }
  return {
    ...object,
    isUIReadOnly: !object.isUIEditable,
    fields: page,
    fieldsList: () => listedFields(object).map((field) => fieldNode(state, field)),
  }
}

function relationNode(state: State, field: FieldMeta): Node | null {
  const source = state.schema.object(field.objectMetadataId)
  const target = state.schema.object(field.relationObjectId)
  const other = target?.fields.find((candidate) => candidate.id === field.relationFieldId)
  if (!source || !target || !other) return null
  return {
    type: joinColumn(field) ? 'MANY_TO_ONE' : relationType(field),
    sourceObjectMetadata: () => objectNode(state, source),
    targetObjectMetadata: () => objectNode(state, target),
    sourceFieldMetadata: () => fieldNode(state, field),
    targetFieldMetadata: () => fieldNode(state, other),
  }
}

export function fieldNode(state: State, field: FieldMeta): Node {
  const object = state.schema.object(field.objectMetadataId)
  const morph = field.type === 'MORPH_RELATION'
  const siblings = morph ? (object?.fields.filter((other) => other.morphId === field.morphId) ?? []) : []
  return {
    ...field,
    name: morph ? morphName(object, field) : field.name,
    isUIReadOnly: !field.isUIEditable,
    object: () => (object ? objectNode(state, object) : null),
    relation: () => (morph ? null : relationNode(state, field)),
    morphRelations: () => (morph ? siblings.map((other) => relationNode(state, other)).filter((one) => one) : null),
  }
}
