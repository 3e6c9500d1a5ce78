import type { CallResult, Page } from '../port.ts'
import { calls } from './calls.ts'
import { listIn, nextPage, noList, notCarried, type Portal } from './client.ts'
import { isCarried, pathOf } from './layout.ts'
import { isLadderPipeline, readProperties } from './names.ts'
import { rawRecords, snapshots } from './read.ts'
import type { HubspotRecord } from './records.ts'
import { instantOf } from './values.ts'

const EPOCH = '1970-01-01T00:00:00.000Z'

/** The property that holds the time of a record's last change. */
const changedProperty = (object: string): string => (object === 'person' ? 'lastmodifieddate' : 'hs_lastmodifieddate')

/**
 * Where a reading stands. `t<ms>`: records changed at that instant or later. `i<ms>:<id>`: more records than a page were
 * changed at one instant: those of it, by id. `b<after>`: the bin. Each page asks anew from where the last one ended, never
 * by offset: records that change meanwhile move to the end and shift all others, and an offset ends at 10,000.
 */
const TIME = /^t(\d+)$/
const INSTANT = /^i(\d+):(\d+)$/
const BIN = /^b(.*)$/

/** Records changed since an instant, oldest first, then those put into the bin since. */
export const changedSince = async (
  portal: Portal,
  object: string,
  since: string,
  cursor: string | null,
): Promise<CallResult<Page>> => {
  if (!isCarried(portal.layout, object)) return notCarried(object)
  const at = cursor ?? `t${Date.parse(since)}`
  const [, after] = BIN.exec(at) ?? []
  if (after !== undefined) return binnedSince(portal, object, since, after)
  const [, instant, id] = INSTANT.exec(at) ?? []
  const from = Number(instant ?? TIME.exec(at)?.[1] ?? 0)
  const result = await searchFrom(portal, object, from, id)
  if (!result.ok) return result
  const records = await snapshots(portal, object, result.value)
  if (!records.ok) return records
  const next =
    result.value.length >= calls.search.most
      ? nextOf(object, result.value, from, id !== undefined)
      : id === undefined
        ? null
        : `t${from + 1}`
  // nothing that Ladder knew can have been deleted before it first looked
  return { ok: true, value: { records: records.value, next: next ?? (since === EPOCH ? null : 'b') } }
}

const timeOf = (object: string, { properties, updatedAt }: HubspotRecord): number =>
  Date.parse(instantOf(properties[changedProperty(object)] ?? updatedAt) ?? EPOCH)

/** After a full page: from its last instant on, or inside of it when the page held nothing else. */
const nextOf = (object: string, page: HubspotRecord[], from: number, isInstant: boolean): string | null => {
  const [first, last] = [page[0], page.at(-1)]
  if (!first || !last) return null
  if (isInstant) return `i${from}:${last.id}`
  const time = timeOf(object, last)
  return time > timeOf(object, first) ? `t${time}` : `i${time}:0`
}

const searchFrom = async (
  portal: Portal,
  object: string,
  from: number,
  id: string | undefined,
): Promise<CallResult<HubspotRecord[]>> => {
  const changed = changedProperty(object)
  const since = { propertyName: changed, operator: 'GTE', value: String(from) }
  const inside = [
    since,
    { propertyName: changed, operator: 'LTE', value: String(from) },
    { propertyName: 'hs_object_id', operator: 'GT', value: id },
  ]
  const result = await portal.call(calls.search, {
    words: { type: pathOf(portal.layout, object) ?? '' },
    json: {
      filterGroups: id !== undefined ? [{ filters: inside }] : from > 0 ? [{ filters: [since] }] : [],
      // as the vendor's specification has it: properties by name, and always a place to go on from
      sorts: [id === undefined ? changed : 'hs_object_id'],
      properties: [...readProperties(portal.layout, object), changed],
      limit: calls.search.most,
      after: '0',
    },
  })
  if (!result.ok) return result
  const list = listIn(result.value, 'results')
  return list ? { ok: true, value: rawRecords(list) } : noList('records')
}

const listPage = async (
  portal: Portal,
  object: string,
  after: string,
  query: Record<string, string>,
): Promise<CallResult<{ raws: HubspotRecord[]; next: string | null }>> => {
  const result = await portal.call(calls.list, {
    words: { type: pathOf(portal.layout, object) ?? '' },
    query: { limit: String(calls.list.most), ...(after ? { after } : {}), ...query },
  })
  if (!result.ok) return result
  const list = listIn(result.value, 'results')
  return list ? { ok: true, value: { raws: rawRecords(list), next: nextPage(result.value) } } : noList('records')
}

/** The bin has no order by time: all of it is paged through, and those that came into it since are kept. */
const binnedSince = async (portal: Portal, object: string, since: string, after: string): Promise<CallResult<Page>> => {
  const properties = readProperties(portal.layout, object).join(',')
  const page = await listPage(portal, object, after, { archived: 'true', properties })
  if (!page.ok) return page
  const fresh = page.value.raws
    .map((raw) => ({ ...raw, archived: true }))
    .filter((raw) => (instantOf(raw.archivedAt ?? raw.updatedAt) ?? '') >= since)
  const records = await snapshots(portal, object, fresh)
  if (!records.ok) return records
  return { ok: true, value: { records: records.value, next: page.value.next === null ? null : `b${page.value.next}` } }
}

/** Ids of living records, a page a call; of deals, those in Ladder's pipelines. */
export const listIds = async (
  portal: Portal,
  object: string,
  cursor: string | null,
): Promise<CallResult<{ ids: string[]; next: string | null }>> => {
  if (!isCarried(portal.layout, object)) return notCarried(object)
  const isDeal = object === 'development' && portal.layout.carrier === 'deal'
  const page = await listPage(portal, object, cursor ?? '', { properties: isDeal ? 'pipeline' : 'hs_object_id' })
  if (!page.ok) return page
  const own = page.value.raws.filter(({ properties }) => !isDeal || isLadderPipeline(properties.pipeline ?? ''))
  return { ok: true, value: { ids: own.map(({ id }) => id), next: page.value.next } }
}
