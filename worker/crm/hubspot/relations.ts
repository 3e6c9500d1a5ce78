import type { CallResult } from '../port.ts'
import { calls } from './calls.ts'
import { chunks, listIn, noList, type Portal } from './client.ts'
import { pathOf } from './layout.ts'
import { labelKey, relationsOf } from './names.ts'

/** One association of a record: where it leads, and by which types. */
export interface Pair {
  to: string
  types: { category: string; typeId: number; label: string | null }[]
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const pairOf = (raw: unknown): Pair | undefined => {
  if (!isObject(raw)) return undefined
  const { toObjectId, associationTypes } = raw
  if (toObjectId === undefined) return undefined
  const types = Array.isArray(associationTypes) ? associationTypes.filter(isObject) : []
  return {
    to: String(toObjectId),
    types: types.map(({ category, typeId, label }) => ({
      category: String(category),
      typeId: Number(typeId),
      label: typeof label === 'string' ? label : null,
    })),
  }
}

const idIn = (raw: unknown): string => (isObject(raw) && raw.id !== undefined ? String(raw.id) : '')

/** Associations from records of one object to those of another, by record id. A record without any isn't in it. */
export const readPairs = async (
  portal: Portal,
  object: string,
  to: string,
  ids: readonly string[],
): Promise<CallResult<Map<string, Pair[]>>> => {
  const words = { type: pathOf(portal.layout, object) ?? '', to: pathOf(portal.layout, to) ?? '' }
  const pairs = new Map<string, Pair[]>()
  for (const part of chunks(ids, calls.pairsRead.most)) {
    const result = await portal.call(calls.pairsRead, { words, json: { inputs: part.map((id) => ({ id })) } })
    if (!result.ok) return result
    const list = listIn(result.value, 'results')
    if (!list) return noList('associations')
    for (const { from, to: targets } of list) {
      const found = (Array.isArray(targets) ? targets : []).map(pairOf).filter((pair) => pair !== undefined)
      pairs.set(idIn(from), [...(pairs.get(idIn(from)) ?? []), ...found])
    }
  }
  return { ok: true, value: pairs }
}

/** The one that a relation means: Ladder's label says it, else HubSpot's primary one, else the oldest record. */
const pick = (pairs: Pair[], label: number | undefined): string | null => {
  const has = (test: (type: Pair['types'][number]) => boolean) => pairs.find(({ types }) => types.some(test))?.to
  const oldest = pairs.map(({ to }) => to).sort((a, b) => Number(a) - Number(b))[0]
  return (
    (label === undefined
      ? undefined
      : has(({ typeId, category }) => typeId === label && category === 'USER_DEFINED')) ??
    has(({ category, label: name }) => category === 'HUBSPOT_DEFINED' && name?.toLowerCase() === 'primary') ??
    oldest ??
    null
  )
}

/** Relations of records by their associations: one call for each object that they lead to. */
export const relationsFrom = async (
  portal: Portal,
  object: string,
  ids: string[],
): Promise<CallResult<Map<string, Record<string, string | null>>>> => {
  const found = new Map<string, Record<string, string | null>>()
  const relations = ids.length > 0 ? relationsOf(portal.layout, object) : []
  if (relations.length === 0) return { ok: true, value: found }
  for (const id of ids) found.set(id, {})
  for (const { name, relation } of relations) {
    const pairs = await readPairs(portal, object, relation.to, ids)
    if (!pairs.ok) return pairs
    const label = portal.layout.labels[labelKey(object, name)]
    for (const [id, of] of found) of[name] = pick(pairs.value.get(id) ?? [], label)
  }
  return { ok: true, value: found }
}
