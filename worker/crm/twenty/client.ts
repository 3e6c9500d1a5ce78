import type { CallResult, CrmDeps, Failure, TwentyConnection } from '../port.ts'

const TIMEOUT_MS = 20_000

/** A Twenty server, and the till at which each call to it is charged. */
export type Server = Omit<TwentyConnection, 'kind'> & Pick<CrmDeps, 'spend'>

export interface Answer {
  body: unknown
  /** The server's own clock at the answer, epoch ms; null when it sends none. */
  serverTime: number | null
}

/** What Twenty's error body says, shortened; never holds a header or a token. */
const messageOf = (body: unknown, status: number): string => {
  if (typeof body === 'object' && body !== null && 'messages' in body && Array.isArray(body.messages)) {
    return body.messages.map(String).join('; ').slice(0, 500)
  }
  return `HTTP ${status}`
}

const isDenied = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'code' in body && body.code === 'PERMISSION_DENIED'

const retryAfterMs = (header: string | null): number | null => {
  const seconds = Number(header)
  return header && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null
}

/** Twenty's answers sorted by what to do about them. Its 429 carries no Retry-After; a denial comes as 400, 401 or 403. */
export const failureOf = (status: number, body: unknown, retryAfter: string | null): Failure => {
  const message = messageOf(body, status)
  if (status === 429) return { kind: 'limit', waitMs: retryAfterMs(retryAfter), message }
  if (status === 401 || status === 403 || isDenied(body)) return { kind: 'auth', message }
  // sent elsewhere: by a proxy or a page that asks for a login; what was sent was not weighed at all
  if (status >= 300 && status < 400)
    return { kind: 'unreachable', message: `${message}: sent elsewhere; is this the address of a Twenty server?` }
  if (status >= 500 || status === 408) return { kind: 'unreachable', message }
  return { kind: 'refused', status, message }
}

/** One REST call; a form goes as it is. Redirects are not followed: a token must not travel to another host. */
export const call = async (
  crm: Server,
  method: string,
  path: string,
  json?: unknown,
  spendAs: Parameters<CrmDeps['spend']>[0] = 'call',
): Promise<CallResult<Answer>> => {
  const isForm = json instanceof FormData
  const room = crm.spend(spendAs)
  if (!room.ok) return { ok: false, failure: { kind: 'later', until: room.until, message: 'no room for a call now' } }
  try {
    const response = await fetch(new URL(path, crm.url), {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        authorization: `Bearer ${crm.token}`,
        ...(json === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(json === undefined ? {} : { body: isForm ? json : JSON.stringify(json) }),
    })
    const text = await response.text()
    const body = parse(text)
    if (response.ok && body === undefined)
      return {
        ok: false,
        failure: { kind: 'unreachable', message: 'the answer is not JSON: is this the address of a Twenty server?' },
      }
    if (response.ok) return { ok: true, value: { body, serverTime: timeOf(response.headers.get('date')) } }
    return { ok: false, failure: failureOf(response.status, body, response.headers.get('retry-after')) }
  } catch (error) {
    const name = error instanceof Error ? error.name : 'Error'
    return {
      ok: false,
      failure: {
        kind: 'unreachable',
        message: name === 'TimeoutError' ? `no answer within ${TIMEOUT_MS / 1000} s` : 'not reached',
      },
    }
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const timeOf = (header: string | null): number | null => {
  const time = Date.parse(header ?? '')
  return Number.isNaN(time) ? null : time
}
