import { fieldDef } from '../../../schemas/model/index.ts'
import type { Playbook, Scheme } from '../../../schemas/playbook/index.ts'
import { type CompiledTable, namesIn, namesInCell } from '../../rules/index.ts'
import { audienceNames } from '../campaigns/names.ts'
import type { CompiledPlaybook, CompiledScheme } from '../context.ts'
import { checkTableCode } from './check-tables.ts'
import type { Findings } from './issues.ts'

/** The schemes of one kind of customer: the leading one first, because others may read its tier. */
export const compileSchemes = (source: Playbook, subject: Scheme['subject']): CompiledScheme[] =>
  source.schemes
    .filter((one) => one.subject === subject)
    .toSorted((a, b) => Number(b.leading) - Number(a.leading))
    .map((scheme) => ({ source: scheme, result: resultName(scheme), inputs: inputsOf(source, scheme) }))

/** The table that says how many RMs a customer needs, with what it reads (TIER-RM). */
export const compileRms = (source: Playbook, tables: ReadonlyMap<string, CompiledTable>): CompiledPlaybook['rms'] => {
  const table = source.rms ? tables.get(source.rms.table) : undefined
  return table && source.rms ? { table, inputs: inputsOf(source, source.rms) } : null
}

/** The name under which rules read a scheme's result: `ladderValueTier` as `valueTier`. */
const resultName = ({ field }: Pick<Scheme, 'field'>): string =>
  field.replace(/^ladder([A-Z])/, (_, first: string) => first.toLowerCase())

/** What a scheme's table reads, each name once. */
const inputsOf = ({ tables }: Playbook, { table }: Pick<Scheme, 'table'>): string[] => {
  const found = tables.find(({ code }) => code === table)?.table
  if (!found) return []
  const names = [
    ...found.inputs.flatMap(({ expression }) => namesIn(expression, audienceNames)),
    ...found.rules.flatMap(({ when, then }) => [
      ...when.flatMap((cell) => namesInCell(cell, audienceNames)),
      ...then.flatMap((cell) => namesIn(cell, audienceNames)),
    ]),
  ]
  return [...new Set(names.map((path) => path.split('.')[0] ?? ''))].filter((name) => name in audienceNames).sort()
}

/** Schemes are told apart, find their tables, and show what they give in a field of the customer that can show it. */
export const checkSchemes = (source: Playbook, found: Findings): void => {
  const { schemes, tables } = source
  const place = (index: number, member: string): string => `schemes[${index}].${member}`
  const codes = tables.map(({ code }) => code)
  const all = schemes.map((scheme, index) => ({ scheme, index }))
  found.unique(
    all.map(({ scheme, index }) => ({ path: place(index, 'id'), value: scheme.id })),
    'The scheme',
    '评级方案',
  )
  found.unique(
    all
      .filter(({ scheme }) => scheme.leading)
      .map(({ scheme, index }) => ({ path: place(index, 'leading'), value: scheme.subject })),
    'The leading scheme for',
    '主评级方案：',
  )
  found.unique(
    all.map(({ scheme, index }) => ({ path: place(index, 'field'), value: `${scheme.subject}.${scheme.field}` })),
    'The field',
    '字段',
  )
  if (source.rms) {
    checkTableCode(codes, source.rms.table, 'rms.table', found)
    const outputs = tables.find(({ code }) => code === source.rms?.table)?.table.outputs ?? []
    if (outputs.length > 0 && !outputs.some(({ name }) => name === 'rms'))
      found.error('rms.table', 'The table needs an output column named rms.', '该表需要名为 rms 的输出列。')
  }
  for (const { scheme, index } of all) {
    checkTableCode(codes, scheme.table, place(index, 'table'), found)
    checkFields(scheme, index, found)
    const later = all
      .filter(
        (other) => other.scheme.subject === scheme.subject && other.scheme !== scheme && !isBefore(other, all[index]),
      )
      .map((other) => resultName(other.scheme))
    for (const name of inputsOf(source, scheme))
      if (later.includes(name) || name === resultName(scheme))
        found.error(
          place(index, 'table'),
          `The table reads ${name}, which is decided only afterwards: put that scheme before this one.`,
          `规则表读取的 ${name} 在其后才得出，请把该方案排在前面。`,
        )
  }
}

interface Placed {
  scheme: Scheme
  index: number
}

const isBefore = (one: Placed, other: Placed | undefined): boolean =>
  other !== undefined && (one.scheme.leading || (!other.scheme.leading && one.index < other.index))

const checkFields = (scheme: Scheme, index: number, found: Findings): void => {
  const { subject, field, textField, tiers, texts, leading, committeeTiers, run } = scheme
  const at = (member: string): string => `schemes[${index}].${member}`
  const definition = fieldDef(subject, field)
  const options = definition?.options?.map(({ code }) => code) ?? []
  if (definition?.type !== 'select' || definition.writer !== 'ladder' || leading !== (field === 'ladderTier'))
    found.error(
      at('field'),
      `${field} cannot show this scheme's result: the leading scheme's field is ladderTier, any other scheme has a field of its own.`,
      `${field} 不能显示该方案的结果：主方案用 ladderTier，其他方案各用自己的字段。`,
      'ladderTier',
    )
  else
    tiers.forEach((tier, place) => {
      if (!options.includes(tier))
        found.error(
          at(`tiers[${place}]`),
          `${tier} is not an option of the CRM's field ${definition.label.en}.`,
          `${tier} 不是 CRM 字段“${definition.label.zh}”的选项。`,
          options.join(', '),
        )
    })
  const text = textField === null ? undefined : fieldDef(subject, textField)
  if (textField !== null && (text?.type !== 'longText' || text.writer !== 'ladder'))
    found.error(at('textField'), `${textField} cannot show a text.`, `${textField} 不能显示文字。`)
  for (const [member, named] of [
    ['texts', Object.keys(texts)],
    ['committeeTiers', committeeTiers],
    ['run.exit', run?.exit ? [run.exit.from, run.exit.to] : []],
  ] as const)
    for (const tier of named)
      if (!tiers.includes(tier))
        found.error(at(member), `${tier} is not a tier of this scheme.`, `${tier} 不是该方案的等级。`, tiers.join(', '))
}
