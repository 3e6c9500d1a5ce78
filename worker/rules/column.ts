import { testNodes } from './ast.ts'
import { addBit, noBits, type Bits } from './bits.ts'
import type { CompiledCell } from './cell.ts'
import { nextUp } from './double.ts'
import type { TemporalKind } from './feel.ts'
import type { ColumnType, Value } from './types.ts'

/** A piece of a column's domain in which every cell says the same. */
export type Piece =
  | { kind: 'numbers'; low: number; high: number; lowIn: boolean; highIn: boolean }
  | { kind: 'text'; value: string }
  | { kind: 'other text' | 'true' | 'false' | 'missing' | 'else' }

/** One class of values: the rows that such values leave in play, and the pieces it is made of. */
export type Class = { rows: Bits; pieces: Piece[]; allowed: boolean }

/** A column cut into classes of values that no cell tells apart. */
export type Column = {
  classes: Class[]
  /** Numbers: class `steps[i]` holds where exactly i edges are not above the value. */
  edges: number[]
  steps: number[]
  texts: Map<string, number>
  otherText: number
  yes: number
  no: number
  missing: number
  otherwise: number
  /** Which domains the literals of the column speak of. */
  speaks: { numbers: boolean; texts: boolean; booleans: boolean }
}

const nothing: Value = Object.freeze({})

/**
 * Cuts a column into classes. Cells that are not indexed count as "maybe" in every class; they are checked one by one later.
 * `allowed` is the cell of allowed values: outside of it no row hits.
 */
export function buildColumn(cells: CompiledCell[], allowed: CompiledCell | null, kind: TemporalKind | null): Column {
  const literals = [...cells, ...(allowed ? [allowed] : [])].flatMap(literalsOf)
  const numbers = [...new Set(literals.filter((value) => typeof value === 'number'))].sort((a, b) => a - b)
  const strings = [...new Set(literals.filter((value) => typeof value === 'string'))]
  const classes: Class[] = []
  const bySignature = new Map<string, number>()

  const classOf = (sample: Value, piece: Piece): number => {
    const rows = noBits(cells.length)
    cells.forEach((cell, row) => {
      if (!cell.indexed || cell.check(sample, {}, sample) === true) addBit(rows, row)
    })
    const isAllowed = sample === null || !allowed?.indexed || allowed.check(sample, {}, sample) === true
    const signature = `${isAllowed ? '' : '!'}${rows.join()}`
    let index = bySignature.get(signature)
    if (index === undefined) {
      index = classes.push({ rows, pieces: [], allowed: isAllowed }) - 1
      bySignature.set(signature, index)
    }
    classes[index]?.pieces.push(piece)
    return index
  }

  const column: Column = {
    classes,
    edges: [],
    steps: [],
    texts: new Map(),
    otherText: 0,
    yes: 0,
    no: 0,
    missing: 0,
    otherwise: 0,
    speaks: {
      numbers: kind !== null || numbers.length > 0,
      texts: strings.length > 0,
      booleans: literals.some((value) => typeof value === 'boolean'),
    },
  }
  cutNumbers(column, numbers, classOf)
  for (const value of strings) column.texts.set(value, classOf(value, { kind: 'text', value }))
  column.otherText = classOf(freshText(strings), { kind: 'other text' })
  column.yes = classOf(true, { kind: 'true' })
  column.no = classOf(false, { kind: 'false' })
  column.missing = classOf(null, { kind: 'missing' })
  column.otherwise = classOf(nothing, { kind: 'else' })
  return column
}

/** Points and open intervals between them, neighbours of one class joined; an edge is the first number of the next class. */
function cutNumbers(column: Column, points: number[], classOf: (sample: Value, piece: Piece) => number): void {
  const add = (start: number, low: number, high: number, at: boolean, sample: number): void => {
    const index = classOf(sample, { kind: 'numbers', low, high, lowIn: at, highIn: at })
    if (column.steps.length > 0) {
      if (column.steps.at(-1) === index) return
      column.edges.push(start)
    }
    column.steps.push(index)
  }
  let low = -Infinity
  for (const point of points) {
    const above = low === -Infinity ? -Number.MAX_VALUE : nextUp(low)
    const sample = low === -Infinity ? point - Math.max(1, Math.abs(point)) : low + (point - low) / 2
    if (above < point) add(above, low, point, false, sample > low && sample < point ? sample : above)
    add(point, point, point, true, point)
    low = point
  }
  add(
    low === -Infinity ? low : nextUp(low),
    low,
    Infinity,
    false,
    low === -Infinity ? 0 : low + Math.max(1, Math.abs(low)),
  )
}

function literalsOf(cell: CompiledCell): Value[] {
  if (cell.cell.kind === 'any' || !cell.indexed) return []
  return cell.cell.tests.flatMap(testNodes).flatMap((node) => (node.kind === 'literal' ? [node.value] : []))
}

function freshText(strings: string[]): string {
  let text = '\u0000'
  while (strings.includes(text)) text += '\u0000'
  return text
}

/** True for values that a column of this type is about; a missing value or one of another type is nobody's gap. */
function isInDomain(
  piece: Piece,
  type: ColumnType | undefined,
  { kind, column }: { kind: TemporalKind | null; column: Column },
): boolean {
  const { numbers, texts, booleans } = column.speaks
  const silent = !numbers && !texts && !booleans
  const typed = type !== undefined && type !== 'any'
  switch (piece.kind) {
    case 'numbers':
      return kind !== null || (typed ? type === 'number' : numbers || silent)
    case 'text':
    case 'other text':
      return kind === null && (typed ? type === 'string' : texts)
    case 'true':
    case 'false':
      return kind === null && (typed ? type === 'boolean' : booleans)
    default:
      return false
  }
}

/** A class without the pieces outside of the domain; null when nothing is left. */
export function domainOf(
  each: Class,
  type: ColumnType | undefined,
  input: { kind: TemporalKind | null; column: Column },
): Class | null {
  const pieces = each.allowed ? each.pieces.filter((piece) => isInDomain(piece, type, input)) : []
  return pieces.length > 0 ? { ...each, pieces } : null
}
