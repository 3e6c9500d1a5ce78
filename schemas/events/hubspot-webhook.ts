import * as z from 'zod'

/**
 * One event of a HubSpot webhook, whose body is an array of them. It names records and says little of them: what they hold
 * has to be read. Keys differ between the older subscriptions (`company.deletion`) and the generic ones (`object.deletion`
 * with `objectTypeId`), so nearly all are optional, and unknown ones are let through. A value that Ladder can't use
 * counts as left out, so that one odd key doesn't cost the event.
 */

/** A record's id: a number on the wire, text in Ladder. */
const recordId = z
  .union([z.int().nonnegative(), z.string().regex(/^\d{1,19}$/)])
  .transform(String)
  .optional()
  .catch(undefined)
const typeId = z
  .string()
  .regex(/^\d{1,9}-\d{1,12}$/)
  .optional()
  .catch(undefined)
const name = z.string().max(200).optional().catch(undefined)

export const hubspotEventSchema = z.looseObject({
  subscriptionType: z
    .string()
    .max(100)
    .regex(/^[A-Za-z_]+\.[A-Za-z]+$/),
  portalId: z.int().nonnegative(),
  /** Not unique: it tells an event from others together with what it is about alone. */
  eventId: z
    .union([z.number(), z.string().max(100)])
    .optional()
    .catch(undefined),
  /** Epoch milliseconds. */
  occurredAt: z.int().min(0).max(8.64e15).optional().catch(undefined),
  objectId: recordId,
  objectTypeId: typeId,
  propertyName: name,
  /** Of a merge. The record that is left may be a new one. */
  primaryObjectId: recordId,
  mergedObjectIds: z.array(recordId).max(10_000).optional().catch(undefined),
  newObjectId: recordId,
  /** Of an association. `associationType` (`CONTACT_TO_COMPANY`) is the older name for both types. */
  fromObjectId: recordId,
  toObjectId: recordId,
  fromObjectTypeId: typeId,
  toObjectTypeId: typeId,
  associationType: name,
})
export type HubspotEvent = z.infer<typeof hubspotEventSchema>

/** Tells an event from others: `eventId` alone isn't unique, and a retry differs in its number only. */
export const hubspotEventKey = (event: HubspotEvent): string =>
  [
    event.portalId,
    event.subscriptionType,
    event.objectTypeId ?? '',
    event.objectId ?? '',
    event.eventId ?? '',
    event.occurredAt ?? '',
    // an event of an association or a merge need not have an id of its own
    event.fromObjectId ?? event.primaryObjectId ?? '',
    event.toObjectId ?? event.newObjectId ?? event.mergedObjectIds?.join(',') ?? '',
  ].join('/')
