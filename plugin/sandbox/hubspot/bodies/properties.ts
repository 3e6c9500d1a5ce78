import { z } from 'zod'
import { batchAnswer, batchOf, time } from './common.ts'

const type = z.enum(['bool', 'date', 'datetime', 'enumeration', 'number', 'phone_number', 'string'])
const fieldType = z.enum([
  'booleancheckbox',
  'calculation_equation',
  'checkbox',
  'date',
  'file',
  'html',
  'number',
  'phonenumber',
  'radio',
  'select',
  'text',
  'textarea',
])
export const option = z.strictObject({
  label: z.string(),
  value: z.string(),
  displayOrder: z.number().int(),
  hidden: z.boolean(),
  description: z.string().optional(),
})
const sensitivity = z.enum(['non_sensitive', 'sensitive', 'highly_sensitive'])

/** What may be said of a property when it is made and later. */
const about = {
  description: z.string().optional(),
  displayOrder: z.number().int().optional(),
  hidden: z.boolean().optional(),
  formField: z.boolean().optional(),
  options: z.array(option).optional(),
  calculationFormula: z.string().optional(),
}
export const create = z.strictObject({
  name: z.string(),
  label: z.string().min(1),
  type,
  fieldType,
  groupName: z.string(),
  hasUniqueValue: z.boolean().optional(),
  dataSensitivity: sensitivity.optional(),
  externalOptions: z.boolean().optional(),
  referencedObjectType: z.string().optional(),
  ...about,
})
export type PropertyCreate = z.infer<typeof create>

export const update = z.strictObject({
  label: z.string().min(1).optional(),
  type: type.optional(),
  fieldType: fieldType.optional(),
  groupName: z.string().optional(),
  ...about,
})
export type PropertyUpdate = z.infer<typeof update>

const names = z.strictObject({ name: z.string() })
export const batchCreate = batchOf(create)
export const batchNames = batchOf(names)
export const batchRead = batchNames.extend({
  archived: z.boolean().optional(),
  dataSensitivity: sensitivity.optional(),
})

export const property = z.strictObject({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  fieldType: z.string(),
  groupName: z.string(),
  description: z.string(),
  options: z.array(option),
  displayOrder: z.number().int(),
  calculated: z.boolean(),
  calculationFormula: z.string().optional(),
  externalOptions: z.boolean(),
  referencedObjectType: z.string().optional(),
  hasUniqueValue: z.boolean(),
  hidden: z.boolean(),
  hubspotDefined: z.boolean(),
  formField: z.boolean(),
  dataSensitivity: sensitivity,
  modificationMetadata: z.strictObject({
    archivable: z.boolean(),
    readOnlyDefinition: z.boolean(),
    readOnlyValue: z.boolean(),
  }),
  archived: z.boolean(),
  archivedAt: time.optional(),
  createdAt: time,
  updatedAt: time,
})
export const properties = z.strictObject({ results: z.array(property) })
export const batchProperties = batchAnswer(property)

export const groupCreate = z.strictObject({
  name: z.string(),
  label: z.string().min(1),
  displayOrder: z.number().int().optional(),
})
export const groupUpdate = z.strictObject({
  label: z.string().min(1).optional(),
  displayOrder: z.number().int().optional(),
})
export const group = z.strictObject({
  name: z.string(),
  label: z.string(),
  displayOrder: z.number().int(),
  archived: z.boolean(),
})
export const groups = z.strictObject({ results: z.array(group) })
