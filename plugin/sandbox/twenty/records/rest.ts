import { badRequest } from '../refusal.ts'
import type { Outgoing, Incoming } from '../server/http.ts'
import { jsonBody } from '../server/http.ts'
import type { State } from '../state.ts'
import type { Caller, Json, JsonObject, ObjectMeta, Row } from '../types.ts'
import { capital, isObject } from '../types.ts'
import { makeCursor } from './cursor.ts'
import { duplicatesOf } from './duplicates.ts'
import { parseFilter } from './filter-text.ts'
import { groupBy } from './group.ts'
import { mergeRecords } from './merge.ts'
import { parseOrder } from './order.ts'
import { page, select } from './query.ts'
import { renderDeep, renderRow } from './render.ts'
import {
  createRecords,
  destroy,
  findRow,
  requireRight,
  requireUuid,
  restore,
  softDelete,
  updateRecord,
  updateRecords,
} from './service.ts'

const DEFAULT_LIMIT = 60

/** One call on `/rest/{plural}`, with what all its routes need. */
interface Call {
  state: State
  caller: Caller
  request: Incoming
  object: ObjectMeta
  /** Renders a record to the depth that was asked for. */
  show: (row: Row) => JsonObject
}

function ok(name: string, value: Json, status = 200): Outgoing {
  return { status, body: { data: { [name]: value } } }
}

function depthOf(request: Incoming): number {
  const depth = request.query.get('depth') ?? '0'
  if (depth !== '0' && depth !== '1') throw badRequest(`'depth=${depth}' parameter invalid. Allowed values are 0, 1`)
  return Number(depth)
}

function limitOf(request: Incoming, max: number): number {
  const given = request.query.get('limit')
  if (given === null || given === '') return DEFAULT_LIMIT
  if (!/^\d+$/.test(given)) throw badRequest(`limit '${given}' is invalid. Should be an integer`)
  return Math.min(Number(given), max)
}

function list({ state, caller, request, object, show }: Call): Outgoing {
  requireRight(caller.role, 'canReadAllObjectRecords')
  const order = parseOrder(object, request.query.get('order_by'))
  const found = page(object, state.table(object), {
    filter: parseFilter(request.query.get('filter')),
    order,
    limit: limitOf(request, state.maxRecords),
    after: request.query.get('starting_after'),
    before: request.query.get('ending_before'),
  })
  const first = found.rows[0]
  const last = found.rows.at(-1)
  return {
    status: 200,
    body: {
      data: { [object.namePlural]: found.rows.map(show) },
      totalCount: found.totalCount,
      pageInfo: {
        startCursor: first ? makeCursor(order, first) : null,
        endCursor: last ? makeCursor(order, last) : null,
        hasNextPage: found.hasNextPage,
        hasPreviousPage: found.hasPreviousPage,
      },
    },
  }
}

async function create(call: Call, inputs: unknown, many: boolean): Promise<Outgoing> {
  const { state, object, caller, request } = call
  const rows = await createRecords(state, object, inputs, caller, request.query.get('upsert') === 'true')
  const shown = rows.map(call.show)
  if (many) return ok(`create${capital(object.namePlural)}`, shown, 201)
  return ok(`create${capital(object.nameSingular)}`, shown[0] ?? null, 201)
}

function removeMany({ state, caller, request, object, show }: Call): Outgoing {
  const soft = request.query.get('soft_delete') === 'true'
  const filter = request.query.get('filter')
  if (!filter) {
    throw badRequest(
      `Filters are mandatory for bulk ${soft ? 'delete' : 'destroy'} operations. ` +
        'Please provide at least one filter to prevent accidental deletion of all records.',
    )
  }
  const rows = select(object, state.table(object), parseFilter(filter))
  const name = `delete${capital(object.namePlural)}`
  if (soft) return ok(name, softDelete(state, object, rows, caller).map(show))
  destroy(state, object, rows, caller)
  return ok(
    name,
    rows.map((row) => ({ id: row.id })),
  )
}

