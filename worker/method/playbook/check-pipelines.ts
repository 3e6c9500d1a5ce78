import { fieldDef } from '../../../schemas/model/index.ts'
import type { Pipeline, Playbook } from '../../../schemas/playbook/index.ts'
import { compileExpression, namesIn } from '../../rules/index.ts'
import { exitNames } from '../stages/names.ts'
import type { Findings } from './issues.ts'

const codesOf = (field: string, object = 'development'): Set<string> =>
  new Set(fieldDef(object, field)?.options?.map(({ code }) => code) ?? [])

/** Pipelines beyond their shape: what they name must be there (DEV-A to DEV-H, DEV-Q). */
export const checkPipelines = ({ pipelines, documents }: Playbook, found: Findings): void => {
  // a rule may ask for documents that the playbook has a layout for
  const produced = Object.fromEntries(documents.layouts.map(({ code }) => [code, 0]))
  const names = { ...exitNames, produced }
  const place = (index: number, member: string): string => `pipelines[${index}].${member}`
  found.unique(
    pipelines.map(({ code }, index) => ({ path: place(index, 'code'), value: code })),
    'The code',
    '代码',
  )
  found.unique(
    pipelines.map(({ id }, index) => ({ path: place(index, 'id'), value: id })),
    'The id',
    '编号',
  )
  // a stage tells its pipeline, so no two have it
  found.unique(
    pipelines.flatMap(({ stages }, index) =>
      stages.map(({ code }, at) => ({ path: place(index, `stages[${at}].code`), value: code })),
    ),
    'The stage',
    '阶段',
  )
  pipelines.forEach((pipeline, index) => checkPipeline(pipeline, `pipelines[${index}]`, names, found))
  if (pipelines.every(({ active }) => active === false))
    found.warn(
      'pipelines',
      'All pipelines are switched off: no development can begin. Switch one on (active).',
      '所有流程均已停用：无法开始新的客户开发。请启用一个（active）。',
      'true',
    )
}

const checkPipeline = (pipeline: Pipeline, path: string, names: Record<string, unknown>, found: Findings): void => {
  isOption('pipeline', pipeline.code, `${path}.code`, found)
  const { stages } = pipeline
  const rules = [
    ...(pipeline.entry ?? []).map((one, rule) => ({ ...one, path: `${path}.entry[${rule}]` })),
    ...stages.flatMap(({ exit }, index) =>
      exit.map((one, rule) => ({ ...one, path: `${path}.stages[${index}].exit[${rule}]` })),
    ),
  ]
  found.unique(
    rules.map(({ id, path: at }) => ({ path: `${at}.id`, value: id })),
    'The rule id',
    '规则编号',
  )
  for (const { rule, path: at } of rules) checkRule(rule, `${at}.rule`, names, found)
  if (pipeline.won !== undefined) checkRule(pipeline.won, `${path}.won`, names, found)
  pipeline.fileFields.forEach((name, index) => isField(name, `${path}.fileFields[${index}]`, found))
  pipeline.qualification.forEach((name, index) => isField(name, `${path}.qualification[${index}]`, found))
  stages.forEach((stage, index) => {
    const at = `${path}.stages[${index}]`
    isOption('stage', stage.code, `${at}.code`, found)
    stage.fields.forEach((name, field) => isField(name, `${at}.fields[${field}]`, found))
    stage.checklist.forEach(({ code }, item) => isOption('checklistDone', code, `${at}.checklist[${item}].code`, found))
  })
}

const isField = (name: string, path: string, found: Findings): void => {
  if (fieldDef('development', name)) return
  found.error(
    path,
    `A development has no field "${name}": correct the name.`,
    `客户开发没有字段“${name}”，请更正。`,
    'legalName',
  )
}

/** A code must be an option of a field that the CRM has, else no record can hold it. */
export const isOption = (field: string, code: string, path: string, found: Findings, object = 'development'): void => {
  const codes = codesOf(field, object)
  if (codes.has(code)) return
  const [example = ''] = codes
  found.error(
    path,
    `"${code}" is not an option of the field ${field} of ${object}: correct it, or add the option to the CRM first.`,
    `“${code}”不是 ${object} 字段 ${field} 的选项：请更正，或先在 CRM 中添加该选项。`,
    example,
  )
}

/** Whether a text of FEEL asks what time it is: rules have no clock, so that the same inputs always give the same result. */
export const asksClock = (text: string): boolean => /\b(now|today)\s*\(/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '""'))
export const CLOCK = {
  en: 'A rule has no clock, now() and today() are empty: take what Ladder reckons from the day, such as daysSinceContact, age or yearsWithUs.',
  zh: '规则没有时钟，now() 与 today() 为空：请改用 Ladder 按当日算出的 daysSinceContact、age、yearsWithUs 等。',
}

/** A FEEL rule must be readable, and read nothing that is not there. */
export const checkRule = (rule: string, path: string, names: Record<string, unknown>, found: Findings): void => {
  const compiled = compileExpression(rule)
  if (!compiled.ok) {
    found.add('error', path, compiled.issue.message, 'completeness >= 80')
    return
  }
  if (asksClock(rule)) found.add('warning', path, CLOCK, 'daysSinceContact > 90')
  for (const name of namesIn(rule)) {
    if (isKnown(name, names)) continue
    found.error(
      path,
      `Nothing is called ${name}: correct the name, or put text in quotes ("${name}").`,
      `没有名为 ${name} 的字段：请更正名称，文本请加双引号（"${name}"）。`,
      Object.keys(names).slice(0, 5).join(', '),
    )
  }
}

const isKnown = (name: string, names: Record<string, unknown>): boolean => {
  const [first = '', second] = name.split('.')
  if (!Object.hasOwn(names, first)) return false
  const inside = names[first]
  if (second === undefined) return true
  return typeof inside === 'object' && inside !== null && !Array.isArray(inside) && Object.hasOwn(inside, second)
}
