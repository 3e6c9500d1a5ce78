import { z } from 'zod'
import { idText, nextPage, time } from './common.ts'

export const details = z.strictObject({
  portalId: z.number().int(),
  accountType: z.enum(['APP_DEVELOPER', 'DEVELOPER_TEST', 'SANDBOX', 'STANDARD']),
  timeZone: z.string(),
  companyCurrency: z.string(),
  additionalCurrencies: z.array(z.string()),
  utcOffset: z.string(),
  utcOffsetMilliseconds: z.number().int(),
  uiDomain: z.string(),
  dataHostingLocation: z.string(),
})
export const usage = z.strictObject({
  results: z.array(
    z.strictObject({
      name: z.string(),
      usageLimit: z.number().int(),
      currentUsage: z.number().int(),
      collectedAt: time,
      fetchStatus: z.literal('SUCCESS'),
      resetsAt: time,
    }),
  ),
})
export const owner = z.strictObject({
  id: idText,
  email: z.string(),
  type: z.enum(['PERSON', 'QUEUE']),
  firstName: z.string(),
  lastName: z.string(),
  userId: z.number().int().optional(),
  userIdIncludingInactive: z.number().int().optional(),
  createdAt: time,
  updatedAt: time,
  archived: z.boolean(),
  teams: z.array(z.strictObject({ id: z.string(), name: z.string(), primary: z.boolean() })).optional(),
})
export const owners = z.strictObject({ results: z.array(owner), paging: nextPage.optional() })

const counted = { limit: z.number().int(), usage: z.number().int(), percentage: z.number() }
const overall = {
  overallLimit: z.number().int(),
  overallUsage: z.number().int(),
  overallPercentage: z.number(),
}
const naming = { objectTypeId: z.string(), singularLabel: z.string(), pluralLabel: z.string() }
const limited = z.strictObject({ ...naming, ...counted })
const custom = z.strictObject({
  ...overall,
  byObjectType: z.array(z.strictObject({ ...naming, usage: z.number().int() })),
})

export const customObjectTypes = z.strictObject(counted)
export const customProperties = z.strictObject({ ...overall, byObjectType: z.array(limited) })
export const calculatedProperties = custom
/** Of records and of pipelines. */
export const byKind = z.strictObject({ customObjectTypes: custom, hubspotDefinedObjectTypes: z.array(limited) })
export const labels = z.strictObject({
  results: z.array(
    z.strictObject({
      ...counted,
      allLabels: z.array(z.string()),
      fromObjectType: z.strictObject(naming),
      toObjectType: z.strictObject(naming),
    }),
  ),
})
