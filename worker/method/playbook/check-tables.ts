import { fieldDef } from '../../../schemas/model/index.ts'
import type { Label } from '../../../schemas/model/define.ts'
import { ROLES, type Playbook, type PlaybookTable, type Scheme } from '../../../schemas/playbook/index.ts'
import { compileTable, type CompiledTable } from '../../rules/index.ts'
import { audienceNames } from '../campaigns/names.ts'
import { asksClock, CLOCK } from './check-pipelines.ts'
import type { Findings } from './issues.ts'

/** A finding about one table. `row` counts from 0 among its rules; `column` is the name of an input or output. */
export interface TableIssue {
  severity: 'error' | 'warning'
  row?: number
  column?: string
  message: Label
}

export interface CheckedTable {
  compiled: CompiledTable | null
  issues: TableIssue[]
}

/**
 * A table with its cells, checked for what it is used for: one that rates customers must say a tier for everybody, a tier of
 * its scheme, and roles that the bank has (TIER-CONTACT, TIER-CORP).
 */
export const checkTable = ({ table }: PlaybookTable, scheme: Scheme | undefined): CheckedTable => {
  const result = compileTable(table, { names: audienceNames })
  const found: TableIssue[] = (result.ok ? result.warnings : result.issues).map((issue) => {
    const columns = [...table.inputs, ...table.outputs]
    const column = columns.find(({ name, label }) => (label ?? name) === issue.column)?.name
    return {
      severity: scheme && issue.code === 'gap' ? 'error' : issue.severity,
      ...(issue.row === undefined ? {} : { row: issue.row - 1 }),
      ...(column === undefined ? {} : { column }),
      message: issue.message,
    }
  })
  table.rules.forEach((rule, row) => {
    if ([...rule.when, ...rule.then].some(asksClock)) found.push({ severity: 'warning', row, message: CLOCK })
  })
  if (table.inputs.some(({ expression }) => asksClock(expression))) found.push({ severity: 'warning', message: CLOCK })
  if (scheme) found.push(...checkResults(table, scheme))
  const failed = found.some(({ severity }) => severity === 'error')
  return { compiled: result.ok && !failed ? result.table : null, issues: found }
}

const checkResults = (table: PlaybookTable['table'], scheme: Scheme): TableIssue[] => {
  const column = (name: string): number => table.outputs.findIndex((output) => output.name === name)
  if (column('tier') < 0)
    return [issue(undefined, undefined, 'The table needs an output column named tier.', '该表需要名为 tier 的输出列。')]
  return table.rules.flatMap((rule, row) => {
    const cell = (name: string): unknown => literal(rule.then[column(name)] ?? '')
    const issues: TableIssue[] = []
    const tier = cell('tier')
    if (typeof tier !== 'string' || !scheme.tiers.includes(tier))
      issues.push(
        issue(
          row,
          'tier',
          `the tier must be one of ${scheme.tiers.join(', ')}, in quotes.`,
          `等级应为 ${scheme.tiers.join('、')} 之一，并加双引号。`,
        ),
      )
    const contacts = cell('contactsPerYear')
    if (contacts !== null && !(Number.isInteger(contacts) && Number(contacts) >= 0 && Number(contacts) <= 366))
      issues.push(
        issue(
          row,
          'contactsPerYear',
          'contacts a year must be a whole number from 0 to 366.',
          '每年联系次数应为 0 至 366 的整数。',
        ),
      )
    const leads = cell('leads')
    const unknown = rolesIn(leads).filter((role) => !(ROLES as readonly string[]).includes(role))
    if (unknown.length > 0)
      issues.push(
        issue(
          row,
          'leads',
          `no such role: ${unknown.join(', ')}. Roles are ${ROLES.join(', ')}.`,
          `没有角色 ${unknown.join('、')}。可用角色：${ROLES.join('、')}。`,
        ),
      )
    return issues
  })
}

const issue = (row: number | undefined, column: string | undefined, en: string, zh: string): TableIssue => ({
  severity: 'error',
  ...(row === undefined ? {} : { row }),
  ...(column === undefined ? {} : { column }),
  message: row === undefined ? { en, zh } : { en: `Row ${row + 1}: ${en}`, zh: `第 ${row + 1} 行：${zh}` },
})

/** Roles of a `leads` result: a comma text, or a list. */
export const rolesIn = (leads: unknown): string[] =>
  (Array.isArray(leads) ? leads.map(String) : typeof leads === 'string' ? leads.split(/[,，、\s]+/) : []).filter(
    Boolean,
  )

/** The value of a cell that is a plain literal; null when blank or anything else. */
const literal = (cell: string): unknown => {
  try {
    return JSON.parse(cell) as unknown
  } catch {
    return null
  }
}

/** All tables of a playbook, compiled; findings go to `found` with row and column in their path. */
export const compileTables = (source: Playbook, found: Findings): Map<string, CompiledTable> => {
  const compiled = new Map<string, CompiledTable>()
  source.tables.forEach((one, index) => {
    const at = `tables[${index}]`
    const { table } = one
    const checked = checkTable(
      one,
      source.schemes.find((scheme) => scheme.table === one.code),
    )
    for (const { severity, row, column, message } of checked.issues) {
      const input = table.inputs.findIndex(({ name }) => name === column)
      const output = table.outputs.findIndex(({ name }) => name === column)
      const cell = input >= 0 ? `.when[${input}]` : output >= 0 ? `.then[${output}]` : ''
      found.add(severity, row === undefined ? `${at}.table` : `${at}.table.rules[${row}]${cell}`, message)
    }
    if (checked.compiled) compiled.set(one.code, checked.compiled)
    checkColumns(one, at, found)
  })
  checkUses(source, found)
  return compiled
}

const checkColumns = (one: PlaybookTable, at: string, found: Findings): void => {
  const names = [...one.table.inputs, ...one.table.outputs].map(({ name }) => name)
  for (const name of names)
    if (!one.columns[name])
      found.error(
        `${at}.columns`,
        `The column ${name} has no field of a tier rule to stand in.`,
        `列 ${name} 未对应等级规则的字段。`,
        '{"amount": "amountCell"}',
      )
  for (const [name, field] of Object.entries(one.columns)) {
    if (!names.includes(name))
      found.error(`${at}.columns.${name}`, `The table has no column ${name}.`, `该表没有列 ${name}。`, names.join(', '))
    if (!fieldDef('tierRule', field))
      found.error(
        `${at}.columns.${name}`,
        `A tier rule has no field ${field}.`,
        `等级规则没有字段 ${field}。`,
        'amountCell',
      )
  }
}

/** What refers to a table finds it. */
const checkUses = ({ tables, movement }: Playbook, found: Findings): void => {
  const codes = tables.map(({ code }) => code)
  found.unique(
    codes.map((value, index) => ({ path: `tables[${index}].code`, value })),
    'The table',
    '规则表',
  )
  checkTableCode(codes, movement.table, 'movement.table', found)
  const outputs = tables.find(({ code }) => code === movement.table)?.table.outputs.map(({ name }) => name) ?? []
  for (const name of ['minFall', 'minFallPercent'])
    if (outputs.length > 0 && !outputs.includes(name))
      found.error(
        'movement.table',
        `The table ${movement.table} needs an output column ${name}.`,
        `规则表 ${movement.table} 需要输出列 ${name}。`,
      )
}

export const checkTableCode = (codes: string[], code: string, path: string, found: Findings): void => {
  if (!codes.includes(code)) found.error(path, `There is no table ${code}.`, `没有规则表 ${code}。`, codes[0])
}
