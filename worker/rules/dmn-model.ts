import type { Table } from './types.ts'

/** What a decision says, as DMN boxes it. */
export type Logic =
  | { kind: 'table'; table: Table }
  | { kind: 'literal'; text: string }
  | { kind: 'context'; entries: { name: string | null; typeRef?: string; logic: Logic }[] }
  | { kind: 'invocation'; called: string; bindings: { name: string; logic: Logic }[] }
  | { kind: 'function'; parameters: Variable[]; body: Logic }
  | { kind: 'list'; items: Logic[] }
  | { kind: 'relation'; columns: string[]; rows: Logic[][] }
  | { kind: 'conditional'; condition: Logic; then: Logic; otherwise: Logic }
  | { kind: 'for' | 'every' | 'some'; item: string; list: Logic; body: Logic }
  | { kind: 'filter'; list: Logic; match: Logic }

export type Variable = { name: string; typeRef?: string }
export type InputData = Variable & { id: string }

/** Ids of what a decision reads. */
export type Requires = { inputs: string[]; decisions: string[]; knowledge: string[] }

export type Decision = { id: string; name: string; typeRef?: string; requires: Requires; logic: Logic | null }
export type Knowledge = Variable & { id: string; requires: string[]; parameters: Variable[]; body: Logic }

/** An item definition: a named type. */
export type ItemType = {
  name: string
  typeRef?: string
  collection: boolean
  values?: string
  components: ItemType[]
}

/** A DMN model as far as it is evaluated: diagrams and extensions are left out. */
export type DmnModel = {
  name: string
  namespace: string
  types: ItemType[]
  inputData: InputData[]
  decisions: Decision[]
  knowledge: Knowledge[]
}

/** Namespaces of the versions that are read. The newest is not written: 1.3 is what most tools open. */
export const dmnVersions: ReadonlyMap<string, string> = new Map([
  ['http://www.omg.org/spec/DMN/20180521/MODEL/', '1.2'],
  ['https://www.omg.org/spec/DMN/20191111/MODEL/', '1.3'],
  ['https://www.omg.org/spec/DMN/20211108/MODEL/', '1.4'],
  ['https://www.omg.org/spec/DMN/20230324/MODEL/', '1.5'],
])
export const writtenNamespace = 'https://www.omg.org/spec/DMN/20191111/MODEL/'
