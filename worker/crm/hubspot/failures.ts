import type { Failure } from '../port.ts'

/** HubSpot's error body, all fields optional. */
interface ErrorBody {
  message?: unknown
  category?: unknown
  policyName?: unknown
  errors?: unknown
}

const bodyOf = (body: unknown): ErrorBody => (typeof body === 'object' && body !== null ? body : {})

const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

/** Scopes that an answer says are missing. */
const missingScopes = (errors: unknown): string[] => {
  if (!Array.isArray(errors)) return []
  return errors.flatMap((error: unknown) => {
    const context = typeof error === 'object' && error !== null && 'context' in error ? error.context : undefined
    if (typeof context !== 'object' || context === null) return []
    return Object.entries(context).flatMap(([name, value]) => (/scopes$/i.test(name) ? textsIn(value) : []))
  })
}

const messageOf = (body: unknown, status: number): string => {
  const { message, category } = bodyOf(body)
  const text = typeof message === 'string' && message !== '' ? message : `HTTP ${status}`
  return `${typeof category === 'string' ? `${category}: ` : ''}${text}`.slice(0, 500)
}

/** How long (ms) the answer asks to wait: Retry-After in seconds, or as a date. */
export const retryAfterMs = (header: string | null, serverTime: string | null): number | null => {
  if (!header) return null
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : null
  const wait = Date.parse(header) - Date.parse(serverTime ?? '')
  return Number.isFinite(wait) ? Math.max(0, wait) : null
}

/** Waits (ms) by HubSpot's name of the limit; Retry-After isn't documented for it, but counts where it comes. */
const POLICIES: Partial<Record<string, { waitMs: number | null; of?: 'day' }>> = {
  TEN_SECONDLY_ROLLING: { waitMs: 10_000 },
  SECONDLY: { waitMs: 1_000 },
  DAILY: { waitMs: null, of: 'day' },
}

const limitOf = (body: unknown, waitMs: number | null, isSearch: boolean, message: string): Failure => {
  const { policyName } = bodyOf(body)
  const policy = typeof policyName === 'string' ? POLICIES[policyName] : undefined
  // the limit by the second is that of searches
  const of = policy?.of ?? (isSearch && policyName !== 'TEN_SECONDLY_ROLLING' ? 'search' : undefined)
  return { kind: 'limit', waitMs: waitMs ?? policy?.waitMs ?? null, ...(of ? { of } : {}), message }
}

/** A record that is locked by another write. */
const LOCKED_MS = 2_000

/** HubSpot's answers sorted by what to do about them. */
export const failureOf = (status: number, body: unknown, headers: Pick<Headers, 'get'>, isSearch = false): Failure => {
  const message = messageOf(body, status)
  const waitMs = retryAfterMs(headers.get('retry-after'), headers.get('date'))
  if (status === 429) return limitOf(body, waitMs, isSearch, message)
  if (status === 401) return { kind: 'auth', message }
  if (status === 403) {
    const scopes = missingScopes(bodyOf(body).errors)
    return {
      kind: 'auth',
      message: scopes.length > 0 ? `${message} (missing: ${[...new Set(scopes)].join(', ')})` : message,
    }
  }
  if (status === 423) return { kind: 'unreachable', waitMs: waitMs ?? LOCKED_MS, message }
  // 477: the account is moving to another of HubSpot's data centres
  if (status === 477 || status === 408 || status >= 500) return { kind: 'unreachable', waitMs, message }
  if (status >= 300 && status < 400)
    return { kind: 'unreachable', message: `${message}: sent elsewhere; is this the address of HubSpot's API?` }
  return { kind: 'refused', status, message }
}
