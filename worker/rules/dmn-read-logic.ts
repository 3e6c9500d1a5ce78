import type { Logic, Variable } from './dmn-model.ts'
import type { ItemTypes } from './item-types.ts'
import type { CellIssue, ColumnType, HitPolicy, Table } from './types.ts'
import type { Element } from './xml.ts'

const policies: ReadonlyMap<string, HitPolicy> = new Map([
  ['UNIQUE', 'U'],
  ['ANY', 'A'],
  ['PRIORITY', 'P'],
  ['FIRST', 'F'],
  ['RULE ORDER', 'R'],
  ['OUTPUT ORDER', 'O'],
  ['COLLECT', 'C'],
])
const aggregations: ReadonlyMap<string, HitPolicy> = new Map([
  ['SUM', 'C+'],
  ['MIN', 'C<'],
  ['MAX', 'C>'],
  ['COUNT', 'C#'],
])

/** Whose logic is read: it names tables that have no name of their own, and types their results. */
type Owner = { id: string; name: string; typeRef: string | undefined }

/** Reads what DMN calls expressions: tables, literal expressions and boxed ones. */
export class LogicReader {
  readonly issues: CellIssue[] = []
  private readonly ns: string
  private readonly types: ItemTypes

  constructor(ns: string, types: ItemTypes) {
    this.ns = ns
    this.types = types
  }

  /** The expression directly inside an element; null when there is none. */
  logicIn(element: Element, owner: Owner): Logic | null {
    for (const child of element.children) {
      if (child.ns !== this.ns) continue
      const logic = this.logic(child, owner)
      if (logic) return logic
    }
    return null
  }

  /** The parameters of a function. */
  parameters(element: Element): Variable[] {
    return this.all(element, 'formalParameter').map((each) => ({
      name: each.attributes.get('name') ?? '',
      ...(each.attributes.has('typeRef') ? { typeRef: each.attributes.get('typeRef') ?? '' } : {}),
    }))
  }

  private logic(element: Element, owner: Owner): Logic | null {
    const inside = (name: string): Logic => {
      const holder = this.one(element, name)
      return (holder && this.logicIn(holder, owner)) ?? nothing
    }
    switch (element.name) {
      case 'decisionTable':
        return { kind: 'table', table: this.table(element, owner) }
      case 'literalExpression':
        return { kind: 'literal', text: this.text(element) }
      case 'context':
        return { kind: 'context', entries: this.all(element, 'contextEntry').map((entry) => this.entry(entry, owner)) }
      case 'invocation':
        return {
          kind: 'invocation',
          called: this.text(this.one(element, 'literalExpression')),
          bindings: this.all(element, 'binding').map((binding) => ({
            name: this.one(binding, 'parameter')?.attributes.get('name') ?? '',
            logic: this.logicIn(binding, owner) ?? nothing,
          })),
        }
      case 'functionDefinition':
        if (/^(Java|PMML)$/.test(element.attributes.get('kind') ?? '')) {
          this.issues.push(unsupported(`${owner.name}: functions in Java or PMML`, `${owner.name}：Java 或 PMML 函数`))
          return nothing
        }
        return { kind: 'function', parameters: this.parameters(element), body: this.logicIn(element, owner) ?? nothing }
      case 'list':
        return { kind: 'list', items: this.items(element, owner) }
      case 'relation':
        return {
          kind: 'relation',
          columns: this.all(element, 'column').map((column) => column.attributes.get('name') ?? ''),
          rows: this.all(element, 'row').map((row) => this.items(row, owner)),
        }
      case 'conditional':
        return { kind: 'conditional', condition: inside('if'), then: inside('then'), otherwise: inside('else') }
      case 'for':
      case 'every':
      case 'some':
        return {
          kind: element.name,
          item: element.attributes.get('iteratorVariable') ?? '',
          list: inside('in'),
          body: inside(element.name === 'for' ? 'return' : 'satisfies'),
        }
      case 'filter':
        return { kind: 'filter', list: inside('in'), match: inside('match') }
      default:
        return null
    }
  }

  private entry(entry: Element, owner: Owner): { name: string | null; typeRef?: string; logic: Logic } {
    const variable = this.one(entry, 'variable')
    const name = variable?.attributes.get('name') ?? null
    const typeRef = variable?.attributes.get('typeRef')
    const inner = {
      id: `${owner.id}-${name ?? 'result'}`,
      name: name ?? owner.name,
      typeRef: name ? typeRef : owner.typeRef,
    }
    return { name, ...(typeRef === undefined ? {} : { typeRef }), logic: this.logicIn(entry, inner) ?? nothing }
  }

