import { invalid, notFound } from '../refusal.ts'
import type { Portal } from '../portal.ts'
import type { ObjectType, RecordRow } from '../types.ts'

/** Only what is unique can name a record; `hs_object_id` isn't meant, it is the id itself. */
export function checkIdProperty(portal: Portal, type: ObjectType, idProperty: string | null | undefined): void {
  if (idProperty == null) return
  const meta = type.properties.get(idProperty)
  if (meta?.hasUniqueValue === true && meta.archivedAt === null) return
  const message = `Unable to perform update/upsert by non-unique ${type.id} property ${idProperty} in portal ID ${portal.id}`
  throw invalid(message)
}

/** A record that isn't archived, by its id or by a unique value. */
export function findRow(type: ObjectType, id: string, idProperty?: string | null): RecordRow | undefined {
  if (idProperty == null) {
    const row = type.records.get(id)
    return row?.archivedAt === null ? row : undefined
  }
  const value = idProperty === 'email' ? id.toLowerCase() : id
  const held = type.unique.get(idProperty)?.get(value)
  return held === undefined ? undefined : type.records.get(held)
}

/** The living record that took over one that was merged. */
export function heirOf(type: ObjectType, id: string): RecordRow | undefined {
  let row = type.records.get(id)
  if (row?.mergedInto === undefined) return undefined
  while (row?.mergedInto !== undefined) row = type.records.get(row.mergedInto)
  return row?.archivedAt === null ? row : undefined
}

export function rowNamed(type: ObjectType, id: string, idProperty?: string | null): RecordRow {
  const row = findRow(type, id, idProperty)
  if (!row) throw notFound()
  return row
}
