import { parser, trackVariables } from 'lezer-feel'
import type { Cell, Node, Test } from './ast.ts'
import { parts, toNode, toTest, type Tree } from './parse-node.ts'
import type { Text } from './types.ts'

/** Longest cell or expression that is read; longer ones are refused. */
export const MAX_TEXT = 4000
const MAX_DEPTH = 100

/** Names that an expression may use, with sample values, so that `Credit score` or `Yes/No` reads as one name. */
export type Names = Readonly<Record<string, unknown>>

export type Parsed<T> = { ok: true; node: T; tree: Tree } | { ok: false; message: Text }

type Top = 'Expression' | 'UnaryTests'
type Parsers = Partial<Record<Top, typeof parser>>
const plain: Parsers = {}
const known = new WeakMap<Names, Parsers>()

function parserFor(top: Top, names: Names | undefined): typeof parser {
  let parsers = plain
  if (names) {
    parsers = known.get(names) ?? {}
    known.set(names, parsers)
  }
  return (parsers[top] ??= parser.configure({ top, contextTracker: trackVariables(names ?? {}) }))
}

/** Reads a FEEL expression. Errors say where the text goes wrong. Never throws. */
export function parseExpression(text: string, names?: Names): Parsed<Node> {
  const parsed = parse('Expression', text, names)
  if (!parsed.ok) return parsed
  const first = parts(parsed.tree)[0]
  if (!first || parts(parsed.tree).length > 1) return broken(text, text.length)
  return { ok: true, node: toNode(first, text), tree: parsed.tree }
}

/** Reads a cell of unary tests: `-`, `>= 5`, `[1..5)`, `"a","b"`, `not("a")`, or an expression with `?`. Never throws. */
export function parseCell(text: string, names?: Names): Parsed<Cell> {
  if (text.trim() === '' || text.trim() === '-')
    return { ok: true, node: { kind: 'any' }, tree: parser.parse('').topNode }
  const parsed = parse('UnaryTests', text, names)
  if (!parsed.ok) return parsed
  const found = parts(parsed.tree)
  const list = found.find((part) => part.name === 'PositiveUnaryTests')
  if (!list) return found[0]?.name === 'Wildcard' ? { ...parsed, node: { kind: 'any' } } : broken(text, 0)
  const tests: Test[] = parts(list).map((test) => toTest(test, text))
  return { ok: true, node: { kind: 'tests', negated: found[0]?.name === 'not', tests }, tree: parsed.tree }
}

function parse(
  top: Top,
  text: string,
  names: Names | undefined,
): { ok: true; tree: Tree } | { ok: false; message: Text } {
  if (text.length > MAX_TEXT)
    return problem(`is longer than ${MAX_TEXT} characters: split it`, `超过 ${MAX_TEXT} 个字符，请拆分`)
  if (text.trim() === '') return problem('is empty: write an expression', '为空，请填写表达式')
  const tree = parserFor(top, names).parse(text)
  let error = -1
  let depth = 0
  let deepest = 0
  tree.iterate({
    enter(node) {
      deepest = Math.max(deepest, ++depth)
      if (node.type.isError && error < 0) error = node.from
    },
    leave() {
      depth--
    },
  })
  if (deepest > MAX_DEPTH) return problem('is nested too deeply: simplify it', '嵌套过深，请简化')
  return error < 0 ? { ok: true, tree: tree.topNode } : broken(text, error)
}

function broken(text: string, at: number): { ok: false; message: Text } {
  const rest = text.slice(at).trim().slice(0, 30)
  const [en, zh] =
    rest === '' ? ['stops too early', '不完整'] : [`cannot be read from "${rest}" on`, `从“${rest}”起无法读取`]
  const quotes = /^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(text.trim())
    ? ['; put text in quotes', '；文本请加双引号']
    : ['', '']
  return problem(en + quotes[0], zh + quotes[1])
}

function problem(en: string, zh: string): { ok: false; message: Text } {
  return { ok: false, message: { en, zh } }
}

export { nameOf as normalName } from './parse-node.ts'
