import { API, JOURNAL_API } from './layout.ts'
import { retryAfterMs } from './failures.ts'

/** The app that several accounts use, as HubSpot knows it. The secrets are never logged, never in a message. */
export interface OauthApp {
  clientId: string
  /** Newest first; during a change there are two. */
  clientSecrets: readonly string[]
  /** HubSpot's API, where tokens are given and used. */
  apiUrl: string
}

/** What HubSpot gives for a code or a refresh token. Both tokens are secrets. */
export interface Grant {
  accessToken: string
  refreshToken: string
  /** How long the access token is good. */
  lifeMs: number
  /** Whose it is and what it may do; null where HubSpot's answer doesn't tell. */
  portalId: number | null
  scopes: string[] | null
}

/** Why there is no grant, told apart by what to do about it. Messages hold no secret. */
export interface OauthFailure {
  ok: false
  /**
   * `taken-back`: the code or the refresh token is good no more, a person must agree again. `client`: HubSpot doesn't know
   * this client id and secret. `later`: no answer, a limit, a 5xx. `refused`: anything else.
   */
  why: 'taken-back' | 'client' | 'later' | 'refused'
  /** How long HubSpot asks to wait, ms. */
  waitMs: number | null
  message: string
}
export type OauthAnswer<T> = { ok: true; value: T } | OauthFailure

/** The calls by which tokens come and go. They count for no limit of an account and need no scope. */
export const oauthCalls = {
  token: {
    path: `/oauth/${API}/token`,
    when: 'Once an account is connected by OAuth; then each half hour, shortly before the access token runs out',
  },
  appToken: {
    path: `/oauth/${JOURNAL_API}/token`,
    when: 'For the journal: each half hour, by the app’s own id and secret',
  },
  introspect: { path: `/oauth/${API}/token/introspect`, when: "Where a token's answer doesn't say whose it is" },
  revoke: { path: `/oauth/${API}/token/revoke`, when: 'The account is disconnected, or gets a static token' },
} as const

const TIMEOUT_MS = 15_000
/** When HubSpot doesn't say how long an access token lives. */
const USUAL_LIFE_S = 1800

type Answered = OauthAnswer<Record<string, unknown>>

const GONE =
  /^(invalid_grant|BAD_REFRESH_TOKEN|BAD_AUTH_CODE|BAD_CODE_VERIFIER|BAD_REDIRECT_URI|MISMATCH_REDIRECT_URI_AUTH_CODE)$/i
const CLIENT = /^(invalid_client|unauthorized_client|BAD_CLIENT_ID|BAD_CLIENT_SECRET)$/i

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A code alone: free text of an answer may hold what was sent, secrets too. */
const codeIn = (code: unknown): string[] =>
  typeof code === 'string' && /^[A-Za-z][A-Za-z0-9_.-]{0,60}$/.test(code) ? [code] : []

/** HubSpot's words for a failure: RFC 6749's `error` in some versions, its own `status` or `category` in others. */
const codesOf = (body: unknown): string[] =>
  isObject(body) ? [body.error, body.status, body.category, body.subCategory].flatMap(codeIn) : []

const failureOf = (status: number, body: unknown, headers: Headers): OauthFailure => {
  const codes = codesOf(body)
  const waitMs = retryAfterMs(headers.get('retry-after'), headers.get('date'))
  const message = [`HTTP ${status}`, ...codes].join(' ')
  const why = (): OauthFailure['why'] => {
    if (status === 429 || status === 408 || status === 477 || status >= 500) return 'later'
    if (codes.some((code) => GONE.test(code))) return 'taken-back'
    return status === 401 || codes.some((code) => CLIENT.test(code)) ? 'client' : 'refused'
  }
  return { ok: false, why: why(), waitMs, message }
}

const silent = (message: string): OauthFailure => ({ ok: false, why: 'later', waitMs: null, message })

/** One call, with each of the client's secrets in turn. No redirects: secrets go to this host alone. */
const post = async (app: OauthApp, path: string, form: Record<string, string>): Promise<Answered> => {
  let answer: Answered = { ok: false, why: 'client', waitMs: null, message: 'there is no client secret' }
  for (const client_secret of app.clientSecrets) {
    answer = await ask(app.apiUrl, path, { ...form, client_id: app.clientId, client_secret })
    if (answer.ok || answer.why !== 'client') return answer
  }
  return answer
}

