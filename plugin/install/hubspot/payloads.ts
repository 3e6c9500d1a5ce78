import type { Label } from '../../../schemas/model/define.ts'
import { objectDef } from '../../../schemas/model/index.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import type { Pipeline as Plan } from '../../../schemas/playbook/index.ts'
import { type Carrier, type Shape, standardType } from '../../../worker/crm/hubspot/layout.ts'
import {
  GROUP,
  labelKey,
  labelName,
  ladderProperties,
  pipelineIdOf,
  relationsOf,
  schemaName,
  type LadderProperty,
} from '../../../worker/crm/hubspot/names.ts'
import type { Option } from './metadata.ts'

/** Language of what HubSpot shows: it keeps one label of each thing. */
export type Language = 'zh-CN' | 'en'

export const inWords = (label: Label, language: Language): string => (language === 'en' ? label.en : label.zh)

/** Both texts of a label: one of these is Ladder's own wording, any other the owner's. */
export const bothWords = (label: Label): string[] => [label.zh, label.en]

export interface PropertyPayload {
  name: string
  label: string
  description: string
  groupName: string
  type: LadderProperty['type']
  fieldType: LadderProperty['fieldType']
  hasUniqueValue: boolean
  formField: boolean
  options: Option[]
}

export interface SchemaPayload {
  name: string
  labels: { singular: string; plural: string }
  description: string
  primaryDisplayProperty: string
  secondaryDisplayProperties: string[]
  requiredProperties: string[]
  searchableProperties: string[]
  allowsSensitiveProperties: boolean
  shouldCreateSameObjectAssociation: boolean
  associatedObjects: string[]
  properties: Omit<PropertyPayload, 'groupName'>[]
}

export interface PipelinePayload {
  pipelineId: string
  label: string
  displayOrder: number
  stages: { stageId: string; label: string; displayOrder: number; metadata: Record<string, string> }[]
}

/** The key and the title of an object of Ladder's own: made with it, the others after it. */
const AT_BIRTH = new Set(['ladder_name', 'ladder_key'])

const WRITTEN: Label = { en: 'Ladder writes this.', zh: '由 Ladder 填写。' }

const optionsOf = ({ options = [] }: LadderProperty, language: Language): Option[] =>
  options.map(({ code, label }, displayOrder) => ({
    label: inWords(label, language),
    value: code,
    displayOrder,
    hidden: false,
  }))

/** A property without its group: an object being made has none yet. */
const aboutOf = (property: LadderProperty, language: Language): Omit<PropertyPayload, 'groupName'> => {
  const { name, label, description, type, fieldType, unique, writer } = property
  const texts = [description, writer === 'ladder' ? WRITTEN : undefined]
  return {
    name,
    label: inWords(label, language),
    description: texts.flatMap((text) => (text ? [inWords(text, language)] : [])).join(' '),
    type,
    fieldType,
    hasUniqueValue: unique,
    formField: false,
    options: optionsOf(property, language),
  }
}

/** A property as HubSpot takes it. */
export const propertyPayload = (property: LadderProperty, language: Language): PropertyPayload => ({
  ...aboutOf(property, language),
  groupName: GROUP,
})

/** HubSpot's own customers that an object of Ladder's leads to, as a schema names them. */
const CUSTOMERS: Partial<Record<string, string>> = { company: 'COMPANY', person: 'CONTACT' }

/** An object of Ladder's own as HubSpot takes it, with its title and its key; undefined for one that HubSpot has itself. */
export const schemaPayload = (shape: Shape, object: string, language: Language): SchemaPayload | undefined => {
  const def = objectDef(object)
  if (!def || standardType(shape.carrier, object) !== undefined) return undefined
  const customers = relationsOf(shape, object).flatMap(({ relation }) => CUSTOMERS[relation.to] ?? [])
  return {
    name: schemaName(object),
    labels: { singular: inWords(def.label, language), plural: inWords(def.labelPlural, language) },
    description: inWords(def.description, language),
    primaryDisplayProperty: 'ladder_name',
    secondaryDisplayProperties: [],
    // people make records by hand and Ladder by key: what must be filled in is the method's business
    requiredProperties: [],
    searchableProperties: ['ladder_name'],
    allowsSensitiveProperties: false,
    shouldCreateSameObjectAssociation: false,
    associatedObjects: [...new Set(customers)],
    properties: ladderProperties(shape, object)
      .filter(({ name }) => AT_BIRTH.has(name))
      .map((property) => aboutOf(property, language)),
  }
}

/** Whether a property comes with its object, outside of Ladder's group. */
export const isAtBirth = (carrier: Carrier, object: string, name: string): boolean =>
  standardType(carrier, object) === undefined && AT_BIRTH.has(name)

/** A deal needs a probability: it grows with the stages, and the last one is won. */
const metadataOf = (carrier: Carrier, at: number, count: number): Record<string, string> => {
  if (carrier === 'custom') return {}
  if (at === count - 1) return { probability: '1.0' }
  return { probability: Math.min(0.9, Math.max(0.1, (at + 1) / count)).toFixed(1) }
}

/** A pipeline of the playbook as HubSpot takes it, with Ladder's own ids, so that it is found again. */
export const pipelinePayload = (
  plan: Plan,
  carrier: Carrier,
  displayOrder: number,
  language: Language,
): PipelinePayload => ({
  pipelineId: pipelineIdOf(plan.code),
  label: inWords(plan.name, language),
  displayOrder,
  stages: plan.stages.map(({ code, name }, at) => ({
    stageId: pipelineIdOf(code),
    label: inWords(name, language),
    displayOrder: at,
    metadata: metadataOf(carrier, at, plan.stages.length),
  })),
})

/** The pipelines of the default playbook, behind those that the account may have. */
export const pipelinePayloads = (carrier: Carrier, language: Language): PipelinePayload[] =>
  defaultPlaybook.pipelines.map((plan, at) => pipelinePayload(plan, carrier, at + 1, language))

/** HubSpot tells a label by its text alone, so the text says whose it is. */
const marked = (text: string): string => `${text} (Ladder)`

export interface LabelPayload {
  /** `visit.company` */
  key: string
  from: string
  to: string
  name: string
  label: string
  inverseLabel: string
  /** The texts by which it is found again, in either language. */
  texts: string[]
}

/** The association labels of an object's relations to others that the account carries. */
export const labelPayloads = (shape: Shape, object: string, language: Language): LabelPayload[] =>
  relationsOf(shape, object).flatMap(({ name, label, relation }) => {
    const inverse = objectDef(object)?.fields.find((field) => field.name === name)?.relation?.inverse.label
    if (!inverse) return []
    return [
      {
        key: labelKey(object, name),
        from: object,
        to: relation.to,
        name: labelName(object, name),
        label: marked(inWords(label, language)),
        inverseLabel: marked(inWords(inverse, language)),
        texts: bothWords(label).map(marked),
      },
    ]
  })

/** Ladder's group of properties on each object. */
export const groupPayload = { name: GROUP, label: 'Ladder', displayOrder: -1 }
