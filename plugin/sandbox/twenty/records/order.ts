import { badRequest, Refusal } from '../refusal.ts'
import type { Json, ObjectMeta, Row } from '../types.ts'
import { isObject } from '../types.ts'
import { COMPOSITES, joinColumn } from './columns.ts'
import { optionValues } from './values.ts'

/** One key of an order. `path` is the column, or column and subfield. */
export interface OrderKey {
  path: string[]
  descending: boolean
  nullsFirst: boolean
  /** The ranks of a SELECT: the database orders an enum by its options, not by its letters. */
  ranks: Map<string, number> | null
}

const DIRECTIONS = ['AscNullsFirst', 'AscNullsLast', 'DescNullsFirst', 'DescNullsLast']

export const BY_ID: OrderKey = { path: ['id'], descending: false, nullsFirst: true, ranks: null }

function keyFor(object: ObjectMeta, path: string[], direction: string): OrderKey {
  const [name = '', part] = path
  const field = object.fields.find((candidate) => candidate.name === name || joinColumn(candidate) === name)
  const parts = field ? COMPOSITES[field.type] : undefined
  if (field && parts && part === undefined) {
    const message = `Composite field "${name}" requires subfield ordering (e.g., { ${name}: { subFieldName: 'AscNullsFirst' } })`
    throw new Refusal(400, 'Error', message, {
      code: 'INVALID_QUERY_INPUT',
      extensions: { subCode: 'INVALID_QUERY_INPUT', userFriendlyMessage: 'An error occurred.', code: 'BAD_USER_INPUT' },
    })
  }
  if (!field || (parts ? !part || !(part in parts) : part !== undefined)) {
    throw new Refusal(400, 'Error', `Field "${path.join('.')}" does not exist or is not sortable`, {
      code: 'FIELD_NOT_FOUND',
      extensions: { subCode: 'FIELD_NOT_FOUND', userFriendlyMessage: 'An error occurred.', code: 'BAD_USER_INPUT' },
    })
  }
  const ranked = field.type === 'SELECT' || field.type === 'RATING'
  return {
    path,
    descending: direction.startsWith('Desc'),
    nullsFirst: direction.endsWith('First'),
    ranks: ranked ? new Map(optionValues(field).map((value, rank) => [value, rank])) : null,
  }
}

/** Reads `order_by=updatedAt[AscNullsFirst],name[DescNullsLast]`; without a direction, AscNullsFirst. */
export function parseOrder(object: ObjectMeta, text: string | null): OrderKey[] {
  const given = (text ?? '').split(',').filter((part) => part.trim() !== '')
  const keys = given.map((part) => {
    const [, name = part, direction = 'AscNullsFirst'] = /^([^[]+)(?:\[([^\]]*)\])?$/.exec(part.trim()) ?? []
    if (!DIRECTIONS.includes(direction)) {
      throw badRequest(
        `'order_by' direction '${direction}' invalid. Allowed values are '${DIRECTIONS.join("', '")}'. ` +
          'eg: ?order_by=field_1[AscNullsFirst],field_2[DescNullsLast],field_3',
      )
    }
    return keyFor(object, name.split('.'), direction)
  })
  return withId(keys)
}

/** Reads GraphQL's `orderBy: [{updatedAt: AscNullsFirst}, {name: {firstName: AscNullsLast}}]`. */
export function orderFrom(object: ObjectMeta, given: Json): OrderKey[] {
  const list = Array.isArray(given) ? given : given === null ? [] : [given]
  const keys = list.filter(isObject).flatMap((entry) =>
    Object.entries(entry).flatMap(([name, value]) => {
      if (!isObject(value)) return [keyFor(object, [name], String(value))]
      return Object.entries(value).map(([part, direction]) => keyFor(object, [name, part], String(direction)))
    }),
  )
  return withId(keys)
}

function withId(keys: OrderKey[]): OrderKey[] {
  return keys.some((key) => key.path[0] === 'id') ? keys : [...keys, BY_ID]
}

export function valueAt(row: Row, path: string[]): Json {
  const [name = '', part] = path
  const value = row[name] ?? null
  if (part === undefined) return value
  return isObject(value) ? (value[part] ?? null) : null
}

function compareKey(key: OrderKey, left: Json, right: Json): number {
  if (left === null || right === null) {
    if (left === right) return 0
    return (left === null) === key.nullsFirst ? -1 : 1
  }
  const a = key.ranks?.get(String(left)) ?? left
  const b = key.ranks?.get(String(right)) ?? right
  const order = a === b ? 0 : (typeof a === 'number' && typeof b === 'number' ? a < b : String(a) < String(b)) ? -1 : 1
  return key.descending ? -order : order
}

export function compareRows(keys: OrderKey[], a: Row, b: Row): number {
  for (const key of keys) {
    const order = compareKey(key, valueAt(a, key.path), valueAt(b, key.path))
    if (order !== 0) return order
  }
  return 0
}

/**
 * Where a row stands to a cursor. Keys that the cursor doesn't hold are passed over: GraphQL cursors only hold what was
 * selected, and this is how pages ordered by an unselected field lose rows.
 */
export function compareToCursor(keys: OrderKey[], row: Row, cursor: Record<string, Json>): number {
  for (const key of keys) {
    const [name = '', part] = key.path
    const held = cursor[name]
    if (held === undefined) continue
    const value = part !== undefined && isObject(held) ? (held[part] ?? null) : held
    const order = compareKey(key, valueAt(row, key.path), value)
    if (order !== 0) return order
  }
  return 0
}
