import { children, type Node } from './ast.ts'
import { compileNode } from './closures.ts'
import { evaluateByFeelin } from './feel.ts'
import { builtins } from './functions.ts'
import { parseExpression, type Names } from './parse.ts'
import type { CellIssue, Context, Value } from './types.ts'

export type Compiled = { node: Node; byFeelin: boolean; run: (context: Context, it: Value) => Value }
export type CompiledExpression =
  { ok: true; fn: (context: Context) => Value; byFeelin: boolean } | { ok: false; issue: CellIssue }

/** True when every part of the node is of the compiled subset. */
export function isCompilable(node: Node): boolean {
  if (node.kind === 'other') return false
  if (node.kind === 'call') {
    const builtin = builtins.get(node.name)
    if (!builtin || node.args.length < builtin.min || node.args.length > builtin.max) return false
  }
  return children(node).every(isCompilable)
}

/**
 * Compiles a FEEL expression, for example an exit rule such as `completeness >= 80 and owner != null`. The function
 * never throws: what FEEL cannot say is null. `names` gives names with spaces or operators in them.
 */
export function compileExpression(text: string, names?: Names): CompiledExpression {
  const compiled = compileText(text, names)
  if (!compiled.ok) return compiled
  const { run, byFeelin } = compiled.value
  return { ok: true, byFeelin, fn: (context) => run(context, null) }
}

/** The same with the parsed node, and with `?` for the value of a column. */
export function compileText(
  text: string,
  names?: Names,
): { ok: true; value: Compiled } | { ok: false; issue: CellIssue } {
  const parsed = parseExpression(text, names)
  if (!parsed.ok) {
    const { en, zh } = parsed.message
    const message = { en: `The expression ${en}.`, zh: `表达式${zh}。` }
    return { ok: false, issue: { severity: 'error', code: 'syntax', cell: text, message } }
  }
  const { node } = parsed
  if (isCompilable(node)) return { ok: true, value: { node, byFeelin: false, run: compileNode(node) } }
  const run = (context: Context, it: Value): Value =>
    evaluateByFeelin(text, it === null ? context : { ...context, '?': it })
  return { ok: true, value: { node, byFeelin: true, run } }
}
