import { descriptions } from '../../schemas/actions/descriptions.ts'
import type { ActionDef, ActionFieldType, ActionInput, ActionOutput } from '../../schemas/actions/index.ts'
import type { Label, Option } from '../../schemas/model/define.ts'
import { type Carrier, standardType } from '../../worker/crm/hubspot/layout.ts'
import { actionUid } from './names.ts'
import { actionUrl, type ProjectWish } from './options.ts'
import type { Component } from './schema.ts'
import { both, bothSentences } from './text.ts'

type ActionComponent = Extract<Component, { type: 'workflow-action' }>
type TypeDefinition = ActionComponent['config']['inputFields'][number]['typeDefinition']

const TYPES: Record<ActionFieldType, Pick<TypeDefinition, 'type' | 'fieldType'>> = {
  text: { type: 'string', fieldType: 'text' },
  longText: { type: 'string', fieldType: 'textarea' },
  integer: { type: 'number', fieldType: 'number' },
  boolean: { type: 'bool', fieldType: 'booleancheckbox' },
  date: { type: 'date', fieldType: 'date' },
  dateTime: { type: 'datetime', fieldType: 'date' },
  select: { type: 'enumeration', fieldType: 'select' },
}

const YES_NO: Option[] = [
  { code: 'true', label: { en: 'Yes', zh: '是' } },
  { code: 'false', label: { en: 'No', zh: '否' } },
]

const typeOf = ({ name, type, options }: Pick<ActionInput, 'name' | 'type' | 'options'>): TypeDefinition => {
  const choices = type === 'boolean' ? YES_NO : options
  return {
    name,
    ...TYPES[type],
    ...(choices ? { options: choices.map(({ code, label }) => ({ value: code, label: both(label) })) } : {}),
  }
}

/** HubSpot's names of its own types in `objectTypes`. */
const OBJECT_TYPES: Partial<Record<string, string>> = {
  '0-1': 'CONTACT',
  '0-2': 'COMPANY',
  '0-3': 'DEAL',
  '0-27': 'TASK',
}

/**
 * The types that may use an action. A custom object's type id is known only in the bank's account, so an action for one is
 * offered for all: called for another, it says so. Undefined: for all.
 */
const objectTypesOf = ({ objects }: ActionDef, carrier: Carrier): string[] | undefined => {
  const names = objects.map((object) => OBJECT_TYPES[standardType(carrier, object) ?? ''])
  const known = names.filter((name) => name !== undefined)
  if (carrier === 'deal') return known
  return known.length === names.length ? known : undefined
}

const labelled = <T extends { name: string; label: Label }>(fields: readonly T[]): Record<string, string> =>
  Object.fromEntries(fields.map(({ name, label }) => [name, both(label)]))

/** The component of a workflow action, from its neutral definition. */
export const actionComponent = (def: ActionDef, wish: ProjectWish): ActionComponent => {
  const objectTypes = objectTypesOf(def, wish.carrier)
  const described = def.inputs.flatMap(({ name, description }) =>
    description ? [[name, bothSentences(description)]] : [],
  )
  return {
    uid: actionUid(def.name),
    type: 'workflow-action',
    config: {
      actionUrl: actionUrl(wish, def.name),
      isPublished: true,
      supportedClients: [{ client: 'WORKFLOWS' }],
      inputFields: def.inputs.map((input) => ({
        typeDefinition: typeOf(input),
        supportedValueTypes: input.type === 'select' ? ['STATIC_VALUE'] : ['STATIC_VALUE', 'OBJECT_PROPERTY'],
        isRequired: input.required,
      })),
      outputFields: def.outputs.map((output: ActionOutput) => ({ typeDefinition: typeOf(output) })),
      labels: {
        en: {
          actionName: both(def.label),
          actionDescription: bothSentences(descriptions[def.name]),
          actionCardContent: both(def.label),
          inputFieldLabels: labelled(def.inputs),
          inputFieldDescriptions: Object.fromEntries(described) as Record<string, string>,
          outputFieldLabels: labelled(def.outputs),
        },
      },
      ...(objectTypes ? { objectTypes } : {}),
    },
  }
}

/** Whether a carrier has what an action needs, and something that it may be used on. */
export const isOffered = ({ needs, objects }: ActionDef, carrier: Carrier): boolean => {
  const has = (object: string): boolean => carrier === 'custom' || standardType(carrier, object) !== undefined
  return needs.every(has) && objects.some(has)
}