const ask = async (apiUrl: string, path: string, form: Record<string, string>): Promise<Answered> => {
  try {
    const response = await fetch(new URL(path, apiUrl), {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(form).toString(),
    })
    const body = parsed(await response.text())
    if (!response.ok) return failureOf(response.status, body, response.headers)
    return isObject(body) ? { ok: true, value: body } : silent('the answer is not JSON')
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    return silent(isLate ? `no answer within ${TIMEOUT_MS / 1000} s` : 'not reached')
  }
}

const parsed = (text: string): unknown => {
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A portal's number, however it is written. */
const portalOf = (value: unknown): number | null => {
  const portal = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  return typeof portal === 'number' && Number.isSafeInteger(portal) && portal > 0 ? portal : null
}

/** Scopes as a list, or as one text with spaces between. */
const scopesOf = (body: Record<string, unknown>): string[] | null => {
  const scopes = body.scopes ?? body.scope
  if (Array.isArray(scopes)) return scopes.filter((scope): scope is string => typeof scope === 'string')
  return typeof scopes === 'string' ? scopes.split(/[ ,]+/).filter(Boolean) : null
}

/** Reads the answer to a token request; `before`: the refresh token that stays good when none comes. */
const grantOf = (body: Record<string, unknown>, before: string | null): OauthAnswer<Grant> => {
  const { access_token: accessToken, refresh_token: given, expires_in: seconds } = body
  const refreshToken = typeof given === 'string' && given !== '' ? given : before
  if (typeof accessToken !== 'string' || accessToken === '' || refreshToken === null)
    return silent('the answer holds no tokens')
  const life = typeof seconds === 'number' && seconds > 0 ? seconds : USUAL_LIFE_S
  const portalId = portalOf(body.hub_id)
  return { ok: true, value: { accessToken, refreshToken, lifeMs: life * 1000, portalId, scopes: scopesOf(body) } }
}

/** Tokens for a code that HubSpot sent an admin back with. A code is good once, for a minute or so. */
export const exchangeCode = async (
  app: OauthApp,
  { code, verifier, redirectUri }: { code: string; verifier: string; redirectUri: string },
): Promise<OauthAnswer<Grant>> => {
  const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUri }
  const answer = await post(app, oauthCalls.token.path, form)
  return answer.ok ? grantOf(answer.value, null) : answer
}

/** A new access token, and perhaps a new refresh token: from then on the one before may be good no more. */
export const refreshGrant = async (app: OauthApp, refreshToken: string): Promise<OauthAnswer<Grant>> => {
  const answer = await post(app, oauthCalls.token.path, { grant_type: 'refresh_token', refresh_token: refreshToken })
  return answer.ok ? grantOf(answer.value, refreshToken) : answer
}

/** A token of the app itself, for what belongs to it and not to an account. Nothing renews it: another one is asked for. */
export const appGrant = async (
  app: OauthApp,
  scope: string,
): Promise<OauthAnswer<Pick<Grant, 'accessToken' | 'lifeMs'>>> => {
  const answer = await post(app, oauthCalls.appToken.path, { grant_type: 'client_credentials', scope })
  return answer.ok ? grantOf(answer.value, '') : answer
}

/** Whose a token is, asked for where the answer that brought it doesn't say. */
export const introspect = async (
  app: OauthApp,
  token: string,
): Promise<OauthAnswer<{ portalId: number | null; scopes: string[] | null }>> => {
  const answer = await post(app, oauthCalls.introspect.path, { token, token_type_hint: 'access_token' })
  if (!answer.ok) return answer
  const { active, hub_id: hubId } = answer.value
  if (active === false) return { ok: false, why: 'refused', waitMs: null, message: 'the token is not active' }
  return { ok: true, value: { portalId: portalOf(hubId), scopes: scopesOf(answer.value) } }
}

/** Takes a token back at HubSpot. One that HubSpot doesn't know is taken back already. */
export const revoke = async (
  app: OauthApp,
  token: string,
  hint: 'access_token' | 'refresh_token',
): Promise<OauthAnswer<null>> => {
  const answer = await post(app, oauthCalls.revoke.path, { token, token_type_hint: hint })
  if (answer.ok || answer.why === 'taken-back') return { ok: true, value: null }
  return answer
}
