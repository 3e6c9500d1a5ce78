import { badRequest } from '../refusal.ts'
import type { State } from '../state.ts'
import type { Caller, Json, ObjectMeta, Row } from '../types.ts'
import { isObject } from '../types.ts'
import { commit, destroyRows } from './commit.ts'
import { findRow, requireRight } from './service.ts'
import { joinColumn } from './columns.ts'
import { changedRow } from './draft.ts'

function isEmpty(value: Json): boolean {
  if (value === null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return isObject(value) && Object.values(value).every(isEmpty)
}

/**
 * Merges records into the first named one: what it lacks is taken from the others, what pointed at them points at it,
 * and they are destroyed. Webhooks hear only of the losers (observed).
 */
export function mergeRecords(state: State, object: ObjectMeta, body: Json, caller: Caller): Row {
  requireRight(caller.role, 'canUpdateAllObjectRecords')
  const given = isObject(body) ? body : {}
  const ids = Array.isArray(given['ids']) ? given['ids'].map(String) : []
  if (ids.length < 2) throw badRequest('At least 2 record IDs are required for merge')
  const index = Number(given['conflictPriorityIndex'] ?? 0)
  const priority = ids[index]
  if (priority === undefined)
    throw badRequest(`Invalid conflict priority '${index}'. Valid options for 2 records: 0, 1`)
  const winner = findRow(state, object, priority, false)
  const losers = ids.filter((id) => id !== priority).map((id) => findRow(state, object, id, false))
  if (given['dryRun'] === true) return winner
  const taken: Record<string, Json> = {}
  for (const field of object.fields) {
    const column = joinColumn(field) ?? field.name
    if (field.isSystem || !isEmpty(winner[column] ?? null)) continue
    const source = losers.find((loser) => !isEmpty(loser[column] ?? null))
    if (source) taken[column] = source[column] ?? null
  }
  repoint(state, object, losers, winner.id)
  destroyRows(state, object, losers)
  const merged = changedRow(winner, taken, caller, state.stamp())
  commit(state, object, { inserts: [], updates: [merged] }, true)
  for (const loser of losers) state.events.records(object, 'destroyed', [{ before: loser, after: null }])
  return merged
}

function repoint(state: State, object: ObjectMeta, losers: Row[], winner: string): void {
  for (const other of state.schema.list()) {
    for (const field of other.fields) {
      const column = joinColumn(field)
      if (!column || field.relationObjectId !== object.id) continue
      const table = state.table(other)
      for (const loser of losers) {
        for (const id of [...(table.pointingAt(column, loser.id) ?? [])]) {
          const row = table.rows.get(id)
          if (row) table.replace({ ...row, [column]: winner } as Row)
        }
      }
    }
  }
}
