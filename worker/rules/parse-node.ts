import type { parser } from 'lezer-feel'
import { normalizeContextKey } from 'lezer-feel'
import type { Node, Test } from './ast.ts'
import { parseAt, parseTemporal, type TemporalKind } from './feel.ts'
import type { Order } from './values.ts'

export type Tree = ReturnType<typeof parser.parse>['topNode']

const other: Node = { kind: 'other' }

/** The parts of a node without comments. */
export function parts(node: Tree): Tree[] {
  const found: Tree[] = []
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (!child.name.endsWith('Comment')) found.push(child)
  return found
}

/** Turns a parsed expression into the nodes that are compiled; what lies outside the subset becomes `other`. */
export function toNode(tree: Tree, text: string): Node {
  const source = text.slice(tree.from, tree.to)
  const nodes = parts(tree)
  const at = (index: number): Node => (nodes[index] ? toNode(nodes[index], text) : other)
  switch (tree.name) {
    case 'NumericLiteral':
      return { kind: 'literal', value: Number(source.replace(/\s/g, '')) }
    case 'StringLiteral':
      return { kind: 'literal', value: unquote(source) }
    case 'BooleanLiteral':
      return { kind: 'literal', value: source === 'true' }
    case 'null':
      return { kind: 'literal', value: null }
    case '?':
      return { kind: 'it' }
    case 'VariableName':
      return { kind: 'name', path: [nameOf(source)] }
    case 'ParenthesizedExpression':
    case 'Expression':
      return at(nodes[0]?.name === '(' ? 1 : 0)
    case 'PathExpression':
      return pathOf(at(0), nodes[2] ? nameOf(text.slice(nodes[2].from, nodes[2].to)) : '')
    case 'ArithmeticExpression':
      return arithmetic(nodes, text)
    case 'Conjunction':
      return { kind: 'and', left: at(0), right: at(2) }
    case 'Disjunction':
      return { kind: 'or', left: at(0), right: at(2) }
    case 'Comparison':
      return comparison(nodes, text)
    case 'IfExpression':
      return { kind: 'if', condition: at(1), then: at(3), otherwise: at(5) }
    case 'List':
      return { kind: 'list', items: nodes.slice(1, -1).map((item) => toNode(item, text)) }
    case 'DateTimeLiteral':
      return nodes[0]?.name === 'AtLiteral' ? atLiteral(nodes[0], text) : call(nodes, text)
    case 'FunctionInvocation':
      return call(nodes, text)
    default:
      return other
  }
}

/** Turns one unary test of a cell, or of `in`, into the form that is compiled. */
export function toTest(tree: Tree, text: string): Test {
  const nodes = parts(tree)
  const first = nodes[0]
  if (!first) return { kind: 'value', value: toNode(tree, text) }
  if (tree.name === 'PositiveUnaryTest' || (tree.name === 'SimplePositiveUnaryTest' && first.name === 'Interval'))
    return toTest(first, text)
  if (tree.name === 'Interval') {
    const [open, low, , high, close] = nodes
    if (!low || !high || !open || !close) return { kind: 'value', value: other }
    const [lowIn, highIn] = [open.name === '[', close.name === ']']
    return { kind: 'interval', low: toNode(low, text), high: toNode(high, text), lowIn, highIn }
  }
  if (tree.name === 'SimplePositiveUnaryTest') {
    const op = text.slice(first.from, first.to)
    const to = nodes[1] ? toNode(nodes[1], text) : other
    return op === '=' || op === '!=' ? { kind: 'equal', op, to } : { kind: 'order', op: op as Order, to }
  }
  return { kind: 'value', value: toNode(tree, text) }
}

function arithmetic(nodes: Tree[], text: string): Node {
  const [first, second, third] = nodes
  if (!first || !second) return other
  if (!third) return { kind: 'arithmetic', op: '*', left: toNode(second, text), right: { kind: 'literal', value: -1 } }
  const op = text.slice(second.from, second.to)
  const known = op === '^' ? '**' : op
  if (known !== '+' && known !== '-' && known !== '*' && known !== '/' && known !== '**') return other
  return { kind: 'arithmetic', op: known, left: toNode(first, text), right: toNode(third, text) }
}

