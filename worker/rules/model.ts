import { compileLogic, functionRun, type Box } from './boxed.ts'
import type { Run } from './closures.ts'
import type { Decision, DmnModel, Knowledge } from './dmn-model.ts'
import { ItemTypes } from './item-types.ts'
import type { CompiledTable } from './table.ts'
import type { CellIssue, Context, Result, Value } from './types.ts'
import { print } from './values.ts'

/** A finding of a model, with the decision it is in. */
export type ModelIssue = CellIssue & { decision?: string }

/** Outcome of a decision: its value, the results of the tables that ran for it, and what was wrong with the inputs. */
export type Decided = {
  value: Value
  tables: { decision: string; table: CompiledTable; context: Context; result: Result }[]
  problems: ModelIssue[]
}

/** A model ready to run. `decide` takes a decision's name or id and input data by name. */
export type CompiledModel = {
  model: DmnModel
  issues: ModelIssue[]
  decide: (decision: string, inputs: Context) => Decided
}

type Ready = { decision: Decision; run: Run }

/** Compiles every decision of a model. A decision with errors gives null; the issues say why. */
export function compileModel(model: DmnModel, options: { regions?: boolean } = {}): CompiledModel {
  const compiler = new ModelCompiler(model, options.regions ?? true)
  const ready = new Map(model.decisions.map((decision) => [decision.id, compiler.decision(decision)]))
  return {
    model,
    issues: compiler.issues,
    decide: (name, inputs) => {
      const found = model.decisions.find((decision) => decision.name === name || decision.id === name)
      return found ? new Evaluation(compiler, ready, inputs).decide(found) : { value: null, tables: [], problems: [] }
    },
  }
}

class ModelCompiler {
  readonly issues: ModelIssue[] = []
  readonly types: ItemTypes
  readonly model: DmnModel
  /** The evaluation that is under way; tables report to it. */
  current: Evaluation | null = null
  private readonly regions: boolean
  private readonly functions = new Map<string, (context: Context) => unknown>()

  constructor(model: DmnModel, regions: boolean) {
    this.model = model
    this.types = new ItemTypes(model.types)
    this.regions = regions
  }

  decision(decision: Decision): Ready {
    const box = this.box(decision.name)
    const run = decision.logic ? compileLogic(decision.logic, this.names(decision), box) : (): null => null
    if (!decision.logic) this.note(decision.name, 'warning', 'has no logic: it is null.', '没有决策逻辑，结果为空。')
    return { decision, run }
  }

  /** The function of a business knowledge model, compiled when first needed. */
  knowledge(id: string, seen: readonly string[] = []): { name: string; make: (context: Context) => unknown } | null {
    const found = this.model.knowledge.find((each) => each.id === id)
    if (!found || seen.includes(id)) return null
    let make = this.functions.get(id)
    if (!make) {
      const names = Object.fromEntries(this.required(found, seen).map(({ name }) => [name, null]))
      make = functionRun(
        found.parameters,
        found.body,
        { ...names, [found.name]: null },
        this.box(found.name),
        found.typeRef,
      )
      this.functions.set(id, make)
    }
    const body = make
    const required = this.required(found, seen)
    return {
      name: found.name,
      make: (context) => {
        const scope: Record<string, unknown> = { ...context }
        for (const each of required) scope[each.name] = each.make(context)
        const self = body(scope)
        return self
      },
    }
  }

  private required(found: Knowledge, seen: readonly string[]): { name: string; make: (context: Context) => unknown }[] {
    return found.requires.flatMap((id) => this.knowledge(id, [...seen, found.id]) ?? [])
  }

  private names(decision: Decision): Record<string, unknown> {
    const { inputs, decisions, knowledge } = decision.requires
    const names: Record<string, unknown> = {}
    for (const { id, name, typeRef } of this.model.inputData)
      if (inputs.includes(id)) names[name] = this.types.sample(typeRef)
    for (const each of this.model.decisions)
      if (decisions.includes(each.id)) names[each.name] = this.types.sample(each.typeRef)
    for (const { id, name } of this.model.knowledge) if (knowledge.includes(id)) names[name] = null
    return names
  }

  private box(decision: string): Box {
    return {
      types: this.types,
      issues: { push: (...found) => this.issues.push(...found.map((issue) => ({ ...issue, decision }))) },
      regions: this.regions,
      onTable: (table, context, result) => this.current?.tables.push({ decision, table, context, result }),
    }
  }

  note(decision: string, severity: CellIssue['severity'], en: string, zh: string): void {
    const message = { en: `${decision} ${en}`, zh: `${decision}${zh}` }
    this.issues.push({ severity, code: 'unsupported', decision, message })
  }
}

class Evaluation {
  readonly tables: Decided['tables'] = []
  private readonly problems: ModelIssue[] = []
  private readonly done = new Map<string, Value>()
  private readonly under = new Set<string>()
  private readonly compiler: ModelCompiler
  private readonly ready: Map<string, Ready>
  private readonly inputs: Context

  constructor(compiler: ModelCompiler, ready: Map<string, Ready>, inputs: Context) {
    this.compiler = compiler
    this.ready = ready
    this.inputs = inputs
  }

  decide(decision: Decision): Decided {
    this.compiler.current = this
    const value = this.value(decision.id)
    return { value, tables: this.tables, problems: this.problems }
  }

  private value(id: string): Value {
    const known = this.done.get(id)
    if (known !== undefined) return known
    const found = this.ready.get(id)
    if (!found) return null
    const { decision, run } = found
    if (this.under.has(id)) {
      this.problem(
        decision.name,
        'cycle',
        `${decision.name} requires itself: remove the circle.`,
        `${decision.name} 循环依赖自身：请消除循环。`,
      )
      return null
    }
    this.under.add(id)
    const raw = run(this.scope(decision), null)
    const conformed = this.compiler.types.conform(raw, decision.typeRef, true)
    if (!conformed.ok)
      this.problem(
        decision.name,
        'type',
        `${print(raw)} is no ${decision.typeRef ?? ''}.`,
        `${print(raw)} 不是 ${decision.typeRef ?? ''}。`,
      )
    this.under.delete(id)
    this.done.set(id, conformed.value)
    return conformed.value
  }

  private scope(decision: Decision): Context {
    const { inputs, decisions, knowledge } = decision.requires
    const scope: Record<string, unknown> = {}
    for (const input of this.compiler.model.inputData) {
      if (!inputs.includes(input.id)) continue
      const raw = (Object.hasOwn(this.inputs, input.name) ? this.inputs[input.name] : null) as Value
      const conformed = this.compiler.types.conform(raw ?? null, input.typeRef)
      if (!conformed.ok)
        this.problem(
          decision.name,
          'type',
          `The input ${input.name} (${print(raw)}) is no ${input.typeRef ?? ''}, or not one of its allowed values.`,
          `输入 ${input.name}（${print(raw)}）不是 ${input.typeRef ?? ''}，或不在允许值之内。`,
        )
      scope[input.name] = conformed.value
    }
    for (const each of this.compiler.model.decisions)
      if (decisions.includes(each.id)) scope[each.name] = this.value(each.id)
    for (const id of knowledge) {
      const found = this.compiler.knowledge(id)
      if (found) scope[found.name] = found.make({})
    }
    return scope
  }

  private problem(decision: string, code: CellIssue['code'], en: string, zh: string): void {
    this.problems.push({ severity: 'error', code, decision, message: { en, zh } })
  }
}
