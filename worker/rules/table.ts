import type { CompiledCell } from './cell.ts'
import type { Run } from './closures.ts'
import type { Class, Column } from './column.ts'
import type { TemporalKind } from './feel.ts'
import type { Context, HitRow, Result, Table, Value } from './types.ts'

export type CompiledInput = {
  name: string
  expression: string
  /** The field, when the expression is no more than its name. */
  field: string | null
  read: Run
  kind: TemporalKind | null
  column: Column
  cells: CompiledCell[]
  /** Classes that hold values of the column's type that are allowed: what gaps and overlaps are about. */
  domain: (Class | null)[]
}

export type CompiledOutput = { name: string; order: Value[] | null; otherwise: Run | null; constant: boolean }

export type CompiledRow = { hit: HitRow; then: Run[]; unindexed: number[] }

/** A table ready to run. */
export type CompiledTable = {
  table: Table
  inputs: CompiledInput[]
  outputs: CompiledOutput[]
  rows: CompiledRow[]
  /** Results depend on nothing but the classes of the inputs. */
  constant: boolean
  run: (context: Context) => Result
}
