import type { Node, Test } from './ast.ts'
import { contains } from './ast.ts'
import { temporalKind, type TemporalKind } from './feel.ts'
import { builtins, finite } from './functions.ts'
import { readPath, readPart } from './read.ts'
import { reckon } from './sums.ts'
import type { Context, Value } from './types.ts'
import { asTemporal, equal, inOrder, negated } from './values.ts'

/** A compiled expression. `it` is the value of the column, which cells call `?`. */
export type Run = (context: Context, it: Value) => Value
/** A compiled unary test: true, false, or null when it cannot be said. */
export type Check = (value: Value, context: Context, it: Value) => boolean | null

/** Compiles a node of the subset. Throws on `other`: ask `isCompilable` first. */
export function compileNode(node: Node): Run {
  switch (node.kind) {
    case 'literal':
      return (
        (value) => () =>
          value
      )(node.value)
    case 'it':
      return (_context, it) => it
    case 'name':
      return readPath(node.path)
    case 'path':
      return (
        (target, name): Run =>
        (context, it) =>
          readPart(target(context, it), name)
      )(compileNode(node.target), node.name)
    case 'arithmetic':
      return arithmetic(node.op, compileNode(node.left), compileNode(node.right))
    case 'equal':
    case 'order':
      return comparison(node)
    case 'in':
      return membership(compileNode(node.value), node)
    case 'and':
      return junction(compileNode(node.left), compileNode(node.right), false)
    case 'or':
      return junction(compileNode(node.left), compileNode(node.right), true)
    case 'if': {
      const [condition, then, otherwise] = [node.condition, node.then, node.otherwise].map(compileNode) as [
        Run,
        Run,
        Run,
      ]
      return (context, it) => (condition(context, it) === true ? then(context, it) : otherwise(context, it))
    }
    case 'list': {
      const items = node.items.map(compileNode)
      return (context, it) => items.map((item) => item(context, it))
    }
    case 'call':
      return call(node.name, node.args.map(compileNode))
    case 'other':
      throw new Error('not of the compiled subset')
  }
}

function call(name: string, args: Run[]): Run {
  const run = builtins.get(name)?.run
  const [first, second] = args
  if (!run || !first) throw new Error(`${name} is not compiled`)
  if (args.length === 1) return (context, it) => run(first(context, it))
  if (args.length === 2 && second) return (context, it) => run(first(context, it), second(context, it))
  return (context, it) => run(...args.map((arg) => arg(context, it)))
}

function arithmetic(op: '+' | '-' | '*' | '/' | '**', left: Run, right: Run): Run {
  return (context, it) => {
    const a = left(context, it)
    const b = right(context, it)
    if (typeof a === 'string' && typeof b === 'string') return op === '+' ? a + b : null
    if (typeof a !== 'number' || typeof b !== 'number')
      return temporalKind(a) !== null || temporalKind(b) !== null ? reckon(op, a, b) : null
    if (op === '+') return finite(a + b)
    if (op === '-') return finite(a - b)
    if (op === '*') return finite(a * b)
    return op === '/' ? finite(a / b) : finite(a ** b)
  }
}

function junction(left: Run, right: Run, decisive: boolean): Run {
  return (context, it) => {
    const a = left(context, it)
    if (a === decisive) return decisive
    const b = right(context, it)
    if (b === decisive) return decisive
    return a === !decisive && b === !decisive ? !decisive : null
  }
}

function comparison(node: Extract<Node, { kind: 'equal' | 'order' }>): Run {
  const left = likewise(node.left, node.right)
  const right = likewise(node.right, node.left)
  const { op } = node
  if (op === '=') return (context, it) => equal(left(context, it), right(context, it))
  if (op === '!=') return (context, it) => negated(equal(left(context, it), right(context, it)))
  return (context, it) => inOrder(left(context, it), op, right(context, it))
}

/** Records carry dates as ISO text: a name that is compared with a date or duration is read as one. */
function likewise(node: Node, beside: Node): Run {
  const run = compileNode(node)
  const kind = kindOf(beside)
  if (kind === null || (node.kind !== 'name' && node.kind !== 'path')) return run
  return (context, it) => {
    const value = run(context, it)
    return typeof value === 'string' ? (asTemporal(kind, value) ?? value) : value
  }
}

function kindOf(node: Node): TemporalKind | null {
  if (node.kind === 'literal') return temporalKind(node.value)
  if (node.kind !== 'call') return null
  return node.name === 'date' || node.name === 'time' ? node.name : node.name === 'date and time' ? 'dateTime' : null
}

function membership(value: Run, node: Extract<Node, { kind: 'in' }>): Run {
  const beside = node.tests.map((test) =>
    test.kind === 'interval' ? test.low : test.kind === 'value' ? test.value : test.to,
  )
  const kinds = beside.map(kindOf)
  const kind = kinds[0] ?? null
  const read = kind && kinds.every((each) => each === kind) && beside[0] ? likewise(node.value, beside[0]) : value
  const check = anyOf(node.tests.map(compileTest))
  return (context, it) => check(read(context, it), context, it)
}

/** Compiles one unary test. */
export function compileTest(test: Test): Check {
  if (test.kind === 'interval') {
    const [low, high] = [compileNode(test.low), compileNode(test.high)]
    const [above, below] = [test.lowIn ? '>=' : '>', test.highIn ? '<=' : '<'] as const
    return (value, context, it) => {
      const a = inOrder(value, above, low(context, it))
      if (a === false) return false
      const b = inOrder(value, below, high(context, it))
      return b === false ? false : a === null ? null : b
    }
  }
  if (test.kind === 'value') return valueTest(test.value)
  const to = compileNode(test.to)
  const { op } = test
  if (op === '=') return (value, context, it) => equal(value, to(context, it))
  if (op === '!=') return (value, context, it) => negated(equal(value, to(context, it)))
  return (value, context, it) => inOrder(value, op, to(context, it))
}

/** A value as a test: equal to it, in it when it is a list, or a condition that holds. */
function valueTest(node: Node): Check {
  if (node.kind === 'literal')
    return (
      (literal): Check =>
      (value) =>
        equal(value, literal)
    )(node.value)
  const run = compileNode(node)
  const condition = contains(node, 'it') || ['equal', 'order', 'in', 'and', 'or'].includes(node.kind)
  return (value, context, it) => {
    const result = run(context, it)
    if (typeof result === 'boolean' && (condition || typeof value !== 'boolean')) return result
    if (condition && result === null) return null
    if (Array.isArray(result))
      return (
        result.some((item) => equal(value, item) === true) || (Array.isArray(value) && equal(value, result) === true)
      )
    return equal(value, result)
  }
}

/** Several tests with "or" between them, three-valued. */
export function anyOf(tests: Check[]): Check {
  const [only] = tests
  if (tests.length === 1 && only) return only
  return (value, context, it) => {
    let unknown = false
    for (const test of tests) {
      const result = test(value, context, it)
      if (result === true) return true
      if (result === null) unknown = true
    }
    return unknown ? null : false
  }
}
