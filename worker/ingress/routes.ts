import { readBody } from './body.ts'
import { countRefused } from './counters.ts'
import { type HubspotAppEnv, hubspotApp, HUBSPOT_APP } from './hubspot-app.ts'
import { hubspotScheme, publicUrl } from './hubspot-signed.ts'
import { pathOf } from './path.ts'
import {
  HEADERS,
  KEPT,
  MOST_BYTES,
  refusal,
  SOURCES,
  takesType,
  unknownAccount,
  type Answer,
  type InboxRow,
  type Receiver,
  type Source,
} from './receive.ts'

/** What the routes need of the environment: the Account objects, found by name, and the address that HubSpot calls. */
export interface IngressEnv extends HubspotAppEnv {
  ACCOUNT: {
    getByName(name: string): Receiver & { take(row: InboxRow): Promise<boolean> }
  }
}

/** Names of accounts. Any other name is answered at once: each one asked for would wake an object. */
const ACCOUNT_NAME = /^[a-z0-9][a-z0-9-]{0,62}$/

export const isAccountName = (name: string): boolean => ACCOUNT_NAME.test(name)

/** What can be told without the Account, cheapest first; null when it has to be asked. `headers` in the order of `HEADERS`. */
const refuseEarly = (
  source: Source,
  request: Request,
  headers: (string | null)[],
): [counter: string, answer: Answer] | null => {
  if (!takesType(source, headers[0] ?? '')) {
    return ['content-type', refusal(415, 'content-type', 'this content type is not taken')]
  }
  if (!['', 'identity'].includes(request.headers.get('content-encoding') ?? '')) {
    return ['content-type', refusal(415, 'content-encoding', 'send the body uncompressed: its bytes are signed')]
  }
  const missing = missingHeader(source, headers)
  return missing ? ['header-missing', refusal(401, 'header-missing', `${missing} is missing`)] : null
}

/** HubSpot signs in one of several headers, all others in each of theirs. */
const missingHeader = (source: Source, headers: (string | null)[]): string | undefined =>
  source === 'hubspot'
    ? hubspotScheme({ get: (name) => headers[HEADERS.hubspot.indexOf(name)] ?? null }) === null
      ? 'X-HubSpot-Signature-v3'
      : undefined
    : HEADERS[source].find((_, index) => !headers[index])

const answerTo = async <E extends IngressEnv>(
  source: Source,
  account: string,
  request: Request,
  env: E,
  isKnown: IsKnown<E>,
): Promise<Answer> => {
  const refuse = (counter: string, answer: Answer): Answer => {
    countRefused(`${source}.${counter}`)
    return answer
  }
  if (!isAccountName(account)) return refuse('unknown-account', unknownAccount())
  try {
    // a name that is no account's wakes no object
    const known = isKnown(account, env)
    if (known !== true && !(await known)) return refuse('unknown-account', unknownAccount())
  } catch (error) {
    return notNow(source, account, error)
  }
  if (request.method !== 'POST') return refuse('method', refusal(405, 'method', 'send a POST'))
  const headers = HEADERS[source].map((name) => request.headers.get(name))
  const early = refuseEarly(source, request, headers)
  if (early) return refuse(...early)
  const read = await readBody(request, MOST_BYTES)
  if (!read.ok) {
    return read.reason === 'too-large'
      ? refuse('too-large', refusal(413, 'too-large', 'at most 1 MiB'))
      : refuse('cut', refusal(400, 'cut', 'the body did not come whole'))
  }
  const url = source === 'hubspot' ? publicUrl(env.LADDER_PUBLIC_URL, request) : undefined
  try {
    return (await env.ACCOUNT.getByName(account).receive(source, read.bytes, headers, url)) ?? KEPT
  } catch (error) {
    return notNow(source, account, error)
  }
}

/** The Account could not be reached or could not store. Not the sender's fault, and not acknowledged. */
const notNow = (source: Source, account: string, error: unknown): Answer => {
  console.error(`ingress ${source} ${account}: ${error instanceof Error ? error.message : 'failed'}`)
  countRefused(`${source}.unavailable`)
  return refusal(503, 'unavailable', 'not stored, send again')
}

const KEPT_TEXT = JSON.stringify(KEPT.body)

const respond = ({ status, body }: Answer): Response => {
  const headers: Record<string, string> = { 'content-type': 'application/json', 'cache-control': 'no-store' }
  if (status === 405) headers['allow'] = 'POST'
  if (status === 503) headers['retry-after'] = '5'
  return new Response(body === KEPT.body ? KEPT_TEXT : JSON.stringify(body), { status, headers })
}

/** Whether there is an account of this name; at once when that is known already. */
export type IsKnown<E> = (account: string, env: E) => boolean | Promise<boolean>

/** Source and account of a hook's path; null for any other path. */
const hookOf = (path: string): [source: Source, account: string] | null => {
  const source = SOURCES.find((one) => path.startsWith(`/hooks/${one}/`))
  const account = source && path.slice(`/hooks/${source}/`.length)
  return source && account && !account.includes('/') ? [source, account] : null
}

/**
 * `POST /hooks/{twenty,hubspot,corebank}/:account`: checks what needs no account, then asks the Account once.
 * `POST /hooks/hubspot/app`: events of an app that several accounts use, for those that `isKnown`.
 * Null for any other address. Without a router and its layers: they cost a tenth of an acknowledgement.
 */
export const ingress =
  <E extends IngressEnv>(isKnown: IsKnown<E>) =>
  (request: Request, env: E): Promise<Response> | null => {
    const path = pathOf(request)
    if (path === HUBSPOT_APP) return hubspotApp(request, env, isKnown).then(respond)
    const hook = hookOf(path)
    return hook && answerTo(hook[0], hook[1], request, env, isKnown).then(respond)
  }
