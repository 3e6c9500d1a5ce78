import type { CallResult } from '../port.ts'
import { calls } from './calls.ts'
import { chunks, listIn, nextPage, noList, type Portal } from './client.ts'
import { pathOf } from './layout.ts'
import { keyPropertyOf } from './names.ts'
import { rawRecords } from './read.ts'
import type { HubspotRecord } from './records.ts'

/** Keys in one search: a list of values takes no more. */
const KEYS = 100

/** Oldest first. */
const byAge = (one: HubspotRecord, other: HubspotRecord): number =>
  (one.createdAt ?? '').localeCompare(other.createdAt ?? '') || Number(one.id) - Number(other.id)

/**
 * Record ids of ladder keys that aren't unique, by search: it lags behind by some moments. Of records that were made twice the
 * oldest stays, and the others go into the bin. `isGone`: what a search may still show and is known not to be there.
 */
export const searchKeys = async (
  portal: Portal,
  object: string,
  keys: readonly string[],
  isGone: (recordId: string) => boolean,
): Promise<CallResult<Map<string, string>>> => {
  const property = keyPropertyOf(object)
  const found: HubspotRecord[] = []
  for (const part of chunks(keys, KEYS)) {
    const records = await searchPart(portal, object, property, part)
    if (!records.ok) return records
    found.push(...records.value.filter(({ id }) => !isGone(id)))
  }
  const wanted = new Set(keys)
  const ids = new Map<string, string>()
  const twins: string[] = []
  for (const { id, properties } of found.toSorted(byAge)) {
    const key = properties[property]
    // a search takes capital letters for small ones
    if (!key || !wanted.has(key) || ids.get(key) === id) continue
    if (ids.has(key)) twins.push(id)
    else ids.set(key, id)
  }
  const away = await putAway(portal, object, [...new Set(twins)])
  return away.ok ? { ok: true, value: ids } : away
}

const searchPart = async (
  portal: Portal,
  object: string,
  property: string,
  keys: readonly string[],
): Promise<CallResult<HubspotRecord[]>> => {
  const found: HubspotRecord[] = []
  for (let after: string | null = '0'; after !== null;) {
    const result: CallResult<unknown> = await portal.call(calls.search, {
      words: { type: pathOf(portal.layout, object) ?? '' },
      json: {
        // text in a list is found in small letters alone
        filterGroups: [
          { filters: [{ propertyName: property, operator: 'IN', values: keys.map((key) => key.toLowerCase()) }] },
        ],
        sorts: ['hs_object_id'],
        properties: [property],
        limit: calls.search.most,
        after,
      },
    })
    if (!result.ok) return result
    const list = listIn(result.value, 'results')
    if (!list) return noList('records')
    found.push(...rawRecords(list))
    after = nextPage(result.value)
  }
  return { ok: true, value: found }
}

const putAway = async (portal: Portal, object: string, ids: string[]): Promise<CallResult<null>> => {
  for (const part of chunks(ids, calls.archive.most)) {
    const result = await portal.call(calls.archive, {
      words: { type: pathOf(portal.layout, object) ?? '' },
      json: { inputs: part.map((id) => ({ id })) },
      urgent: true,
    })
    if (!result.ok) return result
    portal.deps.twins?.(part.length)
  }
  return { ok: true, value: null }
}
