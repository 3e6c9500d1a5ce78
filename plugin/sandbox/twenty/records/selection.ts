import type { DocumentNode, FieldNode, SelectionSetNode } from 'graphql'
import { Kind, valueFromASTUntyped } from 'graphql'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import type { Json, JsonObject, ObjectMeta, Row } from '../types.ts'
import { capital, isObject } from '../types.ts'
import { isRelation, joinColumn } from './columns.ts'
import { makeCursor } from './cursor.ts'
import type { OrderKey } from './order.ts'
import { orderFrom } from './order.ts'
import type { Page } from './query.ts'
import { relatedMany, relatedOne, renderRow } from './render.ts'

/** What is needed to read a selection: the document for its fragments, and the variables. */
export interface Selection {
  document: DocumentNode
  variables: JsonObject
}

/** The fields of a selection set, fragments opened. */
export function fieldsOf(selection: Selection, set: SelectionSetNode | undefined): FieldNode[] {
  return (set?.selections ?? []).flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node]
    if (node.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection, node.selectionSet)
    const fragment = selection.document.definitions.find(
      (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === node.name.value,
    )
    return fragment?.kind === Kind.FRAGMENT_DEFINITION ? fieldsOf(selection, fragment.selectionSet) : []
  })
}

/** The arguments of a field with the variables put in. */
export function argumentsOf(selection: Selection, field: FieldNode): Record<string, Json | undefined> {
  const values: Record<string, Json | undefined> = {}
  for (const argument of field.arguments ?? []) {
    values[argument.name.value] = valueFromASTUntyped(argument.value, selection.variables) as Json | undefined
  }
  return values
}

function pick(selection: Selection, value: Json, set: SelectionSetNode | undefined): Json {
  if (!set || !isObject(value)) return value
  const shown: JsonObject = {}
  for (const field of fieldsOf(selection, set))
    shown[field.alias?.value ?? field.name.value] = value[field.name.value] ?? null
  return shown
}

function tooComplex(): Refusal {
  const message = 'Query complexity is too high. One-to-Many relation cannot be nested in another One-to-Many relation.'
  return new Refusal(400, 'Error', message, {
    extensions: { subCode: 'TOO_COMPLEX_QUERY', userFriendlyMessage: 'An error occurred.', code: 'BAD_USER_INPUT' },
  })
}

/** Refuses a to-many relation inside another one, before anything is read. */
export function checkDepth(
  state: State,
  selection: Selection,
  object: ObjectMeta,
  node: FieldNode,
  inMany: boolean,
): void {
  for (const field of fieldsOf(selection, node.selectionSet)) {
    const meta = object.fields.find((candidate) => candidate.name === field.name.value)
    const other = meta && isRelation(meta) ? state.schema.object(meta.relationObjectId) : undefined
    if (!meta || !other) continue
    const many = joinColumn(meta) === null
    if (many && inMany) throw tooComplex()
    checkDepth(state, selection, other, many ? innerNode(selection, field) : field, inMany || many)
  }
}

/** The `edges { node { … } }` of a connection field; the field itself when it has none. */
export function innerNode(selection: Selection, field: FieldNode): FieldNode {
  const edges = fieldsOf(selection, field.selectionSet).find((one) => one.name.value === 'edges')
  const node = edges && fieldsOf(selection, edges.selectionSet).find((one) => one.name.value === 'node')
  return node ?? field
}

/** One record as it was asked for; a field that doesn't exist is null (observed). */
export function projectRow(
  state: State,
  selection: Selection,
  object: ObjectMeta,
  row: Row,
  node: FieldNode,
): JsonObject {
  const all = renderRow(object, row)
  const shown: JsonObject = {}
  for (const field of fieldsOf(selection, node.selectionSet)) {
    const name = field.name.value
    const key = field.alias?.value ?? name
    const meta = object.fields.find((candidate) => candidate.name === name && isRelation(candidate))
    if (name === '__typename') shown[key] = capital(object.nameSingular)
    else if (!meta) shown[key] = pick(selection, all[name] ?? null, field.selectionSet)
    else if (joinColumn(meta)) {
      const one = relatedOne(state, meta, row)
      shown[key] = one ? projectRow(state, selection, one.object, one.row, field) : null
    } else {
      const many = relatedMany(state, meta, row)
      const given = argumentsOf(selection, field)
      const limit = typeof given['first'] === 'number' ? given['first'] : 60
      shown[key] = many ? connectionOfRelation(state, selection, many, limit, field) : { edges: [] }
    }
  }
  return shown
}

function connectionOfRelation(
  state: State,
  selection: Selection,
  many: { object: ObjectMeta; rows: Row[] },
  limit: number,
  field: FieldNode,
): JsonObject {
  const rows = many.rows.slice(0, limit)
  const found: Page = {
    rows,
    totalCount: many.rows.length,
    hasNextPage: many.rows.length > limit,
    hasPreviousPage: false,
  }
  return connection(state, selection, many.object, found, orderFrom(many.object, null), field)
}

/** A list in edges. Its cursors hold only the order's fields that were selected: so pages can lose rows (observed). */
export function connection(
  state: State,
  selection: Selection,
  object: ObjectMeta,
  found: Page,
  order: OrderKey[],
  field: FieldNode,
): JsonObject {
  const selected = new Set(fieldsOf(selection, innerNode(selection, field).selectionSet).map((one) => one.name.value))
  const cursor = (row: Row | undefined): string | null => (row ? makeCursor(order, row, selected) : null)
  const shown: JsonObject = {}
  for (const part of fieldsOf(selection, field.selectionSet)) {
    const key = part.alias?.value ?? part.name.value
    if (part.name.value === 'totalCount') shown[key] = found.totalCount
    else if (part.name.value === 'pageInfo') {
      const info = {
        hasNextPage: found.hasNextPage,
        hasPreviousPage: found.hasPreviousPage,
        startCursor: cursor(found.rows[0]),
        endCursor: cursor(found.rows.at(-1)),
      }
      shown[key] = pick(selection, info, part.selectionSet)
    } else if (part.name.value === 'edges') {
      shown[key] = found.rows.map((row): Json => {
        const edge: JsonObject = {}
        for (const one of fieldsOf(selection, part.selectionSet)) {
          const name = one.alias?.value ?? one.name.value
          if (one.name.value === 'cursor') edge[name] = cursor(row)
          if (one.name.value === 'node') edge[name] = projectRow(state, selection, object, row, one)
        }
        return edge
      })
    } else shown[key] = null
  }
  return shown
}
