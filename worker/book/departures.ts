import type { Ref } from '../../schemas/events/index.ts'
import { parseRef } from '../../schemas/events/keys.ts'
import type { SubjectState } from '../method/state.ts'
import type { Sql } from '../shell/sql.ts'
import type { Figures } from './figures.ts'
import type { States } from './states.ts'

/** Subjects that leave a Book: merged into another one's, or erased. Each call runs in one transaction of the caller's. */
export class Departures {
  readonly #sql: Sql
  readonly #states: States
  readonly #figures: Figures
  readonly #today: () => string

  constructor(sql: Sql, states: States, figures: Figures, today: () => string) {
    this.#sql = sql
    this.#states = states
    this.#figures = figures
    this.#today = today
  }

  /** Sets a subject's state apart and gives it; the same again until it is released. Null when nothing is known. */
  surrender(ref: Ref): SubjectState | null {
    this.#states.setApart(ref)
    this.#leave(ref)
    this.#states.drop(ref)
    return this.#states.apart(ref)
  }

  /** Whoever took it has it. What was decided on it stays here under its old name, so that it can be explained. */
  release(ref: Ref): void {
    this.#states.letGo(ref)
  }

  /** Nothing of a subject is left: state, decisions and their reasons, writes on their way. */
  erase(ref: Ref): void {
    const { object, id } = parseRef(ref)
    this.#leave(ref)
    this.#states.drop(ref)
    this.#states.letGo(ref)
    this.#sql.run('DELETE FROM trace WHERE ref = ?', ref)
    this.#sql.run(
      `DELETE FROM outbox WHERE substr(coalesce(json_extract(write, '$.key'), ''), 1, length(?1)) = ?1
       OR (json_extract(write, '$.object') = ?2 AND json_extract(write, '$.recordId') = ?3)`,
      `${ref}/`,
      object,
      id,
    )
  }

  /** A subject that leaves is in no figure any more; what has happened to it stays counted. */
  #leave(ref: Ref): void {
    const row = this.#sql.one<{ counted: string | null }>('SELECT counted FROM subject WHERE ref = ?', ref)
    this.#figures.letGo(row?.counted ?? null)
    this.#figures.write(this.#today())
    this.#figures.roster.drop(ref)
  }

  /**
   * What subjects that are no customers say of an erased one: a campaign's list and who waits for a place, why it came to be.
   * Customers know of no other customer.
   */
  eraseNamed(ref: Ref): void {
    const quoted = JSON.stringify(ref)
    const rows = this.#sql.all<{ ref: Ref }>(
      `SELECT ref FROM subject WHERE ${NO_CUSTOMER} AND (pieces > 0 OR instr(state, ?) > 0)`,
      quoted,
    )
    for (const row of rows) this.#states.edit(row.ref, (state) => without(state, ref, parseRef(ref).id) as SubjectState)
    const named = '(instr(event, ?1) > 0 OR instr(decisions, ?1) > 0)'
    this.#sql.run(`DELETE FROM trace WHERE ${NO_CUSTOMER} AND ${named}`, quoted)
  }

  /** What another subject knows of one record, such as a campaign of a guest's place. */
  forgetRecord(ref: Ref, object: string, id: string): void {
    this.#states.edit(
      ref,
      (state) => {
        delete state.records[object]?.[id]
        // a campaign counts its guests again
        delete state.tally
        return state
      },
      new Set(object === 'participation' ? [id] : []),
    )
    this.#sql.run('DELETE FROM trace WHERE ref = ? AND instr(event, ?) > 0', ref, JSON.stringify(id))
  }
}

/** Campaigns, occasions, templates, the bank: few beside the customers, and found by their names. */
const NO_CUSTOMER = "(ref < 'company:' OR ref > 'company;') AND (ref < 'person:' OR ref > 'person;')"

/** A value without an erased customer in its lists: by its ref, or by its record id among companies of invited people. */
const without = (value: unknown, ref: Ref, id?: string): unknown => {
  if (Array.isArray(value))
    return value
      .filter((one: unknown) => one !== ref && (one as { ref?: unknown } | null)?.ref !== ref)
      .map((one) => without(one, ref, id))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      name === 'people' && Array.isArray(one) ? one.filter((other) => other !== id) : without(one, ref, id),
    ]),
  )
}
