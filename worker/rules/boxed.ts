import type { Run } from './closures.ts'
import { compileTable } from './compile.ts'
import type { Logic, Variable } from './dmn-model.ts'
import { compileText } from './expression.ts'
import { callFunction, feelFunction } from './feel.ts'
import type { ItemTypes } from './item-types.ts'
import { callsIn } from './names.ts'
import type { Names } from './parse.ts'
import type { CompiledTable } from './table.ts'
import type { CellIssue, Context, Result, Value } from './types.ts'
import { isRecord } from './values.ts'

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
      return (context) => {
        const holds = condition(context, null)
        if (holds !== null && typeof holds !== 'boolean') return null
        return (holds ? then : otherwise)(context, null)
      }
    }
    default:
      return loopRun(logic, names, box)
  }
}

function literal(text: string, names: Names, box: Box): Run {
  const compiled = compileText(text, names)
  if (!compiled.ok) {
    box.issues.push(compiled.issue)
    return nothing
  }
  for (const name of compiled.value.byFeelin ? callsIn(text, names) : []) {
    const message = {
      en: `Nothing that can be called is named ${name}: the result is null.`,
      zh: `没有可调用的函数“${name}”，结果为空。`,
    }
    box.issues.push({ severity: 'error', code: 'unknown-name', cell: text, message })
  }
  return compiled.value.run
}

type Loop = Extract<Logic, { list: Logic }>

/** `for`, `every`, `some` and `filter` over a list; a single value counts as the list of it. */
function loopRun(logic: Loop, names: Names, box: Box): Run {
  const list = compileLogic(logic.list, names, box)
  const isFilter = logic.kind === 'filter'
  const item = isFilter ? 'item' : logic.item
  const body = compileLogic(isFilter ? logic.match : logic.body, { ...names, [item]: null, ...fieldsOf(logic) }, box)
  return (context) => {
    const found = list(context, null)
    if (found === null) return isFilter ? [] : null
    const items = Array.isArray(found) ? found : [found]
    const said: Value[] = []
    for (const each of items) {
      const fields = isFilter && isRecord(each) ? each : {}
      const partial = logic.kind === 'for' ? { partial: said } : {}
      said.push(body({ ...context, ...fields, ...partial, [item]: each }, null))
    }
    if (logic.kind === 'for') return said
    if (said.some((each) => each !== null && typeof each !== 'boolean')) return null
    if (isFilter) return items.filter((_each, index) => said[index] === true)
    const decisive = logic.kind === 'some'
    if (said.includes(decisive)) return decisive
    return said.every((each) => each === !decisive) ? !decisive : null
  }
}

/** Fields of the items that a filter reads, as far as they are written there. */
function fieldsOf(logic: Loop): Names {
  const sample = logic.kind === 'filter' ? sampleOf(logic.list) : null
  const [first] = Array.isArray(sample) ? sample : []
  return typeof first === 'object' && first !== null ? (first as Names) : {}
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

/**
 * A function value that sees the context it was made in. An argument or a result that is not of its type makes the call null,
 * as FEEL coerces them.
 */
export function functionRun(
  parameters: Variable[],
  body: Logic,
  names: Names,
  box: Box,
  result?: string,
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
        const given = parameters.map(({ name, typeRef }, index) => ({
          name,
          ...box.types.conform(args[index] ?? null, typeRef, true),
        }))
        if (!given.every(({ ok }) => ok)) return null
        const scope = Object.fromEntries(given.map(({ name, value }) => [name, value]))
        return box.types.conform(run({ ...context, ...scope }, null), result, true).value
      },
    )
}
