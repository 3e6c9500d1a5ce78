import type { CallResult } from '../port.ts'
import type { Portal } from './client.ts'
import { keyPropertyOf } from './names.ts'
import { readRaw } from './read.ts'

/** Record ids of ladder keys: those that the Courier knows, those learned in this run, and those that HubSpot is asked for. */
export class Keys {
  readonly #portal: Portal
  readonly #learned = new Map<string, string>()
  readonly #made = new Set<string>()

  constructor(portal: Portal) {
    this.#portal = portal
  }

  idOf(key: string): string | undefined {
    return this.#learned.get(key) ?? this.#portal.deps.known(key)
  }

  learn(object: string, key: string, recordId: string, isNew: boolean): void {
    this.#learned.set(key, recordId)
    if (isNew) this.#made.add(`${object} ${recordId}`)
  }

  /** Whether this run made the record: it has no relations yet. Records of two objects may have the same id. */
  isNew(object: string, recordId: string): boolean {
    return this.#made.has(`${object} ${recordId}`)
  }

  /** Looks up keys of an object that nobody here knows: one call for a hundred. */
  async find(object: string, keys: Iterable<string>): Promise<CallResult<null>> {
    const unknown = [...new Set(keys)].filter((key) => this.idOf(key) === undefined)
    if (unknown.length === 0) return { ok: true, value: null }
    const idProperty = keyPropertyOf(object)
    const found = await readRaw(this.#portal, object, unknown, { idProperty, properties: [idProperty] })
    if (!found.ok) return found
    for (const { id, properties } of found.value) {
      const key = properties[idProperty]
      if (key) this.#learned.set(key, id)
    }
    return { ok: true, value: null }
  }
}
