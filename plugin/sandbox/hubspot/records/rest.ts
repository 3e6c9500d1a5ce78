import { linksOf, plainKind, kindById } from '../associations/links.ts'
import * as bodies from '../bodies/records.ts'
import { findType, typeNamed } from '../portal.ts'
import { invalid } from '../refusal.ts'
import type { Call, Route } from '../server/route.ts'
import { param, route } from '../server/route.ts'
import { ofType } from '../server/scopes.ts'
import type { ObjectType, RecordRow } from '../types.ts'
import { archive } from './commit.ts'
import { checkIdProperty, findRow, heirOf, rowNamed } from './find.ts'
import { namesOf, renderAll, renderRow } from './render.ts'
import type { Shown } from './render.ts'
import { plannedChange, plannedCreate, siteOf } from './write.ts'

const ROOT = '/crm/objects/2026-09/:objectType'
const reads = ofType('objects', 'read')
const writes = ofType('objects', 'write')

type Links = Record<string, { results: { id: string; type: string }[] }>

/** `?associations=companies,2-123`: what a record is linked to, each kind as an entry. */
function linksShown(call: Call, type: ObjectType, row: RecordRow): Links | undefined {
  const names = namesOf(call.query, 'associations')
  if (!names) return undefined
  const all: Links = {}
  for (const name of names) {
    const other = findType(call.portal, name)
    if (!other) throw invalid(`Unable to infer object type from: ${name}`)
    plainKind(call.portal, type, other)
    const results = [...linksOf(call.portal, { type, id: row.id }, other)].flatMap(([id, kinds]) =>
      [...kinds].map((typeId) => ({ id, type: kindById(call.portal, type, other, typeId)?.name ?? String(typeId) })),
    )
    if (results.length > 0) all[other.custom ? other.singular : (other.names[2] ?? other.singular)] = { results }
  }
  return Object.keys(all).length > 0 ? all : undefined
}

function shownWithLinks(call: Call, type: ObjectType, row: RecordRow): Shown & { associations?: Links } {
  const shown = renderRow(type, row, namesOf(call.query, 'properties'))
  const associations = linksShown(call, type, row)
  return associations ? { ...shown, associations } : shown
}

/** A page of records by id; `after` is the id to begin with. */
function page(call: Call): { results: Shown[]; paging?: { next: { after: string } } } {
  const type = typeNamed(call.portal, param(call, 'objectType'))
  const limit = Number(call.query.get('limit') ?? 10)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw invalid(`limit must be between 1 and 100, not ${limit}`)
  const archived = call.query.get('archived') === 'true'
  const after = Number(call.query.get('after') ?? 0)
  const rows: RecordRow[] = []
  for (const row of type.records.values()) {
    if ((row.archivedAt !== null) === archived && row.mergedInto === undefined && Number(row.id) >= after)
      rows.push(row)
    if (rows.length > limit) break
  }
  const results = rows.slice(0, limit).map((row) => shownWithLinks(call, type, row))
  const next = rows[limit]
  return next ? { results, paging: { next: { after: next.id } } } : { results }
}

export const recordRoutes: Route[] = [
  route(`GET ${ROOT}`, { scopes: reads, answers: { 200: bodies.records } }, (call) => ({
    status: 200,
    body: page(call),
  })),

  route(
    `POST ${ROOT}`,
    { scopes: writes, body: bodies.create, published: ['associations'], answers: { 201: bodies.record } },
    (call, body) => {
      const site = siteOf(call)
      const row = plannedCreate(site, body.properties, body.associations ?? [])()
      return { status: 201, body: renderAll(site.type, row) }
    },
  ),

  route(`GET ${ROOT}/:objectId`, { scopes: reads, answers: { 200: bodies.recordWithLinks } }, (call) => {
    const { type } = siteOf(call)
    const idProperty = call.query.get('idProperty')
    checkIdProperty(call.portal, type, idProperty)
    const id = param(call, 'objectId')
    const archived = call.query.get('archived') === 'true'
    const gone = archived && idProperty === null ? type.records.get(id) : undefined
    const heir = call.state.mergedReads === 'winner' && idProperty === null ? heirOf(type, id) : undefined
    if (heir) return { status: 200, body: shownWithLinks(call, type, heir) }
    // With `archived=true` only archived records are there.
    const row = gone?.archivedAt != null ? gone : archived ? rowNamed(type, '') : rowNamed(type, id, idProperty)
    return { status: 200, body: shownWithLinks(call, type, row) }
  }),

  route(
    `PATCH ${ROOT}/:objectId`,
    { scopes: writes, body: bodies.update, answers: { 200: bodies.record } },
    (call, { properties }) => {
      const site = siteOf(call)
      const idProperty = call.query.get('idProperty')
      checkIdProperty(call.portal, site.type, idProperty)
      const row = plannedChange(site, rowNamed(site.type, param(call, 'objectId'), idProperty), properties)()
      return { status: 200, body: renderAll(site.type, row) }
    },
  ),

  route(`DELETE ${ROOT}/:objectId`, { scopes: writes, answers: { 204: null } }, (call) => {
    const site = siteOf(call)
    const row = findRow(site.type, param(call, 'objectId'))
    if (row) archive(site, row)
    return { status: 204, body: null }
  }),
]
