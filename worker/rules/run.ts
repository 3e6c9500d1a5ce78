import { both, indexes, type Bits } from './bits.ts'
import { valueForCells } from './cell.ts'
import { indexer, type Indexer } from './indexer.ts'
import { settle } from './settle.ts'
import type { CompiledTable } from './table.ts'
import type { Context, Result, Value } from './types.ts'

/** Most slots that a table keeps: one for each combination of classes of its columns. */
const MAX_SLOTS = 65_536

/** Most sets of rows whose slot is kept to be shared. */
const MAX_SHARED = 4096

/** What is known of one combination of classes. */
type Slot = { result: Result | null; candidates: number[] }

type Body = Omit<CompiledTable, 'run'>

/**
 * Makes the function that runs a table. Each input is read once and put into its class; the classes together number a slot.
 * A slot is worked out the first time and holds the finished result, or, where expressions have their say, the rows in play.
 */
export function makeRun(body: Body): (context: Context) => Result {
  const table: CompiledTable = { ...body, run: () => ({ value: null, rows: [] }) }
  const counts = table.inputs.map((input) => input.column.classes.length)
  const size = counts.reduce((product, count) => product * count, 1)
  const shared = new Map<string, Slot>()
  if (size > MAX_SLOTS) {
    const classifiers = table.inputs.map((input) => indexer(input.column, 1, input.kind))
    return (context) => {
      const classes = table.inputs.map((input, index) => (classifiers[index] as Indexer)(input.read(context, null)))
      return finish(table, workOut(table, classes, shared), context)
    }
  }

  const strides = counts.map((_count, index) => counts.slice(index + 1).reduce((product, count) => product * count, 1))
  const slots: (Slot | undefined)[] = Array.from({ length: size })
  const results: (Result | null)[] = Array.from({ length: size }, () => null)
  const fill = (place: number, context: Context): Result => {
    let slot = slots[place]
    if (!slot) {
      const classes = strides.map((stride, index) => Math.floor(place / stride) % (counts[index] as number))
      slot = workOut(table, classes, shared)
      slots[place] = slot
    }
    results[place] = slot.result
    return finish(table, slot, context)
  }
  const indexers = table.inputs.map((input, index) => indexer(input.column, strides[index] as number, input.kind))
  const place = placeOf(table, indexers)
  return (context) => {
    const at = place(context)
    return results[at] ?? fill(at, context)
  }
}

/** The slot of a context. Unrolled for few columns, so that each read of a field is its own place in the code. */
function placeOf(table: CompiledTable, indexers: Indexer[]): (context: Context) => number {
  const fields = table.inputs.map((input) => input.field)
  const [f0, f1, f2, f3, f4] = fields
  const [i0, i1, i2, i3, i4] = indexers
  const few = fields.every((field) => field !== null) ? fields.length : -1
  if (few === 1 && f0 && i0) return (context) => i0(context[f0])
  if (few === 2 && f0 && f1 && i0 && i1) return (context) => i0(context[f0]) + i1(context[f1])
  if (few === 3 && f0 && f1 && f2 && i0 && i1 && i2)
    return (context) => i0(context[f0]) + i1(context[f1]) + i2(context[f2])
  if (few === 4 && f0 && f1 && f2 && f3 && i0 && i1 && i2 && i3)
    return (context) => i0(context[f0]) + i1(context[f1]) + i2(context[f2]) + i3(context[f3])
  if (few === 5 && f0 && f1 && f2 && f3 && f4 && i0 && i1 && i2 && i3 && i4)
    return (context) => i0(context[f0]) + i1(context[f1]) + i2(context[f2]) + i3(context[f3]) + i4(context[f4])
  const reads = table.inputs.map((input) => input.read)
  return (context) => {
    let place = 0
    for (let index = 0; index < reads.length; index++)
      place += (indexers[index] as Indexer)((reads[index] as (typeof reads)[number])(context, null))
    return place
  }
}

/** The rows in play for a combination of classes (shared by all that leave the same rows), and the result when nothing but the classes decides. */
function workOut(table: CompiledTable, classes: number[], shared: Map<string, Slot>): Slot {
  let rows: Bits | null = null
  for (let index = 0; index < classes.length; index++) {
    const input = table.inputs[index]
    const found = input?.column.classes[classes[index] as number]
    if (!input || !found) continue
    if (!found.allowed) return { result: Object.freeze(notAllowed(input.expression)), candidates: [] }
    rows = rows === null ? found.rows : both(rows, found.rows)
  }
  const key = rows?.join() ?? ''
  const known = shared.get(key)
  if (known) return known
  const candidates = rows === null ? table.rows.map((_row, index) => index) : indexes(rows)
  const sure = table.constant && candidates.every((row) => table.rows[row]?.unindexed.length === 0)
  const slot = { result: sure ? frozen(settle(table, candidates, {})) : null, candidates }
  if (shared.size < MAX_SHARED) shared.set(key, slot)
  return slot
}

function finish(table: CompiledTable, slot: Slot, context: Context): Result {
  if (slot.result !== null) return slot.result
  const values: (Value | undefined)[] = []
  const hits = slot.candidates.filter((row) =>
    (table.rows[row]?.unindexed ?? []).every((column) => {
      const input = table.inputs[column]
      const cell = input?.cells[row]
      if (!input || !cell) return false
      const value = (values[column] ??= valueForCells(input.read(context, null), input.kind))
      return cell.check(value, context, value) === true
    }),
  )
  return settle(table, hits, context)
}

/** Results are shared by all who ask for the same slot: nobody may change them. */
function frozen(result: Result): Result {
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
    Object.freeze(value)
    for (const item of Object.values(value)) if (Array.isArray(item) || isPlain(item)) freeze(item)
  }
  freeze(result.value)
  Object.freeze(result.rows)
  return Object.freeze(result)
}

function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

function notAllowed(expression: string): Result {
  return {
    value: null,
    rows: [],
    error: {
      code: 'not-allowed',
      message: {
        en: `The value of ${expression} is not one of the allowed values of its column.`,
        zh: `${expression} 的值不在该列的允许值之内。`,
      },
    },
  }
}
