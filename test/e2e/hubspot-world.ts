import { hubspotClient } from '../../plugin/install/hubspot/client.ts'
import { install } from '../../plugin/install/hubspot/apply.ts'
import type { Connection } from '../../plugin/install/worker.ts'
import { webhooksComponent } from '../../plugin/hubspot/webhooks.ts'
import type { RuntimeWish } from '../../plugin/runtime/index.ts'
import {
  type HubspotSandbox,
  type HubspotSandboxOptions,
  startHubspotSandbox,
  type WebhookPlan,
} from '../../plugin/sandbox/hubspot/index.ts'
import { type Carrier, type HubspotConnection, type HubspotLayout, pathOf } from '../../worker/crm/hubspot/layout.ts'
import { hubspotDriver } from './hubspot-driver.ts'
import { ACCOUNT, type Clock, startLadder, type World, worldOf } from './ladder.ts'

type Shown = ReturnType<HubspotSandbox['store']['list']>[number]

/**
 * A world whose CRM is HubSpot, with what tests of HubSpot alone need. Changes are swept; where the stand-in's webhooks are
 * set, they are told of.
 */
export interface HubspotWorld extends World {
  hubspot: HubspotSandbox
  layout: HubspotLayout
  /** Where this account's webhooks go. */
  hook: string
  /** Sends core banking's facts; one that isn't taken is a mistake of the test. */
  facts: World['facts']
  /** Records of a neutral object that aren't in the bin, as HubSpot shows them. */
  list(object: string): Shown[]
}

export interface HubspotWish {
  start: string
  carrier: Carrier
  shards?: number
  runtime?: Partial<RuntimeWish>
  hubspot?: Partial<HubspotSandboxOptions>
  /** Limits that the admin sets; generous when not said, HubSpot's own with null. */
  callsPerMinute?: number | null
  dailyLimit?: number
  marketingEvents?: boolean
  /** The installer knows the app itself, and sets up its journal. */
  journal?: boolean
}

/** Runs Ladder's installer against a stand-in, and gives the connection that it would tell the Worker. */
const installed = async (hubspot: HubspotSandbox, wish: HubspotWish, ladderUrl: string): Promise<HubspotConnection> => {
  const told: Connection[] = []
  const report = await install(
    {
      client: hubspotClient({ url: hubspot.url, token: hubspot.token, pace: 0.001 }),
      worker: {
        url: ladderUrl,
        state: () => Promise.resolve({ kind: 'absent' }),
        connect: (_account, connection) => Promise.resolve(void told.push(connection)),
        disconnect: () => Promise.resolve(undefined),
      },
      token: hubspot.token,
      options: {
        ladderUrl,
        isLadderUrlGiven: true,
        shards: 1,
        carrier: wish.carrier,
        language: 'en',
        clientSecret: hubspot.clientSecret,
        ...(wish.journal ? { clientId: hubspot.clientId } : {}),
        marketingEvents: wish.marketingEvents ?? false,
      },
      progress: () => undefined,
    },
    true,
  )
  const crm = told[0]?.crm
  if (!report.ok || crm?.kind !== 'hubspot') throw new Error(`not installed: ${JSON.stringify(report)}`)
  return { ...crm, token: crm.token ?? hubspot.token }
}

/** Builds the whole world at an instant. */
export const hubspotWorld = async (wish: HubspotWish): Promise<HubspotWorld> => {
  const { carrier, shards = 1, callsPerMinute = 100_000, dailyLimit } = wish
  const clock: Clock = { now: Date.parse(wish.start) }
  const edition = carrier === 'custom' ? 'enterprise' : 'professional'
  const hubspot = await startHubspotSandbox({
    // a look at the clock doesn't move it here: limits are counted in instants of the test
    now: () => clock.now,
    edition,
    rateLimit: null,
    ...wish.hubspot,
  })
  const ladder = await startLadder(clock, wish.runtime)
  const connection = await installed(hubspot, wish, ladder.runtime.url)
  const { layout } = connection
  await ladder.connect(connection, hubspot.clientSecret, {
    shards,
    ...(callsPerMinute === null ? {} : { callsPerMinute }),
    ...(dailyLimit === undefined ? {} : { dailyLimit }),
  })
  const driver = hubspotDriver(hubspot, layout, clock)
  return {
    ...worldOf(ladder, { driver, flush: () => hubspot.flushWebhooks(), close: () => hubspot.close() }),
    facts: async (events) => {
      const response = await ladder.facts(events)
      if (response.status !== 202) throw new Error(`facts: ${response.status} ${await response.text()}`)
      return response
    },
    hubspot,
    layout,
    hook: `${ladder.runtime.url}/hooks/hubspot/${ACCOUNT}`,
    list: (object) => hubspot.store.list(pathOf(layout, object) ?? object),
  }
}

/** All that the project which Ladder makes for an admin subscribes to, where HubSpot lets it. */
export const projectWebhooks = ({ hook, layout }: HubspotWorld): WebhookPlan => {
  const { crmObjects, hubEvents } = webhooksComponent({
    publicUrl: '',
    account: ACCOUNT,
    carrier: layout.carrier,
    oauth: false,
    genericWebhooks: true,
    objectCards: false,
    marketingEvents: false,
  }).config.subscriptions
  return { targetUrl: hook, subscriptions: [...crmObjects, ...hubEvents], customObjects: true, activities: true }
}
