import { badRequest } from '../refusal.ts'
import type { State } from '../state.ts'
import type { Caller, JsonObject, ObjectMeta, Row } from '../types.ts'
import { uniqueKey, uniqueLabel } from './columns.ts'
import type { Batch } from './commit.ts'
import { changedRow, newRow, storeInput } from './draft.ts'

interface Hit {
  label: string
  key: string
  id: string
}

/** The existing rows, soft-deleted ones included, that an input names by id or by a unique field. */
function hits(state: State, object: ObjectMeta, stored: JsonObject): Hit[] {
  const table = state.table(object)
  const found: Hit[] = []
  const id = stored['id']
  if (typeof id === 'string' && table.rows.has(id)) found.push({ label: 'id', key: id, id })
  for (const field of table.uniqueFields()) {
    if (!(field.name in stored)) continue
    const key = uniqueKey(field, stored as Row)
    const holder = key === null ? undefined : table.holder(field, key)
    if (key !== null && holder !== undefined) found.push({ label: uniqueLabel(field), key, id: holder })
  }
  return found
}

/**
 * Sorts the inputs of an upsert into updates and inserts. A row named by two inputs is updated once, with the later
 * one's values; a soft-deleted row that is named comes back to life. createdBy is never changed by it.
 */
export function upsertBatch(state: State, object: ObjectMeta, inputs: JsonObject[], caller: Caller): Batch {
  const at = state.stamp()
  const first = state.table(object).nextPosition()
  const updates = new Map<string, Row>()
  const inserts: Row[] = []
  for (const input of inputs) {
    const plain = storeInput(state, object, input, null)
    const found = hits(state, object, plain)
    const [hit] = found
    if (found.some((other) => other.id !== hit?.id)) {
      const named = found.map(({ label, key }) => `${label} (${label}: ${key})`).join('; ')
      throw badRequest(
        `Multiple records found with the same unique field values for ${named}. Cannot determine which record to update.`,
      )
    }
    const before = hit && (updates.get(hit.id) ?? state.table(object).rows.get(hit.id))
    if (before) {
      const stored = { deletedAt: null, ...storeInput(state, object, input, before) }
      Reflect.deleteProperty(stored, 'createdBy')
      updates.set(before.id, changedRow(before, stored, caller, at))
    } else {
      inserts.push(newRow(state, object, { position: first - inserts.length, ...plain }, caller, at))
    }
  }
  return { inserts, updates: [...updates.values()], member: caller.member }
}
