import { compileTable, evaluate, type HitPolicy, type Table } from './index.ts'

export type Input = Table['inputs'][number]
export const assets: Input = { name: 'assets', expression: 'assets', type: 'number' }
export const kind: Input = { name: 'kind', expression: 'kind', type: 'string' }
export const since: Input = { name: 'since', expression: 'since', type: 'date' }

/** For tests: a table of these rows, with one output. */
export function table(
  hitPolicy: HitPolicy,
  inputs: Input[],
  rows: string[][],
  output: Partial<Table['outputs'][number]> = {},
): Table {
  const rules = rows.map((row, index) => ({ id: `r${index + 1}`, when: row.slice(0, -1), then: row.slice(-1) }))
  return { id: 't', name: 'T', hitPolicy, inputs, outputs: [{ name: 'o', ...output }], rules }
}

/** Compiles and evaluates; throws when the table doesn't compile. */
export function run(source: Table, context: Record<string, unknown>): ReturnType<typeof evaluate> {
  const compiled = compileTable(source, { regions: false })
  if (!compiled.ok) throw new Error(compiled.issues.map((issue) => issue.message.en).join('\n'))
  return evaluate(compiled.table, context)
}
