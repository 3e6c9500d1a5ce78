import type { Ref } from '../../schemas/events/keys.ts'
import type { Sql } from '../shell/sql.ts'

/** A customer who asked to be forgotten: its subjects, the ids of its records, its numbers. */
export interface Forgotten {
  refs: Ref[]
  recordIds: string[]
  customerNos: string[]
}

/**
 * Forgets what waits, is dead or is known of a customer: by key, by record, and what points to its record. Returns how many
 * letters that were. May be done again.
 */
export const erase = (sql: Sql, { refs, recordIds, customerNos }: Forgotten): number =>
  sql.together(() => {
    const seqs = new Set<number>()
    const find = (where: string, ...values: string[]): void => {
      for (const { seq } of sql.all<{ seq: number }>(`SELECT seq FROM letter WHERE ${where}`, ...values)) seqs.add(seq)
    }
    // the keys of a subject's records begin with it and a slash
    for (const ref of refs) find("key >= ? || '/' AND key < ? || '0'", ref, ref)
    for (const number of customerNos) find("key = ? AND object IN ('company', 'person')", number)
    for (const id of recordIds) {
      find('record_id = ?', id)
      find('EXISTS (SELECT 1 FROM json_each(letter.fields) WHERE json_each.value = ?)', id)
    }
    for (const seq of seqs) sql.run('DELETE FROM letter WHERE seq = ?', seq)
    for (const ref of refs) sql.run("DELETE FROM known WHERE key >= ? || '/' AND key < ? || '0'", ref, ref)
    for (const id of recordIds)
      sql.run(
        "DELETE FROM news WHERE json_extract(news, '$.record.id') = ?1 OR json_extract(news, '$.recordId') = ?1",
        id,
      )
    return seqs.size
  })
