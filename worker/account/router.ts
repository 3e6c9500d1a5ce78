import type { LadderEvent, RecordSnapshot, Ref } from '../../schemas/events/index.ts'
import { parseRef, refOf } from '../../schemas/events/keys.ts'
import type { Routed } from '../book/subjects.ts'
import { idOf, type Links, subjectsOfRecord } from '../method/whose.ts'
import type { Sql } from '../shell/sql.ts'
import type { Merges } from './merges.ts'

/** Knows which subject a record belongs to, and which customer a number is. */
export class Router {
  readonly #sql: Sql
  readonly #merges: Merges
  readonly #links: Links = {
    development: (id) => {
      const now = this.#idNow('development', id)
      return this.linkOf('development', now) ?? refOf('development', now)
    },
    task: (id) => this.linkOf('taskTarget', id) || undefined,
  }

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
    if (id === null || !['visit', 'task', 'workingPaper'].includes(record.object)) return null
    return this.linkOf('development', this.#idNow('development', id)) === undefined ? id : null
  }

  /** The id by which a record goes that was merged into another. */
  #idNow(object: string, id: string): string {
    return parseRef(this.#merges.resolve(refOf(object, id))).id
  }

  /** The subjects that a record matters to, the one that it belongs to first; none when it belongs to nobody. */
  subjectsOf(record: RecordSnapshot): Ref[] {
    return subjectsOfRecord(record, this.#links).map((ref) => this.#merges.resolve(ref))
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
