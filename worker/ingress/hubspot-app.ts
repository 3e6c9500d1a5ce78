import { hubspotEventSchema } from '../../schemas/events/hubspot-webhook.ts'
import { readBody } from './body.ts'
import { countRefused } from './counters.ts'
import { hubspotEvents } from './hubspot.ts'
import { hubspotScheme, publicUrl, refuseHubspot } from './hubspot-signed.ts'
import { readJson } from './json.ts'
import { utf8 } from './signatures/crypto.ts'
import {
  hubspotDedupe,
  MESSAGES,
  MOST_BYTES,
  refusal,
  takesType,
  unknownAccount,
  type Answer,
  type InboxRow,
} from './receive.ts'

/** Where an app delivers that several accounts use. */
export const HUBSPOT_APP = '/hooks/hubspot/app'

/** What this route needs of the environment. */
export interface HubspotAppEnv {
  ACCOUNT: { getByName(name: string): { take(row: InboxRow): Promise<boolean> } }
  /** The address under which HubSpot reaches Ladder: `https://ladder.example.com`. */
  LADDER_PUBLIC_URL?: string
  /** The client secret of an app that several accounts use; during a change two, separated by a space, the new one first. */
  LADDER_HUBSPOT_CLIENT_SECRET?: string
}

/** The account of a portal that uses the shared app. */
export const accountOfPortal = (portalId: number): string => `hs-${portalId}`

/**
 * Takes a delivery of the shared app: verified here, split by portal, each part stored by its account. Acknowledged only when
 * all parts are stored: else HubSpot sends all of it again, which is safe. Portals that aren't connected are counted.
 */
export const hubspotApp = async <E extends HubspotAppEnv>(
  request: Request,
  env: E,
  isKnown: (account: string, env: E) => boolean | Promise<boolean>,
): Promise<Answer> => {
  const refuse = (counter: string, answer: Answer): Answer => {
    countRefused(`hubspot-app.${counter}`)
    return answer
  }
  const { headers, method } = request
  const secrets = (env.LADDER_HUBSPOT_CLIENT_SECRET ?? '').split(/\s+/).filter(Boolean)
  if (method !== 'POST') return refuse('method', refusal(405, 'method', 'send a POST'))
  if (secrets.length === 0) return refuse('unknown-account', unknownAccount())
  if (!takesType('hubspot', headers.get('content-type') ?? ''))
    return refuse('content-type', refusal(415, 'content-type', 'this content type is not taken'))
  if (hubspotScheme(headers) === null)
    return refuse('header-missing', refusal(401, 'header-missing', MESSAGES['header-missing']))
  const read = await readBody(request, MOST_BYTES)
  if (!read.ok) {
    return read.reason === 'too-large'
      ? refuse('too-large', refusal(413, 'too-large', 'at most 1 MiB'))
      : refuse('cut', refusal(400, 'cut', 'the body did not come whole'))
  }
  const now = Date.now()
  const url = publicUrl(env.LADDER_PUBLIC_URL, request)
  const refused = await refuseHubspot({ headers, body: read.bytes, method, url, now }, secrets)
  if (refused) return refuse(refused, refusal(401, refused, MESSAGES[refused]))
  const json = readJson(read.bytes)
  const events = json.ok ? hubspotEvents(json.value) : null
  if (!events) return refuse('bad-body', refusal(400, 'bad-body', 'an array of events expected'))
  try {
    await storeParts(events, env, isKnown, now)
    return { status: 202, body: { stored: true } }
  } catch (error) {
    console.error(`ingress hubspot app: ${error instanceof Error ? error.message : 'failed'}`)
    return refuse('unavailable', refusal(503, 'unavailable', 'not stored, send again'))
  }
}

const storeParts = async <E extends HubspotAppEnv>(
  events: Record<string, unknown>[],
  env: E,
  isKnown: (account: string, env: E) => boolean | Promise<boolean>,
  now: number,
): Promise<void> => {
  const portals = Map.groupBy(events, (event) => hubspotEventSchema.safeParse(event).data?.portalId)
  const parts = [...portals].map(async ([portalId, part]) => {
    if (portalId === undefined) return countRefused('hubspot-app.unreadable')
    const account = accountOfPortal(portalId)
    const body = utf8(JSON.stringify(part))
    const row: InboxRow = { source: 'hubspot', body, at: now, dedupe: await hubspotDedupe(body) }
    const stored = (await isKnown(account, env)) && (await env.ACCOUNT.getByName(account).take(row))
    if (!stored) countRefused('hubspot-app.unknown-portal')
  })
  await Promise.all(parts)
}
