import { descriptions } from '../../schemas/actions/descriptions.ts'
import { actions, type ActionDef, type ActionFieldType, type ActionInput } from '../../schemas/actions/index.ts'
import type { Label } from '../../schemas/model/define.ts'
import { optionLabel } from './fields.ts'
import { idOf } from './ids.ts'
import type { ManifestFunction, ManifestSchema, ManifestVariable } from './manifest.ts'

/** An action asks again after itself for up to 42 seconds when the CRM is slow. */
const TIMEOUT_S = 60

/** Where the app's code finds Ladder. `ladder apply` sets them; nobody has to type them. */
export const VARIABLES = { url: 'LADDER_URL', account: 'LADDER_ACCOUNT', secret: 'LADDER_SECRET' } as const

const variable = (key: string, label: string, description: string, isSecret: boolean): [string, ManifestVariable] => [
  key,
  { universalIdentifier: idOf(`variable/${key}`), label, description, isSecret, ...(isSecret ? {} : { value: '' }) },
]

export const variables: Record<string, ManifestVariable> = Object.fromEntries([
  variable(VARIABLES.url, 'Ladder address', 'Where Ladder runs. Set by `ladder apply`.', false),
  variable(VARIABLES.account, 'Ladder account', 'The name of this workspace in Ladder. Set by `ladder apply`.', false),
  variable(VARIABLES.secret, 'Ladder secret', "Signs calls of Ladder's functions. Set by `ladder apply`.", true),
])

const TYPES: Record<ActionFieldType, string> = {
  text: 'string',
  longText: 'string',
  integer: 'number',
  boolean: 'boolean',
  date: 'string',
  dateTime: 'string',
  select: 'string',
}

const HINTS: Partial<Record<ActionFieldType, string>> = {
  date: 'Date, YYYY-MM-DD.',
  dateTime: 'Instant with its offset, such as 2026-11-21T09:30:00+08:00.',
}

/** Twenty translates no text of functions: both languages stand in one, as in options. */
const both = (label: Label): string => optionLabel(label)

const sentences = ({ en, zh }: Label): string => `${en} ${zh}`

const schemaOf = ({ type, label, description, options }: Omit<ActionInput, 'name' | 'required'>): ManifestSchema => ({
  type: TYPES[type],
  label: both(label),
  ...(options ? { enum: options.map(({ code }) => code) } : {}),
  ...(type === 'longText' ? { multiline: true } : {}),
  ...(description || HINTS[type]
    ? { description: [description && sentences(description), HINTS[type]].filter(Boolean).join(' ') }
    : {}),
})

/** The record that an action is done to, before the action's own inputs. */
const recordOf = ({ objects }: ActionDef): [string, ManifestSchema][] => [
  ['object', { type: 'string', label: 'Object 对象', enum: [...objects] }],
  ['recordId', { type: 'string', label: 'Record id 记录编号', description: 'Id of the record.' }],
]

const properties = (entries: [string, ManifestSchema][]): ManifestSchema => ({
  type: 'object',
  properties: Object.fromEntries(entries),
})

const nameOf = (action: string): string => `ladder-${action}`

/** An action as a step of Twenty's workflows and as a tool of its assistants, with the same typed inputs. */
const functionOf = (def: ActionDef): ManifestFunction => {
  const inputs = [
    ...recordOf(def),
    ...def.inputs.map((input): [string, ManifestSchema] => [input.name, schemaOf(input)]),
  ]
  const required = ['object', 'recordId', ...def.inputs.filter((input) => input.required).map(({ name }) => name)]
  return {
    universalIdentifier: idOf(`function/${def.name}`),
    name: nameOf(def.name),
    description: sentences(descriptions[def.name]),
    timeoutSeconds: TIMEOUT_S,
    toolTriggerSettings: { inputSchema: { ...toolSchema(properties(inputs)), required } },
    workflowActionTriggerSettings: {
      label: `Ladder: ${both(def.label)}`,
      icon: 'IconStairsUp',
      inputSchema: [stepSchema(properties(inputs))],
      outputSchema: [
        stepSchema(
          properties(def.outputs.map(({ name, type, label }) => [name, { type: OUTPUT, label: labelOf(type, label) }])),
        ),
      ],
    },
  }
}

/** Outputs travel as text, whatever they mean. */
const OUTPUT = 'string'
const labelOf = (type: ActionFieldType, label: Label): string =>
  type === 'boolean' ? `${both(label)} (true/false)` : both(label)

/** JSON Schema, as tools take it: a label is no part of it, and stands in the description. */
const toolSchema = ({
  label,
  multiline: _,
  properties: inner,
  description,
  ...rest
}: ManifestSchema): ManifestSchema => ({
  ...rest,
  ...(label || description ? { description: [label && `${label}.`, description].filter(Boolean).join(' ') } : {}),
  ...(inner ? { properties: mapped(inner, toolSchema) } : {}),
})

/** The form of workflow steps knows no descriptions. */
const stepSchema = ({ description: _description, properties: inner, ...rest }: ManifestSchema): ManifestSchema => ({
  ...rest,
  ...(inner ? { properties: mapped(inner, stepSchema) } : {}),
})

const mapped = (
  inner: Record<string, ManifestSchema>,
  change: (schema: ManifestSchema) => ManifestSchema,
): Record<string, ManifestSchema> => Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, change(one)]))

const ASK = 'ladder-ask'

/** What the components can't do by an edit of a record: ask how Ladder is, and have a customer rated. */
const ask: ManifestFunction = {
  universalIdentifier: idOf('function/ask'),
  name: ASK,
  description: "What Ladder's components ask: how Ladder is, and to rate a customer.",
  timeoutSeconds: TIMEOUT_S,
  httpRouteTriggerSettings: { path: '/ladder/ask', httpMethod: 'POST', isAuthRequired: true },
}

/** Ladder's logic functions: one for each action that workflows have in any CRM, and one for the components. */
export const functions: readonly ManifestFunction[] = [...actions.map(functionOf), ask]

/** How the source of a function names its handler. */
export const actionHandlerSource = (name: string): { handler: string; uses: string } =>
  name === ASK
    ? { handler: 'askHandler', uses: 'askHandler' }
    : { handler: `actionHandler('${name.slice('ladder-'.length)}')`, uses: 'actionHandler' }
