import { select } from './records/query.ts'
import { parseFilter } from './records/filter-text.ts'
import { renderRow } from './records/render.ts'
import { createRecords, destroy } from './records/service.ts'
import type { State } from './state.ts'
import type { Caller, JsonObject, ObjectMeta } from './types.ts'

/** A test's way to the rows of the stand-in, past HTTP and its limits. */
export class SandboxStore {
  readonly #state: State

  constructor(state: State) {
    this.#state = state
  }

  /** The object with this singular or plural name; a test that names none is wrong. */
  object(name: string): ObjectMeta {
    const object = this.#state.schema.named(name)
    if (!object) throw new Error(`No object '${name}' in the sandbox`)
    return object
  }

  objects(): ObjectMeta[] {
    return this.#state.schema.list()
  }

  /** Rows as the API shows them, soft-deleted ones only where the filter speaks of deletedAt. */
  list(name: string, filter = ''): JsonObject[] {
    const object = this.object(name)
    return select(object, this.#state.table(object), parseFilter(filter)).map((row) => renderRow(object, row))
  }

  /** One row, soft-deleted or not; null when there is none. */
  get(name: string, id: string): JsonObject | null {
    const object = this.object(name)
    const row = this.#state.table(object).rows.get(id)
    return row ? renderRow(object, row) : null
  }

  count(name: string): number {
    return this.#state.table(this.object(name)).rows.size
  }

  /** Writes rows as the API would, with webhooks, in chunks of what one call may write. */
  async insert(name: string, inputs: JsonObject[]): Promise<JsonObject[]> {
    const object = this.object(name)
    const made: JsonObject[] = []
    for (let from = 0; from < inputs.length; from += this.#state.maxRecords) {
      const chunk = inputs.slice(from, from + this.#state.maxRecords)
      const rows = await createRecords(this.#state, object, chunk, this.#admin(), false)
      made.push(...rows.map((row) => renderRow(object, row)))
    }
    return made
  }

  /** Takes rows away for good, with the one webhook call of a bulk destroy. */
  destroy(name: string, filter: string): void {
    const object = this.object(name)
    const rows = select(object, this.#state.table(object), parseFilter(filter))
    destroy(this.#state, object, rows, this.#admin())
  }

  #admin(): Caller {
    for (const key of this.#state.apiKeys.values()) {
      const role = this.#state.roles.get(key.roleId)
      if (role?.canUpdateAllSettings) return { key, role }
    }
    throw new Error('The sandbox has no administrator key')
  }
}
