import type { LadderEvent, RecordSnapshot, Ref, Value } from '../../schemas/events/index.ts'
import { refOf, subjectOfKey } from '../../schemas/events/keys.ts'
import type { Routed } from '../book/subjects.ts'
import type { Sql } from '../shell/sql.ts'

const idOf = (value: Value | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** Knows which subject a record belongs to, and which customer a number is. */
export class Router {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  linkOf(object: string, id: string): Ref | undefined {
    return this.#sql.one<{ ref: Ref }>('SELECT ref FROM link WHERE object = ? AND id = ?', object, id)?.ref
  }

  link(object: string, id: string, ref: Ref): void {
    this.#sql.run(
      'INSERT INTO link (object, id, ref) VALUES (?, ?, ?) ON CONFLICT (object, id) DO UPDATE SET ref = excluded.ref',
      object,
      id,
      ref,
    )
  }

  unlink(object: string, id: string): void {
    this.#sql.run('DELETE FROM link WHERE object = ? AND id = ?', object, id)
  }

  customer(customerNo: string): Ref | undefined {
    return this.#sql.one<{ ref: Ref }>('SELECT ref FROM customer WHERE customer_no = ?', customerNo)?.ref
  }

  setCustomer(customerNo: string, ref: Ref): void {
    if (this.customer(customerNo) === ref) return
    this.#sql.run(
      'INSERT INTO customer (customer_no, ref) VALUES (?, ?) ON CONFLICT (customer_no) DO UPDATE SET ref = excluded.ref',
      customerNo,
      ref,
    )
    this.#sql.run('INSERT INTO arrival (customer_no) VALUES (?) ON CONFLICT DO NOTHING', customerNo)
  }

  /** A record whose development must be known first, so that it lands with it; null when nothing is missing. */
  missingDevelopment(record: RecordSnapshot): string | null {
    const id = idOf(record.fields[record.object === 'task' ? 'ladderDevelopment' : 'development'])
    if (id === null || !['visit', 'task'].includes(record.object)) return null
    return this.linkOf('development', id) === undefined ? id : null
  }

  /** The subjects that a record matters to, the one that it belongs to first; none when it belongs to nobody. */
  subjectsOf(record: RecordSnapshot): Ref[] {
    const own = this.#ownerOf(record)
    const campaign = record.object === 'participation' ? idOf(record.fields.campaign) : null
    return [...(own ? [own] : []), ...(campaign ? [refOf('campaign', campaign)] : [])]
  }

  #ownerOf(record: RecordSnapshot): Ref | null {
    const { object, id, fields } = record
    const company = idOf(fields.company)
    const person = idOf(fields.person)
    const ofCustomer = company ? refOf('company', company) : person ? refOf('person', person) : null
    const ofDevelopment = (value: Value | undefined): Ref | null => {
      const development = idOf(value)
      return development ? (this.linkOf('development', development) ?? refOf('development', development)) : null
    }
    switch (object) {
      case 'company':
      case 'person':
      case 'campaign':
        return refOf(object, id)
      case 'campaignTemplate':
        return refOf('template', id)
      case 'development':
        return ofCustomer ?? refOf('development', id)
      case 'visit':
        return ofDevelopment(fields.development) ?? ofCustomer
      case 'task':
        return this.#ownerOfTask(record, ofDevelopment)
      default:
        return keyed(fields.ladderKey) ?? ofCustomer ?? ofDevelopment(fields.development)
    }
  }

  /** A task of Ladder's says it in its key; one of a person's by its development, its customer, or Twenty's own link. */
  #ownerOfTask({ id, fields }: RecordSnapshot, ofDevelopment: (value: Value | undefined) => Ref | null): Ref | null {
    const company = idOf(fields.ladderCompany)
    const person = idOf(fields.ladderPerson)
    const linked = this.linkOf('taskTarget', id)
    return (
      keyed(fields.ladderKey) ??
      ofDevelopment(fields.ladderDevelopment) ??
      (company ? refOf('company', company) : person ? refOf('person', person) : null) ??
      (linked ? linked : null)
    )
  }

  /**
   * Events for the subjects of a record, with the links kept. When a record has moved to another subject, the one before is
   * told that it is gone, and the new one takes it as it stands.
   */
  route(event: LadderEvent & { type: 'record.changed' }): Routed[] {
    const { record } = event
    const subjects = this.subjectsOf(record)
    const owner = subjects[0] ?? ''
    const before = this.linkOf(record.object, record.id)
    this.link(record.object, record.id, owner)
    if (subjects[1]) this.link(`${record.object}/also`, record.id, subjects[1])
    this.#learnCustomer(record)
    if (!before || before === owner) return subjects.map((ref) => ({ ref, event }))
    const gone: LadderEvent = {
      type: 'record.gone',
      id: `${event.id}/moved`,
      via: event.via,
      object: record.object,
      recordId: record.id,
      at: record.at,
    }
    return [{ ref: before, event: gone }, ...subjects.map((ref) => ({ ref, event: { ...event, adopt: true } }))]
  }

  /** Who is told that a record is gone. */
  routeGone(object: string, id: string): Ref[] {
    const refs = [this.linkOf(object, id), this.linkOf(`${object}/also`, id)]
    this.unlink(object, id)
    this.unlink(`${object}/also`, id)
    return refs.filter((ref): ref is Ref => ref !== undefined && ref !== '')
  }

  #learnCustomer(record: RecordSnapshot): void {
    const customerNo = idOf(record.fields.ladderCustomerNo)
    if (customerNo && !record.deleted && (record.object === 'company' || record.object === 'person')) {
      this.setCustomer(customerNo, refOf(record.object, record.id))
    }
  }
}

const keyed = (key: Value | undefined): Ref | null =>
  typeof key === 'string' && key !== '' ? (subjectOfKey(key) ?? null) : null
