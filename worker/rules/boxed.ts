import type { Run } from './closures.ts'
import { compileTable } from './compile.ts'
import type { Logic, Variable } from './dmn-model.ts'
import { compileText } from './expression.ts'
import { callFunction, feelFunction } from './feel.ts'
import type { ItemTypes } from './item-types.ts'
import type { Names } from './parse.ts'
import type { CompiledTable } from './table.ts'
import type { CellIssue, Context, Result, Value } from './types.ts'

/** What compiling a decision's logic is given and what it reports. */
export type Box = {
  types: ItemTypes
  issues: { push: (...found: CellIssue[]) => void }
  /** Told the result of every table that runs. */
  onTable: (table: CompiledTable, context: Context, result: Result) => void
  regions: boolean
}

const nothing: Run = () => null

/** Compiles any DMN expression to a function of its context. What does not compile is null and leaves an issue. */
export function compileLogic(logic: Logic, names: Names, box: Box): Run {
  switch (logic.kind) {
    case 'table': {
      const compiled = compileTable(logic.table, { names, regions: box.regions })
      box.issues.push(...(compiled.ok ? compiled.warnings : compiled.issues))
      if (!compiled.ok) return nothing
      const { table } = compiled
      return (context) => {
        const result = table.run(context)
        box.onTable(table, context, result)
        return result.value
      }
    }
    case 'literal':
      return literal(logic.text, names, box)
    case 'context':
      return contextRun(logic, names, box)
    case 'invocation':
      return invocation(logic, names, box)
    case 'function': {
      const body = functionRun(logic.parameters, logic.body, names, box)
      return (context) => body(context) as Value
    }
    case 'list': {
      const items = logic.items.map((item) => compileLogic(item, names, box))
      return (context) => items.map((item) => item(context, null))
    }
    case 'relation': {
      const rows = logic.rows.map((row) => row.map((cell) => compileLogic(cell, names, box)))
      return (context) =>
        rows.map((row) =>
          Object.fromEntries(logic.columns.map((name, index) => [name, row[index]?.(context, null) ?? null])),
        )
    }
    case 'conditional': {
      const condition = compileLogic(logic.condition, names, box)
      const then = compileLogic(logic.then, names, box)
      const otherwise = compileLogic(logic.otherwise, names, box)
      return (context) => (condition(context, null) === true ? then : otherwise)(context, null)
    }
  }
}

function literal(text: string, names: Names, box: Box): Run {
  const compiled = compileText(text, names)
  if (compiled.ok) return compiled.value.run
  box.issues.push(compiled.issue)
  return nothing
}

/** Entries may read those before them; an entry without a name is the result. */
function contextRun(logic: Extract<Logic, { kind: 'context' }>, names: Names, box: Box): Run {
  const known: Record<string, unknown> = { ...names }
  const entries = logic.entries.map((entry) => {
    const run = compileLogic(entry.logic, { ...known }, box)
    if (entry.name !== null) known[entry.name] = box.types.sample(entry.typeRef) ?? sampleOf(entry.logic)
    return { name: entry.name, typeRef: entry.typeRef, run }
  })
  return (context) => {
    const scope: Record<string, unknown> = { ...context }
    const result: Record<string, Value> = {}
    for (const { name, typeRef, run } of entries) {
      const raw = run(scope, null)
      const value = typeof raw === 'object' ? raw : box.types.conform(raw, typeRef).value
      if (name === null) return value
      scope[name] = value
      result[name] = value
    }
    return result
  }
}

function sampleOf(logic: Logic): unknown {
  if (logic.kind === 'context')
    return Object.fromEntries(
      logic.entries.flatMap(({ name, logic: inner }) => (name === null ? [] : [[name, sampleOf(inner)]])),
    )
  if (logic.kind === 'relation') return [Object.fromEntries(logic.columns.map((name) => [name, null]))]
  if (logic.kind === 'table' && logic.table.outputs.length > 1)
    return Object.fromEntries(logic.table.outputs.map(({ name }) => [name, null]))
  return null
}

function invocation(logic: Extract<Logic, { kind: 'invocation' }>, names: Names, box: Box): Run {
  const called = literal(logic.called, names, box)
  const bindings = logic.bindings.map(({ name, logic: each }) => ({ name, run: compileLogic(each, names, box) }))
  return (context) => {
    const values = Object.fromEntries(bindings.map(({ name, run }) => [name, run(context, null)]))
    return callFunction(called(context, null), values)
  }
}

/** A function value that sees the context it was made in. */
export function functionRun(
  parameters: Variable[],
  body: Logic,
  names: Names,
  box: Box,
): (context: Context) => unknown {
  const known = {
    ...names,
    ...Object.fromEntries(parameters.map(({ name, typeRef }) => [name, box.types.sample(typeRef)])),
  }
  const run = compileLogic(body, known, box)
  return (context) =>
    feelFunction(
      parameters.map(({ name }) => name),
      (...args) => {
        const given = parameters.map(({ name, typeRef }, index) => [
          name,
          box.types.conform(args[index] ?? null, typeRef).value,
        ])
        return run({ ...context, ...Object.fromEntries(given) }, null)
      },
    )
}
