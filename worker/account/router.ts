import type { LadderEvent, RecordSnapshot, Ref, Value } from '../../schemas/events/index.ts'
import { parseRef, refOf, subjectOfKey } from '../../schemas/events/keys.ts'
import type { Routed } from '../book/subjects.ts'
import type { Sql } from '../shell/sql.ts'
import type { Merges } from './merges.ts'

const idOf = (value: Value | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** Knows which subject a record belongs to, and which customer a number is. */
export class Router {
  readonly #sql: Sql
  readonly #merges: Merges

  constructor(sql: Sql, merges: Merges) {
    this.#sql = sql
    this.#merges = merges
  }

  linkOf(object: string, id: string): Ref | undefined {
    return this.#sql.one<{ ref: Ref }>('SELECT ref FROM link WHERE object = ? AND id = ?', object, id)?.ref
  }

  /** `seen`: the record's own time (ISO instant), where it was seen. */
  link(object: string, id: string, ref: Ref, seen = ''): void {
    this.#sql.run(
      'INSERT INTO link (object, id, ref, seen) VALUES (?, ?, ?, ?) ON CONFLICT (object, id) DO UPDATE SET ref = excluded.ref, seen = max(seen, excluded.seen)',
      object,
      id,
      ref,
      seen,
    )
  }

  /** How new (ISO instant) a record was when it was last seen; '' when it wasn't. */
  seenAt(object: string, id: string): string {
    return this.#sql.one<{ seen: string }>('SELECT seen FROM link WHERE object = ? AND id = ?', object, id)?.seen ?? ''
  }

  unlink(object: string, id: string): void {
    this.#sql.run('DELETE FROM link WHERE object = ? AND id = ?', object, id)
  }

  /** All that belongs to a subject belongs to another one from now on, its customer number too. */
  moveAll(from: Ref, to: Ref): void {
    this.#sql.run('UPDATE link SET ref = ? WHERE ref = ?', to, from)
    this.#sql.run('UPDATE customer SET ref = ? WHERE ref = ?', to, from)
  }

  /** Records that belong to a subject. */
  linksOf(ref: Ref): { object: string; id: string }[] {
    return this.#sql.all("SELECT object, id FROM link WHERE ref = ? AND object NOT LIKE '%/also'", ref)
  }

  numbersOf(ref: Ref): string[] {
    return this.#sql
      .all<{ customer_no: string }>('SELECT customer_no FROM customer WHERE ref = ?', ref)
      .map((row) => row.customer_no)
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
    return this.linkOf('development', this.#idNow('development', id)) === undefined ? id : null
  }

  /** The id by which a record goes that was merged into another. */
  #idNow(object: string, id: string): string {
    return parseRef(this.#merges.resolve(refOf(object, id))).id
  }

  /** The subjects that a record matters to, the one that it belongs to first; none when it belongs to nobody. */
  subjectsOf(record: RecordSnapshot): Ref[] {
    const own = this.#ownerOf(record)
    const campaign = record.object === 'participation' ? idOf(record.fields.campaign) : null
    const refs = [...(own ? [own] : []), ...(campaign ? [refOf('campaign', campaign)] : [])]
    return refs.map((ref) => this.#merges.resolve(ref))
  }

  #ownerOf(record: RecordSnapshot): Ref | null {
    const { object, id, fields } = record
    const company = idOf(fields.company)
    const person = idOf(fields.person)
    const ofCustomer = company ? refOf('company', company) : person ? refOf('person', person) : null
    const ofDevelopment = (value: Value | undefined): Ref | null => {
      const named = idOf(value)
      const development = named && this.#idNow('development', named)
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
      case 'measure':
        return null
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
    if (this.#isMerged(record.object, record.id)) return []
    const subjects = this.subjectsOf(record)
    const owner = subjects[0] ?? ''
    const before = this.linkOf(record.object, record.id)
    this.link(record.object, record.id, owner, record.at)
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

  /** Late word of a customer that was merged: what it was is the winner's, and what it is is nothing. */
  #isMerged(object: string, id: string): boolean {
    return isCustomer(object) && this.#merges.has(object, id)
  }

  /** Who is told that a record is gone. */
  routeGone(object: string, id: string): Ref[] {
    if (this.#isMerged(object, id)) return []
    const refs = [this.linkOf(object, id), this.linkOf(`${object}/also`, id)]
    this.unlink(object, id)
    this.unlink(`${object}/also`, id)
    return refs.filter((ref): ref is Ref => ref !== undefined && ref !== '')
  }

  #learnCustomer(record: RecordSnapshot): void {
    const customerNo = idOf(record.fields.ladderCustomerNo)
    if (customerNo && !record.deleted && isCustomer(record.object)) {
      this.setCustomer(customerNo, refOf(record.object, record.id))
    }
  }
}

export const isCustomer = (object: string): boolean => object === 'company' || object === 'person'

const keyed = (key: Value | undefined): Ref | null =>
  typeof key === 'string' && key !== '' ? (subjectOfKey(key) ?? null) : null
