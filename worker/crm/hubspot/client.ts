import type { CallResult, CrmDeps } from '../port.ts'
import type { HubspotCall } from './calls.ts'
import { failureOf } from './failures.ts'
import type { HubspotConnection, HubspotLayout } from './layout.ts'

/** No answer is waited for any longer. */
export const TIMEOUT_MS = 20_000

/** What a call is about: words of its path, its query, its body. */
export interface CallWish {
  words?: Record<string, string>
  query?: Record<string, string>
  json?: unknown
  /** Goes instead of JSON. */
  form?: FormData
  /** Must be made whatever the budget says: it puts right what was done. */
  urgent?: boolean
}

/** A HubSpot account as the adapter works with it in one run. */
export class Portal {
  readonly layout: HubspotLayout
  readonly deps: CrmDeps
  readonly #url: string
  readonly #token: string
  #isBegun = false

  constructor({ url, token, layout }: HubspotConnection, deps: CrmDeps) {
    this.layout = layout
    this.deps = deps
    this.#url = url
    this.#token = token
  }

  /**
   * A new piece of work. Its first call waits for room; the few that finish it don't: what they need was fetched by the first,
   * and would be fetched again and again while room comes one call at a time.
   */
  begin(): void {
    this.#isBegun = false
  }

  /** One call. A token that is taken no more is asked for anew, once. Redirects are not followed: a token stays here. */
  async call(call: HubspotCall, wish: CallWish = {}): Promise<CallResult<unknown>> {
    const { access } = this.deps
    const pass = access ? await access() : { ok: true as const, value: this.#token }
    if (!pass.ok) return pass
    const isSearch = call.limit === 'searches'
    const room = this.deps.spend(wish.urgent || (this.#isBegun && !isSearch) ? 'urgent' : isSearch ? 'search' : 'call')
    if (!room.ok) return { ok: false, failure: { kind: 'later', until: room.until, message: 'no room for a call now' } }
    this.#isBegun = true
    const answer = await this.#ask(call, wish, pass.value)
    if (answer.ok || answer.status !== 401 || !access) return answer
    const fresh = await access(pass.value)
    if (!fresh.ok) return fresh
    if (fresh.value === pass.value) return answer
    this.deps.spend('urgent')
    return this.#ask(call, wish, fresh.value)
  }

  async #ask(call: HubspotCall, wish: CallWish, token: string): Promise<CallResult<unknown> & { status?: number }> {
    const url = new URL(filled(call.path, wish.words ?? {}), this.#url)
    for (const [name, value] of Object.entries(wish.query ?? {})) url.searchParams.set(name, value)
    try {
      const response = await fetch(url, {
        method: call.method,
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          authorization: `Bearer ${token}`,
          ...(wish.json === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(wish.form ? { body: wish.form } : wish.json === undefined ? {} : { body: JSON.stringify(wish.json) }),
      })
      const body = parse(await response.text())
      const { status, headers } = response
      this.#hear(headers)
      if (!response.ok)
        return { ok: false, status, failure: failureOf(status, body, headers, call.limit === 'searches') }
      if (body === undefined) return unreachable('the answer is not JSON: is this the address of HubSpot’s API?')
      return { ok: true, value: body }
    } catch (error) {
      const name = error instanceof Error ? error.name : 'Error'
      return unreachable(name === 'TimeoutError' ? `no answer within ${TIMEOUT_MS / 1000} s` : 'not reached')
    }
  }

  #hear(headers: Headers): void {
    const left = headers.get('x-hubspot-ratelimit-daily-remaining')
    if (left && /^\d+$/.test(left)) this.deps.heard?.(Number(left))
  }
}

const unreachable = (message: string) => ({ ok: false as const, failure: { kind: 'unreachable' as const, message } })

const filled = (path: string, words: Record<string, string>): string =>
  path.replace(/\{(\w+)\}/g, (_, word: string) => encodeURIComponent(words[word] ?? ''))

/** The body as JSON; null for an empty one, undefined for what is no JSON. */
const parse = (text: string): unknown => {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A list in an answer's body, its items checked to be objects. Undefined when there is no such list. */
export const listIn = (body: unknown, name: string): Record<string, unknown>[] | undefined => {
  const list = isObject(body) ? body[name] : undefined
  return Array.isArray(list) ? list.filter(isObject) : undefined
}

/** Where the next page begins; null on the last. */
export const nextPage = (body: unknown): string | null => {
  const paging = isObject(body) ? body.paging : undefined
  const next = isObject(paging) ? paging.next : undefined
  const after = isObject(next) ? next.after : undefined
  return typeof after === 'string' || typeof after === 'number' ? String(after) : null
}

/** An answer without what was asked for isn't HubSpot's, or was cut: it is asked again. */
export const noList = (what: string) => unreachable(`the answer holds no ${what}`)

/** The failure for an object that this account doesn't carry. */
export const notCarried = (object: string) => ({
  ok: false as const,
  failure: { kind: 'refused' as const, status: 0, message: `this account has no place for ${object}` },
})

export const chunks = <T>(items: readonly T[], size: number): T[][] => {
  const parts: T[][] = []
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size))
  return parts
}