  private items(element: Element, owner: Owner): Logic[] {
    return element.children.flatMap((child) => (child.ns === this.ns ? (this.logic(child, owner) ?? []) : []))
  }

  private table(element: Element, owner: Owner): Table {
    const policy = policies.get(element.attributes.get('hitPolicy') ?? 'UNIQUE') ?? 'U'
    const aggregation = aggregations.get(element.attributes.get('aggregation') ?? '')
    const outputs = this.all(element, 'output')
    const notes = this.all(element, 'annotation').length > 0
    return {
      id: owner.id,
      name: owner.name,
      hitPolicy: policy === 'C' && aggregation ? aggregation : policy,
      inputs: unique(this.all(element, 'input').map((input, index) => this.input(input, index))),
      outputs: unique(
        outputs.map((output) => this.output(output, outputs.length, owner, element.attributes.get('typeRef'))),
      ),
      rules: this.all(element, 'rule').map((rule, index) => {
        const note = notes
          ? this.text(this.one(rule, 'annotationEntry'))
          : (this.one(rule, 'description')?.text.trim() ?? '')
        return {
          id: rule.attributes.get('ladder:id') ?? rule.attributes.get('id') ?? `row-${index + 1}`,
          when: this.all(rule, 'inputEntry').map((cell) => this.text(cell) || '-'),
          then: this.all(rule, 'outputEntry').map((cell) => this.text(cell)),
          ...(note ? { note } : {}),
        }
      }),
    }
  }

  private input(element: Element, index: number): Table['inputs'][number] {
    const expression = this.one(element, 'inputExpression')
    const text = this.text(expression)
    const typeRef = expression?.attributes.get('typeRef')
    const label = element.attributes.get('label')
    const values = this.text(this.one(element, 'inputValues')) || this.types.values(typeRef)
    return {
      name: element.attributes.get('ladder:name') ?? label ?? (text || `input ${index + 1}`),
      ...(label === undefined ? {} : { label }),
      expression: text || 'null',
      ...typed(this.types.base(typeRef)),
      ...(values ? { values } : {}),
    }
  }

  private output(
    element: Element,
    count: number,
    owner: Owner,
    tableType: string | undefined,
  ): Table['outputs'][number] {
    const own = element.attributes.get('name')
    const name = own ?? owner.name
    const whole = tableType ?? owner.typeRef
    const component = count > 1 ? this.types.component(whole, name) : null
    const typeRef = element.attributes.get('typeRef') ?? (count > 1 ? component?.typeRef : whole)
    const label = element.attributes.get('label')
    const values = this.text(this.one(element, 'outputValues')) || component?.values || this.types.values(typeRef)
    const otherwise = this.text(this.one(element, 'defaultOutputEntry'))
    return {
      name,
      ...(label === undefined ? {} : { label }),
      ...typed(this.types.base(typeRef)),
      ...(values ? { values } : {}),
      ...(otherwise ? { default: otherwise } : {}),
    }
  }

  private text(element: Element | null): string {
    return (element && this.one(element, 'text')?.text.trim()) ?? ''
  }

  private all(element: Element, name: string): Element[] {
    return element.children.filter((child) => child.name === name && child.ns === this.ns)
  }

  private one(element: Element, name: string): Element | null {
    return this.all(element, name)[0] ?? null
  }
}

/** A part of DMN that isn't read: what needs it is null. */
export function unsupported(en: string, zh: string): CellIssue {
  const message = { en: `${en} can't be evaluated here: the result is null.`, zh: `${zh}无法在此求值，结果为空。` }
  return { severity: 'warning', code: 'unsupported', message }
}

const nothing: Logic = { kind: 'literal', text: 'null' }

function typed(type: ColumnType | undefined): { type?: ColumnType } {
  return type === undefined ? {} : { type }
}

/** Two columns of one name get a number. */
function unique<T extends { name: string }>(columns: T[]): T[] {
  const seen = new Set<string>()
  return columns.map((column) => {
    let { name } = column
    for (let number = 2; seen.has(name); number++) name = `${column.name} ${number}`
    seen.add(name)
    return name === column.name ? column : { ...column, name }
  })
}
