import { DOCUMENT } from '../../schemas/documents/request.ts'
import type { Fields } from '../../schemas/events/index.ts'
import { parseRef } from '../../schemas/events/keys.ts'
import { erasedFields } from '../../schemas/model/erased.ts'
import type { Sql } from '../shell/sql.ts'

/** A record of the CRM. */
export interface Made {
  object: string
  id: string
}

/** Whom nothing may be written to or known of any more. */
export interface Erasure {
  /** `company:…`, `person:…`. */
  refs: string[]
  /** Ids of their records in the CRM. */
  recordIds: string[]
  /** The bank's numbers of them. */
  customerNos: string[]
  /** Records that Ladder made for them, as far as their Books know. */
  made: Made[]
}

const RULE = 'erased'
const WHY = JSON.stringify({ event: 'erased', playbook: 0, rule: RULE })

/**
 * Drops letters to an erased customer and to Ladder's records of it, waiting or dead, and what the CRM answered of it. Records
 * that were made for it hold its name: they get a neutral text. So do those of which nobody knows whether they were made,
 * because an answer is missing. Documents that were made for it are taken away. May be done again. `now`: epoch ms.
 */
export const eraseLetters = (sql: Sql, { refs, recordIds, customerNos, made }: Erasure, now: number): void =>
  sql.together(() => {
    const records = new Map(made.map((record) => [`${record.object} ${record.id}`, record]))
    const doubtful: { object: string; key: string; fields: string }[] = []
    const own = `substr(coalesce(key, ''), 1, length(?1)) = ?1`
    for (const ref of refs) {
      const { object, id } = parseRef(ref)
      const known = sql.all<Made & { key: string }>(
        `SELECT object, record_id AS id, key FROM known WHERE ${own}`,
        `${ref}/`,
      )
      for (const { key, ...record } of known)
        if (record.object === DOCUMENT) retract(sql, key, record.id, {}, now)
        else records.set(`${record.object} ${record.id}`, record)
      const other = `${own} AND json_extract(why, '$.rule') != '${RULE}'`
      doubtful.push(
        ...sql.all<{ object: string; key: string; fields: string }>(
          `SELECT object, key, max(fields) AS fields FROM letter WHERE ${other} AND (tries > 0 OR next_at > at)
           AND NOT EXISTS (SELECT 1 FROM known WHERE known.key = letter.key) GROUP BY object, key`,
          `${ref}/`,
        ),
      )
      sql.run(`DELETE FROM letter WHERE ${other}`, `${ref}/`)
      sql.run(`DELETE FROM known WHERE ${own}`, `${ref}/`)
      sql.run('DELETE FROM letter WHERE object = ? AND record_id = ?', object, id)
    }
    for (const customerNo of customerNos)
      for (const table of ['letter', 'known'])
        sql.run(`DELETE FROM ${table} WHERE object IN ('company', 'person') AND key = ?`, customerNo)
    for (const id of recordIds) sql.run('DELETE FROM news WHERE instr(news, ?) > 0', JSON.stringify(id))
    for (const { object, id } of records.values()) rewrite(sql, object, { id }, now)
    for (const { object, key, fields } of doubtful) {
      if (object === DOCUMENT) {
        retract(sql, key, key, { ...(JSON.parse(fields) as Fields), title: null, request: null }, now)
      } else rewrite(sql, object, { key }, now)
    }
  })

/** A document is taken away by its key, and by what it is known as in the CRM; `targets`: on which records it may hang. */
const retract = (sql: Sql, key: string, id: string, targets: Fields, now: number): void =>
  put(sql, DOCUMENT, { id }, { ...targets, erased: key }, now)

const rewrite = (sql: Sql, object: string, place: { id?: string | null; key?: string | null }, now: number): void => {
  const fields = erasedFields(object)
  if (fields) put(sql, object, place, fields, now)
}

const put = (
  sql: Sql,
  object: string,
  { id = null, key = null }: { id?: string | null; key?: string | null },
  fields: Fields,
  now: number,
): void => {
  const target = key === null ? `${object}#${id}` : `${object}@${key}`
  // what was to be written to it by its id told of the customer too
  sql.run('DELETE FROM letter WHERE target = ?', target)
  sql.run(
    'INSERT INTO letter (id, target, object, key, record_id, fields, why, at, next_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    `erased|${target}`,
    target,
    object,
    key,
    id,
    JSON.stringify(fields),
    WHY,
    now,
    now,
  )
}
