import { appGrant } from '../../../worker/crm/hubspot/oauth.ts'
import type { Shape } from '../../../worker/crm/hubspot/layout.ts'
import { relationsOf } from '../../../worker/crm/hubspot/names.ts'
import { fail, ok, type Problem, type Result } from '../problem.ts'
import { changed, type Step } from '../step.ts'
import { CALLS, pathFor } from './calls.ts'
import { hubspotClient, type HubspotClient } from './client.ts'
import type { Context } from './context.ts'
import type { Results } from './metadata.ts'
import { toldProperties } from './told.ts'
import { t } from '../said/index.ts'

/** The app as its developer's page shows it. `clientSecret` is a secret. */
export interface JournalApp {
  url: string
  clientId: string
  clientSecret: string
}

/** What of an account the journal shall hold. */
export interface Subscription {
  subscriptionType: 'OBJECT' | 'ASSOCIATION' | 'GDPR_PRIVACY_DELETION'
  portalId: number
  objectTypeId: string
  actions: string[]
  properties?: string[]
  associatedObjectTypeIds?: string[]
  /** Of all records: an empty list is what HubSpot's specification calls for where none is meant in particular. */
  objectIds?: number[]
}
type Kept = Subscription & { id: number; deletedAt?: string | null }

const TODO = 'Nothing is lost without it: webhooks and sweeps go on. docs/hubspot.md says what the journal needs.'

/** A client that calls with a token of the app itself. `more`: further scopes that HubSpot asked for. */
export const journalClient = async (
  { url, clientId, clientSecret }: JournalApp,
  scopes: readonly string[],
  options: { onWait?: (message: string) => void; tries?: number } = {},
): Promise<Result<HubspotClient>> => {
  const app = { clientId, clientSecrets: [clientSecret], apiUrl: url }
  const granted = await appGrant(app, scopes.join(' '))
  if (!granted.ok) return fail(t`HubSpot gives the app no token: ${granted.message}`, 'client credentials', TODO)
  return ok(hubspotClient({ url, token: granted.value.accessToken, ...options }))
}

const SCOPES = [CALLS.subscriptions.scope, CALLS.subscribe.scope]

/** What Ladder subscribes to: records that it follows, their associations from both ends, and privacy deletions. */
export const wantedSubscriptions = (shape: Shape, portalId: number): Subscription[] => {
  const objects = Object.entries(shape.types)
  const pairs = objects.flatMap(([object, type = '']) =>
    relationsOf(shape, object).flatMap(({ relation }) => {
      const to = shape.types[relation.to] ?? ''
      return [
        [type, to],
        [to, type],
      ]
    }),
  )
  return objects.flatMap(([object, objectTypeId = '']): Subscription[] => {
    const shared = { portalId, objectTypeId }
    const others = pairs.flatMap(([from, to = '']) => (from === objectTypeId ? [to] : []))
    return [
      {
        ...shared,
        subscriptionType: 'OBJECT',
        actions: ['CREATE', 'UPDATE', 'DELETE', 'MERGE', 'RESTORE'],
        properties: toldProperties(shape, object),
        objectIds: [],
      },
      ...(others.length === 0
        ? []
        : [
            {
              ...shared,
              subscriptionType: 'ASSOCIATION' as const,
              actions: ['ASSOCIATION_ADDED', 'ASSOCIATION_REMOVED'],
              associatedObjectTypeIds: [...new Set(others)].sort(),
              objectIds: [],
            },
          ]),
      ...(object === 'person'
        ? [{ ...shared, subscriptionType: 'GDPR_PRIVACY_DELETION' as const, actions: ['GDPR_DELETE'] }]
        : []),
    ]
  })
}

const nameOf = ({ subscriptionType, objectTypeId }: Subscription): string => `${subscriptionType} ${objectTypeId}`

const isSame = (one: Subscription, other: Subscription): boolean => {
  const same = (a: readonly string[] | null | undefined, b: readonly string[] | null | undefined): boolean =>
    [...(a ?? [])].sort().join() === [...(b ?? [])].sort().join()
  return (
    same(one.actions, other.actions) &&
    same(one.properties, other.properties) &&
    same(one.associatedObjectTypeIds, other.associatedObjectTypeIds)
  )
}

