import type { CallResult } from '../port.ts'
import type { Portal } from './client.ts'
import { hasPlainKey, keyPropertyOf } from './names.ts'
import { readRaw } from './read.ts'
import { searchKeys } from './twins.ts'

/** Record ids of ladder keys: those that the Courier knows, those learned in this run, and those that HubSpot is asked for. */
export class Keys {
  readonly #portal: Portal
  readonly #learned = new Map<string, string>()
  readonly #made = new Set<string>()
  /** Keys whose record isn't there though the Courier knows one, and the ids of those that were. */
  readonly #lost = new Set<string>()
  readonly #gone = new Set<string>()
  /** Looked up by search in this run, and not there. */
  readonly #absent = new Set<string>()

  constructor(portal: Portal) {
    this.#portal = portal
  }

  idOf(key: string): string | undefined {
    return this.#learned.get(key) ?? (this.#lost.has(key) ? undefined : this.#portal.deps.known(key))
  }

  /** Whether HubSpot would be asked for a key. */
  isOpen(key: string): boolean {
    return this.idOf(key) === undefined && !this.#absent.has(key)
  }

  learn(object: string, key: string, recordId: string, isNew: boolean): void {
    this.#learned.set(key, recordId)
    this.#absent.delete(key)
    if (isNew) this.#made.add(`${object} ${recordId}`)
  }

  /** The record of a key is no more. */
  forget(key: string, recordId: string): void {
    this.#learned.delete(key)
    this.#lost.add(key)
    this.#gone.add(recordId)
  }

  /** Whether this run made the record: it has no relations yet. Records of two objects may have the same id. */
  isNew(object: string, recordId: string): boolean {
    return this.#made.has(`${object} ${recordId}`)
  }

  /** Looks up keys of an object that nobody here knows: one call for a hundred. */
  async find(object: string, keys: Iterable<string>): Promise<CallResult<null>> {
    const unknown = [...new Set(keys)].filter((key) => this.isOpen(key))
    if (unknown.length === 0) return { ok: true, value: null }
    const found = hasPlainKey(this.#portal.layout, object)
      ? await this.#search(object, unknown)
      : await this.#read(object, unknown)
    if (!found.ok) return found
    for (const [key, id] of found.value) this.#learned.set(key, id)
    return { ok: true, value: null }
  }

  async #read(object: string, keys: string[]): Promise<CallResult<Map<string, string>>> {
    const idProperty = keyPropertyOf(object)
    const found = await readRaw(this.#portal, object, keys, { idProperty, properties: [idProperty] })
    if (!found.ok) return found
    const pairs = found.value.flatMap(({ id, properties }): [string, string][] => {
      const key = properties[idProperty]
      return key ? [[key, id]] : []
    })
    return { ok: true, value: new Map(pairs) }
  }

  async #search(object: string, keys: string[]): Promise<CallResult<Map<string, string>>> {
    const found = await searchKeys(this.#portal, object, keys, (id) => this.#gone.has(id))
    if (found.ok) for (const key of keys) if (!found.value.has(key)) this.#absent.add(key)
    return found
  }
}
