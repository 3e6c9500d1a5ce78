import { z } from 'zod'
import { time } from './common.ts'
import { create as property, property as shownProperty } from './properties.ts'

const labels = z.strictObject({ singular: z.string().optional(), plural: z.string().optional() })
const ownProperty = property.partial({ groupName: true }).extend({
  searchableInGlobalSearch: z.boolean().optional(),
  showCurrencySymbol: z.boolean().optional(),
  numberDisplayHint: z.string().optional(),
  textDisplayHint: z.string().optional(),
  optionSortStrategy: z.string().optional(),
  externalOptionsReferenceType: z.string().optional(),
})

/** A new custom object. HubSpot asks for the names of the required properties, and takes the other lists as empty. */
export const create = z.strictObject({
  name: z.string(),
  labels,
  description: z.string().optional(),
  primaryDisplayProperty: z.string().optional(),
  secondaryDisplayProperties: z.array(z.string()).optional(),
  requiredProperties: z.array(z.string()),
  searchableProperties: z.array(z.string()).optional(),
  properties: z.array(ownProperty).min(1),
  associatedObjects: z.array(z.string()).optional(),
  allowsSensitiveProperties: z.boolean().optional(),
  shouldCreateSameObjectAssociation: z.boolean().optional(),
})
export type SchemaCreate = z.infer<typeof create>

export const update = z.strictObject({
  labels: labels.optional(),
  description: z.string().optional(),
  clearDescription: z.boolean().optional(),
  primaryDisplayProperty: z.string().optional(),
  secondaryDisplayProperties: z.array(z.string()).optional(),
  requiredProperties: z.array(z.string()).optional(),
  searchableProperties: z.array(z.string()).optional(),
  allowsSensitiveProperties: z.boolean().optional(),
  restorable: z.boolean().optional(),
})

export const associationCreate = z.strictObject({
  fromObjectTypeId: z.string(),
  toObjectTypeId: z.string(),
  name: z.string().optional(),
})
export const association = z.strictObject({
  id: z.string(),
  fromObjectTypeId: z.string(),
  toObjectTypeId: z.string(),
  name: z.string(),
  createdAt: time,
  updatedAt: time,
})

const shown = {
  id: z.string(),
  objectTypeId: z.string(),
  fullyQualifiedName: z.string(),
  name: z.string(),
  labels,
  description: z.string().optional(),
  primaryDisplayProperty: z.string().optional(),
  secondaryDisplayProperties: z.array(z.string()),
  requiredProperties: z.array(z.string()),
  searchableProperties: z.array(z.string()),
  allowsSensitiveProperties: z.boolean(),
  archived: z.boolean(),
  createdAt: time,
  updatedAt: time,
}
export const definition = z.strictObject({ ...shown, portalId: z.number().int() })
export const schema = z.strictObject({
  ...shown,
  properties: z.array(shownProperty),
  associations: z.array(association),
})
export const schemas = z.strictObject({ results: z.array(schema) })
export const batchRead = z.strictObject({
  inputs: z.array(z.string()).min(1).max(100),
  includeAssociationDefinitions: z.boolean().optional(),
  includeAuditMetadata: z.boolean().optional(),
  includePropertyDefinitions: z.boolean().optional(),
})
