import { isActionName } from '../../../schemas/actions/index.ts'
import type { ActionReply } from '../../account/action-reply.ts'
import type { ActionRequest } from '../../account/action-request.ts'
import { readBody } from '../body.ts'
import { countRefused } from '../counters.ts'
import { publicUrl } from '../hubspot-signed.ts'
import { readJson } from '../json.ts'
import { pathOf } from '../path.ts'
import { isAccountName } from '../routes.ts'
import { ACTION_HEADERS } from './verify.ts'

/** What the routes need of the environment. */
export interface ActionsEnv {
  ACCOUNT: { getByName(name: string): { act(request: ActionRequest): Promise<ActionReply> } }
  /** Address under which the CRM calls Ladder: what it signs. */
  LADDER_PUBLIC_URL?: string
}

/** What is asked of the rest of the Worker. */
export interface ActionsDeps<Env extends ActionsEnv> {
  isAdmin(request: Request, env: Env): Promise<boolean>
  isKnown(account: string, env: Env): boolean | Promise<boolean>
}

/** A call of an action is small: what a workflow's author filled in, and some of a record. */
const MOST_BYTES = 256 * 1024

const refused = (status: number, error: string, message: string): ActionReply => {
  countRefused(`actions.${error}`)
  return { status, body: { error, message } }
}

/** `account` of the query; else the account of the HubSpot portal that calls. Whoever calls is checked by its Account. */
const accountOf = (given: string | null, body: Uint8Array): string => {
  if (given !== null) return given
  const json = readJson(body)
  const origin =
    json.ok && typeof json.value === 'object' && json.value !== null && 'origin' in json.value
      ? json.value.origin
      : null
  const portal = typeof origin === 'object' && origin !== null && 'portalId' in origin ? origin.portalId : null
  return Number.isSafeInteger(portal) ? `hs-${String(portal)}` : ''
}

/** The account in a card's address; for an app of several accounts (`app`) that of the portal which HubSpot puts there. */
const accountOfCard = (path: string, query: URLSearchParams): string => {
  const account = path.slice(CARDS.length)
  return account === 'app' ? `hs-${query.get('portalId') ?? ''}` : account
}

const answerTo = async <Env extends ActionsEnv>(
  path: string,
  request: Request,
  env: Env,
  { isAdmin, isKnown }: ActionsDeps<Env>,
): Promise<ActionReply> => {
  if (request.method !== 'POST') return refused(405, 'method', 'send a POST')
  const isCard = path.startsWith(CARDS)
  const action = path.slice(PREFIX.length)
  const name = isCard ? ('card' as const) : isActionName(action) || isStatus(action) ? action : null
  if (name === null) return refused(404, 'unknown-action', 'no such action')
  const read = await readBody(request, MOST_BYTES)
  if (!read.ok)
    return read.reason === 'too-large'
      ? refused(413, 'too-large', 'at most 256 KiB')
      : refused(400, 'cut', 'the body did not come whole')
  const query = new URL(request.url).searchParams
  const account = isCard ? accountOfCard(path, query) : accountOf(query.get('account'), read.bytes)
  const headers: Record<string, string> = {}
  for (const header of ACTION_HEADERS) {
    const value = request.headers.get(header)
    if (value !== null) headers[header] = value
  }
  const url = publicUrl(env.LADDER_PUBLIC_URL, request)
  try {
    if (!isAccountName(account) || !(await isKnown(account, env)))
      return refused(404, 'unknown-account', 'no such account')
    const call = { name, body: read.bytes, isAdmin: await isAdmin(request, env), headers, url }
    return await env.ACCOUNT.getByName(account).act(call)
  } catch (error) {
    console.error(`action ${name} ${account}: ${error instanceof Error ? error.message : 'failed'}`)
    return refused(503, 'unavailable', 'not stored, send again')
  }
}

const respond = ({ status, body }: ActionReply): Response => {
  const headers: Record<string, string> = { 'content-type': 'application/json', 'cache-control': 'no-store' }
  if (status === 405) headers['allow'] = 'POST'
  if (status === 503) headers['retry-after'] = '5'
  return new Response(JSON.stringify(body), { status, headers })
}

const isStatus = (name: string): name is 'status' => name === 'status'

const PREFIX = '/actions/'
const CARDS = '/cards/hubspot/'

/**
 * `POST /actions/:name?account=`: what a CRM's workflow has Ladder do; `status` tells how it is. `POST /cards/hubspot/:account`: what a card inside
 * HubSpot shows and does. Null for any other address.
 */
export const actions =
  <Env extends ActionsEnv>(deps: ActionsDeps<Env>) =>
  (request: Request, env: Env): Promise<Response> | null => {
    const path = pathOf(request)
    return path.startsWith(PREFIX) || path.startsWith(CARDS) ? answerTo(path, request, env, deps).then(respond) : null
  }