function comparison(nodes: Tree[], text: string): Node {
  const [first, operator, third, , fifth] = nodes
  if (!first || !operator || !third) return other
  const left = toNode(first, text)
  if (operator.name === 'between') {
    if (!fifth) return other
    const test: Test = {
      kind: 'interval',
      low: toNode(third, text),
      high: toNode(fifth, text),
      lowIn: true,
      highIn: true,
    }
    return { kind: 'in', value: left, tests: [test] }
  }
  if (operator.name === 'in') {
    const list = nodes.find((node) => node.name === 'PositiveUnaryTests')
    const tests = list ? parts(list).map((test) => toTest(test, text)) : [toTest(third, text)]
    return { kind: 'in', value: left, tests }
  }
  const op = text.slice(operator.from, operator.to)
  const right = toNode(third, text)
  if (op === '=' || op === '!=') return { kind: 'equal', op, left, right }
  return { kind: 'order', op: op as Order, left, right }
}

function call(nodes: Tree[], text: string): Node {
  const name = nodes[0]
  if (!name || !['VariableName', 'DateTimeConstructor', 'SpecialFunctionName'].includes(name.name)) return other
  const called = nameOf(text.slice(name.from, name.to))
  const named = nodes.find((node) => node.name === 'NamedParameters')
  const list = nodes.find((node) => node.name === 'PositionalParameters')
  const args = named ? byName(called, named, text) : list ? parts(list).map((arg) => toNode(arg, text)) : []
  if (args === null) return other
  return constant(called, args) ?? { kind: 'call', name: called, args }
}

/** Compiled functions that may be called with their parameters by name; those of all others are feelin's to sort. */
const parameters = new Map([
  ['years and months duration', ['from', 'to']],
  ['list replace', ['list', 'position', 'newItem']],
])

function byName(called: string, named: Tree, text: string): Node[] | null {
  const names = parameters.get(called)
  const given = new Map(
    parts(named).map((each) => {
      const [name, value] = parts(each).filter(({ name }) => name !== ':')
      return [name ? nameOf(text.slice(name.from, name.to)) : '', value ? toNode(value, text) : other]
    }),
  )
  if (!names || given.size !== names.length) return null
  const args = names.map((name) => given.get(name))
  return args.every((arg) => arg !== undefined) ? args : null
}

const makers = new Map<string, TemporalKind[]>([
  ['date', ['date']],
  ['time', ['time']],
  ['date and time', ['dateTime']],
  ['duration', ['yearMonthDuration', 'dayTimeDuration']],
])

/** A date or duration of literal text is made once, here. */
function constant(name: string, args: Node[]): Node | null {
  const [only] = args
  if (args.length !== 1 || only?.kind !== 'literal' || typeof only.value !== 'string') return null
  for (const kind of makers.get(name) ?? []) {
    const value = parseTemporal(kind, only.value)
    if (value) return { kind: 'literal', value }
  }
  return null
}

function atLiteral(node: Tree, text: string): Node {
  const literal = parts(node)[0]
  const value = literal ? parseAt(unquote(text.slice(literal.from, literal.to))) : null
  return value ? { kind: 'literal', value } : other
}

function pathOf(target: Node, name: string): Node {
  if (target.kind === 'name') return { kind: 'name', path: [...target.path, name] }
  return { kind: 'path', target, name }
}

/** A name as FEEL compares names: single spaces, also around operators in it. */
export function nameOf(source: string): string {
  return normalizeContextKey(source.replace(/`/g, ''))
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

function unquote(source: string): string {
  return source.slice(1, -1).replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))/g, (all, four, six, one) => {
    if (one !== undefined) return escapes[one as string] ?? all
    const point = parseInt((four ?? six) as string, 16)
    return point > 0x10ffff ? all : String.fromCodePoint(point)
  })
}
