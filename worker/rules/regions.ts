import { addBit, hasBit, isEmpty, noBits, type Bits } from './bits.ts'
import type { Class } from './column.ts'
import { Cover, type Box } from './cover.ts'
import { describeBox } from './describe.ts'
import type { Issues } from './issues.ts'
import { compareRanks, ranksOf } from './settle.ts'
import type { CompiledTable } from './table.ts'
import { equal, print } from './values.ts'

/** How many gaps are told one by one. */
const MAX_GAPS = 10
/** Steps that one table may cost; past them the checks say that they were not finished. */
export const MAX_STEPS = 200_000

/**
 * Checks what the rows cover together: overlaps (U, and A with different results), combinations that no row covers, and rows
 * that can never decide. Columns are cut into classes of values, so the answers hold for all values, open bounds included.
 * Rows with expressions count only where they cannot be wrong.
 */
export function checkRegions(table: CompiledTable, issues: Issues): void {
  if (table.rows.length === 0) return
  const columns = table.inputs.map((input) => input.domain)
  const policy = table.table.hitPolicy
  const sure = noBits(table.rows.length)
  for (const [index, row] of table.rows.entries()) if (row.unindexed.length === 0) addBit(sure, index)
  const cover = new Cover(columns, MAX_STEPS)
  if (policy === 'U' || policy === 'A') overlaps(table, columns, sure, issues)
  if ('UAPF'.includes(policy)) gaps(table, cover, sure, issues)
  if ('UPF'.includes(policy)) unreachable(table, cover, sure, issues)
  if (cover.exhausted)
    issues.add(
      'warning',
      'not-checked',
      {},
      {
        en: `The table is too large to check it whole (more than ${MAX_STEPS} combinations): gaps and unreachable rows may be missing here. Split the table.`,
        zh: `该表过大（超过 ${MAX_STEPS} 个组合），未能完整检查空缺与不可达的行，请拆分该表。`,
      },
    )
}

function overlaps(table: CompiledTable, columns: (Class | null)[][], sure: Bits, issues: Issues): void {
  const any = table.table.hitPolicy === 'A'
  let steps = 0
  for (let later = 1; later < table.rows.length; later++) {
    if (!hasBit(sure, later)) continue
    for (let earlier = 0; earlier < later; earlier++) {
      if (!hasBit(sure, earlier) || ++steps > MAX_STEPS) continue
      const box = common(columns, earlier, later)
      if (!box || (any && !differ(table, earlier, later))) continue
      const where = describeBox(table, box)
      const results = [earlier, later].map((row) => table.table.rules[row]?.then.join(', '))
      issues.add(
        'error',
        'overlap',
        { row: later },
        {
          en: any
            ? `hits together with row ${earlier + 1} with another result (${results.join(' / ')}) when ${where.en}. Make the results equal or the conditions exclude each other.`
            : `hits together with row ${earlier + 1} when ${where.en}. Under U only one row may hit: narrow one of them, or use hit policy F.`,
          zh: any
            ? `当 ${where.zh} 时与第 ${earlier + 1} 行同时命中而结果不同（${results.join(' / ')}）。请统一结果或使条件互斥。`
            : `当 ${where.zh} 时与第 ${earlier + 1} 行同时命中。命中策略 U 只允许一行命中：请收窄其一，或改用 F。`,
        },
      )
    }
  }
}

/** The classes that two rows share in every column; null when there is a column where they share none. */
function common(columns: (Class | null)[][], a: number, b: number): Box | null {
  const box: Box = []
  for (const classes of columns) {
    const shared = classes.flatMap((each, index) =>
      each && hasBit(each.rows, a) && hasBit(each.rows, b) ? [index] : [],
    )
    if (shared.length === 0) return null
    box.push(shared)
  }
  return box
}

function differ(table: CompiledTable, a: number, b: number): boolean {
  return table.outputs.some((_output, column) => {
    const [x, y] = [a, b].map((row) => table.table.rules[row]?.then[column]?.trim() ?? '')
    if (x === y || !table.constant) return false
    return equal(table.rows[a]?.then[column]?.({}, null), table.rows[b]?.then[column]?.({}, null)) !== true
  })
}

function gaps(table: CompiledTable, cover: Cover, sure: Bits, issues: Issues): void {
  if (table.outputs.every((output) => output.otherwise !== null)) return
  const maybe = noBits(table.rows.length)
  for (let row = 0; row < table.rows.length; row++) addBit(maybe, row)
  const found = cover.holes(maybe, null, MAX_GAPS + 1)
  for (const box of found.slice(0, MAX_GAPS)) {
    const where = describeBox(table, box)
    issues.add(
      'warning',
      'gap',
      {},
      {
        en: `No row covers: ${where.en}. Add a row for it, or a default result.`,
        zh: `没有行覆盖：${where.zh}。请为其添加一行，或设置默认结果。`,
      },
    )
  }
  if (found.length > MAX_GAPS)
    issues.add('warning', 'gap', {}, { en: `There are more than ${MAX_GAPS} gaps.`, zh: `空缺超过 ${MAX_GAPS} 处。` })
  const unsure = table.rows.some((_row, index) => !hasBit(sure, index))
  if (unsure && found.length === 0 && cover.holes(sure, null, 1).length > 0)
    issues.add(
      'warning',
      'not-checked',
      {},
      {
        en: 'Rows with expressions may leave gaps: only literal conditions can be checked. A last row of - covers what is left.',
        zh: '含表达式的行可能留有空缺：只能检查字面值条件。可用最后一行 - 覆盖其余情况。',
      },
    )
}

function unreachable(table: CompiledTable, cover: Cover, sure: Bits, issues: Issues): void {
  const policy = table.table.hitPolicy
  const ranks = policy === 'P' && table.constant ? table.rows.map((_row, index) => ranksOf(table, index, {})) : null
  table.rows.forEach((row, index) => {
    const own = noBits(table.rows.length)
    addBit(own, index)
    if (cover.isEmpty(own)) {
      issues.add(
        'warning',
        'unreachable',
        { row: index },
        {
          en: 'never hits: its conditions exclude each other or the allowed values. Correct or remove it.',
          zh: '永远不会命中：其条件相互矛盾或超出允许值。请更正或删除。',
        },
      )
      return
    }
    const before = noBits(table.rows.length)
    for (let other = 0; other < table.rows.length; other++) {
      if (other === index || !hasBit(sure, other)) continue
      if (policy === 'F' && other < index) addBit(before, other)
      if (policy === 'U' && other < index) addBit(before, other)
      if (ranks) {
        const order = compareRanks(ranks[other] ?? [], ranks[index] ?? [])
        if (order < 0 || (order === 0 && other < index)) addBit(before, other)
      }
    }
    if (isEmpty(before) || cover.exhausted || cover.holes(before, own, 1).length > 0 || cover.exhausted) return
    if (policy === 'U' && row.unindexed.length > 0) return
    const output = table.table.rules[index]?.then.join(', ') ?? print(null)
    const en = policy === 'P' ? 'rows of higher priority' : 'earlier rows'
    const zh = policy === 'P' ? '优先级更高的行' : '前面的行'
    issues.add(
      'warning',
      'unreachable',
      { row: index },
      {
        en: `never decides (${output}): ${en} cover all that it covers. Move it, narrow those, or remove it.`,
        zh: `永远不起作用（${output}）：${zh}已覆盖其全部情况。请调整顺序、收窄其他行或删除。`,
      },
    )
  })
}
