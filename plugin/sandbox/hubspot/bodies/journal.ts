import { z } from 'zod'
import { time } from './common.ts'

/** Bodies of the webhooks journal, in our own words: what an app subscribes to, and where a file of events is. */

const action = z.enum([
  'CREATE',
  'UPDATE',
  'DELETE',
  'MERGE',
  'RESTORE',
  'ASSOCIATION_ADDED',
  'ASSOCIATION_REMOVED',
  'SNAPSHOT',
  'APP_INSTALL',
  'APP_UNINSTALL',
  'ADDED_TO_LIST',
  'REMOVED_FROM_LIST',
  'GDPR_DELETE',
])
export type JournalAction = z.infer<typeof action>

const typeId = z.string().regex(/^\d+-\d+$/, 'an object type id, such as 0-2')
const shared = { portalId: z.int().positive(), objectTypeId: typeId, actions: z.array(action).min(1) }

export const subscribe = z.discriminatedUnion('subscriptionType', [
  z.strictObject({
    ...shared,
    subscriptionType: z.literal('OBJECT'),
    properties: z.array(z.string()).optional(),
    objectIds: z.array(z.int()).optional(),
  }),
  z.strictObject({
    ...shared,
    subscriptionType: z.literal('ASSOCIATION'),
    associatedObjectTypeIds: z.array(typeId).optional(),
    objectIds: z.array(z.int()).optional(),
  }),
  z.strictObject({ ...shared, subscriptionType: z.literal('GDPR_PRIVACY_DELETION') }),
])
export type Subscribe = z.infer<typeof subscribe>

export const subscription = z.strictObject({
  id: z.int(),
  appId: z.int(),
  portalId: z.int(),
  subscriptionType: z.string(),
  objectTypeId: typeId,
  actions: z.array(action),
  properties: z.array(z.string()).optional(),
  objectIds: z.array(z.int()).optional(),
  associatedObjectTypeIds: z.array(typeId).optional(),
  createdAt: time,
  updatedAt: time,
})
export type JournalSubscription = z.infer<typeof subscription>
export const subscriptions = z.strictObject({ results: z.array(subscription) })

/** Where a file of events lies, for a while; `currentOffset` is what to go on from. */
export const pointer = z.strictObject({ url: z.url(), expiresAt: time, currentOffset: z.uuid() })

/** One event of a file, as documents and users of it tell. The other end's keys of an association aren't established. */
export const journalEvent = z.strictObject({
  type: z.enum(['crmObject', 'association', 'gdpr_privacy_deletion']),
  portalId: z.int(),
  objectTypeId: typeId,
  objectId: z.int(),
  action,
  occurredAt: z.iso.datetime(),
  propertyChanges: z.record(z.string(), z.string()).optional(),
  mergedObjectIds: z.array(z.int()).optional(),
  primaryObjectId: z.int().optional(),
  associatedObjectTypeId: typeId.optional(),
  associatedObjectId: z.int().optional(),
})
export type JournalEvent = z.infer<typeof journalEvent>

export const file = z.strictObject({ offset: z.uuid(), journalEvents: z.array(journalEvent), publishedAt: time })
