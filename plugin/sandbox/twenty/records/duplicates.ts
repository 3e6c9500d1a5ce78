import type { State } from '../state.ts'
import type { Json, JsonObject, ObjectMeta, Row } from '../types.ts'
import { capital, isObject } from '../types.ts'
import { COMPOSITES } from './columns.ts'
import { makeCursor } from './cursor.ts'
import { BY_ID } from './order.ts'
import { renderRow } from './render.ts'

/** Reads a database column such as `domainNamePrimaryLinkUrl` off a row or an input. */
function columnValue(object: ObjectMeta, record: JsonObject, column: string): Json {
  for (const field of object.fields) {
    const value = record[field.name] ?? null
    if (field.name === column) return value
    for (const part of Object.keys(COMPOSITES[field.type] ?? {})) {
      if (`${field.name}${capital(part)}` === column) return isObject(value) ? (value[part] ?? null) : null
    }
  }
  return null
}

/** For each input (or id), the records that share all columns of one of the object's duplicate criteria. */
export function duplicatesOf(state: State, object: ObjectMeta, body: Json): Json {
  const given = isObject(body) ? body : {}
  const table = state.table(object)
  const ids = Array.isArray(given['ids']) ? given['ids'].map(String) : []
  const data = Array.isArray(given['data']) ? given['data'].filter(isObject) : []
  const inputs: JsonObject[] = [...data, ...ids.map((id) => table.rows.get(id) ?? {})]
  return inputs.map((input) => {
    const found: Row[] = []
    for (const row of table.byId.from(null)) {
      if (row.deletedAt !== null || row.id === input['id']) continue
      const alike = (object.duplicateCriteria ?? []).some((columns) =>
        columns.every((column) => {
          const wanted = columnValue(object, input, column)
          return wanted !== null && wanted !== '' && wanted === columnValue(object, row, column)
        }),
      )
      if (alike) found.push(row)
    }
    const first = found[0]
    const last = found.at(-1)
    return {
      [`${object.nameSingular}Duplicates`]: found.map((row) => renderRow(object, row)),
      totalCount: found.length,
      pageInfo: {
        hasNextPage: false,
        hasPreviousPage: false,
        startCursor: first ? makeCursor([BY_ID], first) : null,
        endCursor: last ? makeCursor([BY_ID], last) : null,
      },
    }
  })
}
