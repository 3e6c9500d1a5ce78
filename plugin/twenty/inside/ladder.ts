import { plurals } from './data.ts'
import type { Row } from './kinds.ts'

/** What a logic function finds in its environment: Ladder's address and secret, and Twenty's own API. */
export interface Surroundings {
  env: Record<string, string | undefined>
  fetch: typeof fetch
  /** Epoch ms. */
  now: () => number
  pause: (ms: number) => Promise<void>
}

/** What a function answers: the action's outputs, all texts. */
export type Outputs = Record<string, string>

/** A call that has to wait is asked after again so often; then the answer is that Ladder goes on with it. */
const ASK_AGAIN_MS = 3_000
const MOST_TIMES = 14

const encoder = new TextEncoder()

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')

const hmac = async (secret: string, text: string): Promise<string> => {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign'])
  return hex(await crypto.subtle.sign('HMAC', key, encoder.encode(text)))
}

const sha256 = async (text: string): Promise<string> => hex(await crypto.subtle.digest('SHA-256', encoder.encode(text)))

/** A call of Ladder, signed as Twenty signs its webhooks, with the action's name before the body. */
const send = async (name: string, body: string, { env, fetch: request, now }: Surroundings): Promise<Row> => {
  const { LADDER_URL: url, LADDER_ACCOUNT: account, LADDER_SECRET: secret } = env
  if (!url || !account || !secret) throw new Error('Ladder is not connected: run `ladder apply`')
  const at = String(now())
  const response = await request(`${url}/actions/${name}?account=${encodeURIComponent(account)}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-twenty-webhook-timestamp': at,
      'x-twenty-webhook-signature': await hmac(secret, `${at}:${name}:${body}`),
    },
    body,
  })
  const text = await response.text()
  const answer = (text.startsWith('{') ? JSON.parse(text) : {}) as Row
  if (!response.ok)
    throw new Error(`Ladder answers ${response.status}: ${String(answer['message'] ?? 'no reason given')}`)
  return answer
}

/** How Ladder is: connected, what waits, what failed. */
export const askStatus = (around: Surroundings): Promise<Row> => send('status', '{}', around)

/** These would make a second record when they came twice: the same wish on the same day is the same call. */
const MAKES = new Set(['visit-plan', 'campaign', 'raise', 'log-contact', 'note-occasion'])

const callbackId = async (name: string, wish: string, now: number): Promise<string> =>
  MAKES.has(name)
    ? `twenty-${await sha256(`${new Date(now).toISOString().slice(0, 10)} ${name} ${wish}`)}`
    : `twenty-${crypto.randomUUID()}`

/** Whether Twenty runs this for one of its users: then the token says for whom. */
const isForUser = (token: string): boolean => {
  try {
    const [, claims = ''] = token.split('.')
    const { userWorkspaceId } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as Row
    return typeof userWorkspaceId === 'string'
  } catch {
    return true
  }
}

/**
 * Ladder does what it is told with its own key, so a user's right to the record is asked of Twenty first: to see it for
 * `rate`, to edit it for all else. A workflow acts for no user, and was built by somebody who may build workflows.
 */
const refusedBy = async (
  name: string,
  object: string,
  id: string,
  { env, fetch: request }: Surroundings,
): Promise<string | undefined> => {
  const { TWENTY_API_URL: url, TWENTY_APP_ACCESS_TOKEN: token } = env
  if (!url || !token) return 'Twenty gave no access token'
  if (!isForUser(token)) return undefined
  const reads = name === 'rate'
  const response = await request(`${url}/rest/${plurals[object] ?? object}/${encodeURIComponent(id)}`, {
    method: reads ? 'GET' : 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(reads ? {} : { body: '{}' }),
  })
  return response.ok ? undefined : `you may not ${reads ? 'see' : 'edit'} this record`
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''

/**
 * Has Ladder do an action to a record: `object` and `recordId` name it, the rest are the action's inputs. Answers with the
 * action's outputs; `outcome` is `WAITS` when the CRM didn't answer Ladder in time and Ladder goes on by itself.
 */
export const act = async (name: string, params: Row, around: Surroundings): Promise<Outputs> => {
  const { object, recordId, ...rest } = params
  const [type, id] = [textOf(object), textOf(recordId).trim()]
  if (type === '' || id === '') return { outcome: 'INVALID', reason: 'object and recordId have to be given' }
  const refused = await refusedBy(name, type, id, around)
  if (refused !== undefined) return { outcome: 'REFUSED', reason: refused }
  const inputFields = Object.fromEntries(Object.entries(rest).map(([input, value]) => [input, textOf(value)]))
  const wish = JSON.stringify({ object: { objectType: type, objectId: id }, inputFields })
  const body = JSON.stringify({ callbackId: await callbackId(name, wish, around.now()), ...(JSON.parse(wish) as Row) })
  for (let times = 0; times < MOST_TIMES; times++) {
    const { outputFields } = (await send(name, body, around)) as { outputFields?: Outputs }
    const { hs_execution_state: state, ...outputs } = outputFields ?? {}
    if (state !== 'BLOCK') return outputs
    await around.pause(ASK_AGAIN_MS)
  }
  return { outcome: 'WAITS', reason: 'The CRM does not answer: Ladder goes on with it for a day.' }
}
