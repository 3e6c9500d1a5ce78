import type { Order } from './values.ts'
import type { Value } from './types.ts'

/** A FEEL expression of the compiled subset; `other` is what feelin has to evaluate. */
export type Node =
  | { kind: 'literal'; value: Value }
  | { kind: 'name'; path: string[] }
  | { kind: 'it' }
  | { kind: 'path'; target: Node; name: string }
  | { kind: 'arithmetic'; op: '+' | '-' | '*' | '/' | '**'; left: Node; right: Node }
  | { kind: 'equal'; op: '=' | '!='; left: Node; right: Node }
  | { kind: 'order'; op: Order; left: Node; right: Node }
  | { kind: 'in'; value: Node; tests: Test[] }
  | { kind: 'and' | 'or'; left: Node; right: Node }
  | { kind: 'if'; condition: Node; then: Node; otherwise: Node }
  | { kind: 'list'; items: Node[] }
  | { kind: 'call'; name: string; args: Node[] }
  | { kind: 'other' }

/** One unary test: what a cell says about the value of its column. */
export type Test =
  | { kind: 'interval'; low: Node; high: Node; lowIn: boolean; highIn: boolean }
  | { kind: 'order'; op: Order; to: Node }
  | { kind: 'equal'; op: '=' | '!='; to: Node }
  | { kind: 'value'; value: Node }

/** A whole cell. `any` is `-`, which also hits when the value is missing. */
export type Cell = { kind: 'any' } | { kind: 'tests'; negated: boolean; tests: Test[] }

/** All expressions directly inside a node. */
export function children(node: Node): Node[] {
  switch (node.kind) {
    case 'path':
      return [node.target]
    case 'arithmetic':
    case 'equal':
    case 'order':
    case 'and':
    case 'or':
      return [node.left, node.right]
    case 'in':
      return [node.value, ...node.tests.flatMap(testNodes)]
    case 'if':
      return [node.condition, node.then, node.otherwise]
    case 'list':
      return node.items
    case 'call':
      return node.args
    default:
      return []
  }
}

/** The expressions of a unary test. */
export function testNodes(test: Test): Node[] {
  if (test.kind === 'interval') return [test.low, test.high]
  return [test.kind === 'value' ? test.value : test.to]
}

/** True when a node or one inside it is of the kind asked for. */
export function contains(node: Node, kind: Node['kind']): boolean {
  return node.kind === kind || children(node).some((child) => contains(child, kind))
}
