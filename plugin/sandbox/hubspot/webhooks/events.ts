import type { Portal } from '../portal.ts'
import { findType } from '../portal.ts'
import type { Change } from '../state.ts'
import type { ObjectType } from '../types.ts'

/** What an app wants to hear of, as its project says it. */
export interface Subscription {
  /** `object.creation` (generic, with `objectType`), `contact.creation` (older), `contact.privacyDeletion`. */
  subscriptionType: string
  /** Of generic ones: a name or an id of an object. */
  objectType?: string
  /** Of changes of properties: the one that is meant. */
  propertyName?: string
  active?: boolean
}

/** One event as it stands in a delivery. */
export interface WebhookEvent {
  eventId: number
  subscriptionId: number
  portalId: number
  appId: number
  occurredAt: number
  subscriptionType: string
  attemptNumber: number
  /** Not of associations: these have two ends. */
  objectId?: number
  changeSource: string
  sourceId: string
  objectTypeId?: string
  propertyName?: string
  propertyValue?: string
  changeFlag?: string
  isSensitive?: boolean
  [key: string]: string | number | boolean | number[] | undefined
}

/** Which objects tell of their changes. HubSpot's own words on custom objects and activities are not to be had. */
export interface Audible {
  customObjects: boolean
  activities: boolean
}

const OLDER = ['contact', 'company', 'deal']

export function audible(type: ObjectType, { customObjects, activities }: Audible): boolean {
  if (type.custom) return customObjects
  return activities || OLDER.includes(type.singular)
}

/** A test's subscriptions that HubSpot would not take are a mistake of the test. */
export function checkSubscriptions(subscriptions: Subscription[]): void {
  for (const { subscriptionType, objectType, propertyName } of subscriptions) {
    const [object, event] = subscriptionType.split('.')
    if (event === 'propertyChange' && propertyName === undefined) {
      throw new Error(`${subscriptionType} needs a propertyName`)
    }
    if (object === 'object' && objectType === undefined) throw new Error(`${subscriptionType} needs an objectType`)
    if (object !== 'object' && !OLDER.includes(object ?? '')) throw new Error(`No subscription ${subscriptionType}`)
  }
}

function wants(portal: Portal, subscription: Subscription, change: Change): boolean {
  if (subscription.active === false) return false
  const [object = '', event] = subscription.subscriptionType.split('.')
  if (event !== change.kind) return false
  if (object === 'object') {
    if (findType(portal, subscription.objectType ?? '')?.id !== change.type.id) return false
  } else if (object !== change.type.singular) return false
  return event !== 'propertyChange' || subscription.propertyName === change.more['propertyName']
}

/** Keys of an association's event that only the generic form has, and only the older one. */
const GENERIC_ONLY = ['fromObjectTypeId', 'toObjectTypeId', 'associationTypeId', 'associationCategory']

function payload(change: Change, generic: boolean): Record<string, string | number | boolean | number[]> {
  const dropped = generic ? ['associationType'] : GENERIC_ONLY
  const kept = Object.entries(change.more).filter(([key]) => !dropped.includes(key))
  return {
    ...(change.kind === 'associationChange' ? {} : { objectId: Number(change.objectId) }),
    ...Object.fromEntries(kept),
    ...(generic && change.kind !== 'associationChange' ? { objectTypeId: change.type.id } : {}),
    ...(change.kind === 'propertyChange' ? { isSensitive: false } : {}),
  }
}

export interface EventSite {
  portal: Portal
  appId: number
  at: number
  nextEventId: () => number
}

/** The events of one change: one for each subscription that wants it. */
export function eventsOf(subscriptions: Subscription[], change: Change, site: EventSite): WebhookEvent[] {
  return subscriptions.flatMap((subscription, index): WebhookEvent[] => {
    if (!wants(site.portal, subscription, change)) return []
    const { subscriptionType } = subscription
    const event: WebhookEvent = {
      eventId: site.nextEventId(),
      subscriptionId: 3_000_001 + index,
      portalId: site.portal.id,
      appId: site.appId,
      occurredAt: site.at,
      subscriptionType,
      attemptNumber: 0,
      changeSource: change.source.changeSource,
      sourceId: change.source.sourceId,
      ...payload(change, subscriptionType.startsWith('object.')),
    }
    return [event]
  })
}
