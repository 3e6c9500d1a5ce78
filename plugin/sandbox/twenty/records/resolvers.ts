import type { FieldNode } from 'graphql'
import { badRequest, recordNotFound, Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import type { Caller, Json, JsonObject, ObjectMeta, Row } from '../types.ts'
import { capital, isObject } from '../types.ts'
import { mergeRecords } from './merge.ts'
import { orderFrom } from './order.ts'
import { page, select } from './query.ts'
import type { Selection } from './selection.ts'
import { argumentsOf, checkDepth, connection, innerNode, projectRow } from './selection.ts'
import {
  createRecords,
  destroy,
  findRow,
  requireRight,
  restore,
  softDelete,
  updateRecord,
  updateRecords,
} from './service.ts'

/** Records a list gives when `first` isn't said. */
const DEFAULT_FIRST = 200

interface Root {
  state: State
  caller: Caller
  object: ObjectMeta
  given: Record<string, Json | undefined>
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value ?? null) ? (value as JsonObject) : {}
}

function textOrNull(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null
}

function matching({ state, object, given }: Root): Row[] {
  return select(object, state.table(object), objectOf(given['filter']))
}

function idOf(given: Record<string, Json | undefined>): string {
  return String(given['id'])
}

type Mutation = (root: Root) => Row[] | Promise<Row[]>

/** The mutations on one record and on many, by their verb. Each gives back the rows it touched. */
const ONE: Record<string, Mutation> = {
  create: ({ state, object, given, caller }) =>
    createRecords(state, object, [objectOf(given['data'])], caller, given['upsert'] === true),
  update: ({ state, object, given, caller }) => [
    updateRecord(state, object, idOf(given), objectOf(given['data']), caller),
  ],
  delete: ({ state, object, given, caller }) =>
    softDelete(state, object, [findRow(state, object, idOf(given), false)], caller),
  restore: ({ state, object, given, caller }) =>
    restore(state, object, [findRow(state, object, idOf(given), true)], caller),
  destroy: ({ state, object, given, caller }) => {
    const rows = [findRow(state, object, idOf(given), true)]
    destroy(state, object, rows, caller)
    return rows
  },
}

const MANY: Record<string, Mutation> = {
  create: ({ state, object, given, caller }) =>
    createRecords(state, object, given['data'] ?? null, caller, given['upsert'] === true),
  update: ({ state, object, given, caller }) =>
    updateRecords(state, object, objectOf(given['filter']), objectOf(given['data']), caller),
  delete: (root) => softDelete(root.state, root.object, matching(root), root.caller),
  restore: ({ state, object, given, caller }) => {
    const filter = { and: [objectOf(given['filter']), { deletedAt: { is: 'NOT_NULL' } }] }
    return restore(state, object, select(object, state.table(object), filter), caller)
  },
  destroy: (root) => {
    if (Object.keys(objectOf(root.given['filter'])).length === 0) {
      throw badRequest(
        'Filters are mandatory for bulk destroy operations. Please provide at least one filter to prevent accidental deletion of all records.',
      )
    }
    const rows = matching(root)
    destroy(root.state, root.object, rows, root.caller)
    return rows
  },
  merge: ({ state, object, given, caller }) => [mergeRecords(state, object, objectOf(given as JsonObject), caller)],
}

function unknownRoot(type: string, name: string): Refusal {
  return new Refusal(400, 'Error', `Cannot query field "${name}" on type "${type}".`, {
    extensions: { code: 'BAD_USER_INPUT', userFriendlyMessage: 'An error occurred.' },
  })
}

async function mutate(state: State, caller: Caller, field: FieldNode, selection: Selection): Promise<Json> {
  const name = field.name.value
  const verb = /^[a-z]+/.exec(name)?.[0] ?? ''
  const rest = name.slice(verb.length)
  const object = state.schema
    .list()
    .find((one) => [one.nameSingular, one.namePlural].some((word) => capital(word) === rest))
  const many = object !== undefined && capital(object.namePlural) === rest
  const mutation = many ? MANY[verb] : ONE[verb]
  if (!object || !mutation) throw unknownRoot('Mutation', name)
  const rows = await mutation({ state, caller, object, given: argumentsOf(selection, field) })
  const shown = rows.map((row): Json => projectRow(state, selection, object, row, field))
  return many && verb !== 'merge' ? shown : (shown[0] ?? null)
}

function query(state: State, caller: Caller, field: FieldNode, selection: Selection): Json {
  const name = field.name.value
  const object = state.schema.named(name)
  if (!object) throw unknownRoot('Query', name)
  requireRight(caller.role, 'canReadAllObjectRecords')
  const given = argumentsOf(selection, field)
  const root: Root = { state, caller, object, given }
  if (object.nameSingular === name) {
    checkDepth(state, selection, object, field, false)
    const [row] = matching(root)
    if (!row) throw recordNotFound()
    return projectRow(state, selection, object, row, field)
  }
  checkDepth(state, selection, object, innerNode(selection, field), true)
  const order = orderFrom(object, given['orderBy'] ?? null)
  const limit = given['first'] ?? given['last'] ?? given['limit']
  const before = textOrNull(given['before'])
  const found = page(object, state.table(object), {
    filter: objectOf(given['filter']),
    order,
    limit: typeof limit === 'number' ? limit : DEFAULT_FIRST,
    after: textOrNull(given['after']),
    before,
  })
  return connection(state, selection, object, found, order, field)
}

/** Answers one root field of a query or mutation. */
export async function resolveRoot(
  state: State,
  caller: Caller,
  kind: string,
  field: FieldNode,
  selection: Selection,
): Promise<Json> {
  if (field.name.value === '__typename') return capital(kind)
  return kind === 'mutation' ? mutate(state, caller, field, selection) : query(state, caller, field, selection)
}
