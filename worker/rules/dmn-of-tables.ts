import type { Decision, DmnModel, InputData } from './dmn-model.ts'
import { typeRefOf } from './item-types.ts'
import { namesIn, namesInCell } from './names.ts'
import type { Table } from './types.ts'

/** A model of tables: what they read becomes input data, or a requirement where it is the name of another table. */
export function modelOf(tables: readonly Table[]): DmnModel {
  const inputs = new Map<string, InputData>()
  const decisions = tables.map((table): Decision => {
    const requires = { inputs: [] as string[], decisions: [] as string[], knowledge: [] as string[] }
    for (const name of namesOf(table)) {
      const other = tables.find((each) => each.name === name && each !== table)
      if (other) {
        requires.decisions.push(other.id)
        continue
      }
      const input = inputs.get(name) ?? { id: freeId(name, tables, inputs), name, ...typeOf(name, tables) }
      inputs.set(name, input)
      requires.inputs.push(input.id)
    }
    return { id: table.id, name: table.name, requires, logic: { kind: 'table', table } }
  })
  return {
    name: 'Ladder',
    namespace: 'urn:ladder-crm:rules',
    types: [],
    inputData: [...inputs.values()],
    decisions,
    knowledge: [],
  }
}

/** The fields that a table reads, without what follows the first point. */
function namesOf(table: Table): Set<string> {
  const read = [
    ...table.inputs.flatMap((input) => namesIn(input.expression)),
    ...table.rules.flatMap((rule) => [
      ...rule.when.flatMap((cell) => namesInCell(cell)),
      ...rule.then.flatMap((cell) => namesIn(cell)),
    ]),
    ...table.outputs.flatMap((output) => namesIn(output.default ?? '')),
  ]
  return new Set(read.map((name) => name.split('.')[0] ?? name))
}

/** The type that a column which reads just this field declares. */
function typeOf(name: string, tables: readonly Table[]): { typeRef?: string } {
  const column = tables.flatMap((table) => table.inputs).find((input) => input.expression === name && input.type)
  return column?.type ? { typeRef: typeRefOf(column.type) } : {}
}

function freeId(name: string, tables: readonly Table[], inputs: ReadonlyMap<string, InputData>): string {
  const plain = `input_${name.replace(/[^\w.-]/g, '_')}`
  const taken = new Set([...tables.map(({ id }) => id), ...[...inputs.values()].map(({ id }) => id)])
  let id = plain
  for (let number = 2; taken.has(id); number++) id = `${plain}_${number}`
  return id
}
