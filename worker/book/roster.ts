import type { Ref } from '../../schemas/events/index.ts'
import type { Listed, OpenEscalation } from '../method/measures/listing.ts'
import type { Seen } from '../method/measures/report.ts'
import type { Sql, SqlValue } from '../shell/sql.ts'

/** By what a list of customers can be in order. */
export const SORTS = ['name', 'due', 'balance', 'contact'] as const
export type Sort = (typeof SORTS)[number]

/** Which customers are asked for. */
export interface RosterWish {
  /** What of the account may be seen at all. */
  scope: Seen
  branch?: string | undefined
  rm?: string | undefined
  tier?: string | undefined
  /** Figures that they are counted in (`stage/DEV-A/DEV-A03`), or the beginning of one (`overdue/`): all of these. */
  marks: string[]
  /** Part of the name, or how the customer number begins. */
  search?: string | undefined
  sort: Sort
  descending: boolean
  /** The last one of the page before. */
  after: { value: string | number; ref: Ref } | null
  most: number
}

export interface RosterRow extends Omit<Listed, 'escalations'> {
  ref: Ref
  open: number
}

export interface EscalationRow extends OpenEscalation {
  ref: Ref
  name: string
  branch: string
  rm: string
  tier: string
}

/** Which open escalations are asked for. */
export interface EscalationsWish {
  scope: Seen
  branch?: string | undefined
  rm?: string | undefined
  cause?: string | undefined
  level?: number | undefined
  status?: string | undefined
}

type Row = Omit<RosterRow, 'open'> & { open: number }

/**
 * Customers as lists show them, one narrow row each, kept with their states: a page of a list reads no state. It is gone through
 * as a whole, which at 100,000 customers costs less than keeping an index for each order would.
 */
