import { testNodes, type Cell, type Node, type Test } from './ast.ts'
import { anyOf, compileTest, type Check } from './closures.ts'
import { isCompilable } from './expression.ts'
import { ordinal, temporalKind, testByFeelin, type Temporal, type TemporalKind } from './feel.ts'
import type { ColumnType, Value } from './types.ts'
import { asTemporal, negated } from './values.ts'

/** What a compiled cell can be asked. */
export type CompiledCell = {
  any: boolean
  /** Literals only: the cell is true or false by the value alone, and an index can hold it. */
  indexed: boolean
  cell: Cell
  check: Check
}

/** The kind of date or duration of a column; null when it holds something else. */
export function kindOfColumn(type: ColumnType | undefined): TemporalKind | null {
  if (type === undefined || type === 'string' || type === 'number' || type === 'boolean' || type === 'any') return null
  return type
}

/**
 * Compiles a parsed cell. In a column of dates or durations the indexed cells compare ordinals (numbers), all others the
 * FEEL values.
 */
export function compileCell(cell: Cell, text: string, kind: TemporalKind | null): CompiledCell {
  if (cell.kind === 'any') return { any: true, indexed: true, cell, check: () => true }
  const indexed = cell.tests.every((test) => testNodes(test).every((node) => isPlain(node, kind)))
  const known = indexed ? { ...cell, tests: cell.tests.map((test) => withOrdinals(test)) } : cell
  if (!indexed && !cell.tests.every((test) => testNodes(test).every(isCompilable)))
    return { any: false, indexed, cell, check: (_value, context, it) => testByFeelin(text, it, context) }
  const check = anyOf(known.tests.map(compileTest))
  return {
    any: false,
    indexed,
    cell: known,
    check: cell.negated ? (value, context, it) => negated(check(value, context, it)) : check,
  }
}

function isPlain(node: Node, kind: TemporalKind | null): boolean {
  if (node.kind !== 'literal') return false
  const found = temporalKind(node.value)
  return found === null ? kind === null || node.value === null : found === kind
}

/** Dates and durations become the numbers that order them. */
function withOrdinals(test: Test): Test {
  const number = (node: Node): Node => {
    if (node.kind !== 'literal' || temporalKind(node.value) === null) return node
    return { kind: 'literal', value: ordinal(node.value as Temporal) }
  }
  if (test.kind === 'interval') return { ...test, low: number(test.low), high: number(test.high) }
  return test.kind === 'value' ? { ...test, value: number(test.value) } : { ...test, to: number(test.to) }
}

/** The value that cells which are not indexed compare: dates of records come as ISO 8601 text. */
export function valueForCells(value: Value, kind: TemporalKind | null): Value {
  return kind === null || value === null ? value : asTemporal(kind, value)
}
