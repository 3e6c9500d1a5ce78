import { badRequest, permissionDenied, recordNotFound, Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import type { Caller, JsonObject, ObjectMeta, RecordChange, Role, Row } from '../types.ts'
import { isObject } from '../types.ts'
import { isUuid } from '../ids.ts'
import { commit, destroyRows } from './commit.ts'
import { changedFields, changedRow, newRow, storeInput } from './draft.ts'
import { select } from './query.ts'
import { upsertBatch } from './upsert.ts'

type Right =
  | 'canReadAllObjectRecords'
  | 'canUpdateAllObjectRecords'
  | 'canSoftDeleteAllObjectRecords'
  | 'canDestroyAllObjectRecords'

export function requireRight(role: Role, right: Right): void {
  if (!role[right]) throw permissionDenied(400)
}

/** Creates, or with `upsert` creates and updates, up to `maxRecords` records; all or none. */
export async function createRecords(
  state: State,
  object: ObjectMeta,
  inputs: unknown,
  caller: Caller,
  upsert: boolean,
): Promise<Row[]> {
  requireRight(caller.role, 'canUpdateAllObjectRecords')
  if (!Array.isArray(inputs)) throw new Refusal(400, 'TypeError', 'args.data.forEach is not a function')
  if (inputs.length > state.maxRecords) {
    throw badRequest(`Maximum number of records to upsert is ${state.maxRecords}.`)
  }
  const given = inputs.map((input: unknown) => {
    if (isObject(input as JsonObject)) return input as JsonObject
    throw new Refusal(400, 'TypeError', "Cannot read properties of undefined (reading 'position')")
  })
  if (upsert) {
    const batch = upsertBatch(state, object, given, caller)
    await new Promise((resolve) => setTimeout(resolve, state.raceWindowMs))
    commit(state, object, batch)
    return [...batch.updates, ...batch.inserts]
  }
  const at = state.stamp()
  const first = state.table(object).nextPosition()
  const inserts = given.map((input, index) => {
    const stored = storeInput(state, object, input, null)
    return newRow(state, object, { position: first - index, ...stored }, caller, at)
  })
  commit(state, object, { inserts, updates: [], member: caller.member })
  return inserts
}

/** The row with this id; a soft-deleted one only where the caller may see it. */
export function findRow(state: State, object: ObjectMeta, id: string, deletedToo: boolean): Row {
  const row = state.table(object).rows.get(id.toLowerCase())
  if (!row || (row.deletedAt !== null && !deletedToo)) throw recordNotFound()
  return row
}

/** Changes one record; soft-deleted ones can be changed too. */
export function updateRecord(state: State, object: ObjectMeta, id: string, input: unknown, caller: Caller): Row {
  requireRight(caller.role, 'canUpdateAllObjectRecords')
  const before = findRow(state, object, id, true)
  const stored = storeInput(state, object, isObject(input as JsonObject) ? (input as JsonObject) : {}, before)
  const after = changedRow(before, stored, caller, state.stamp())
  commit(state, object, { inserts: [], updates: [after], member: caller.member })
  return after
}

/** Changes all records that a filter finds, up to `maxRecords`; without a filter that means all there are. */
export function updateRecords(
  state: State,
  object: ObjectMeta,
  filter: JsonObject,
  input: JsonObject,
  caller: Caller,
): Row[] {
  requireRight(caller.role, 'canUpdateAllObjectRecords')
  storeInput(state, object, input, null)
  const rows = select(object, state.table(object), filter)
  if (rows.length > state.maxRecords) {
    throw new Refusal(400, 'Error', `Cannot update more than ${state.maxRecords} records at once`, {
      code: 'TOO_MANY_RECORDS_TO_UPDATE',
      extensions: {
        userFriendlyMessage: `You can only update up to ${state.maxRecords} records at once.`,
        code: 'BAD_USER_INPUT',
      },
    })
  }
  const at = state.stamp()
  const updates = rows.map((row) => changedRow(row, storeInput(state, object, input, row), caller, at))
  commit(state, object, { inserts: [], updates, member: caller.member })
  return updates
}

function setDeleted(state: State, object: ObjectMeta, rows: Row[], deleted: boolean, caller: Caller): Row[] {
  const at = state.stamp()
  const table = state.table(object)
  const changes: RecordChange[] = []
  const after = rows.map((before) => {
    const row = changedRow(before, { deletedAt: deleted ? at : null }, caller, at)
    table.replace(row)
    if (before.deletedAt !== row.deletedAt) {
      changes.push({ before, after: row, updatedFields: changedFields(object, before, row) })
    }
    return row
  })
  if (changes.length > 0) state.events.records(object, deleted ? 'deleted' : 'restored', changes, caller.member)
  return after
}

export function softDelete(state: State, object: ObjectMeta, rows: Row[], caller: Caller): Row[] {
  requireRight(caller.role, 'canSoftDeleteAllObjectRecords')
  return setDeleted(state, object, rows, true, caller)
}

/** Brings back the soft-deleted rows that a filter finds, wherever the filter speaks of deletion or not. */
export function restore(state: State, object: ObjectMeta, rows: Row[], caller: Caller): Row[] {
  requireRight(caller.role, 'canSoftDeleteAllObjectRecords')
  return setDeleted(state, object, rows, false, caller)
}

/** Removes for good. However many rows, webhooks hear of the first one only (observed). */
export function destroy(state: State, object: ObjectMeta, rows: Row[], caller: Caller): void {
  requireRight(caller.role, 'canDestroyAllObjectRecords')
  destroyRows(state, object, rows)
  const [first] = rows
  if (first) state.events.records(object, 'destroyed', [{ before: first, after: null }], caller.member)
}

export function requireUuid(id: string): string {
  if (!isUuid(id)) throw badRequest(`'${id}' is not a valid UUID`)
  return id.toLowerCase()
}
