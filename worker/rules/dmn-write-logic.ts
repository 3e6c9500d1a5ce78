import type { Logic, Variable } from './dmn-model.ts'
import { typeRefOf } from './item-types.ts'
import type { HitPolicy, Table } from './types.ts'
import { element, type Attributes } from './xml-write.ts'

const policies: Record<HitPolicy, Attributes> = {
  U: { hitPolicy: 'UNIQUE' },
  A: { hitPolicy: 'ANY' },
  P: { hitPolicy: 'PRIORITY' },
  F: { hitPolicy: 'FIRST' },
  R: { hitPolicy: 'RULE ORDER' },
  O: { hitPolicy: 'OUTPUT ORDER' },
  C: { hitPolicy: 'COLLECT' },
  'C+': { hitPolicy: 'COLLECT', aggregation: 'SUM' },
  'C<': { hitPolicy: 'COLLECT', aggregation: 'MIN' },
  'C>': { hitPolicy: 'COLLECT', aggregation: 'MAX' },
  'C#': { hitPolicy: 'COLLECT', aggregation: 'COUNT' },
}

/** Writes what DMN calls expressions. */
export class LogicWriter {
  /** True once something was written that DMN 1.3 does not have. */
  usedNewer = false
  private readonly ids: Set<string>

  /** `ids`: those that are taken already; ids are unique in a file. */
  constructor(ids: Set<string>) {
    this.ids = ids
  }

  parameters(parameters: Variable[]): string[] {
    return parameters.map(({ name, typeRef }) => element('formalParameter', { name, typeRef }))
  }

  write(logic: Logic, owner: string): string {
    const inner = (each: Logic): string => this.write(each, owner)
    switch (logic.kind) {
      case 'table':
        return this.table(logic.table, owner)
      case 'literal':
        return element('literalExpression', {}, [text(logic.text)])
      case 'context':
        return element(
          'context',
          {},
          logic.entries.map(({ name, typeRef, logic: each }) =>
            element('contextEntry', {}, [
              ...(name === null ? [] : [element('variable', { name, typeRef })]),
              this.write(each, name ?? owner),
            ]),
          ),
        )
      case 'invocation':
        return element('invocation', {}, [
          element('literalExpression', {}, [text(logic.called)]),
          ...logic.bindings.map(({ name, logic: each }) =>
            element('binding', {}, [element('parameter', { name }), inner(each)]),
          ),
        ])
      case 'function':
        return element('functionDefinition', {}, [...this.parameters(logic.parameters), inner(logic.body)])
      case 'list':
        return element('list', {}, logic.items.map(inner))
      case 'relation':
        return element('relation', {}, [
          ...logic.columns.map((name) => element('column', { name })),
          ...logic.rows.map((row) => element('row', {}, row.map(inner))),
        ])
      case 'conditional':
        this.usedNewer = true
        return element('conditional', {}, [
          element('if', {}, [inner(logic.condition)]),
          element('then', {}, [inner(logic.then)]),
          element('else', {}, [inner(logic.otherwise)]),
        ])
      case 'for':
      case 'every':
      case 'some':
        this.usedNewer = true
        return element(logic.kind, { iteratorVariable: logic.item }, [
          element('in', {}, [inner(logic.list)]),
          element(logic.kind === 'for' ? 'return' : 'satisfies', {}, [inner(logic.body)]),
        ])
      case 'filter':
        this.usedNewer = true
        return element('filter', {}, [
          element('in', {}, [inner(logic.list)]),
          element('match', {}, [inner(logic.match)]),
        ])
    }
  }

  private table(table: Table, owner: string): string {
    const notes = table.rules.some((rule) => rule.note)
    const id = this.id(`${table.id}-table`, '')
    // editors tell columns and cells apart by their ids
    const within = (owner: string, kind: string, index: number): string => this.id(`${owner}-${kind}-${index + 1}`, '')
    return element('decisionTable', { id, ...policies[table.hitPolicy] }, [
      ...table.inputs.map((column, index) => input(column, within(id, 'input', index))),
      ...table.outputs.map((column, index) => output(column, column.name === owner, within(id, 'output', index))),
      ...(notes ? [element('annotation', { name: 'Note' })] : []),
      ...table.rules.map((rule) => {
        const id = this.id(rule.id, table.id)
        return element('rule', { id, ...(id === rule.id ? {} : { 'ladder:id': rule.id }) }, [
          ...rule.when.map((cell, index) => element('inputEntry', { id: within(id, 'when', index) }, [text(cell)])),
          ...rule.then.map((cell, index) => element('outputEntry', { id: within(id, 'then', index) }, [text(cell)])),
          ...(notes ? [element('annotationEntry', {}, [text(rule.note ?? '')])] : []),
        ])
      }),
    ])
  }

  /** The id itself when it is free and XML can hold it, else one made of it. */
  private id(wanted: string, prefix: string): string {
    const plain = /^[A-Za-z_][\w.-]*$/.test(wanted) ? wanted : `_${wanted.replace(/[^\w.-]/g, '_')}`
    let id = plain
    for (let number = 1; this.ids.has(id); number++) id = `${prefix || 'id'}-${plain}${number > 1 ? `-${number}` : ''}`
    if (!/^[A-Za-z_]/.test(id)) id = `_${id}`
    this.ids.add(id)
    return id
  }
}

function text(content: string): string {
  return element('text', {}, content)
}

function input(column: Table['inputs'][number], id: string): string {
  const { name, label, expression, type, values } = column
  const told = name === (label ?? expression)
  return element('input', { id, label, 'ladder:name': told ? undefined : name }, [
    element('inputExpression', { id: `${id}-expression`, typeRef: type && typeRefOf(type) }, [text(expression)]),
    ...(values === undefined ? [] : [element('inputValues', {}, [text(values)])]),
  ])
}

function output(column: Table['outputs'][number], named: boolean, id: string): string {
  const { name, label, type, values } = column
  return element('output', { id, name: named ? undefined : name, label, typeRef: type && typeRefOf(type) }, [
    ...(values === undefined ? [] : [element('outputValues', {}, [text(values)])]),
    ...(column.default === undefined ? [] : [element('defaultOutputEntry', {}, [text(column.default)])]),
  ])
}
