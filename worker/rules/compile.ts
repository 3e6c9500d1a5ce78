import { parseCell, type Names } from './parse.ts'
import { testNodes, type Cell } from './ast.ts'
import { compileCell, kindOfColumn, type CompiledCell } from './cell.ts'
import type { Run } from './closures.ts'
import { buildColumn, domainOf } from './column.ts'
import { compileText, type Compiled } from './expression.ts'
import { temporalKind, type TemporalKind } from './feel.ts'
import { Issues } from './issues.ts'
import { checkInputCell, checkOutputCell } from './check-types.ts'
import { isDirect } from './read.ts'
import { checkRegions } from './regions.ts'
import { makeRun } from './run.ts'
import type { CompiledInput, CompiledOutput, CompiledRow, CompiledTable } from './table.ts'
import type { CellIssue, Table, Value } from './types.ts'

export type CompiledResult =
  { ok: true; table: CompiledTable; warnings: CellIssue[] } | { ok: false; issues: CellIssue[] }

/** `names`: what may be read, with sample values; a name that is not among them is an error. `regions: false` skips gaps and overlaps. */
export type CompileOptions = { names?: Names; regions?: boolean }

const nothing: Run = () => null

/**
 * Checks and compiles a decision table. Every cell is parsed once; literals go into an index, the rest into closures, and
 * what lies outside the compiled subset to feelin. All issues are found in one go; with an error there is no table.
 */
export function compileTable(table: Table, options: CompileOptions = {}): CompiledResult {
  const issues = new Issues(table, options.names)
  if (!issues.shape()) return { ok: false, issues: issues.list }
  const inputs = table.inputs.map((_input, column) => compileInput(table, column, issues, options.names))
  const outputs = table.outputs.map((_output, column) => compileOutput(table, column, issues, options.names))
  const literal = { all: true }
  const rows = table.rules.map((rule, row): CompiledRow => {
    const then = rule.then.map((cell, column) => {
      const compiled = outputCell(table, row, column, cell, issues, options.names)
      if (compiled && compiled.node.kind !== 'literal') literal.all = false
      return compiled?.run ?? nothing
    })
    const unindexed = inputs.flatMap((input, column) => (input.cells[row]?.indexed === false ? [column] : []))
    return { hit: Object.freeze({ index: row, id: rule.id }), then, unindexed }
  })
  if (outputs.some((output) => output.otherwise !== null && !output.constant)) literal.all = false
  const body = { table, inputs, outputs, rows, constant: literal.all }
  const compiled: CompiledTable = { ...body, run: makeRun(body) }
  if (!issues.hasError('syntax') && options.regions !== false) checkRegions(compiled, issues)
  if (issues.hasError()) return { ok: false, issues: issues.list }
  return { ok: true, table: compiled, warnings: issues.list }
}

function compileInput(table: Table, at: number, issues: Issues, names: Names | undefined): CompiledInput {
  const input = table.inputs[at] as Table['inputs'][number]
  const where = { column: input.label ?? input.name, cell: input.expression }
  const expression = compileText(input.expression, names)
  if (!expression.ok) issues.syntax(where, expression.issue.message)
  else issues.names(where, input.expression, 'expression')

  const parsed = table.rules.map((rule, row) => {
    const text = rule.when[at] ?? '-'
    const found = parseCell(text, names)
    const place = { row, column: where.column, cell: text }
    if (!found.ok) issues.syntax(place, found.message)
    else issues.names(place, text, 'cell')
    return found.ok ? { cell: found.node, text } : { cell: { kind: 'any' } as Cell, text }
  })
  const allowedText = input.values
  const allowed = allowedText ? parseCell(allowedText, names) : null
  if (allowed && !allowed.ok) issues.syntax({ column: where.column, cell: allowedText ?? '' }, allowed.message)

  const declared = kindOfColumn(input.type)
  const kind = declared ?? (input.type === undefined || input.type === 'any' ? kindOfLiterals(parsed) : null)
  const compile = ({ cell, text }: { cell: Cell; text: string }): CompiledCell => compileCell(cell, text, kind)
  const cells = parsed.map(compile)
  const allowedCell = allowed?.ok && allowedText ? compile({ cell: allowed.node, text: allowedText }) : null
  parsed.forEach(({ cell, text }, row) =>
    checkInputCell(input, cell, { row, column: where.column, cell: text }, allowedCell, issues),
  )
  const node = expression.ok ? expression.value.node : null
  const column = buildColumn(cells, allowedCell, kind)
  return {
    name: input.name,
    expression: input.expression,
    field:
      node?.kind === 'name' && node.path.length === 1 && isDirect(node.path[0] ?? '') ? (node.path[0] ?? null) : null,
    read: expression.ok ? expression.value.run : nothing,
    kind,
    cells,
    column,
    domain: column.classes.map((each) => domainOf(each, input.type, { kind, column })),
  }
}

/** A column that does not say its type holds dates when its literals are dates. */
function kindOfLiterals(parsed: { cell: Cell }[]): TemporalKind | null {
  const values = parsed.flatMap(({ cell }) => (cell.kind === 'any' ? [] : cell.tests.flatMap(testNodes)))
  const kinds = new Set(
    values.flatMap((node) => (node.kind === 'literal' && node.value !== null ? [temporalKind(node.value)] : [])),
  )
  const [only = null] = kinds
  return kinds.size === 1 ? only : null
}

function compileOutput(table: Table, column: number, issues: Issues, names: Names | undefined): CompiledOutput {
  const output = table.outputs[column] as Table['outputs'][number]
  const where = output.label ?? output.name
  const otherwise = output.default ? compileText(output.default, names) : null
  if (otherwise && !otherwise.ok) issues.syntax({ column: where, cell: output.default ?? '' }, otherwise.issue.message)
  return {
    name: output.name,
    order: output.values ? orderOf(output.values, where, issues, names) : null,
    otherwise: otherwise?.ok ? otherwise.value.run : null,
    constant: !otherwise?.ok || otherwise.value.node.kind === 'literal',
  }
}

/** The values of `"VIP","GOLD"` in order; null when they are not a plain list. */
function orderOf(text: string, column: string, issues: Issues, names: Names | undefined): Value[] | null {
  const parsed = parseCell(text, names)
  if (!parsed.ok) {
    issues.syntax({ column, cell: text }, parsed.message)
    return null
  }
  if (parsed.node.kind === 'any' || parsed.node.negated) return null
  const values = parsed.node.tests.map((test) =>
    test.kind === 'value' && test.value.kind === 'literal' ? test.value.value : undefined,
  )
  return values.every((value) => value !== undefined) ? values : null
}

function outputCell(
  table: Table,
  row: number,
  column: number,
  cell: string,
  issues: Issues,
  names: Names | undefined,
): Compiled | null {
  const output = table.outputs[column] as Table['outputs'][number]
  const text = cell.trim()
  if (text === '' || text === '-') return null
  const at = { row, column: output.label ?? output.name, cell }
  const compiled = compileText(text, names)
  if (!compiled.ok) {
    issues.syntax(at, compiled.issue.message)
    return null
  }
  issues.names(at, text, 'expression')
  checkOutputCell(output, compiled.value.node, at, issues)
  return compiled.value
}
