import { createHash } from 'node:crypto'
import { STANDARD_APPLICATION_ID } from '../metadata/standard.ts'
import { badRequest, duplicateEntry } from '../refusal.ts'
import type { State } from '../state.ts'
import type { Member, ObjectMeta, RecordChange, Row } from '../types.ts'
import { joinColumn, uniqueKey } from './columns.ts'
import { changedFields } from './draft.ts'

/** The rows that one call writes, all or none. */
export interface Batch {
  inserts: Row[]
  updates: Row[]
  /** The person who writes, where it is one. */
  member?: Member | undefined
}

function checkUnique(state: State, object: ObjectMeta, batch: Batch): void {
  const table = state.table(object)
  const ids = new Set<string>()
  for (const row of batch.inserts) {
    if (table.rows.has(row.id) || ids.has(row.id)) throw duplicateEntry()
    ids.add(row.id)
  }
  for (const field of table.uniqueFields()) {
    const taken = new Map<string, string>()
    for (const row of [...batch.updates, ...batch.inserts]) {
      const key = uniqueKey(field, row)
      if (key === null) continue
      const holder = taken.get(key) ?? table.holder(field, key)
      if (holder !== undefined && holder !== row.id) throw duplicateEntry()
      taken.set(key, row.id)
    }
  }
}

/** Custom objects live in tables with a leading underscore; the constraint's name is a hash. */
function foreignKeyRefusal(object: ObjectMeta, column: string, standard: boolean): Error {
  const table = standard ? object.nameSingular : `_${object.nameSingular}`
  const hash = createHash('sha1').update(`${table}.${column}`).digest('hex').slice(0, 27)
  return badRequest(`insert or update on table "${table}" violates foreign key constraint "FK_${hash}"`)
}

function checkRelations(state: State, object: ObjectMeta, batch: Batch): void {
  for (const field of object.fields) {
    const column = joinColumn(field)
    const target = state.schema.object(field.relationObjectId)
    if (!column || !target) continue
    const rows = state.table(target).rows
    for (const row of [...batch.updates, ...batch.inserts]) {
      const id = row[column]
      if (typeof id === 'string' && !rows.has(id)) {
        throw foreignKeyRefusal(object, column, object.applicationId === STANDARD_APPLICATION_ID)
      }
    }
  }
}

/**
 * Checks what the database would check, writes everything, then tells the webhooks unless `silent`. Nothing is written
 * on a refusal.
 */
export function commit(state: State, object: ObjectMeta, batch: Batch, silent = false): void {
  checkUnique(state, object, batch)
  checkRelations(state, object, batch)
  const table = state.table(object)
  const updated: RecordChange[] = []
  for (const row of batch.updates) {
    const before = table.rows.get(row.id) ?? row
    const fields = changedFields(object, before, row)
    table.replace(row)
    if (fields.length > 0) updated.push({ before, after: row, updatedFields: fields })
  }
  for (const row of batch.inserts) table.insert(row)
  if (silent) return
  if (updated.length > 0) state.events.records(object, 'updated', updated, batch.member)
  const created = batch.inserts.map((after): RecordChange => ({ before: null, after }))
  if (created.length > 0) state.events.records(object, 'created', created, batch.member)
}

/** Removes rows for good. What pointed at them is emptied or goes too, as the relation says, without events. */
export function destroyRows(state: State, object: ObjectMeta, rows: Row[]): void {
  for (const row of rows) {
    state.table(object).remove(row.id)
    for (const other of state.schema.list()) {
      for (const field of other.fields) {
        const column = joinColumn(field)
        if (!column || field.relationObjectId !== object.id) continue
        const table = state.table(other)
        const ids = [...(table.pointingAt(column, row.id) ?? [])]
        const children = ids.map((id) => table.rows.get(id)).filter((child) => child !== undefined)
        if (field.settings?.['onDelete'] === 'CASCADE') destroyRows(state, other, children)
        else for (const child of children) table.replace({ ...child, [column]: null } as Row)
      }
    }
  }
}
