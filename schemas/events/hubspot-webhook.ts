import * as z from '../z.ts'

/**
 * One event of a HubSpot webhook, whose body is an array of them. It names records and says little of them: what they hold
 * has to be read. Keys differ between the older subscriptions (`company.deletion`) and the generic ones (`object.deletion`
 * with `objectTypeId`), so nearly all are optional, and unknown ones are let through. A value that Ladder can't use
 * counts as left out, so that one odd key doesn't cost the event.
 */

/** A record's id: a number on the wire, text in Ladder. */
const recordId = z.catch(
  z.optional(
    z.pipe(z.union([z.int().check(z.nonnegative()), z.string().check(z.regex(/^\d{1,19}$/))]), z.transform(String)),
  ),
  undefined,
)
const typeId = z.catch(z.optional(z.string().check(z.regex(/^\d{1,9}-\d{1,12}$/))), undefined)
const name = z.catch(z.optional(z.string().check(z.maxLength(200))), undefined)

export const hubspotEventSchema = z.looseObject({
  subscriptionType: z.string().check(z.maxLength(100), z.regex(/^[A-Za-z_]+\.[A-Za-z]+$/)),
  portalId: z.int().check(z.nonnegative()),
  /** Not unique: it tells an event from others together with what it is about alone. */
  eventId: z.catch(z.optional(z.union([z.number(), z.string().check(z.maxLength(100))])), undefined),
  /** Epoch milliseconds. */
  occurredAt: z.catch(z.optional(z.int().check(z.gte(0), z.lte(8.64e15))), undefined),
  objectId: recordId,
  objectTypeId: typeId,
  propertyName: name,
  /** Of a merge. The record that is left may be a new one. */
  primaryObjectId: recordId,
  mergedObjectIds: z.catch(z.optional(z.array(recordId).check(z.maxLength(10_000))), undefined),
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
