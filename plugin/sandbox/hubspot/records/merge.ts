import { link, linksOf, unlink } from '../associations/links.ts'
import * as bodies from '../bodies/records.ts'
import { invalid } from '../refusal.ts'
import type { Route } from '../server/route.ts'
import { route } from '../server/route.ts'
import { ofType } from '../server/scopes.ts'
import type { RecordRow } from '../types.ts'
import { archive, create, touch } from './commit.ts'
import type { Site } from './commit.ts'
import { findRow, rowNamed } from './find.ts'
import { renderAll } from './render.ts'
import { siteOf } from './write.ts'

/** The list, on a record, of those that were merged into it. */
const MERGED = 'hs_merged_object_ids'

function moveLinks(site: Site, winner: RecordRow, loser: RecordRow): void {
  const { portal, type } = site
  for (const other of portal.types.values()) {
    for (const [id, kinds] of [...linksOf(portal, { type, id: loser.id }, other)]) {
      const all = portal.associationTypes.filter(
        (kind) => kind.from === type.id && kind.to === other.id && kinds.has(kind.typeId),
      )
      const to = { type: other, id }
      unlink(site, { type, id: loser.id }, to, null)
      if (other !== type || id !== winner.id) link(site, { type, id: winner.id }, to, all)
    }
  }
}

/** Gives the winner the values that it lacked; tells how many. */
function moveValues({ type }: Site, winner: RecordRow, loser: RecordRow): number {
  const own = new Set(Object.keys(winner.properties))
  const moved = Object.entries(loser.properties).filter(([name]) => !own.has(name))
  for (const [name, value] of moved) {
    winner.properties[name] = value
    if (!type.properties.get(name)?.hasUniqueValue) continue
    const held = type.unique.get(name) ?? new Map<string, string>()
    type.unique.set(name, held.set(value, winner.id))
  }
  return moved.length
}

/**
 * Merges one record into another: the winner takes the values that it lacked and all links, the other one is archived. The
 * winner keeps its id, or, where the account does so, both are archived and a new record has all. Gives the one that stays.
 */
export function mergeRows(site: Site, winner: RecordRow, loser: RecordRow): RecordRow {
  const { state, portal, type, source } = site
  const kept = state.mergeMakesNew ? create(site, {}) : winner
  const gone = kept === winner ? [loser] : [winner, loser]
  let moved = 0
  for (const row of gone) {
    moveLinks(site, kept, row)
    archive(site, row)
    touch(site, kept)
    moved += moveValues(site, kept, row)
    row.mergedInto = kept.id
    const before = [kept, row].flatMap(({ properties }) => (properties[MERGED] ?? '').split(';'))
    kept.properties[MERGED] = [...new Set([...before, row.id])].filter((id) => id !== '').join(';')
  }
  const more = {
    primaryObjectId: Number(winner.id),
    mergedObjectIds: [Number(loser.id)],
    newObjectId: Number(kept.id),
    numberOfPropertiesMoved: moved,
  }
  state.changed(portal, { kind: 'merge', type, objectId: kept.id, more, source })
  return kept
}

/** Takes a contact away for good, with all that it held and its links. */
export function forget(site: Site, row: RecordRow): void {
  const { state, portal, type, source } = site
  for (const other of portal.types.values()) {
    for (const id of [...linksOf(portal, { type, id: row.id }, other).keys()]) {
      unlink(site, { type, id: row.id }, { type: other, id }, null)
    }
  }
  for (const held of type.unique.values()) for (const [value, id] of held) if (id === row.id) held.delete(value)
  type.records.delete(row.id)
  state.changed(portal, { kind: 'privacyDeletion', type, objectId: row.id, more: {}, source })
}

const scopes = ofType('objects', 'write')

export const mergeRoutes: Route[] = [
  route(
    'POST /crm/objects/2026-09/:objectType/merge',
    { scopes, body: bodies.merge, answers: { 200: bodies.record } },
    (call, { primaryObjectId, objectIdToMerge }) => {
      const site = siteOf(call)
      if (primaryObjectId === objectIdToMerge) throw invalid('A record cannot be merged with itself')
      const winner = rowNamed(site.type, primaryObjectId)
      const kept = mergeRows(site, winner, rowNamed(site.type, objectIdToMerge))
      return { status: 200, body: renderAll(site.type, kept) }
    },
  ),

  route(
    'POST /crm/objects/2026-09/:objectType/gdpr-delete',
    { scopes, body: bodies.gdprDelete, answers: { 204: null } },
    (call, { objectId, idProperty }) => {
      const site = siteOf(call)
      if (site.type.id !== '0-1') throw invalid('Only contacts can be deleted for good')
      const row = findRow(site.type, objectId, idProperty) ?? site.type.records.get(objectId)
      if (row) forget(site, row)
      return { status: 204, body: null }
    },
  ),
]
