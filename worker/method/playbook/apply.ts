import type { Fields, RecordSnapshot } from '../../../schemas/events/index.ts'
import type { Label } from '../../../schemas/model/define.ts'
import type { Playbook, PlaybookTable, TableRule } from '../../../schemas/playbook/index.ts'
import { same } from '../draft.ts'
import { inLanguage, textOf, type Read } from './cells.ts'
import { checkTable, type TableIssue } from './check-tables.ts'
import { compilePolicies, compilePolicy, tiersOf } from './policies.ts'
import { ruleFrom } from './read-rule.ts'
import { policyFrom, templateFrom } from './read-template.ts'
import { policyFields, ruleFields, templateFields } from './records.ts'
import { Findings } from './issues.ts'

/** Why a record isn't in force, in the playbook's language: what is wrong, where, and how to mend it. */
export interface RecordError {
  recordId: string
  object: string
  message: string
}

export interface Applied {
  playbook: Playbook
  errors: RecordError[]
}

/**
 * The playbook that the CRM's method records make of the present one. A part without any record stays as it is; records that
 * are off are left out; rows that people added count. A record that can't be read gets its error, and what it said last stays
 * in force; when the records of a table don't fit together, the whole table stays as it was.
 */
export const applyRecords = (playbook: Playbook, records: RecordSnapshot[]): Applied => {
  const living = records.filter(({ deleted }) => !deleted)
  const errors: RecordError[] = []
  const tell = ({ id, object }: RecordSnapshot, message: Label): void => {
    if (errors.some(({ recordId }) => recordId === id)) return
    errors.push({ recordId: id, object, message: inLanguage(playbook, message) })
  }
  const of = (object: string): RecordSnapshot[] => living.filter((record) => record.object === object).sort(byRow)
  const rules = of('tierRule')
  for (const record of rules) {
    const code = textOf(record.fields['table'])
    if (record.fields['state'] !== 'OFF' && !playbook.tables.some((table) => table.code === code))
      tell(record, {
        en: `Table: choose one of ${playbook.tables.map((table) => table.code).join(', ')}.`,
        zh: `规则表：请选择 ${playbook.tables.map((table) => table.code).join('、')} 之一。`,
      })
  }
  const tables = playbook.tables.map((table) =>
    applyTable(
      playbook,
      table,
      rules.filter(({ fields }) => fields['table'] === table.code),
      tell,
    ),
  )
  const escalations = applyPolicies(playbook, of('escalationPolicy'), tell)
  const campaigns = applyTemplates(playbook, of('campaignTemplate'), tell)
  return { playbook: { ...playbook, tables, escalations, campaigns }, errors }
}

type Tell = (record: RecordSnapshot, message: Label) => void

/** By row number; those without one come last, in the order of their making. */
const byRow = (a: RecordSnapshot, b: RecordSnapshot): number => {
  const row = ({ fields }: RecordSnapshot): number => (typeof fields['rowNo'] === 'number' ? fields['rowNo'] : Infinity)
  const [left, right] = [row(a), row(b)]
  if (left !== right) return left < right ? -1 : 1
  return a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : a.id < b.id ? -1 : 1
}

/** What a record stands for: the last part of its method key, or its own id when a person made it. */
const nameOf = ({ id, fields }: RecordSnapshot, kind: string): string => {
  const key = textOf(fields['ladderKey'])
  return key.startsWith(`method/${kind}/`) ? key.slice(key.lastIndexOf('/') + 1) : `${kind}-${id}`
}

/** Whether a record says what is in force already. */
const shows = (record: RecordSnapshot, fields: Fields, besides: string[] = []): boolean =>
  Object.entries(fields).every(([name, value]) => besides.includes(name) || same(record.fields[name] ?? null, value))

const isOff = ({ fields }: RecordSnapshot): boolean => fields['state'] === 'OFF'

const applyTable = (playbook: Playbook, table: PlaybookTable, records: RecordSnapshot[], tell: Tell): PlaybookTable => {
  if (records.length === 0) return table
  const scheme = playbook.schemes.find((one) => one.table === table.code)
  const presentRule = (id: string): TableRule | undefined => table.table.rules.find((rule) => rule.id === id)
  const rows: { record: RecordSnapshot; rule: TableRule; changed: boolean }[] = []
  for (const record of records.filter((one) => !isOff(one))) {
    const id = nameOf(record, 'rule')
    const present = presentRule(id)
    const read = unchanged(table, record, present) ?? ruleFrom(table, record, id)
    const checked = read.ok ? cellErrors(table, read.value, playbook) : read
    if (checked.ok) rows.push({ record, rule: checked.value, changed: checked.value !== present })
    else {
      tell(record, checked.message)
      if (present) rows.push({ record, rule: present, changed: false })
    }
  }
  const next = { ...table, table: { ...table.table, rules: rows.map(({ rule }) => rule) } }
  const wrong = checkTable(next, scheme).issues.filter(({ severity }) => severity === 'error')
  if (rows.length > 0 && wrong.length === 0) return next
  blame(records, rows, wrong, tell)
  return table
}

