import { testNodes, type Cell, type Node } from './ast.ts'
import type { CompiledCell } from './cell.ts'
import { ordinal, temporalKind, type Temporal } from './feel.ts'
import type { Issues, Where } from './issues.ts'
import type { ColumnType, Text, Value } from './types.ts'
import { equal, inOrder, print } from './values.ts'
import { parseCell } from './parse.ts'

type Typed = { type?: ColumnType | undefined; values?: string | undefined }

/** Literals of a condition must be of the column's type and among its allowed values, and a range must not be empty. */
export function checkInputCell(
  input: Typed,
  cell: Cell,
  where: Where,
  allowed: CompiledCell | null,
  issues: Issues,
): void {
  if (cell.kind === 'any') return
  for (const test of cell.tests) {
    for (const node of testNodes(test)) checkLiteral(input.type, node, where, issues)
    if (test.kind === 'interval') checkInterval(test, where, issues)
    const literal = test.kind === 'value' && test.value.kind === 'literal' ? test.value.value : null
    if (literal !== null && allowed?.indexed && !holds(allowed, literal)) notAllowed(input, literal, where, issues)
  }
}

/** A literal result must be of the column's type and among its values. */
export function checkOutputCell(output: Typed, node: Node, where: Where, issues: Issues): void {
  if (node.kind !== 'literal') return
  if (!checkLiteral(output.type, node, where, issues) || node.value === null || !output.values) return
  const allowed = parseCell(output.values)
  if (!allowed.ok || allowed.node.kind === 'any' || allowed.node.negated) return
  const values = allowed.node.tests.map((test) =>
    test.kind === 'value' && test.value.kind === 'literal' ? test.value.value : undefined,
  )
  if (values.includes(undefined) || values.some((value) => equal(value, node.value) === true)) return
  notAllowed(output, node.value, where, issues)
}

function holds(allowed: CompiledCell, value: Value): boolean {
  const sample = temporalKind(value) === null ? value : ordinal(value as Temporal)
  return allowed.check(sample, {}, sample) === true
}

function notAllowed(column: Typed, value: Value, where: Where, issues: Issues): void {
  issues.add('error', 'not-allowed', where, {
    en: `${print(value)} is not one of the allowed values ${column.values ?? ''}: correct it, or add it to the allowed values.`,
    zh: `${print(value)} 不在允许值 ${column.values ?? ''} 之内：请更正，或将其加入允许值。`,
  })
}

const examples: Partial<Record<ColumnType, Text>> = {
  string: { en: 'text in quotes such as "GOLD"', zh: '加双引号的文本，如 "GOLD"' },
  number: { en: 'a number such as 50000, >= 50000 or [1..5]', zh: '数字，如 50000、>= 50000 或 [1..5]' },
  boolean: { en: 'true or false', zh: 'true 或 false' },
  date: { en: 'a date such as date("2026-01-31")', zh: '日期，如 date("2026-01-31")' },
  dateTime: { en: 'a date and time such as @"2026-01-31T09:00:00Z"', zh: '日期时间，如 @"2026-01-31T09:00:00Z"' },
  time: { en: 'a time such as time("09:30:00")', zh: '时间，如 time("09:30:00")' },
  dayTimeDuration: { en: 'a duration such as duration("P30D")', zh: '时长，如 duration("P30D")' },
  yearMonthDuration: { en: 'a duration such as duration("P1Y6M")', zh: '时长，如 duration("P1Y6M")' },
}

/** False when a literal is of another type than the column. */
function checkLiteral(type: ColumnType | undefined, node: Node, where: Where, issues: Issues): boolean {
  if (node.kind === 'call' && node.args.length === 1 && node.args[0]?.kind === 'literal' && isMaker(node.name)) {
    const text = print(node.args[0].value)
    issues.add('error', 'type', where, {
      en: `${node.name}(${text}) does not exist: correct the date, time or duration.`,
      zh: `${node.name}(${text}) 不存在：请更正日期、时间或时长。`,
    })
    return false
  }
  const items = node.kind === 'list' ? node.items : [node]
  for (const item of items) {
    if (item.kind !== 'literal' || item.value === null || type === undefined || type === 'any') continue
    const found = temporalKind(item.value) ?? typeof item.value
    if (found === type) continue
    const example = examples[type] ?? { en: type, zh: type }
    issues.add('error', 'type', where, {
      en: `${print(item.value)} is no ${type}: write ${example.en}.`,
      zh: `${print(item.value)} 与该列类型（${type}）不符：请填写${example.zh}。`,
    })
    return false
  }
  return true
}

function isMaker(name: string): boolean {
  return name === 'date' || name === 'time' || name === 'date and time' || name === 'duration'
}

type Interval = { low: Node; high: Node; lowIn: boolean; highIn: boolean }

function checkInterval({ low, high, lowIn, highIn }: Interval, where: Where, issues: Issues): void {
  if (low.kind !== 'literal' || high.kind !== 'literal') return
  if (inOrder(low.value, lowIn && highIn ? '<=' : '<', high.value) !== false) return
  issues.add('error', 'type', where, {
    en: `the range from ${print(low.value)} to ${print(high.value)} is empty: put the smaller bound first.`,
    zh: `区间 ${print(low.value)} 至 ${print(high.value)} 为空：请把较小的值放在前面。`,
  })
}
