import type { Value } from '../../../schemas/events/index.ts'
import type { PlaybookTable } from '../../../schemas/playbook/index.ts'
import { wrong, type Read } from './cells.ts'

/**
 * Cells of columns that have no field of their own on a tier rule: one a line, `income: >= 300000`. A column that isn't named
 * may be anything, so most rows of a wide table have a line or two.
 */
export const CONDITIONS = 'conditions'

const shared = ({ table, columns }: PlaybookTable) => table.inputs.filter(({ name }) => columns[name] === CONDITIONS)

/** The shared cells of a row as text. */
export const conditionsText = (table: PlaybookTable, when: readonly string[]): string =>
  shared(table)
    .map(({ name }) => ({ name, cell: when[table.table.inputs.findIndex((input) => input.name === name)] ?? '-' }))
    .filter(({ cell }) => cell.trim() !== '-')
    .map(({ name, cell }) => `${name}: ${cell}`)
    .join('\n')

/** Reads them back, by column; a column may be called by its name or by its label in either language. */
export const conditionsFrom = (table: PlaybookTable, value: Value | undefined): Read<Record<string, string>> => {
  const columns = shared(table)
  const cells: Record<string, string> = {}
  const lines = (typeof value === 'string' ? value : '').split('\n').map((line) => line.trim())
  for (const [index, line] of lines.entries()) {
    if (line === '' || line === '-') continue
    const at = line.search(/[:：]/)
    const called = (at < 0 ? line : line.slice(0, at)).trim()
    const column = columns.find(({ name, label }) => [name, ...(label?.split(' / ') ?? [])].includes(called))
    if (at < 0 || !column) {
      const names = columns.map(({ name }) => name)
      return wrong(
        `If also, line ${index + 1}: “${called}” is no column of this table. Write column: cell. Columns are ${names.join(', ')}.`,
        `其他条件第 ${index + 1} 行：“${called}”不是该表的列。写法为 列名: 条件。可用列：${names.join('、')}。`,
      )
    }
    if (column.name in cells)
      return wrong(
        `If also, line ${index + 1}: ${column.name} stands twice.`,
        `其他条件第 ${index + 1} 行：${column.name} 重复。`,
      )
    cells[column.name] = line.slice(at + 1).trim()
  }
  return { ok: true, value: cells }
}
