import { instant } from '../time.ts'
import type { ObjectType, RecordRow } from '../types.ts'

/** A record as the API shows it. */
export interface Shown {
  id: string
  properties: Record<string, string | null>
  createdAt: string
  updatedAt: string
  archived: boolean
  archivedAt?: string
}

/** What every answer has, asked for or not. */
function always(type: ObjectType): string[] {
  return ['hs_object_id', type.created, type.modified]
}

function shell(row: RecordRow, properties: Record<string, string | null>): Shown {
  const shown: Shown = {
    id: row.id,
    properties,
    createdAt: instant(row.createdAt),
    updatedAt: instant(row.updatedAt),
    archived: row.archivedAt !== null,
  }
  if (row.archivedAt !== null) shown.archivedAt = instant(row.archivedAt)
  return shown
}

/** A record with the properties that were asked for (those without a value as null), or else the usual ones. */
export function renderRow(
  type: ObjectType,
  row: RecordRow,
  asked: string[] | null,
  from: Record<string, string> = row.properties,
): Shown {
  const wanted = asked === null || asked.length === 0 ? type.shown : asked
  const names = [...always(type), ...wanted].filter((name) => type.properties.get(name)?.archivedAt === null)
  return shell(row, Object.fromEntries([...new Set(names)].map((name) => [name, from[name] ?? null])))
}

/** What a write answers: all that the record holds. */
export function renderAll(type: ObjectType, row: RecordRow): Shown {
  const names = Object.keys(row.properties).filter((name) => type.properties.get(name)?.archivedAt === null)
  return shell(row, Object.fromEntries(names.map((name) => [name, row.properties[name] ?? null])))
}

/** The names of a comma-separated query parameter, or null without one. */
export function namesOf(query: URLSearchParams, key: string): string[] | null {
  const all = query.getAll(key).flatMap((text) => text.split(','))
  const names = all.map((name) => name.trim()).filter((name) => name !== '')
  return names.length > 0 ? names : null
}
