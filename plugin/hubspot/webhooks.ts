import { type Carrier, type Shape, standardType } from '../../worker/crm/hubspot/layout.ts'
import { objectsOf, schemaName } from '../../worker/crm/hubspot/names.ts'
import { toldProperties } from '../install/hubspot/told.ts'
import { WEBHOOKS_UID } from './names.ts'
import { type ProjectWish, webhookUrl } from './options.ts'
import type { Component } from './schema.ts'

type WebhooksComponent = Extract<Component, { type: 'webhooks' }>
type Subscription = WebhooksComponent['config']['subscriptions']['crmObjects'][number]

/** Objects that HubSpot names in a subscription, as a project's app may surely have them. */
const SURE: Partial<Record<string, string>> = { '0-1': 'contact', '0-2': 'company', '0-3': 'deal' }

/** What may happen to a record besides that a property changes. */
const HAPPENINGS = ['creation', 'deletion', 'merge', 'restore', 'associationChange'] as const

/** Deliveries at once: Ladder stores each as one row, and HubSpot's own default is as many. */
const AT_ONCE = 10

const shapeOf = (carrier: Carrier): Shape => ({
  carrier,
  types: Object.fromEntries(
    objectsOf(carrier).map((object) => [object, standardType(carrier, object) ?? schemaName(object)]),
  ),
})

const subscriptionsOf = (shape: Shape, object: string, objectType: string): Subscription[] => [
  ...HAPPENINGS.map((what) => ({ subscriptionType: `object.${what}` as const, objectType, active: true })),
  ...toldProperties(shape, object).map((propertyName) => ({
    subscriptionType: 'object.propertyChange' as const,
    objectType,
    propertyName,
    active: true,
  })),
]

/**
 * The app's webhooks: every property that Ladder reads, and what happens to records. Custom objects, tasks and meetings are
 * found by the sweep, unless they are asked for: whether a project's app may subscribe to them isn't established.
 */
export const webhooksComponent = (wish: ProjectWish): WebhooksComponent => {
  const shape = shapeOf(wish.carrier)
  const crmObjects = Object.entries(shape.types).flatMap(([object, type = '']) => {
    const sure = SURE[type]
    if (sure) return subscriptionsOf(shape, object, sure)
    return wish.genericWebhooks ? subscriptionsOf(shape, object, type) : []
  })
  return {
    uid: WEBHOOKS_UID,
    type: 'webhooks',
    config: {
      settings: { targetUrl: webhookUrl(wish), maxConcurrentRequests: AT_ONCE },
      subscriptions: {
        crmObjects,
        legacyCrmObjects: [],
        hubEvents: [{ subscriptionType: 'contact.privacyDeletion', active: true }],
      },
    },
  }
}