export interface JournalState {
  client: HubspotClient
  /** The app's subscriptions of this account. */
  there: Kept[]
  missing: Subscription[]
}

/** What of the journal's subscriptions is there and what is missing. A problem: the app has no journal. */
export const journalState = async (
  app: JournalApp,
  shape: Shape,
  portalId: number,
  extra: string[] = [],
): Promise<Result<JournalState>> => {
  const client = await journalClient(app, [...SCOPES, ...extra])
  if (!client.ok) return client
  const listed = await client.value.call<Results<Kept>>('subscriptions')
  if (!listed.ok) return { ok: false, problem: { ...listed.problem, todo: TODO } }
  const there = listed.value.results.filter((one) => one.portalId === portalId && (one.deletedAt ?? null) === null)
  const missing = wantedSubscriptions(shape, portalId).filter(
    (wish) => !there.some((one) => nameOf(one) === nameOf(wish) && isSame(one, wish)),
  )
  return ok({ client: client.value, there, missing })
}

/** Makes what is missing; the scopes that HubSpot asks for, if it asks for more; or a problem. */
const subscribeAll = async ({ client, there, missing }: JournalState): Promise<Problem | string[] | null> => {
  for (const wish of missing) {
    const old = there.find((one) => nameOf(one) === nameOf(wish))
    const made = await client.call('subscribe', { body: wish })
    if (!made.ok) return made.refused.scopes.length > 0 ? made.refused.scopes : made.problem
    const isOther = old !== undefined && (made.value as { id?: number }).id !== old.id
    // where HubSpot keeps both, the older one would tell all twice
    if (isOther) await client.call('unsubscribe', { params: { subscriptionId: String(old.id) } })
  }
  return null
}

/** The app of the options; undefined where it isn't known. */
export const appOf = ({ client: { url }, options: { clientId, clientSecret } }: Context): JournalApp | undefined =>
  clientId === undefined || clientSecret === undefined ? undefined : { url, clientId, clientSecret }

/** Has the app's journal hold what Ladder follows. Where the app has none, that is told, and nothing fails. */
export const journalStep = async (
  context: Context,
  app: JournalApp,
  shape: Shape,
  portalId: number,
  write: boolean,
): Promise<Step> => {
  const name = 'The journal of changes'
  const open = ({ what, todo }: Problem): Step => ({ name, state: 'open', lines: [what, todo] })
  context.progress('Asking for the journal of the app')
  let state = await journalState(app, shape, portalId)
  if (!state.ok) return open(state.problem)
  const { missing, there } = state.value
  if (missing.length === 0) return { name, state: 'unchanged', lines: [t`${there.length} subscriptions are there`] }
  const calls = missing.map((wish) => `POST ${pathFor('subscribe')} ${nameOf(wish)}`)
  if (write) {
    let problem = await subscribeAll(state.value)
    if (Array.isArray(problem)) {
      state = await journalState(app, shape, portalId, problem)
      if (!state.ok) return open(state.problem)
      problem = await subscribeAll(state.value)
    }
    if (Array.isArray(problem)) return open({ what: t`the app lacks ${problem.join(', ')}`, where: name, todo: TODO })
    if (problem) return open({ ...problem, todo: TODO })
  }
  return { name, state: changed(write), lines: missing.map((wish) => t`subscribe to ${nameOf(wish)}`), calls }
}

/** Ends the app's subscriptions of an account. */
export const unsubscribeStep = async (app: JournalApp, portalId: number): Promise<Step> => {
  const name = 'End the journal'
  const client = await journalClient(app, [CALLS.unsubscribeAll.scope])
  if (!client.ok) return { name, state: 'open', lines: [client.problem.what] }
  const ended = await client.value.call('unsubscribeAll', { params: { portalId: String(portalId) } })
  return ended.ok
    ? { name, state: 'done', lines: ['the app subscribes to nothing in this account any more'] }
    : { name, state: 'open', lines: [ended.problem.what] }
}
