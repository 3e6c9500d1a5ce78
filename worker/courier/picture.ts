import type { RecordSnapshot } from '../../schemas/events/index.ts'
import type { Crm, Write } from '../crm/port.ts'
import type { Sql } from '../shell/sql.ts'
import type { Letters } from './letters.ts'

const SENDER = 'picture'

/** When something was told is no news of it. */
const valueOf = ({ fields }: Write): string => JSON.stringify({ ...fields, at: undefined })

/**
 * Has a CRM that draws a picture of some records draw it anew, where it has changed. Returns how many letters that makes. All
 * at once without a pause, so the runtime stores all of it or nothing.
 */
export const draw = (
  { sql, letters, crm }: { sql: Sql; letters: Letters; crm: Crm },
  records: readonly RecordSnapshot[],
  now: number,
): number => {
  const fresh = (crm.picture?.(records) ?? []).filter((write) => {
    const { key = '' } = write
    const value = valueOf(write)
    if (sql.one<{ value: string }>('SELECT value FROM drawn WHERE key = ?', key)?.value === value) return false
    sql.run(
      'INSERT INTO drawn (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      key,
      value,
    )
    return true
  })
  if (fresh.length === 0) return 0
  const last = sql.one<{ seq: number }>('SELECT seq FROM taken WHERE sender = ?', SENDER)?.seq ?? 0
  const parcel = fresh.map((write, at) => ({
    seq: last + 1 + at,
    write,
    why: { event: write.id, playbook: 0, rule: 'marketing-event' },
  }))
  letters.take(SENDER, parcel, now)
  return fresh.length
}
