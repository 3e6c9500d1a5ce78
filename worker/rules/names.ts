import { isBuiltin } from './feel.ts'
import type { Tree } from './parse-node.ts'
import { nameOf, parts } from './parse-node.ts'
import { parseCell, parseExpression, type Names } from './parse.ts'

/**
 * The names and paths that an expression reads, for example `['completeness', 'company.tier']`, each once, in order.
 * Names that it binds itself (`for x in …`) and functions are left out. Unreadable text reads nothing.
 */
export function namesIn(text: string, names?: Names): string[] {
  const parsed = parseExpression(text, names)
  return parsed.ok ? namesOf(parsed.tree, text) : []
}

/** The same for a cell of unary tests. */
export function namesInCell(text: string, names?: Names): string[] {
  const parsed = parseCell(text, names)
  return parsed.ok && parsed.node.kind === 'tests' ? namesOf(parsed.tree, text) : []
}

/** Functions that feelin knows by name alone. */
const hollow = new Set(
  'coincides,during,starts,started by,finishes,finished by,overlaps before,overlaps after'.split(','),
)

/** Names that a text calls and nobody knows as a function: neither FEEL, nor the names given, nor the text itself. */
export function callsIn(text: string, names: Names = {}): string[] {
  const parsed = parseExpression(text, names)
  if (!parsed.ok) return []
  const known = new Set(Object.keys(names).map(nameOf))
  const found = new Set<string>()
  const visit = (tree: Tree, bound: ReadonlySet<string>): void => {
    const inside = new Set([...bound, ...binders(tree, text)])
    const nodes = parts(tree)
    const called = tree.name === 'FunctionInvocation' ? nodes[0] : undefined
    const path = called?.name === 'VariableName' || called?.name === 'PathExpression' ? pathOf(called, text) : null
    const first = path?.split('.')[0] ?? ''
    if (path !== null && !inside.has(first) && !known.has(first) && !known.has(path))
      if (hollow.has(path) || !isBuiltin(path)) found.add(path)
    for (const node of nodes) visit(node, inside)
  }
  visit(parsed.tree, new Set())
  return [...found]
}

function namesOf(tree: Tree, text: string): string[] {
  const found = new Set<string>()
  collect(tree, text, new Set(), found)
  return [...found]
}

function collect(tree: Tree, text: string, bound: ReadonlySet<string>, found: Set<string>): void {
  const nodes = parts(tree)
  switch (tree.name) {
    case 'Type':
    case 'ParameterName':
    case 'Key':
      return
    case 'VariableName':
    case 'PathExpression': {
      const path = pathOf(tree, text)
      if (path === null) break
      if (!bound.has(path.split('.')[0] ?? '')) found.add(path)
      return
    }
    case 'FunctionInvocation':
      for (const node of nodes.slice(nodes[0]?.name === 'VariableName' ? 1 : 0)) collect(node, text, bound, found)
      return
    case 'FilterExpression':
      // what stands in the brackets may be a field of the items: it cannot be told from the outside
      if (nodes[0]) collect(nodes[0], text, bound, found)
      return
    case 'ForExpression':
    case 'QuantifiedExpression':
    case 'FunctionDefinition':
    case 'Context': {
      const inside = new Set([...bound, ...binders(tree, text)])
      for (const node of nodes) collect(node, text, inside, found)
      return
    }
  }
  for (const node of nodes) collect(node, text, bound, found)
}

function pathOf(tree: Tree, text: string): string | null {
  if (tree.name === 'VariableName') return nameOf(text.slice(tree.from, tree.to))
  const [target, , name] = parts(tree)
  const start =
    target && (target.name === 'VariableName' || target.name === 'PathExpression') ? pathOf(target, text) : null
  return start === null || !name ? null : `${start}.${nameOf(text.slice(name.from, name.to))}`
}

/** Names that a loop, a function or a context brings in. */
function binders(tree: Tree, text: string): string[] {
  const bound = tree.name === 'ForExpression' ? ['partial'] : []
  const visit = (node: Tree): void => {
    if (
      ['InExpression', 'ForInExpression', 'QuantifiedInExpression', 'FormalParameter', 'ContextEntry'].includes(
        node.name,
      )
    ) {
      const name = parts(node)[0]
      if (name) bound.push(nameOf(text.slice(name.from, name.to)))
    }
    for (const part of parts(node)) visit(part)
  }
  visit(tree)
  return bound
}
