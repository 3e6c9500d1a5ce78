import type { Batch, CallResult, Refused, Sent, Write, Written } from '../port.ts'
import { type Answered, type Asked, batchAnswer, GONE } from './answers.ts'
import { calls } from './calls.ts'
import { noList, notCarried, type Portal } from './client.ts'
import type { Keys } from './keys.ts'
import { pathOf } from './layout.ts'
import { keyPropertyOf, relationsOf } from './names.ts'
import { readRaw, snapshots } from './read.ts'
import { keysIn, toHubspot } from './records.ts'

const isCustomer = (object: string): boolean => keyPropertyOf(object) === 'ladder_customer_no'

/** Looks up the records that these writes point to by key. Those whose target isn't there are refused by themselves. */
export const resolve = async (
  portal: Portal,
  keys: Keys,
  { object, writes }: Batch,
): Promise<CallResult<Refused[]>> => {
  const relations = relationsOf(portal.layout, object)
  for (const { name, relation } of relations) {
    const wanted = writes.flatMap(({ fields }) => keysIn({ value: fields[name] ?? null }))
    const found = await keys.find(relation.to, wanted)
    if (!found.ok) return found
  }
  const names = relations.map(({ name }) => name)
  const refused = writes.flatMap(({ id, fields }) => {
    const missing = names
      .flatMap((name) => keysIn({ value: fields[name] ?? null }))
      .find((key) => keys.idOf(key) === undefined)
    return missing === undefined ? [] : [{ id, reason: `the record ${missing} that it points to is not there` }]
  })
  return { ok: true, value: refused }
}

/** A write that makes a record gives it its title. */
const isMaking = ({ fields }: Write): boolean => 'name' in fields || 'title' in fields

/** Upserts by key or updates by record id: one call, and what it takes to make its answer whole. */
export const sendRecords = async (portal: Portal, keys: Keys, batch: Batch): Promise<CallResult<Sent>> => {
  const { object } = batch
  const type = pathOf(portal.layout, object)
  if (!type) return notCarried(object)
  const missing = await resolve(portal, keys, batch)
  if (!missing.ok) return missing
  const waiting = new Set(missing.value.map(({ id }) => id))
  const writes = batch.writes.filter(({ id }) => !waiting.has(id))
  if (writes.length === 0) return { ok: true, value: { written: [], refused: missing.value } }
  const property = keyPropertyOf(object)
  const asked = writes.map(({ id, key, recordId }): Asked =>
    key === undefined ? { id, recordId } : { id, key: { property, value: key } },
  )
  const byKey = asked[0]?.key !== undefined
  const result = await portal.call(byKey ? calls.upsert : calls.update, {
    words: { type },
    json: { inputs: writes.map((write) => inputOf(portal, keys, write)) },
  })
  if (!result.ok) return aloneAndGone(writes, result)
  const answer = batchAnswer(result.value, asked)
  if (!answer) return noList('records')
  if (answer.isObscure)
    return {
      ok: false,
      failure: { kind: 'refused', status: 207, message: 'HubSpot refuses some and doesn’t say which' },
    }
  const written = await finish(portal, keys, object, writes, answer.done)
  if (!written.ok) return written
  const gone = answer.gone.map(({ id, recordId }): Written => ({ id, recordId: recordId ?? '', gone: true }))
  return { ok: true, value: { written: [...written.value, ...gone], refused: [...missing.value, ...answer.refused] } }
}

const inputOf = (portal: Portal, keys: Keys, { id, object, key, recordId, fields }: Write) => {
  const { properties } = toHubspot(portal.layout, object, fields, (one) => keys.idOf(one))
  const objectWriteTraceId = id
  if (key === undefined) return { id: recordId, properties, objectWriteTraceId }
  const idProperty = keyPropertyOf(object)
  return { id: key, idProperty, properties: { ...properties, [idProperty]: key }, objectWriteTraceId }
}

/** The record of a lone update isn't there any more. */
const aloneAndGone = (writes: Write[], result: CallResult<unknown> & { ok: false }): CallResult<Sent> => {
  const [only] = writes
  const { failure } = result
  // another 404 may be that of a proxy, or of an object that was taken away: what hangs on it must not be lost
  const isGone = failure.kind === 'refused' && failure.status === 404 && failure.message.startsWith(GONE)
  if (!isGone || writes.length !== 1 || only?.recordId === undefined) return result
  return { ok: true, value: { written: [{ id: only.id, recordId: only.recordId, gone: true }], refused: [] } }
}

/** What was written, with the whole records of customers, and without records that came back empty. */
const finish = async (
  portal: Portal,
  keys: Keys,
  object: string,
  writes: Write[],
  done: Answered[],
): Promise<CallResult<Written[]>> => {
  const byId = new Map(writes.map((write) => [write.id, write]))
  const ghosts: string[] = []
  const written: Written[] = []
  const customers: Written[] = []
  for (const { asked, record } of done) {
    const write = byId.get(asked.id)
    const key = write?.key
    const before = key === undefined ? undefined : portal.deps.known(key)
    // somebody deleted it, and the update of a few fields has made it anew
    const isGhost = record.new === true && before !== undefined && write !== undefined && !isMaking(write)
    if (isGhost) ghosts.push(record.id)
    else if (key !== undefined && !isCustomer(object)) keys.learn(object, key, record.id, record.new === true)
    const one = { id: asked.id, recordId: isGhost ? before : record.id, gone: isGhost }
    if (key !== undefined && isCustomer(object)) customers.push(one)
    else written.push(one)
  }
  if (ghosts.length > 0)
    await portal.call(calls.archive, {
      words: { type: pathOf(portal.layout, object) ?? '' },
      json: { inputs: ghosts.map((id) => ({ id })) },
      urgent: true,
    })
  const whole = await withRecords(portal, object, customers)
  return whole.ok
    ? { ok: true, value: [...written, ...whole.value] }
    : written.length > 0
      ? { ok: true, value: written }
      : whole
}

/** Customers that were made or found by their number, each with its whole record: the answer to a write has but a part. */
const withRecords = async (portal: Portal, object: string, written: Written[]): Promise<CallResult<Written[]>> => {
  if (written.length === 0) return { ok: true, value: [] }
  const raws = await readRaw(
    portal,
    object,
    written.map(({ recordId }) => recordId),
  )
  if (!raws.ok) return raws
  const records = await snapshots(portal, object, raws.value)
  if (!records.ok) return records
  const byId = new Map(records.value.map((record) => [record.id, record]))
  return {
    ok: true,
    value: written.flatMap((one) => {
      const record = byId.get(one.recordId)
      // not there yet: the write is sent again, and finds it
      return record ? [{ ...one, record }] : []
    }),
  }
}
