import { parseRef } from '../../schemas/events/keys.ts'
import type { Sql } from '../shell/sql.ts'

/** Whom nothing may be written to or known of any more. */
export interface Erasure {
  /** `company:…`, `person:…`. */
  refs: string[]
  /** Ids of their records in the CRM. */
  recordIds: string[]
  /** The bank's numbers of them. */
  customerNos: string[]
}

/** Drops letters to an erased customer and to Ladder's records of it, waiting or dead, and what the CRM answered of it. */
export const eraseLetters = (sql: Sql, { refs, recordIds, customerNos }: Erasure): void =>
  sql.together(() => {
    for (const ref of refs) {
      const { object, id } = parseRef(ref)
      for (const table of ['letter', 'known'])
        sql.run(`DELETE FROM ${table} WHERE substr(coalesce(key, ''), 1, length(?1)) = ?1`, `${ref}/`)
      sql.run('DELETE FROM letter WHERE object = ? AND record_id = ?', object, id)
    }
    for (const customerNo of customerNos)
      sql.run("DELETE FROM letter WHERE object IN ('company', 'person') AND key = ?", customerNo)
    for (const id of recordIds) sql.run('DELETE FROM news WHERE instr(news, ?) > 0', JSON.stringify(id))
  })
