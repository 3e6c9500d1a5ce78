import { namesIn, namesInCell } from './names.ts'
import { normalName, type Names } from './parse.ts'
import type { CellIssue, IssueCode, Table, Text } from './types.ts'

/** Where an issue is. The row counts from 0 here, and from 1 in the issue. */
export type Where = { row?: number; column?: string; cell?: string }

/** Gathers what is found wrong with one table, each with its place in words of both languages. */
export class Issues {
  readonly list: CellIssue[] = []
  private readonly table: Table
  private readonly known: ReadonlySet<string> | null
  private readonly sample: Names | undefined

  constructor(table: Table, names: Names | undefined) {
    this.table = table
    this.sample = names
    this.known = names ? new Set(Object.keys(names).map(normalName)) : null
  }

  add(severity: CellIssue['severity'], code: IssueCode, where: Where, message: Text): void {
    const { row, column, cell } = where
    const ruleId = row === undefined ? undefined : this.table.rules[row]?.id
    const place = placeOf(where)
    this.list.push({
      severity,
      code,
      ...(row === undefined ? {} : { row: row + 1 }),
      ...(ruleId === undefined ? {} : { ruleId }),
      ...(column === undefined ? {} : { column }),
      ...(cell === undefined ? {} : { cell }),
      message: { en: place.en + message.en, zh: place.zh + message.zh },
    })
  }

  hasError(code?: IssueCode): boolean {
    return this.list.some((issue) => issue.severity === 'error' && (code === undefined || issue.code === code))
  }

  syntax(where: Where, message: Text): void {
    const cell = where.cell ?? ''
    this.add('error', 'syntax', where, { en: `${cell} ${message.en}`, zh: `${cell} ${message.zh}` })
  }

  /** Reports names that nobody declared. */
  names(where: Where, text: string, kind: 'expression' | 'cell'): void {
    if (this.known === null) return
    for (const name of kind === 'cell' ? namesInCell(text, this.sample) : namesIn(text, this.sample)) {
      const first = name.split('.')[0] ?? name
      if (this.known.has(first) || this.known.has(name)) continue
      this.add('error', 'unknown-name', where, {
        en: `nothing is called ${name}: correct the name, or put text in quotes ("${name}").`,
        zh: `没有名为 ${name} 的字段：请更正名称，文本请加双引号（"${name}"）。`,
      })
    }
  }

  /** Every row has a cell for every column, and there is a column of results. */
  shape(): boolean {
    const { inputs, outputs, rules, hitPolicy } = this.table
    if (outputs.length === 0)
      this.add('error', 'shape', {}, { en: 'The table has no output column: add one.', zh: '该表没有输出列，请添加。' })
    if (outputs.length > 1 && /^C[+<>]$/.test(hitPolicy))
      this.add(
        'error',
        'shape',
        {},
        {
          en: `Hit policy ${hitPolicy} needs exactly one output column.`,
          zh: `命中策略 ${hitPolicy} 只能有一个输出列。`,
        },
      )
    rules.forEach((rule, row) => {
      if (rule.when.length === inputs.length && rule.then.length === outputs.length) return
      this.add(
        'error',
        'shape',
        { row },
        {
          en: `has ${rule.when.length} conditions and ${rule.then.length} results; ${inputs.length} and ${outputs.length} are needed. Use - for "any".`,
          zh: `有 ${rule.when.length} 个条件和 ${rule.then.length} 个结果，需要 ${inputs.length} 和 ${outputs.length} 个。任意值请填 -。`,
        },
      )
    })
    return !this.hasError()
  }
}

function placeOf({ row, column }: Where): Text {
  const en = [row === undefined ? '' : `Row ${row + 1}`, column === undefined ? '' : `column ${column}`].filter(Boolean)
  const zh = [row === undefined ? '' : `第 ${row + 1} 行`, column === undefined ? '' : `“${column}”列`].filter(Boolean)
  const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
  return en.length === 0 ? { en: '', zh: '' } : { en: `${capital(en.join(', '))}: `, zh: `${zh.join('，')}：` }
}
