import { descriptions } from '../../schemas/actions/descriptions.ts'
import { actions, type ActionDef, type ActionInput, type ActionOutput } from '../../schemas/actions/index.ts'

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const typeOf = ({ type, options }: ActionInput | ActionOutput): string =>
  options ? `${type}: ${options.map(({ code }) => code).join(', ')}` : type

const rowOf = (field: ActionInput | ActionOutput, isInput: boolean): string => {
  const { name, label } = field
  const way = !isInput ? 'out' : 'required' in field && field.required ? 'in, required' : 'in'
  return `| ${way} | \`${name}\` | ${cell(label.en)} | ${cell(label.zh)} | ${cell(typeOf(field))} |`
}

const sectionOf = ({ name, label, objects, inputs, outputs }: ActionDef): string[] => [
  `## ${label.en} ${label.zh}: \`${name}\``,
  '',
  `${descriptions[name].en} ${descriptions[name].zh}`,
  '',
  `\`POST /actions/${name}\`, for records of ${objects.join(', ')}.`,
  '',
  '| | name | English | 中文 | type |',
  '| --- | --- | --- | --- | --- |',
  ...inputs.map((field) => rowOf(field, true)),
  ...outputs.map((field) => rowOf(field, false)),
  '',
]

/** The workflow actions with what goes in and comes out, from their definitions. */
export const actionTables = (): string =>
  [
    '# Workflow actions',
    '',
    "Written by `npm run docs` from `schemas/actions`, of which HubSpot's developer project is made too; a test compares. All",
    'values travel as text: dates ISO, an instant with its offset or in milliseconds since 1970, yes and no as `true` and',
    '`false`, nothing as an empty text. How they are called: [HubSpot](hubspot.md), [other CRMs](hubspot.md#other-crms).',
    '',
    ...actions.flatMap(sectionOf),
  ].join('\n')
