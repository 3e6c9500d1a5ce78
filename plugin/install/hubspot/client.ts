import { Client } from '@hubspot/api-client'
import { fail, type Problem } from '../problem.ts'
import { CALLS, pathFor, type CallName } from './calls.ts'
import { refusedBy, waitFor, type Refused } from './refusal.ts'
import { t } from '../said/index.ts'

/** An answer of HubSpot: what it gave, or what it refused and what a person can do about it. */
export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem; refused: Refused }

export interface Ask {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
}

export interface HubspotClient {
  readonly url: string
  /** One call of the table in `calls.ts`. */
  call<T>(name: CallName, ask?: Ask): Promise<Answer<T>>
  /** Lets time pass, in ms. */
  wait(ms: number): Promise<void>
}

interface Sent {
  method: string
  path: string
  body?: unknown
}

export interface ClientOptions {
  url: string
  /** The access token: sent in the header only. */
  token: string
  /** Told while the client waits for a limit or for HubSpot to come back. */
  onWait?: (message: string) => void
  timeoutMs?: number
  /** How often a call is tried where waiting helps; the doctor tries once, since what goes wrong is what it is after. */
  tries?: number
  /** Share of the real waits; tests make it small. */
  pace?: number
  /** Stands between the installer and the network. For tests. */
  through?: (sent: Sent, send: () => Promise<Response>) => Promise<Response>
}

const MAX_TRIES = 7

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** HubSpot's client knows no timeout: the call is left to itself then. */
const within = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, give) => {
    timer = setTimeout(() => give(new Error(t`no answer within ${ms / 1000} s`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

const todoFor = ({ status, category, scopes }: Refused): string => {
  if (status === 401) return "Copy the token from the app's Auth tab (or make a new one), and pass it."
  if (status === 403)
    return scopes.length > 0
      ? t`Give the app one of these scopes and install it again: ${scopes.join(', ')}.`
      : 'Give the app the scope, or take an account whose edition has this.'
  if (category === 'DAILY')
    return 'Wait until midnight of the account, or see what else uses up its calls; then run again.'
  if (status === 429 || status >= 500) return 'Run it again later: it goes on from here.'
  return 'See the message; `ladder plan` lists what stands in the way.'
}

const wordsFor = (refused: Refused): string => {
  const { status, message } = refused
  if (status === 401) return t`HubSpot refuses the token: ${message}`
  if (status === 403) return t`The token lacks a scope, or the account the edition: ${message}`
  return t`HubSpot refuses (${status}): ${message}`
}

const bodyOf = async (response: Response): Promise<unknown> => {
  const text = await response.text()
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return { message: t`HTTP ${response.status}: no JSON came` }
  }
}

const UNREACHED: Refused = { status: 0, category: '', message: '', scopes: [] }

/**
 * HubSpot's own client, with what its `apiRequest` lacks: a time limit, and waiting at 423, 429, 477 and 5xx. Its decorators
 * (limiter, retries) belong to the whole process and hang or do nothing here, so it gets none.
 */
export const hubspotClient = (options: ClientOptions): HubspotClient => {
  const { token, onWait, timeoutMs = 60_000, tries: most = MAX_TRIES, pace = 1 } = options
  const url = options.url.replace(/\/+$/, '')
  const client = new Client({ accessToken: token, basePath: url })
  const through = options.through ?? ((_sent: Sent, send: () => Promise<Response>) => send())

  const once = async (sent: Sent): Promise<{ response: Response; body: unknown } | string> => {
    const { body, ...line } = sent
    try {
      const send = () => client.apiRequest({ ...line, ...(body === undefined ? {} : { body }) })
      const response = await within(timeoutMs, through(sent, send))
      return { response, body: await bodyOf(response) }
    } catch (error) {
      return error instanceof Error && error.message.startsWith('no answer') ? error.message : 'no connection'
    }
  }

  return {
    url,
    wait: (ms) => pause(ms * pace),
    call: async <T>(name: CallName, { params, query, body }: Ask = {}): Promise<Answer<T>> => {
      const { method } = CALLS[name]
      const path = pathFor(name, params)
      const where = `${method} ${path}`
      const sent: Sent = { method, path: query ? `${path}?${new URLSearchParams(query)}` : path, body }
      for (let tries = 1; ; tries++) {
        const answer = await once(sent)
        if (typeof answer === 'string')
          return {
            ...fail(t`${url} can't be reached: ${answer}`, where, 'Check --url and the network, then run it again.'),
            refused: UNREACHED,
          }
        const { response } = answer
        if (response.status < 400) return { ok: true, value: answer.body as T }
        const refused = refusedBy(response.status, answer.body)
        const wait = waitFor(refused, response.headers.get('retry-after'), tries)
        if (wait === undefined || tries >= most) return { ...fail(wordsFor(refused), where, todoFor(refused)), refused }
        onWait?.(t`HubSpot asks to wait (${response.status}): going on in ${Math.ceil(wait / 1000)} s`)
        await pause(wait * pace)
      }
    },
  }
}
