import { badRequest } from '../refusal.ts'
import type { State } from '../state.ts'
import type { Json, JsonObject, ObjectMeta, Row } from '../types.ts'
import { isObject } from '../types.ts'
import { parseFilter } from './filter-text.ts'
import { valueAt } from './order.ts'
import { select } from './query.ts'

function parsed(text: string | null, name: string): Json[] {
  try {
    const value = JSON.parse(text ?? '[]') as Json
    if (Array.isArray(value)) return value
  } catch {
    // falls through to the refusal below
  }
  throw badRequest(`Invalid ${name} query parameter`)
}

/** `{customerTier: true}` or `{amount: {currencyCode: true}}` → the path that is grouped by. */
function pathOf(dimension: Json): string[] {
  const entry = isObject(dimension) ? Object.entries(dimension)[0] : undefined
  if (!entry) throw badRequest('Invalid group_by query parameter')
  const [name, inner] = entry
  return isObject(inner) ? [name, Object.keys(inner)[0] ?? ''] : [name]
}

/** `/rest/{plural}/groupBy`: counts, and no other aggregate, for each combination of values. */
export function groupBy(state: State, object: ObjectMeta, query: URLSearchParams): Json {
  const paths = parsed(query.get('group_by'), 'group_by').map(pathOf)
  const aggregates = parsed(query.get('aggregate'), 'aggregate').map(String)
  const groups = new Map<string, { values: Json[]; rows: Row[] }>()
  for (const row of select(object, state.table(object), parseFilter(query.get('filter')))) {
    const values = paths.map((path) => valueAt(row, path))
    const key = JSON.stringify(values)
    const group = groups.get(key) ?? { values, rows: [] }
    group.rows.push(row)
    groups.set(key, group)
  }
  return [...groups.values()].map((group) => {
    const shown: JsonObject = {}
    if (aggregates.includes('totalCount')) shown['totalCount'] = String(group.rows.length)
    shown['groupByDimensionValues'] = group.values
    return shown
  })
}