/** The present row when the record says just what it says: texts of a playbook that no field can show are kept. */
const unchanged = (
  table: PlaybookTable,
  record: RecordSnapshot,
  present: TableRule | undefined,
): Read<TableRule> | undefined => {
  if (!present) return undefined
  return shows(record, ruleFields(table, present, 0), ['name', 'rowNo']) ? { ok: true, value: present } : undefined
}

/** A row alone: what is wrong with its own cells. */
const cellErrors = (table: PlaybookTable, rule: TableRule, playbook: Playbook): Read<TableRule> => {
  const scheme = playbook.schemes.find((one) => one.table === table.code)
  const alone = { ...table, table: { ...table.table, rules: [rule] } }
  const issue = checkTable(alone, scheme).issues.find(({ severity, row }) => severity === 'error' && row !== undefined)
  if (!issue) return { ok: true, value: rule }
  const strip = (text: string): string => text.replace(/^(Row 1, |Row 1: |第 1 行，|第 1 行：)/, '')
  return { ok: false, message: { en: strip(issue.message.en), zh: strip(issue.message.zh) } }
}

/** Rows that don't fit together: the changed ones are told, or the one that was found, or all. */
const blame = (
  records: RecordSnapshot[],
  rows: { record: RecordSnapshot; changed: boolean }[],
  wrong: TableIssue[],
  tell: Tell,
): void => {
  const changed = rows.filter((row) => row.changed).map(({ record }) => record)
  const found = wrong
    .flatMap(({ row }) => (row === undefined ? [] : [rows[row]?.record]))
    .filter((one) => one !== undefined)
  const culprits = [changed, found, rows.map(({ record }) => record), records].find((list) => list.length > 0) ?? []
  const first = wrong[0]?.message ?? { en: 'The table has no row that is on.', zh: '该表没有启用的行。' }
  const message = {
    en: `${wrong.map((issue) => issue.message.en).join(' ') || first.en} The table stays as it was.`,
    zh: `${wrong.map((issue) => issue.message.zh).join(' ') || first.zh} 该表保持原样。`,
  }
  for (const record of culprits) tell(record, message)
}

const applyPolicies = (playbook: Playbook, records: RecordSnapshot[], tell: Tell): Playbook['escalations'] => {
  if (records.length === 0) return playbook.escalations
  const tiers = tiersOf(playbook)
  const changed: RecordSnapshot[] = []
  const next = records
    .filter((one) => !isOff(one))
    .flatMap((record) => {
      const id = nameOf(record, 'policy')
      const present = playbook.escalations.find((policy) => policy.id === id)
      if (present && shows(record, policyFields(playbook, present, 0), ['rowNo'])) return [present]
      changed.push(record)
      const read = policyFrom(playbook, record, id, present)
      const compiled = read.ok ? compilePolicy(read.value, tiers) : undefined
      if (read.ok && compiled?.ok) return [read.value]
      tell(record, read.ok ? firstOf(compiled) : read.message)
      return present ? [present] : []
    })
  const found = new Findings()
  if (next.length > 0) compilePolicies({ ...playbook, escalations: next }, found)
  const issue = found.list.find(({ severity }) => severity === 'error')
  if (next.length > 0 && !issue) return next
  const message = issue?.message ?? { en: 'No policy is on.', zh: '没有启用的策略。' }
  for (const record of changed.length > 0 ? changed : records)
    tell(record, { en: `${message.en} Policies stay as they were.`, zh: `${message.zh} 策略保持原样。` })
  return playbook.escalations
}

const firstOf = (compiled: ReturnType<typeof compilePolicy> | undefined): Label =>
  (compiled && !compiled.ok ? compiled.issues[0]?.message : undefined) ?? {
    en: 'The cells of this policy cannot be read.',
    zh: '无法读取本策略的条件。',
  }

/** Templates have no row number: they stay in the playbook's order, new ones come last. */
const applyTemplates = (playbook: Playbook, records: RecordSnapshot[], tell: Tell): Playbook['campaigns'] => {
  const codes = playbook.campaigns.map((template) => template.code)
  const placeOf = (record: RecordSnapshot): number => {
    const at = codes.indexOf(textOf(record.fields['code']))
    return at >= 0 ? at : codes.length
  }
  return records.length === 0
    ? playbook.campaigns
    : records
        .toSorted((a, b) => placeOf(a) - placeOf(b))
        .filter((one) => !isOff(one))
        .flatMap((record) => {
          const code = textOf(record.fields['code']) || nameOf(record, 'template')
          const present = playbook.campaigns.find((template) => template.code === code)
          if (present && shows(record, templateFields(playbook, present))) return [present]
          const read = templateFrom(playbook, record, code, present)
          if (read.ok) return [read.value]
          tell(record, read.message)
          return present ? [present] : []
        })
}
