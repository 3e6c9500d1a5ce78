import type { Batch, CallResult, Sent, Write, Written } from '../port.ts'
import { call, type Server } from './client.ts'
import { keyFieldOf, pluralOf, TASK_TARGET } from './names.ts'
import { snapshotOf, toTwenty } from './records.ts'
import { idOfKey } from './uuid.ts'

type Row = Record<string, unknown>

/** A record that this very call made is younger than this, by the server's own clock. */
const JUST_NOW_MS = 30_000

/**
 * The row of one write. A Ladder record has its id from its key and carries the key as well; a customer is found by the bank's
 * number alone, because people may have made the record; an existing record is found by its id.
 */
const rowOf = async (write: Write): Promise<Row> => {
  const fields = await toTwenty(write.object, write.fields)
  if (write.recordId !== undefined) return { ...fields, id: write.recordId }
  const keyField = keyFieldOf(write.object)
  if (write.object === TASK_TARGET) return { ...fields, id: await idOfKey(write.key) }
  if (keyField === 'ladderCustomerNo') return { ...fields, [keyField]: write.key }
  return { ...fields, id: await idOfKey(write.key), [keyField]: write.key }
}

/** A write. An answer without a record isn't Twenty's: whether it was carried out isn't known, so it is sent again. */
const put: typeof call = async (crm, method, path, json) => {
  const result = await call(crm, method, path, json)
  if (!result.ok) return result
  const { body } = result.value
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined
  if (typeof data === 'object' && data !== null) return result
  return { ok: false, failure: { kind: 'unreachable', message: 'the answer holds no record' } }
}

const rowsOf = (body: unknown): Row[] => {
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined
  const list = typeof data === 'object' && data !== null ? Object.values(data)[0] : undefined
  return Array.isArray(list) ? list : []
}

/** Twenty answers updates first, then inserts: rows are found by id or key, not by place. */
const match = (write: Write, row: Row, answers: Row[]): Row | undefined => {
  const keyField = keyFieldOf(write.object)
  return answers.find(
    (one) => (row.id !== undefined && one.id === row.id) || (write.key !== undefined && one[keyField] === write.key),
  )
}

/**
 * An update by id of a record that was destroyed meanwhile makes an empty one instead: Twenty's batch knows only upsert. Such
 * a ghost was made this instant, by the API, and has no name.
 */
const isGhost = (write: Write, answer: Row, serverTime: number | null): boolean => {
  if (write.recordId === undefined || serverTime === null || answer.createdAt !== answer.updatedAt) return false
  const age = serverTime - Date.parse(String(answer.createdAt))
  const { name } = answer as { name?: unknown }
  const nameless =
    name == null || name === '' || (typeof name === 'object' && Object.values(name).every((part) => !part))
  return age < JUST_NOW_MS && nameless && !('name' in write.fields)
}

/** Twenty writes a batch as a whole or not at all. */
const sent = (written: Written[]): CallResult<Sent> => ({ ok: true, value: { written, refused: [] } })

/** A lone update goes as one: it can neither make a ghost nor bring back what a person has deleted. */
const sendOne = async (crm: Server, plural: string, write: Write, recordId: string): Promise<CallResult<Sent>> => {
  const result = await put(crm, 'PATCH', `/rest/${plural}/${recordId}`, await toTwenty(write.object, write.fields))
  if (result.ok) return sent([{ id: write.id, recordId, gone: false }])
  const { failure } = result
  if (failure.kind !== 'refused' || failure.status !== 404) return result
  return sent([{ id: write.id, recordId, gone: true }])
}

/** One call for a batch: all rows or none. Ghosts are removed again and reported as `gone`. */
export const sendBatch = async (crm: Server, batch: Batch): Promise<CallResult<Sent>> => {
  const plural = pluralOf(batch.object)
  if (!plural)
    return {
      ok: false,
      failure: { kind: 'refused', status: 0, message: `Ladder doesn't know the object ${batch.object}` },
    }
  const [only] = batch.writes
  if (batch.writes.length === 1 && only?.recordId !== undefined) return sendOne(crm, plural, only, only.recordId)
  const rows = await Promise.all(batch.writes.map(rowOf))
  const result = await put(crm, 'POST', `/rest/batch/${plural}?upsert=true`, rows)
  if (!result.ok) return result
  const answers = rowsOf(result.value.body)
  const written: Written[] = []
  const ghosts: string[] = []
  for (const [index, write] of batch.writes.entries()) {
    const answer = match(write, rows[index] ?? {}, answers)
    // not mentioned: whether it was written isn't known, and it is sent again
    if (!answer) continue
    const gone = isGhost(write, answer, result.value.serverTime)
    if (gone) ghosts.push(String(answer.id))
    const isCustomer = write.key !== undefined && keyFieldOf(write.object) === 'ladderCustomerNo'
    const record = isCustomer ? snapshotOf(write.object, answer) : undefined
    written.push({ id: write.id, recordId: String(answer.id), gone, ...(record ? { record } : {}) })
  }
  if (ghosts.length > 0) {
    const filter = encodeURIComponent(`id[in]:[${ghosts.map((id) => `"${id}"`).join(',')}]`)
    await call(crm, 'DELETE', `/rest/${plural}?filter=${filter}`, undefined, 'urgent')
  }
  return sent(written)
}
