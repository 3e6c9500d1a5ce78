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

/** A subscription with its place, and the object that it is about: by HubSpot's word in the generic form, else by the older one. */
interface Wanted {
  subscription: Subscription
  place: number
  object: string
}

/** Subscriptions by what they want to hear: an account has hundreds, and of one change a few are asked. */
export type Audience = ReadonlyMap<string, readonly Wanted[]>

const whatOf = (event: string, property: unknown): string =>
  event === 'propertyChange' ? `${event} ${String(property)}` : event

/** Those that are active, by what they want to hear. */
export const audienceOf = (subscriptions: readonly Subscription[]): Audience => {
  const audience = new Map<string, Wanted[]>()
  for (const [place, subscription] of subscriptions.entries()) {
    if (subscription.active === false) continue
    const [object = '', event = ''] = subscription.subscriptionType.split('.')
    const what = whatOf(event, subscription.propertyName)
    const wanted = { subscription, place, object }
    const there = audience.get(what)
    if (there) there.push(wanted)
    else audience.set(what, [wanted])
  }
  return audience
}

const isAbout = (portal: Portal, { object, subscription }: Wanted, { type }: Change): boolean =>
  object === 'object' ? findType(portal, subscription.objectType ?? '')?.id === type.id : object === type.singular

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
export function eventsOf(audience: Audience, change: Change, site: EventSite): WebhookEvent[] {
  const wanted = audience.get(whatOf(change.kind, change.more['propertyName'])) ?? []
  return wanted.flatMap((one): WebhookEvent[] => {
    if (!isAbout(site.portal, one, change)) return []
    const { subscriptionType } = one.subscription
    const event: WebhookEvent = {
      eventId: site.nextEventId(),
      subscriptionId: 3_000_001 + one.place,
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
