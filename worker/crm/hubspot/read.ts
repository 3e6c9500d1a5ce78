import type { RecordSnapshot } from '../../../schemas/events/index.ts'
import type { CallResult } from '../port.ts'
import { calls } from './calls.ts'
import { chunks, listIn, noList, notCarried, type Portal } from './client.ts'
import { pathOf } from './layout.ts'
import { readProperties } from './names.ts'
import { type HubspotRecord, rawRecord, snapshotOf } from './records.ts'
import { relationsFrom } from './relations.ts'

/** Records of an answer; those that aren't are left out. */
export const rawRecords = (list: Record<string, unknown>[]): HubspotRecord[] =>
  list.map(rawRecord).filter((record) => record !== undefined)

/** Records in neutral form. Those that people made say their relations by associations alone: these are read as well. */
export const snapshots = async (
  portal: Portal,
  object: string,
  raws: HubspotRecord[],
): Promise<CallResult<RecordSnapshot[]>> => {
  const peoples = raws.filter(({ properties, archived }) => !properties.ladder_key && !archived)
  const relations = await relationsFrom(
    portal,
    object,
    peoples.map(({ id }) => id),
  )
  if (!relations.ok) return relations
  const value = raws.map((raw) => snapshotOf(portal.layout, object, raw, relations.value.get(raw.id)))
  return { ok: true, value: value.filter((record) => record !== undefined) }
}

/** Reads raw records by id, or by another unique property; those that aren't there are left out. */
export const readRaw = async (
  portal: Portal,
  object: string,
  ids: readonly string[],
  { archived = false, idProperty, properties }: { archived?: boolean; idProperty?: string; properties?: string[] } = {},
): Promise<CallResult<HubspotRecord[]>> => {
  const type = pathOf(portal.layout, object)
  if (!type) return notCarried(object)
  const found: HubspotRecord[] = []
  for (const part of chunks(ids, calls.read.most)) {
    const result = await portal.call(calls.read, {
      words: { type },
      query: archived ? { archived: 'true' } : {},
      json: {
        inputs: part.map((id) => ({ id })),
        properties: properties ?? readProperties(portal.layout, object),
        propertiesWithHistory: [],
        ...(idProperty ? { idProperty } : {}),
      },
    })
    if (!result.ok) return result
    const list = listIn(result.value, 'results')
    if (!list) return noList('records')
    found.push(...rawRecords(list))
  }
  return { ok: true, value: found }
}

/** Records by id: living ones, and those in the bin as deleted. */
export const readRecords = async (
  portal: Portal,
  object: string,
  ids: string[],
): Promise<CallResult<RecordSnapshot[]>> => {
  if (ids.length === 0) return { ok: true, value: [] }
  const living = await readRaw(portal, object, ids)
  if (!living.ok) return living
  const there = new Set(living.value.map(({ id }) => id))
  const missing = ids.filter((id) => !there.has(id))
  const binned =
    missing.length > 0 ? await readRaw(portal, object, missing, { archived: true }) : { ok: true as const, value: [] }
  if (!binned.ok) return binned
  const heirs = isCustomer(object) ? await heirsOf(portal, object, missing) : { ok: true as const, value: [] }
  if (!heirs.ok) return heirs
  const taken = new Set(heirs.value.flatMap(({ of }) => of))
  const found = await snapshots(portal, object, [
    ...living.value,
    ...heirs.value.map(({ raw }) => raw).filter(({ id }) => !there.has(id)),
    ...binned.value.filter(({ id }) => !taken.has(id)).map((raw) => ({ ...raw, archived: true })),
  ])
  if (!found.ok) return found
  for (const { raw, of } of heirs.value) {
    const heir = found.value.find(({ id }) => id === raw.id)
    if (heir) heir.merged = [...new Set([...(heir.merged ?? []), ...of])]
  }
  return found
}

const isCustomer = (object: string): boolean => object === 'company' || object === 'person'

/**
 * Whom customers were merged into that aren't there by their id any more: asked for one by one, HubSpot answers with the record
 * that has taken over. A batch leaves them out.
 */
const heirsOf = async (
  portal: Portal,
  object: string,
  ids: readonly string[],
): Promise<CallResult<{ raw: HubspotRecord; of: string[] }[]>> => {
  const heirs = new Map<string, { raw: HubspotRecord; of: string[] }>()
  for (const id of ids) {
    const result = await portal.call(calls.one, {
      words: { type: pathOf(portal.layout, object) ?? '', id },
      query: { properties: readProperties(portal.layout, object).join(',') },
    })
    if (!result.ok && !(result.failure.kind === 'refused' && result.failure.status === 404)) return result
    const raw = result.ok ? rawRecord(result.value as Record<string, unknown>) : undefined
    if (raw && raw.id !== id) heirs.set(raw.id, { raw, of: [...(heirs.get(raw.id)?.of ?? []), id] })
  }
  return { ok: true, value: [...heirs.values()] }
}
