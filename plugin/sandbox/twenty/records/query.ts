import { badRequest } from '../refusal.ts'
import type { Json, JsonObject, ObjectMeta, Row } from '../types.ts'
import { isObject } from '../types.ts'
import { joinColumn } from './columns.ts'
import { readCursor } from './cursor.ts'
import { compileFilter, mentionsDeleted } from './match.ts'
import type { Matcher } from './match.ts'
import type { OrderKey } from './order.ts'
import { compareRows, compareToCursor } from './order.ts'
import type { Table } from './table.ts'

export interface ListRequest {
  filter: JsonObject
  order: OrderKey[]
  limit: number
  after: string | null
  before: string | null
}

export interface Page {
  rows: Row[]
  totalCount: number
  hasNextPage: boolean
  hasPreviousPage: boolean
}

/** A filter made ready for one table: the test, and the few candidates where an index narrows them. */
interface Plan {
  test: (row: Row) => boolean
  candidates: Row[] | null
  since: string | null
}

function rowsOf(table: Table, ids: Iterable<string | undefined>): Row[] {
  const rows: Row[] = []
  for (const id of ids) {
    const row = id === undefined ? undefined : table.rows.get(id)
    if (row) rows.push(row)
  }
  return rows
}

function wanted(operators: Json): string[] | null {
  if (!isObject(operators)) return null
  const { eq, in: list } = operators
  if (typeof eq === 'string' && eq !== '') return [eq]
  return Array.isArray(list) ? list.map(String) : null
}

/** The rows that an index names for one field's operators, or null when none does. */
function fromIndex(object: ObjectMeta, table: Table, name: string, operators: Json): Row[] | null {
  const keys = wanted(operators)
  if (keys) {
    if (name === 'id') return rowsOf(table, new Set(keys.map((key) => key.toLowerCase())))
    const field = object.fields.find((candidate) => candidate.name === name || joinColumn(candidate) === name)
    if (field?.isUnique && field.type === 'TEXT')
      return rowsOf(table, new Set(keys.map((key) => table.holder(field, key))))
    if (field && joinColumn(field) === name) {
      return rowsOf(table, new Set(keys.flatMap((key) => [...(table.pointingAt(name, key) ?? [])])))
    }
  }
  return null
}

/** The earliest updatedAt that a filter can find, where it says so: `updatedAt[gte]`. */
function updatedSince(filter: JsonObject): string | null {
  const { updatedAt, and } = filter
  if (isObject(updatedAt ?? null)) {
    const from = (updatedAt as JsonObject)['gte'] ?? (updatedAt as JsonObject)['gt']
    const time = typeof from === 'string' ? Date.parse(from) : Number.NaN
    if (!Number.isNaN(time)) return new Date(time).toISOString()
  }
  if (!Array.isArray(and)) return null
  const bounds = and.filter(isObject).map(updatedSince)
  return bounds.reduce(
    (latest, bound) => (bound !== null && (latest === null || bound > latest) ? bound : latest),
    null,
  )
}

function narrowest(object: ObjectMeta, table: Table, filter: JsonObject): Row[] | null {
  let best: Row[] | null = null
  for (const [name, given] of Object.entries(filter)) {
    const rows =
      name === 'and' && Array.isArray(given)
        ? given.filter(isObject).reduce<Row[] | null>((least, one) => {
            const found = narrowest(object, table, one)
            return found && (!least || found.length < least.length) ? found : least
          }, null)
        : fromIndex(object, table, name, given)
    if (rows && (!best || rows.length < best.length)) best = rows
  }
  return best
}

function plan(object: ObjectMeta, table: Table, filter: JsonObject): Plan {
  const matches: Matcher = compileFilter(object, filter)
  const deletedToo = mentionsDeleted(filter)
  return {
    test: (row) => (deletedToo || row.deletedAt === null) && matches(row) === true,
    candidates: narrowest(object, table, filter),
    since: updatedSince(filter),
  }
}

/** All rows that a filter finds, in the order of their ids. */
export function select(object: ObjectMeta, table: Table, filter: JsonObject): Row[] {
  const { test, candidates, since } = plan(object, table, filter)
  if (candidates) return candidates.filter(test)
  if (since === null) return [...table.byId.from(null)].filter(test)
  const found = [...table.byUpdatedAt.from(since)].filter(test)
  return found.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/**
 * The rows in the order that is asked for, read off a sorted index and started as late as cursor and filter allow; null
 * when no index has that order.
 */
function inOrder(
  table: Table,
  request: ListRequest,
  held: Record<string, Json> | null,
  since: string | null,
): Iterable<Row> | null {
  const { order, before } = request
  const [first] = order
  if (!first || first.path.length !== 1) return null
  const cursor = before === null ? held?.[first.path[0] ?? ''] : undefined
  const from = typeof cursor === 'string' ? cursor : null
  if (first.path[0] === 'id') {
    return first.descending === (before === null) ? table.byId.backwards() : table.byId.from(from)
  }
  // updatedAt descending still breaks ties by ascending id, so only the ascending order can be read off the index
  if (first.path[0] !== 'updatedAt' || order.length !== 2 || first.descending) return null
  if (before !== null) return table.byUpdatedAt.backwards()
  return table.byUpdatedAt.from(from !== null && (since === null || from > since) ? from : since)
}

/** One page of a list. `limit` 0 gives no rows but says how many there are. */
export function page(object: ObjectMeta, table: Table, request: ListRequest): Page {
  if (request.after !== null && request.before !== null) throw badRequest('Cannot provide both before and after')
  const cursor = request.after ?? request.before
  const held = cursor === null ? null : readCursor(cursor)
  const { test, candidates, since } = plan(object, table, request.filter)
  const all = (): Iterable<Row> => candidates ?? (since === null ? table.rows.values() : table.byUpdatedAt.from(since))
  const totalCount = table.count(JSON.stringify(request.filter), () => {
    let count = 0
    for (const row of all()) if (test(row)) count++
    return count
  })
  const backwards = request.before !== null
  const inside = (row: Row): boolean => {
    if (!held) return true
    const order = compareToCursor(request.order, row, held)
    return backwards ? order < 0 : order > 0
  }
  const sorted = candidates ? null : inOrder(table, request, held, since)
  const rows: Row[] = []
  if (sorted) {
    for (const row of sorted) {
      if (!inside(row) || !test(row)) continue
      rows.push(row)
      if (rows.length > request.limit) break
    }
  } else {
    const found = [...all()].filter((row) => inside(row) && test(row))
    found.sort((a, b) => compareRows(request.order, a, b))
    if (backwards) found.reverse()
    rows.push(...found.slice(0, request.limit + 1))
  }
  const more = rows.length > request.limit
  if (more) rows.pop()
  if (backwards) rows.reverse()
  return {
    rows,
    totalCount,
    hasNextPage: backwards ? true : more,
    hasPreviousPage: backwards ? more : held !== null,
  }
}
