import { select } from './records/query.ts'
import { parseFilter } from './records/filter-text.ts'
import { renderRow } from './records/render.ts'
import { createRecords, destroy, softDelete, updateRecord } from './records/service.ts'
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

  /** What is in an uploaded file. */
  file(id: string): Buffer | undefined {
    const file = this.#state.files.get(id)
    return file && Buffer.from(file.base64, 'base64')
  }

  count(name: string): number {
    return this.#state.table(this.object(name)).rows.size
  }

  /**
   * Writes rows as the API would, with webhooks, in chunks of what one call may write. With `memberId` a person of the
   * workspace makes them by hand.
   */
  async insert(name: string, inputs: JsonObject[], memberId?: string): Promise<JsonObject[]> {
    const object = this.object(name)
    const made: JsonObject[] = []
    for (let from = 0; from < inputs.length; from += this.#state.maxRecords) {
      const chunk = inputs.slice(from, from + this.#state.maxRecords)
      const rows = await createRecords(this.#state, object, chunk, this.#caller(memberId), false)
      made.push(...rows.map((row) => renderRow(object, row)))
    }
    return made
  }

  /** Changes one row, with `memberId` as a person of the workspace does by hand. */
  edit(name: string, id: string, changes: JsonObject, memberId?: string): JsonObject {
    const object = this.object(name)
    return renderRow(object, updateRecord(this.#state, object, id, changes, this.#caller(memberId)))
  }

  /** Soft-deletes what a filter finds. */
  softDelete(name: string, filter: string, memberId?: string): void {
    const object = this.object(name)
    const rows = select(object, this.#state.table(object), parseFilter(filter))
    softDelete(this.#state, object, rows, this.#caller(memberId))
  }

  /** Takes rows away for good, with the one webhook call of a bulk destroy. */
  destroy(name: string, filter: string, memberId?: string): void {
    const object = this.object(name)
    const rows = select(object, this.#state.table(object), parseFilter(filter))
    destroy(this.#state, object, rows, this.#caller(memberId))
  }

  #caller(memberId: string | undefined): Caller {
    const caller = this.#admin()
    if (memberId === undefined) return caller
    const row = this.get('workspaceMember', memberId)
    if (!row) throw new Error(`No member '${memberId}' in the sandbox`)
    const name = row['name'] as JsonObject
    const member = {
      id: memberId,
      userId: String(row['userId']),
      name: `${String(name['firstName'])} ${String(name['lastName'])}`,
    }
    return { ...caller, member }
  }

  #admin(): Caller {
    for (const key of this.#state.apiKeys.values()) {
      const role = this.#state.roles.get(key.roleId)
      if (role?.canUpdateAllSettings) return { key, role }
    }
    throw new Error('The sandbox has no administrator key')
  }
}
