import type { Field, ObjectDef } from '../../schemas/model/define.ts'
import { model } from '../../schemas/model/index.ts'
import { twentyName } from '../../worker/crm/twenty/reserved.ts'

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const typeOf = ({ type, relation, options, unique }: Field): string => {
  if (relation) return `→ ${relation.to} (\`${relation.inverse.name}\`)`
  const codes = options
    ? `: ${options.length > 12 ? `${options.length} options` : options.map(({ code }) => code).join(', ')}`
    : ''
  return `${type}${codes}${unique ? ', unique' : ''}`
}

const rowOf = (field: Field): string => {
  const { name, label, writer } = field
  const inTwenty = twentyName(name)
  const shown = inTwenty === name ? `\`${name}\`` : `\`${name}\` (Twenty: \`${inTwenty}\`)`
  return `| ${shown} | ${cell(label.en)} | ${cell(label.zh)} | ${cell(typeOf(field))} | ${writer === 'ladder' ? 'Ladder' : 'people'} |`
}

const sectionOf = ({ name, plural, kind, label, description, fields, views }: ObjectDef): string[] => [
  `## ${label.en} ${label.zh}: \`${name}\``,
  '',
  `${description.en} ${description.zh}`,
  '',
  kind === 'custom'
    ? `Ladder's own object; in Twenty's REST \`/rest/${plural}\`. It also has \`name\`, its title.`
    : `An object of the CRM (\`/rest/${plural}\`) that Ladder adds these fields to.`,
  '',
  '| field | English | 中文 | type | written by |',
  '| --- | --- | --- | --- | --- |',
  ...fields.map(rowOf),
  '',
  ...(views.length > 0
    ? [`Views: ${views.map((view) => `${view.name.en} ${view.name.zh} (${view.kind})`).join('; ')}.`, '']
    : []),
]

/** The objects and fields that an installation makes, from the model. */
export const fieldTables = (): string =>
  [
    '# Objects and fields',
    '',
    'Written by `npm run docs` from `schemas/model`, of which the Twenty app is made too; a test compares. Money is CNY. In a',
    'relation the list that the other side shows is named in brackets.',
    '',
    ...model.flatMap(sectionOf),
  ].join('\n')
