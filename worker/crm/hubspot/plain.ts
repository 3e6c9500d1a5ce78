import type { Batch, CallResult, Failure, Sent, Write, Written } from '../port.ts'
import type { BatchAnswer } from './answers.ts'
import { calls } from './calls.ts'
import { notCarried, type Portal, TIMEOUT_MS } from './client.ts'
import { exchange } from './exchange.ts'
import type { Keys } from './keys.ts'
import { pathOf } from './layout.ts'
import { keyPropertyOf } from './names.ts'
import { isMaking, toHubspot } from './records.ts'

/** After this time (ms) a search shows what was made: HubSpot says "a few moments". */
const INDEX_LAG_MS = 15_000
/** From its sending on: a call may take effect until it is given up. */
export const SETTLE_MS = TIMEOUT_MS + INDEX_LAG_MS

type Keyed = Write & { key: string }

const isKeyed = (write: Write): write is Keyed => write.key !== undefined

/**
 * Writes by a key that HubSpot doesn't keep unique: what is known or found is changed by its record id, the rest is made. A
 * search sees new records late, so a call that makes some and brings no answer asks for a wait: they are looked up again then.
 */
export const sendByPlainKey = async (portal: Portal, keys: Keys, batch: Batch): Promise<CallResult<Sent>> => {
  const sending = new PlainSending(portal, keys, batch)
  const failure = await sending.run(batch.writes.filter(isKeyed))
  return failure ? { ok: false, failure } : { ok: true, value: sending.sent }
}

class PlainSending {
  readonly sent: Sent = { written: [], refused: [] }
  readonly #portal: Portal
  readonly #keys: Keys
  readonly #object: string
  /** Without time to settle nothing is made. */
  readonly #mayMake: boolean
  #hasAsked = false

  constructor(portal: Portal, keys: Keys, { object, settleMs }: Batch) {
    this.#portal = portal
    this.#keys = keys
    this.#object = object
    this.#mayMake = settleMs !== undefined
  }

  async run(writes: Keyed[]): Promise<Failure | null> {
    const first = await this.#change(writes)
    if (!first.ok) return first.failure
    // somebody deleted them: those that are whole are made anew, unless a try before has done so
    const again = await this.#change(first.value)
    if (!again.ok) return again.failure
    const absent = writes.filter(({ key }) => this.#keys.idOf(key) === undefined)
    return absent.length > 0 && this.#mayMake ? this.#make(absent) : null
  }

  /** Changes those that are there; returns those that turn out to be gone and can be made anew. */
  async #change(writes: Keyed[]): Promise<CallResult<Keyed[]>> {
    const wanted = writes.map(({ key }) => key)
    this.#hasAsked ||= wanted.some((key) => this.#keys.isOpen(key))
    const found = await this.#keys.find(this.#object, wanted)
    if (!found.ok) return found
    const there = writes.flatMap((write) => {
      const recordId = this.#keys.idOf(write.key)
      return recordId === undefined ? [] : [{ write, recordId }]
    })
    if (there.length === 0) return { ok: true, value: [] }
    const result = await this.#exchange('update', there)
    if (!result.ok) return result
    this.#keep(writes, result.value, false)
    const gone: Keyed[] = []
    for (const { id, recordId = '' } of result.value.gone) {
      const write = writes.find((one) => one.id === id)
      if (write && this.#mayMake && isMaking(write.fields)) {
        this.#keys.forget(write.key, recordId)
        gone.push(write)
      } else this.sent.written.push({ id, recordId, gone: true })
    }
    return { ok: true, value: gone }
  }

  async #make(writes: Keyed[]): Promise<Failure | null> {
    const result = await this.#exchange(
      'create',
      writes.map((write) => ({ write })),
    )
    if (result.ok) {
      this.#keep(writes, result.value, true)
      return null
    }
    const { failure } = result
    if (failure.kind !== 'unreachable') return failure
    return { ...failure, waitMs: Math.max(failure.waitMs ?? 0, INDEX_LAG_MS) }
  }

  #exchange(name: 'update' | 'create', list: { write: Keyed; recordId?: string }[]): Promise<CallResult<BatchAnswer>> {
    const type = pathOf(this.#portal.layout, this.#object)
    if (!type) return Promise.resolve(notCarried(this.#object))
    const property = keyPropertyOf(this.#object)
    // what was looked up is used at once: to look it up again would cost more
    const urgent = this.#hasAsked
    this.#hasAsked = true
    return exchange(this.#portal, {
      call: calls[name],
      type,
      urgent,
      asked: list.map(({ write: { id, key }, recordId }) =>
        recordId === undefined ? { id, key: { property, value: key } } : { id, recordId },
      ),
      inputs: list.map(({ write: { id, key, fields }, recordId }) => {
        const { properties } = toHubspot(this.#portal.layout, this.#object, fields, (one) => this.#keys.idOf(one))
        return recordId === undefined
          ? { properties: { ...properties, [property]: key }, associations: [], objectWriteTraceId: id }
          : { id: recordId, properties, objectWriteTraceId: id }
      }),
    })
  }

  #keep(writes: Keyed[], { done, refused }: BatchAnswer, isNew: boolean): void {
    this.sent.refused.push(...refused)
    for (const { asked, record } of done) {
      const key = writes.find(({ id }) => id === asked.id)?.key
      if (key !== undefined) this.#keys.learn(this.#object, key, record.id, isNew)
      this.sent.written.push({ id: asked.id, recordId: record.id, gone: false } satisfies Written)
    }
  }
}