function restoreMany({ state, caller, request, object, show }: Call): Outgoing {
  const filter = parseFilter(request.query.get('filter'))
  const rows = select(object, state.table(object), { and: [filter, { deletedAt: { is: 'NOT_NULL' } }] })
  return ok(`restore${capital(object.namePlural)}`, restore(state, object, rows, caller).map(show))
}

function removeOne({ state, caller, request, object, show }: Call, id: string): Outgoing {
  const name = `delete${capital(object.nameSingular)}`
  if (request.query.get('soft_delete') === 'true') {
    requireRight(caller.role, 'canSoftDeleteAllObjectRecords')
    const [row] = softDelete(state, object, [findRow(state, object, id, true)], caller)
    return ok(name, row ? show(row) : null)
  }
  requireRight(caller.role, 'canDestroyAllObjectRecords')
  destroy(state, object, [findRow(state, object, id, true)], caller)
  return ok(name, { id })
}

async function collection(call: Call): Promise<Outgoing | null> {
  const { request, object, state, caller } = call
  switch (request.method) {
    case 'GET':
      return list(call)
    case 'POST':
      return create(call, [jsonBody(request)], false)
    case 'PATCH':
    case 'PUT': {
      const body = jsonBody(request)
      const filter = parseFilter(request.query.get('filter'))
      const rows = updateRecords(state, object, filter, isObject(body ?? null) ? (body as JsonObject) : {}, caller)
      return ok(`update${capital(object.namePlural)}`, rows.map(call.show))
    }
    case 'DELETE':
      return removeMany(call)
    default:
      return null
  }
}

function single(call: Call, id: string): Outgoing | null {
  const { request, object, state, caller, show } = call
  switch (request.method) {
    case 'GET':
      requireRight(caller.role, 'canReadAllObjectRecords')
      return ok(object.nameSingular, show(findRow(state, object, id, false)))
    case 'PATCH':
    case 'PUT':
      return ok(
        `update${capital(object.nameSingular)}`,
        show(updateRecord(state, object, id, jsonBody(request) ?? {}, caller)),
      )
    case 'DELETE':
      return removeOne(call, id)
    default:
      return null
  }
}

function objectNamed(state: State, name: string): ObjectMeta {
  const object = state.schema.plural(name)
  if (object?.isActive) return object
  const near = state.schema.singular(name)
  const hint = near ? `Did you mean '${near.namePlural}'?` : 'eg: companies'
  throw badRequest(`object '${name}' not found. ${hint}`)
}

/** Answers `/rest/{plural}…`, `/rest/batch/{plural}` and `/rest/restore/{plural}`. */
export async function recordsRest(state: State, caller: Caller, request: Incoming): Promise<Outgoing> {
  const parts = request.path.split('/').slice(2)
  const [head = '', second, third] = parts
  const special = head === 'batch' || head === 'restore'
  const pathRefusal = badRequest(
    `Query path '${request.path}' invalid. Valid examples: /rest/companies/id or /rest/companies or /rest/batch/companies`,
  )
  if (parts.length > 2 || (special && third !== undefined)) throw pathRefusal
  const word = second === 'duplicates' || second === 'merge' || second === 'groupBy'
  const id = !special && second !== undefined && !word ? requireUuid(second) : null
  const object = objectNamed(state, special ? (second ?? '') : head)
  const depth = depthOf(request)
  const show = (row: Row): JsonObject => (depth === 1 ? renderDeep(state, object, row) : renderRow(object, row))
  const call: Call = { state, caller, request, object, show }
  let answer: Outgoing | null = null
  if (head === 'batch' && request.method === 'POST') answer = await create(call, jsonBody(request), true)
  else if (head === 'restore' && request.method === 'PATCH') answer = restoreMany(call)
  else if (second === 'duplicates')
    answer = { status: 200, body: { data: duplicatesOf(state, object, jsonBody(request) ?? null) } }
  else if (second === 'merge') {
    const merged = mergeRecords(state, object, jsonBody(request) ?? null, caller)
    answer = ok(`merge${capital(object.nameSingular)}`, show(merged))
  } else if (second === 'groupBy') answer = { status: 200, body: groupBy(state, object, request.query) }
  else if (id !== null) answer = single(call, id)
  else if (!special) answer = await collection(call)
  if (!answer) throw pathRefusal
  return answer
}
