import { equal, inOrder } from './values.ts'
import type { CompiledTable } from './table.ts'
import type { Context, HitRow, Result, Value } from './types.ts'

/** Row results as a value: the only output itself, or an object by output name. */
function resultOf(table: CompiledTable, row: number, context: Context): Value {
  const { outputs, rows } = table
  const then = rows[row]?.then ?? []
  if (outputs.length === 1) return then[0]?.(context, null) ?? null
  return Object.fromEntries(outputs.map((output, index) => [output.name, then[index]?.(context, null) ?? null]))
}

/** What the hit policy makes of the rows that hit, in rule order. */
export function settle(table: CompiledTable, hits: readonly number[], context: Context): Result {
  const policy = table.table.hitPolicy
  const rows = hits.map((row) => table.rows[row]?.hit as HitRow)
  if (hits.length === 0) return { value: noHit(table, context), rows }
  const value = (row: number): Value => resultOf(table, row, context)
  const [first = 0] = hits
  switch (policy) {
    case 'U':
      return hits.length === 1 ? { value: value(first), rows } : failed('several-hits', rows)
    case 'A': {
      const result = value(first)
      if (hits.slice(1).every((row) => equal(value(row), result) === true)) return { value: result, rows }
      return failed('different-outputs', rows)
    }
    case 'F':
      return { value: value(first), rows: rows.slice(0, 1) }
    case 'P': {
      const [best = first] = byPriority(table, hits, context)
      return { value: value(best), rows: [table.rows[best]?.hit as HitRow] }
    }
    case 'O': {
      const ordered = byPriority(table, hits, context)
      return { value: ordered.map(value), rows: ordered.map((row) => table.rows[row]?.hit as HitRow) }
    }
    case 'R':
    case 'C':
      return { value: hits.map(value), rows }
    default:
      return { value: collected(policy, hits.map(value)), rows }
  }
}

function noHit(table: CompiledTable, context: Context): Value {
  const { outputs } = table
  const { hitPolicy } = table.table
  if (outputs.every((output) => output.otherwise === null)) return hitPolicy === 'C#' ? 0 : null
  const values = outputs.map((output) => output.otherwise?.(context, null) ?? null)
  if (outputs.length === 1) return values[0] ?? null
  return Object.fromEntries(outputs.map((output, index) => [output.name, values[index] ?? null]))
}

/** Rows by the order of the output values, first column first; what is not in the list comes last, ties stay in rule order. */
function byPriority(table: CompiledTable, hits: readonly number[], context: Context): number[] {
  const ranks = new Map(hits.map((row) => [row, ranksOf(table, row, context)]))
  return [...hits].sort((a, b) => compareRanks(ranks.get(a) ?? [], ranks.get(b) ?? []))
}

/** The place of each output of a row in the order of its column. */
export function ranksOf(table: CompiledTable, row: number, context: Context): number[] {
  return table.outputs.map((output, index) => {
    if (output.order === null) return 0
    const value = table.rows[row]?.then[index]?.(context, null) ?? null
    const place = output.order.findIndex((each) => equal(each, value) === true)
    return place < 0 ? output.order.length : place
  })
}

/** Negative when the first ranks are higher (smaller). */
export function compareRanks(a: number[], b: number[]): number {
  for (let index = 0; index < a.length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function collected(policy: 'C+' | 'C<' | 'C>' | 'C#', values: Value[]): Value {
  if (policy === 'C#') return values.length
  if (policy === 'C+') {
    if (!values.every((value) => typeof value === 'number')) return null
    return values.reduce((total, value) => total + value, 0)
  }
  let best = values[0] ?? null
  for (const value of values) {
    const better = inOrder(value, policy === 'C<' ? '<' : '>', best)
    if (better === null) return null
    if (better) best = value
  }
  return best
}

const reasons = {
  'several-hits': {
    en: 'Several rows hit, and the table allows one: make their conditions exclude each other.',
    zh: '命中多行，而该表只允许命中一行：请使各行条件互斥。',
  },
  'different-outputs': {
    en: 'Several rows hit with different results: make the results equal or the conditions exclude each other.',
    zh: '命中多行且结果不同：请统一结果，或使条件互斥。',
  },
}

function failed(code: keyof typeof reasons, rows: HitRow[]): Result {
  return { value: null, rows, error: { code, message: reasons[code] } }
}
