import type { Batch, CallResult, Refused, Sent, Write, Written } from '../port.ts'
import type { Answered } from './answers.ts'
import { calls } from './calls.ts'
import { notCarried, type Portal } from './client.ts'
import { exchange } from './exchange.ts'
import type { Keys } from './keys.ts'
import { pathOf } from './layout.ts'
import { hasPlainKey, keyPropertyOf, relationsOf } from './names.ts'
import { sendByPlainKey } from './plain.ts'
import { readRaw, snapshots } from './read.ts'
import { isMaking, keysIn, toHubspot } from './records.ts'

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

/** Upserts by key or updates by record id: one call, and what it takes to make its answer whole. */
export const sendRecords = async (portal: Portal, keys: Keys, batch: Batch): Promise<CallResult<Sent>> => {
  const missing = await resolve(portal, keys, batch)
  if (!missing.ok) return missing
  const waiting = new Set(missing.value.map(({ id }) => id))
  const writes = batch.writes.filter(({ id }) => !waiting.has(id))
  if (writes.length === 0) return { ok: true, value: { written: [], refused: missing.value } }
  const isPlain = writes[0]?.key !== undefined && hasPlainKey(portal.layout, batch.object)
  const sent = await (isPlain ? sendByPlainKey : sendWhole)(portal, keys, { ...batch, writes })
  if (!sent.ok) return sent
  return { ok: true, value: { ...sent.value, refused: [...missing.value, ...sent.value.refused] } }
}

const sendWhole = async (portal: Portal, keys: Keys, { object, writes }: Batch): Promise<CallResult<Sent>> => {
  const type = pathOf(portal.layout, object)
  if (!type) return notCarried(object)
  const property = keyPropertyOf(object)
  const answer = await exchange(portal, {
    call: writes[0]?.key === undefined ? calls.update : calls.upsert,
    type,
    asked: writes.map(({ id, key, recordId }) =>
      key === undefined ? { id, recordId } : { id, key: { property, value: key } },
    ),
    inputs: writes.map((write) => inputOf(portal, keys, write)),
  })
  if (!answer.ok) return answer
  const { done, gone, refused } = answer.value
  const written = await finish(portal, keys, object, writes, done)
  if (!written.ok) return written
  const lost = gone.map(({ id, recordId }): Written => ({ id, recordId: recordId ?? '', gone: true }))
  return { ok: true, value: { written: [...written.value, ...lost], refused } }
}

const inputOf = (portal: Portal, keys: Keys, { id, object, key, recordId, fields }: Write) => {
  const { properties } = toHubspot(portal.layout, object, fields, (one) => keys.idOf(one))
  const objectWriteTraceId = id
  if (key === undefined) return { id: recordId, properties, objectWriteTraceId }
  const idProperty = keyPropertyOf(object)
  return { id: key, idProperty, properties: { ...properties, [idProperty]: key }, objectWriteTraceId }
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
    const isGhost = record.new === true && before !== undefined && write !== undefined && !isMaking(write.fields)
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
