import type { Fields, RecordSnapshot } from '../../schemas/events/index.ts'
import type { Playbook } from '../../schemas/playbook/index.ts'
import type { Write } from '../crm/port.ts'
import { same } from '../method/draft.ts'
import { applyRecords, recordsOf } from '../method/playbook/index.ts'
import type { Sql } from '../shell/sql.ts'

/** Objects whose records are the method itself: an edit of one is an edit of the playbook. */
export const METHOD_OBJECTS: readonly string[] = ['tierRule', 'escalationPolicy', 'campaignTemplate']

/** A record that Ladder has sent and the CRM hasn't shown yet stands under this id. */
const PENDING = 'pending:'

type Put = Pick<Write, 'object' | 'fields'> & ({ key: string } | { recordId: string })

/** The method's records in the CRM as last seen, with Ladder's own writes already in them. */
export class MethodRecords {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** Takes a record that was seen. False when it is no news: older than what is known, or the same. */
  see(record: RecordSnapshot): boolean {
    const key = keyOf(record)
    const known = this.get(record.object, record.id) ?? (key ? this.get(record.object, PENDING + key) : undefined)
    if (key) this.#sql.run('DELETE FROM method_record WHERE object = ? AND id = ?', record.object, PENDING + key)
    if (known && known.id === record.id && record.at <= known.at) return false
    this.#put(record)
    return !known || known.deleted !== record.deleted || !sameFields(known.fields, record.fields)
  }

  forget(object: string, id: string): boolean {
    return this.#sql.run('DELETE FROM method_record WHERE object = ? AND id = ?', object, id) > 0
  }

  all(): RecordSnapshot[] {
    return this.#sql
      .all<{ record: string }>('SELECT record FROM method_record ORDER BY object, id')
      .map((row) => JSON.parse(row.record) as RecordSnapshot)
  }

  /** The playbook that these records make of `playbook`, and what has to be written into records: errors, and their end. */
  applyTo(playbook: Playbook): { playbook: Playbook; writes: Put[] } {
    const living = this.all().filter((record) => !record.deleted)
    const { playbook: next, errors } = applyRecords(playbook, living)
    const wrong = new Map(errors.map((error) => [error.recordId, error.message]))
    const writes = living.flatMap((record) => {
      const message = wrong.get(record.id)
      const off = record.fields.state === 'OFF'
      const state = message ? 'ERROR' : off ? 'OFF' : 'ACTIVE'
      return this.#set(record, { error: message ?? '', state })
    })
    return { playbook: next, writes }
  }

  /** What has to be written so that the CRM's records are those of `playbook`: new, changed, and switched off ones. */
  bringTo(playbook: Playbook): Put[] {
    const living = this.all().filter((record) => !record.deleted)
    const byKey = new Map(living.map((record) => [keyOf(record) ?? '', record]))
    const wanted = recordsOf(playbook)
    const keys = new Set(wanted.map((one) => one.key))
    const puts = wanted.flatMap(({ object, key, fields }) => {
      const there = byKey.get(key)
      if (there) return this.#set(there, { ...fields, state: 'ACTIVE', error: '' })
      const whole: Fields = { ...fields, ladderKey: key, state: 'ACTIVE', error: '' }
      this.#put({ object, id: PENDING + key, at: '', createdAt: '', deleted: false, fields: whole })
      return [{ object, key, fields: whole }]
    })
    const superfluous = living.filter((record) => !keys.has(keyOf(record) ?? '') && record.fields.state !== 'OFF')
    return [...puts, ...superfluous.flatMap((record) => this.#set(record, { state: 'OFF' }))]
  }

  /** Sets those fields that differ, here at once and in the CRM by the write that is returned. */
  #set(record: RecordSnapshot, fields: Fields): Put[] {
    const changed = Object.entries(fields).filter(([name, value]) => !same(record.fields[name] ?? null, value ?? null))
    if (changed.length === 0) return []
    const fresh = Object.fromEntries(changed)
    this.#put({ ...record, fields: { ...record.fields, ...fresh } })
    const key = keyOf(record)
    return [
      key
        ? { object: record.object, key, fields: fresh }
        : { object: record.object, recordId: record.id, fields: fresh },
    ]
  }

  get(object: string, id: string): RecordSnapshot | undefined {
    const row = this.#sql.one<{ record: string }>(
      'SELECT record FROM method_record WHERE object = ? AND id = ?',
      object,
      id,
    )
    return row && (JSON.parse(row.record) as RecordSnapshot)
  }

  #put(record: RecordSnapshot): void {
    this.#sql.run(
      'INSERT INTO method_record (object, id, record) VALUES (?, ?, ?) ON CONFLICT (object, id) DO UPDATE SET record = excluded.record',
      record.object,
      record.id,
      JSON.stringify(record),
    )
  }
}

const keyOf = (record: RecordSnapshot): string | null => {
  const { ladderKey } = record.fields
  return typeof ladderKey === 'string' && ladderKey !== '' ? ladderKey : null
}

/** Fields that say nothing of the method: `launchOn` starts a campaign, the others are what Ladder counted. */
const ASIDE = ['launchOn', 'fits', 'results']

const sameFields = (a: Fields, b: Fields): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => ASIDE.includes(name) || same(a[name], b[name]))
