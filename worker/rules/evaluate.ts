import { valueForCells } from './cell.ts'
import type { CompiledTable } from './table.ts'
import { columnOrdinal } from './values.ts'
import type { Context, Result, Value } from './types.ts'

/**
 * Runs a table on a record. Several hits where one is allowed, and inputs outside the allowed values, give `value: null`
 * with `error`. Results may be shared between calls and are frozen.
 */
export function evaluate(table: CompiledTable, context: Context): Result {
  return table.run(context)
}

/** Why a table said what it said: every input as read, and every cell of every row. */
export type Explanation = Result & {
  inputs: { name: string; expression: string; value: Value }[]
  table: { index: number; id: string; hit: boolean; cells: { column: string; cell: string; hit: boolean | null }[] }[]
}

/** Runs a table and tells, row by row and cell by cell, what held: true, false, or null where it cannot be said. */
export function explain(table: CompiledTable, context: Context): Explanation {
  const inputs = table.inputs.map(({ name, expression, read }) => ({ name, expression, value: read(context, null) }))
  const rows = table.rows.map(({ hit: { index, id } }) => {
    const cells = table.inputs.map((input, column) => {
      const raw = inputs[column]?.value ?? null
      const cell = input.cells[index]
      const full = valueForCells(raw, input.kind)
      const value = cell?.indexed && input.kind ? columnOrdinal(input.kind, raw) : full
      const text = table.table.rules[index]?.when[column] ?? '-'
      return { column: input.name, cell: text, hit: cell ? cell.check(value, context, full) : null }
    })
    return { index, id, hit: cells.every((cell) => cell.hit === true), cells }
  })
  return { ...table.run(context), inputs, table: rows }
}
