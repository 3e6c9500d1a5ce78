import * as bodies from '../bodies/records.ts'
import { invalid } from '../refusal.ts'
import type { Call, Route } from '../server/route.ts'
import { route } from '../server/route.ts'
import { ofType } from '../server/scopes.ts'
import type { State } from '../state.ts'
import type { ObjectType, RecordRow } from '../types.ts'
import { comparable, filterTest } from './filter.ts'
import type { Indexed } from './filter.ts'
import { renderRow } from './render.ts'
import { siteOf } from './write.ts'

/** No query gives more than this many records, however it is paged. */
const MOST_RESULTS = 10_000

interface Entry extends Indexed {
  row: RecordRow
}

/** A record as the index has it: what it was one lag ago; null when it wasn't there, or was archived. */
function indexed(state: State, row: RecordRow): Entry | null {
  const seen = state.now() - state.indexLagMs
  if (row.changedAt <= seen || state.indexLagMs === 0) {
    return row.archivedAt === null ? { id: row.id, row, properties: row.properties } : null
  }
  const past = row.past.findLast(({ from }) => from <= seen)
  return past && !past.archived ? { id: row.id, row, properties: past.properties } : null
}

/** In the order that is asked for, those without a value last, equal ones by id. */
function sorted(type: ObjectType, entries: Entry[], sorts: bodies.Sort[] | undefined): Entry[] {
  const sort = sorts?.[0] ?? 'hs_object_id'
  const text = typeof sort === 'string' ? sort : sort.propertyName
  const down = typeof sort === 'string' ? text.startsWith('-') : sort.direction === 'DESCENDING'
  const name = text.replace(/^-/, '')
  const meta = type.properties.get(name)
  if (!meta) throw invalid(`Property "${name}" does not exist, so nothing can be sorted by it`)
  const keyed = entries.map((entry) => {
    const value = entry.properties[name]
    return { entry, id: Number(entry.id), key: value === undefined ? null : comparable(meta, value) }
  })
  keyed.sort((one, other) => {
    if (one.key === other.key) return one.id - other.id
    if (one.key === null || other.key === null) return one.key === null ? 1 : -1
    return (one.key < other.key ? -1 : 1) * (down ? -1 : 1)
  })
  return keyed.map(({ entry }) => entry)
}

function find(call: Call, type: ObjectType, body: bodies.SearchBody): Entry[] {
  const groups = (body.filterGroups ?? []).map(({ filters }) =>
    filters.map((one) => filterTest(call.portal, type, one)),
  )
  const words = body.query?.toLowerCase()
  const found: Entry[] = []
  for (const row of type.records.values()) {
    const entry = indexed(call.state, row)
    if (!entry) continue
    if (groups.length > 0 && !groups.some((tests) => tests.every((test) => test(entry)))) continue
    if (words !== undefined && !Object.values(entry.properties).some((value) => value.toLowerCase().includes(words))) {
      continue
    }
    found.push(entry)
  }
  return sorted(type, found, body.sorts)
}

export const searchRoutes: Route[] = [
  route(
    'POST /crm/objects/2026-09/:objectType/search',
    {
      scopes: ofType('objects', 'read'),
      published: ['after', 'filterGroups', 'limit', 'properties', 'sorts'],
      body: bodies.search,
      answers: { 200: bodies.found },
      budget: 'search',
    },
    (call, body) => {
      const { type } = siteOf(call)
      if (call.state.strict && body.sorts?.some((sort) => typeof sort !== 'string'))
        throw invalid('Invalid input JSON: sorts: the published specification has texts, as hs_lastmodifieddate')
      const limit = body.limit ?? 10
      const after = Number(body.after ?? 0)
      if (after + limit > MOST_RESULTS) {
        throw invalid(
          `A search gives at most ${MOST_RESULTS} results: after ${after} with limit ${limit} is beyond them.`,
        )
      }
      const all = find(call, type, body)
      const results = all
        .slice(after, after + limit)
        .map(({ row, properties }) => renderRow(type, row, body.properties ?? null, properties))
      const next = after + limit
      const more = next < all.length && limit > 0
      const page = more ? { paging: { next: { after: String(next) } } } : {}
      return { status: 200, body: { total: all.length, results, ...page } }
    },
  ),
]
