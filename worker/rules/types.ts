import type { Temporal } from './feel.ts'

export type { ColumnType, DecisionTable as Table, HitPolicy } from '../../schemas/playbook/table.ts'

/** A FEEL value. Missing is `null`; dates and durations are FEEL objects that print as ISO 8601. */
export type Value = null | boolean | number | string | Temporal | Value[] | { [name: string]: Value }

/** What expressions read: field names to values. Dates may be ISO 8601 strings. */
export type Context = Readonly<Record<string, unknown>>

/** A text for people, in both languages of the product. */
export type Text = { en: string; zh: string }

export type IssueCode =
  | 'syntax'
  | 'type'
  | 'shape'
  | 'overlap'
  | 'gap'
  | 'unreachable'
  | 'unknown-name'
  | 'not-allowed'
  | 'no-order'
  | 'not-checked'
  | 'xml'
  | 'unsupported'
  | 'cycle'

/** One finding about a table: what is wrong, where (row counts from 1), and what to do. */
export type CellIssue = {
  severity: 'error' | 'warning'
  code: IssueCode
  row?: number
  ruleId?: string
  column?: string
  cell?: string
  message: Text
}

/** A row that hit: its place counted from 0, and its id. */
export type HitRow = { index: number; id: string }

/** Outcome of one table. `error` says why a value could not be given (then `value` is null). */
export type Result = {
  value: Value
  rows: readonly HitRow[]
  error?: { code: 'several-hits' | 'different-outputs' | 'not-allowed'; message: Text }
}
