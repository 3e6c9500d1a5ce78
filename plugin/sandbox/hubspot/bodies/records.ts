import { z } from 'zod'
import { batchAnswer, batchOf, idText, nextPage, time } from './common.ts'

/** Values go in as strings; null isn't one, an empty string takes a value away. */
export const values = z.record(z.string(), z.string())
const trace = z.string().min(1).optional()

export const associationSpec = z.strictObject({
  associationCategory: z.enum(['HUBSPOT_DEFINED', 'USER_DEFINED', 'INTEGRATOR_DEFINED', 'WORK']),
  associationTypeId: z.number().int(),
})
const inline = z.array(z.strictObject({ to: z.strictObject({ id: idText }), types: z.array(associationSpec).min(1) }))
export type InlineAssociations = z.infer<typeof inline>

export const create = z.strictObject({ properties: values, associations: inline.optional() })
export const update = z.strictObject({ properties: values })
export const batchCreate = batchOf(
  z.strictObject({ properties: values, associations: inline.optional(), objectWriteTraceId: trace }),
)
const keyed = z.strictObject({
  id: z.string().min(1),
  idProperty: z.string().optional(),
  properties: values,
  objectWriteTraceId: trace,
})
export type KeyedInput = z.infer<typeof keyed>
export const batchWrite = batchOf(keyed)
export const batchIds = batchOf(z.strictObject({ id: idText }))
export const batchRead = batchOf(z.strictObject({ id: z.string().min(1) })).extend({
  idProperty: z.string().optional(),
  properties: z.array(z.string()).optional(),
  propertiesWithHistory: z.array(z.string()).optional(),
})
export const merge = z.strictObject({ primaryObjectId: idText, objectIdToMerge: idText })
export const gdprDelete = z.strictObject({ objectId: z.string().min(1), idProperty: z.string().optional() })

const filter = z.strictObject({
  propertyName: z.string(),
  operator: z.enum([
    'EQ',
    'NEQ',
    'LT',
    'LTE',
    'GT',
    'GTE',
    'BETWEEN',
    'IN',
    'NOT_IN',
    'HAS_PROPERTY',
    'NOT_HAS_PROPERTY',
    'CONTAINS_TOKEN',
    'NOT_CONTAINS_TOKEN',
  ]),
  value: z.string().optional(),
  highValue: z.string().optional(),
  values: z.array(z.string()).optional(),
})
export type Filter = z.infer<typeof filter>
const direction = z.enum(['ASCENDING', 'DESCENDING']).optional()
const sort = z.union([z.string(), z.strictObject({ propertyName: z.string(), direction })])
export type Sort = z.infer<typeof sort>

export const search = z.strictObject({
  filterGroups: z
    .array(z.strictObject({ filters: z.array(filter).max(6, 'more than 6 filters in a group') }))
    .max(5, 'more than 5 filter groups')
    .optional(),
  sorts: z.array(sort).max(1, 'more than one sort').optional(),
  query: z.string().max(3000).optional(),
  properties: z.array(z.string()).optional(),
  limit: z.number().int().min(0).max(200).optional(),
  after: z.string().regex(/^\d*$/).optional(),
})
export type SearchBody = z.infer<typeof search>

const shown = {
  id: idText,
  properties: z.record(z.string(), z.string().nullable()),
  createdAt: time,
  updatedAt: time,
  archived: z.boolean(),
  archivedAt: time.optional(),
  objectWriteTraceId: trace,
}
export const record = z.strictObject(shown)
const linked = z.strictObject({
  results: z.array(z.strictObject({ id: idText, type: z.string() })),
  paging: nextPage.optional(),
})
export const recordWithLinks = z.strictObject({ ...shown, associations: z.record(z.string(), linked).optional() })
export const upserted = z.strictObject({ ...shown, new: z.boolean() })
export const records = z.strictObject({ results: z.array(recordWithLinks), paging: nextPage.optional() })
export const found = z.strictObject({ total: z.number().int(), results: z.array(record), paging: nextPage.optional() })
export const batchRecords = batchAnswer(record)
export const batchUpserted = batchAnswer(upserted)
