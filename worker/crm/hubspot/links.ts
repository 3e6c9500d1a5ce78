import type { Batch, CallResult, Refused, Sent, Write } from '../port.ts'
import { errorsIn } from './answers.ts'
import { calls } from './calls.ts'
import { listIn, noList, type Portal } from './client.ts'
import type { Keys } from './keys.ts'
import { pathOf } from './layout.ts'
import { labelKey, relationsOf } from './names.ts'
import { type Pair, readPairs } from './relations.ts'
import { toHubspot } from './records.ts'
import { resolve } from './write.ts'

/** What a write wants of one association: from a record to another, or to none. */
interface Wish {
  id: string
  from: string
  to: string | null
}

/** Associations of one kind: their path and, where Ladder made a label, its type. */
interface Kind {
  words: { type: string; to: string }
  label: number | undefined
}

const types = (label: number) => [{ associationCategory: 'USER_DEFINED', associationTypeId: label }]

/**
 * Sets one relation of these records as associations: what is there already stays, what leads elsewhere under Ladder's own
 * label ends. Associations of people's own are not touched.
 */
export const sendLinks = async (
  portal: Portal,
  keys: Keys,
  batch: Batch,
  relation: string,
): Promise<CallResult<Sent>> => {
  const { object, writes } = batch
  const target = relationsOf(portal.layout, object).find(({ name }) => name === relation)?.relation.to ?? ''
  const found = await keys.find(
    object,
    writes.flatMap(({ key }) => key ?? []),
  )
  if (!found.ok) return found
  const missing = await resolve(portal, keys, batch)
  if (!missing.ok) return missing
  const refused = [...missing.value]
  const wishes: Wish[] = []
  for (const write of writes) {
    if (missing.value.some(({ id }) => id === write.id)) continue
    const wish = wishOf(portal, keys, write)
    if (wish) wishes.push(wish)
    else refused.push({ id: write.id, reason: 'the record itself is not there' })
  }
  const kind: Kind = {
    words: { type: pathOf(portal.layout, object) ?? '', to: pathOf(portal.layout, target) ?? '' },
    label: portal.layout.labels[labelKey(object, relation)],
  }
  const pairs = await readPairs(
    portal,
    object,
    target,
    wishes.map(({ from }) => from).filter((from) => !keys.isNew(object, from)),
  )
  if (!pairs.ok) return pairs
  const ended = await endOthers(portal, kind, wishes, pairs.value)
  if (!ended.ok) return ended
  const set = await setNew(portal, kind, wishes, pairs.value)
  if (!set.ok) return set
  const open = new Set([...refused, ...set.value].map(({ id }) => id))
  const written = wishes.filter(({ id }) => !open.has(id)).map(({ id, from }) => ({ id, recordId: from, gone: false }))
  return { ok: true, value: { written, refused: [...refused, ...set.value] } }
}

const wishOf = (portal: Portal, keys: Keys, { id, object, key, recordId, fields }: Write): Wish | undefined => {
  const [link] = toHubspot(portal.layout, object, fields, (one) => keys.idOf(one)).links
  const from = key === undefined ? recordId : keys.idOf(key)
  return from === undefined || !link ? undefined : { id, from, to: link.id }
}

const isOurs = ({ types: of }: Pair, label: number | undefined): boolean =>
  label === undefined || of.some(({ typeId, category }) => typeId === label && category === 'USER_DEFINED')

/** Without a label nobody can tell Ladder's associations from people's: none is ended. */
const endOthers = async (
  portal: Portal,
  { words, label }: Kind,
  wishes: Wish[],
  pairs: Map<string, Pair[]>,
): Promise<CallResult<null>> => {
  if (label === undefined) return { ok: true, value: null }
  const inputs = wishes.flatMap(({ from, to }) =>
    (pairs.get(from) ?? [])
      .filter((pair) => pair.to !== to && isOurs(pair, label))
      .map((pair) => ({ from: { id: from }, to: { id: pair.to }, types: types(label) })),
  )
  if (inputs.length === 0) return { ok: true, value: null }
  const result = await portal.call(calls.pairsArchive, { words, json: { inputs } })
  return result.ok ? { ok: true, value: null } : result
}

/** Makes the associations that aren't there; returns those that HubSpot refuses by themselves. */
const setNew = async (
  portal: Portal,
  { words, label }: Kind,
  wishes: Wish[],
  pairs: Map<string, Pair[]>,
): Promise<CallResult<Refused[]>> => {
  const wanted = wishes.filter(
    (wish): wish is Wish & { to: string } =>
      wish.to !== null && !(pairs.get(wish.from) ?? []).some((pair) => pair.to === wish.to && isOurs(pair, label)),
  )
  if (wanted.length === 0) return { ok: true, value: [] }
  const inputs = wanted.map(({ from, to }) => ({
    from: { id: from },
    to: { id: to },
    ...(label === undefined ? {} : { types: types(label) }),
  }))
  const result = await portal.call(label === undefined ? calls.pairsDefault : calls.pairsCreate, {
    words,
    json: { inputs },
  })
  if (!result.ok) return result
  if (!listIn(result.value, 'results')) return noList('associations')
  const errors = errorsIn(result.value)
  if (errors.length === 0) return { ok: true, value: [] }
  const about = (wish: Wish) => errors.find(({ about: ids }) => ids.has(wish.from) || ids.has(wish.to ?? ''))
  const refused = wanted.flatMap((wish) => {
    const error = wanted.length === 1 ? errors[0] : about(wish)
    return error ? [{ id: wish.id, reason: `${error.category}: ${error.message}`.slice(0, 500) }] : []
  })
  if (refused.length > 0) return { ok: true, value: refused }
  return {
    ok: false,
    failure: { kind: 'refused', status: 207, message: errors[0]?.message ?? 'HubSpot refuses some associations' },
  }
}