export class Roster {
  static readonly table = `
   CREATE TABLE listed (ref TEXT PRIMARY KEY, name TEXT NOT NULL, number TEXT NOT NULL, branch TEXT NOT NULL, rm TEXT NOT NULL, tier TEXT NOT NULL, balance INTEGER, due TEXT NOT NULL, contact TEXT NOT NULL, marks TEXT NOT NULL, escalations TEXT NOT NULL) WITHOUT ROWID;
   CREATE INDEX listed_open ON listed (ref) WHERE escalations != '[]';
   -- those that are there already are listed when they are counted again
   UPDATE subject SET counted_by = 0;`

  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** Lists a subject as it stands now; nothing is written where nothing has changed. */
  put(ref: Ref, listed: Listed | null): void {
    if (!listed) return this.drop(ref)
    const { name, number, branch, rm, tier, balance, due, contact, marks, escalations } = listed
    this.#sql.run(
      `INSERT INTO listed (ref, name, number, branch, rm, tier, balance, due, contact, marks, escalations) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (ref) DO UPDATE SET name = excluded.name, number = excluded.number, branch = excluded.branch, rm = excluded.rm, tier = excluded.tier,
         balance = excluded.balance, due = excluded.due, contact = excluded.contact, marks = excluded.marks, escalations = excluded.escalations
       WHERE (name, number, branch, rm, tier, balance, due, contact, marks, escalations) IS NOT
         (excluded.name, excluded.number, excluded.branch, excluded.rm, excluded.tier, excluded.balance, excluded.due, excluded.contact, excluded.marks, excluded.escalations)`,
      ref,
      name,
      number,
      branch,
      rm,
      tier,
      balance,
      due,
      contact,
      marks,
      JSON.stringify(escalations),
    )
  }

  drop(ref: Ref): void {
    this.#sql.run('DELETE FROM listed WHERE ref = ?', ref)
  }

  /** Whose a subject is; undefined for one that isn't listed. */
  whose(ref: Ref): { branch: string; rm: string } | undefined {
    return this.#sql.one('SELECT branch, rm FROM listed WHERE ref = ?', ref)
  }

  /** Whose the customers are that may be seen, or these themselves: each once. */
  own(column: 'ref' | 'branch' | 'rm', scope: Seen): string[] {
    const { tests, values } = whoseTests({ scope })
    return this.#sql
      .all<{ one: string }>(
        `SELECT DISTINCT ${column} AS one FROM listed WHERE ${["tier != ''", ...tests].join(' AND ')}`,
        ...values,
      )
      .map(({ one }) => one)
  }

  /** Names of subjects that are listed. */
  names(refs: Ref[]): [ref: Ref, name: string][] {
    return this.#sql
      .all<{ ref: Ref; name: string }>(
        'SELECT ref, name FROM listed WHERE ref IN (SELECT value FROM json_each(?))',
        JSON.stringify(refs),
      )
      .map(({ ref, name }) => [ref, name])
  }

  /** A page of customers in order, and how many there are in all. */
  customers(wish: RosterWish): { rows: RosterRow[]; total: number } {
    const { sort, descending, after, most } = wish
    const { tests, values } = testsOf(wish)
    const shown = [...tests, ...(sort === 'name' ? [] : [`${orderOf(sort)} != ''`])]
    const where = shown.join(' AND ')
    const total = this.#sql.one<{ n: number }>(`SELECT count(*) AS n FROM listed WHERE ${where}`, ...values)?.n ?? 0
    const way = descending ? '<' : '>'
    const page = after ? ` AND (${orderOf(sort)}, ref) ${way} (?, ?)` : ''
    const rows = this.#sql.all<Row>(
      `SELECT ref, name, number, branch, rm, tier, balance, due, contact, marks, json_array_length(escalations) AS open FROM listed
       WHERE ${where}${page} ORDER BY ${orderOf(sort)} ${descending ? 'DESC' : ''}, ref ${descending ? 'DESC' : ''} LIMIT ?`,
      ...values,
      ...(after ? [after.value, after.ref] : []),
      most,
    )
    return { rows, total }
  }

  /** Open escalations, the highest level first, then whose time runs out first. */
  escalations({ scope, branch, rm, cause, level, status }: EscalationsWish): EscalationRow[] {
    const { tests, values } = whoseTests({ scope, branch, rm })
    const rows = this.#sql.all<
      Pick<EscalationRow, 'ref' | 'name' | 'branch' | 'rm' | 'tier'> & { escalations: string }
    >(
      `SELECT ref, name, branch, rm, tier, escalations FROM listed WHERE escalations != '[]'${tests.map((one) => ` AND ${one}`).join('')}`,
      ...values,
    )
    return rows.flatMap(({ escalations, ...customer }) =>
      (JSON.parse(escalations) as OpenEscalation[])
        .filter(
          (one) =>
            (cause === undefined || one.cause === cause) &&
            (level === undefined || one.level === level) &&
            (status === undefined || one.status === status),
        )
        .map((one) => ({ ...one, ...customer })),
    )
  }
}

const orderOf = (sort: Sort): string => (sort === 'balance' ? 'coalesce(balance, 0)' : sort)

interface Tests {
  tests: string[]
  values: SqlValue[]
}

/** Tests of columns `branch` and `rm`; `first`: the number of their first value in the query. */
export const whoseTests = ({ scope, branch, rm }: Pick<RosterWish, 'scope' | 'branch' | 'rm'>, first = 1): Tests => {
  const all: [string, SqlValue | undefined][] = [
    [
      'branch IN (SELECT value FROM json_each(?))',
      scope.branches === null ? undefined : JSON.stringify(scope.branches),
    ],
    ['rm = ?', scope.rm ?? undefined],
    ['branch = ?', branch],
    ['rm = ?', rm],
  ]
  const given = all.filter((one): one is [string, SqlValue] => one[1] !== undefined)
  return {
    tests: given.map(([test], at) => test.replace('?', `?${first + at}`)),
    values: given.map(([, value]) => value),
  }
}

const testsOf = (wish: RosterWish): Tests => {
  const { tests, values } = whoseTests(wish)
  const add = (test: string, ...more: SqlValue[]): void => {
    tests.push(test)
    values.push(...more)
  }
  // what is listed for its escalations alone is no customer
  add("tier != ''")
  if (wish.tier !== undefined) add('tier = ?', wish.tier)
  for (const mark of wish.marks) add('instr(marks, ?) > 0', `|${mark}${mark.endsWith('/') ? '' : '|'}`)
  if (wish.search)
    add('(instr(lower(name), lower(?)) > 0 OR substr(number, 1, length(?)) = ?)', wish.search, wish.search, wish.search)
  return { tests, values }
}
