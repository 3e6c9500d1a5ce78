import { Hono, type Context } from 'hono'
import { readBody } from './body.ts'
import { countRefused } from './counters.ts'
import { type HubspotAppEnv, hubspotApp, HUBSPOT_APP } from './hubspot-app.ts'
import { hubspotScheme, publicUrl } from './hubspot-signed.ts'
import {
  HEADERS,
  MOST_BYTES,
  refusal,
  SOURCES,
  takesType,
  unknownAccount,
  type Answer,
  type Delivery,
  type InboxRow,
  type Source,
} from './receive.ts'

/** What the routes need of the environment: the Account objects, found by name, and the address that HubSpot calls. */
export interface IngressEnv extends HubspotAppEnv {
  ACCOUNT: {
    getByName(name: string): { receive(delivery: Delivery): Promise<Answer>; take(row: InboxRow): Promise<boolean> }
  }
}

/** Names of accounts. Any other name is answered at once: each one asked for would wake an object. */
const ACCOUNT_NAME = /^[a-z0-9][a-z0-9-]{0,62}$/

export const isAccountName = (name: string): boolean => ACCOUNT_NAME.test(name)

/** What can be told without the Account, cheapest first; null when it has to be asked. */
const refuseEarly = (
  source: Source,
  account: string,
  request: Request,
  headers: Record<string, string>,
): [counter: string, answer: Answer] | null => {
  if (request.method !== 'POST') return ['method', refusal(405, 'method', 'send a POST')]
  if (!isAccountName(account)) return ['unknown-account', unknownAccount()]
  if (!takesType(source, headers['content-type'] ?? '')) {
    return ['content-type', refusal(415, 'content-type', 'this content type is not taken')]
  }
  if (!['', 'identity'].includes(request.headers.get('content-encoding') ?? '')) {
    return ['content-type', refusal(415, 'content-encoding', 'send the body uncompressed: its bytes are signed')]
  }
  const missing = missingHeader(source, headers)
  return missing ? ['header-missing', refusal(401, 'header-missing', `${missing} is missing`)] : null
}

/** HubSpot signs in one of several headers, all others in each of theirs. */
const missingHeader = (source: Source, headers: Record<string, string>): string | undefined =>
  source === 'hubspot'
    ? hubspotScheme({ get: (name) => headers[name] ?? null }) === null
      ? 'X-HubSpot-Signature-v3'
      : undefined
    : HEADERS[source].find((name) => !headers[name])

/** Those headers of a request that checking needs, read once. */
const headersOf = (source: Source, request: Request): Record<string, string> => {
  const headers: Record<string, string> = {}
  for (const name of HEADERS[source]) {
    const value = request.headers.get(name)
    if (value !== null) headers[name] = value
  }
  return headers
}

const answerTo = async (source: Source, account: string, request: Request, env: IngressEnv): Promise<Answer> => {
  const headers = headersOf(source, request)
  const early = refuseEarly(source, account, request, headers)
  if (early) {
    countRefused(`${source}.${early[0]}`)
    return early[1]
  }
  const read = await readBody(request, MOST_BYTES)
  if (!read.ok) {
    countRefused(`${source}.${read.reason}`)
    return read.reason === 'too-large'
      ? refusal(413, 'too-large', 'at most 1 MiB')
      : refusal(400, 'cut', 'the body did not come whole')
  }
  const url = source === 'hubspot' ? publicUrl(env.LADDER_PUBLIC_URL, request) : undefined
  try {
    return await env.ACCOUNT.getByName(account).receive({ source, headers, body: read.bytes, now: Date.now(), url })
  } catch (error) {
    // The Account could not be reached or could not store. Not the sender's fault, and not acknowledged.
    console.error(`ingress ${source} ${account}: ${error instanceof Error ? error.message : 'failed'}`)
    countRefused(`${source}.unavailable`)
    return refusal(503, 'unavailable', 'not stored, send again')
  }
}

const respond = ({ status, body }: Answer): Response => {
  const headers: Record<string, string> = { 'content-type': 'application/json', 'cache-control': 'no-store' }
  if (status === 405) headers['allow'] = 'POST'
  if (status === 503) headers['retry-after'] = '5'
  return new Response(JSON.stringify(body), { status, headers })
}

/**
 * `POST /hooks/{twenty,hubspot,corebank}/:account`: checks what needs no account, then asks the Account once.
 * `POST /hooks/hubspot/app`: events of an app that several accounts use, for those that `isKnown`.
 */
export const ingress = <E extends IngressEnv>(
  isKnown: (account: string, env: E) => Promise<boolean>,
): Hono<{ Bindings: E }> => {
  const app = new Hono<{ Bindings: E }>()
  app.all(HUBSPOT_APP, async (context) => respond(await hubspotApp(context.req.raw, context.env, isKnown)))
  for (const source of SOURCES) {
    app.all(`/hooks/${source}/:account`, async (context: Context<{ Bindings: E }>) => {
      const account = context.req.param('account') ?? ''
      return respond(await answerTo(source, account, context.req.raw, context.env))
    })
  }
  return app
}
