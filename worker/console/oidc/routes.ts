import { Hono } from 'hono/tiny'
import { open } from '../../shell/secrets.ts'
import type { Env } from '../../shell/env.ts'
import { ASKED_MS, type AskedRefusal } from '../access/asked.ts'
import { type KeptProvider, sealedAt } from '../access/provider.ts'
import { hashOf, newSecret } from '../access/secret.ts'
import { SESSION_MS } from '../access/sessions.ts'
import { readCookie, setCookie } from '../cookies.ts'
import { accessOf } from '../guard.ts'
import { addressOf, publicOrigin } from '../origin.ts'
import { discover, identify, type Identity, type Outcome } from './provider.ts'
import { type Told, toldPage } from './page.ts'

const START = '/sign-in/oidc'
const MOST_QUERY = 8192

/** Where the provider sends a browser back to; its client has to allow exactly this address. */
export const redirectUri = (request: Request, env: Env): string => `${publicOrigin(request, env)}${START}/callback`

/** A path of the console, whatever was asked for. */
export const localPath = (wanted: string | null): string => {
  const base = 'http://ladder.invalid'
  const url = wanted !== null && URL.canParse(wanted, base) ? new URL(wanted, base) : null
  return url?.origin === base && /^\/console(\/|$)/.test(url.pathname) ? `${url.pathname}${url.search}` : '/console/'
}

/** Nonce and verifier of a sign-in, made from the secret that its browser keeps in a cookie. */
const partsOf = async (browser: string) => {
  const [nonce, verifier, hash] = await Promise.all(
    ['nonce', 'verifier', 'browser'].map((part) => hashOf(`${part}/${browser}`)),
  )
  return { nonce: nonce ?? '', verifier: verifier ?? '', hash: hash ?? '' }
}

const NONE: Told = {
  status: 404,
  zh: '此 Ladder 未设置单点登录。请让管理员给出登录链接。',
  en: 'This Ladder has no sign-in by a provider. Ask an admin for a sign-in link.',
}
const REFUSED: Record<AskedRefusal, Told> = {
  unknown: {
    status: 400,
    zh: '此次登录已用过，或不是由 Ladder 发起。请重新登录。',
    en: 'This sign-in was used before, or Ladder did not ask for it. Sign in again.',
  },
  browser: {
    status: 400,
    zh: '登录不是在此浏览器中发起的。请重新登录。',
    en: 'This sign-in was not begun in this browser. Sign in again.',
  },
  late: { status: 400, zh: '登录用时过长。请重新登录。', en: 'Signing in took too long. Sign in again.' },
}
const NO_GRANT = (who: string): Told => ({
  status: 403,
  zh: `您已登录（${who}），但尚未获准使用此 Ladder。请联系 Ladder 管理员授权。`,
  en: `You are signed in (${who}), but may not use this Ladder. Ask an admin of Ladder to grant it.`,
})
const WAIT = (seconds: number): Told => ({
  status: 429,
  zh: `登录尝试过多，请在 ${seconds} 秒后再试。`,
  en: `Too many tries to sign in. Try again in ${seconds} seconds.`,
})
const FAILED = (message: string): Told => ({
  status: 502,
  zh: `身份提供方未能完成登录（${message}）。`,
  en: `The provider could not sign you in (${message}).`,
})

const start = async (request: Request, env: Env): Promise<Response> => {
  const provider = await accessOf(env).provider()
  if (!provider) return toldPage(NONE)
  const found = await discover(provider.settings.issuer)
  if (!found.ok) return toldPage(FAILED(found.message))
  const browser = newSecret()
  const { nonce, verifier, hash } = await partsOf(browser)
  const path = localPath(new URL(request.url).searchParams.get('to'))
  const state = await accessOf(env).askSignIn(hash, path, Date.now())
  const back = redirectUri(request, env)
  const url = new URL(found.value.authorization_endpoint)
  const query = {
    response_type: 'code',
    client_id: provider.settings.clientId,
    redirect_uri: back,
    scope: 'openid email profile',
    state,
    nonce,
    code_challenge: await hashOf(verifier),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  const cookie = setCookie('sign-in', browser, back.startsWith('https:'), ASKED_MS / 1000)
  return redirect(url.href, [cookie])
}

const redirect = (to: string, cookies: string[]): Response =>
  new Response(null, {
    status: 302,
    headers: [
      ['location', to],
      ['cache-control', 'no-store'],
      ['referrer-policy', 'no-referrer'],
      ...cookies.map((cookie): [string, string] => ['set-cookie', cookie]),
    ],
  })

const callback = async (request: Request, env: Env): Promise<Response> => {
  const now = Date.now()
  const access = accessOf(env)
  const { searchParams, search } = new URL(request.url)
  const secure = redirectUri(request, env).startsWith('https:')
  const clear = setCookie('sign-in', '', secure, 0)
  const say = (told: Told, more: [string, string][] = []): Response => toldPage(told, [['set-cookie', clear], ...more])
  if (search.length > MOST_QUERY) return say({ status: 414, zh: '地址过长。', en: 'The address is too long.' })
  const browser = readCookie(request.headers.get('cookie'), 'sign-in')
  const parts = await partsOf(browser?.secure === secure ? browser.value : '')
  const taken = await access.takeSignIn(searchParams.get('state') ?? '', parts.hash, addressOf(request), now)
  if (!taken.ok)
    return taken.why === 'wait' ? say(WAIT(taken.wait), [['retry-after', String(taken.wait)]]) : say(REFUSED[taken.why])
  const provider = await access.provider()
  if (!provider) return say(NONE)
  const identity = await answered(
    provider,
    searchParams,
    { ...parts, redirectUri: redirectUri(request, env) },
    env,
    now,
  )
  if (!identity.ok) {
    await access.failedSignIn(identity.message, addressOf(request), now)
    return say(FAILED(identity.message))
  }
  const { name, ...known } = identity.value
  const begun = await access.beginKnown({ ...known, issuer: provider.settings.issuer }, name, secure, now)
  if (!begun.ok) return say(NO_GRANT(known.email || name || known.subject))
  return redirect(taken.path, [clear, setCookie('session', begun.id, secure, SESSION_MS / 1000)])
}

/** Whom the provider's answer is about. */
const answered = async (
  { settings, sealed }: KeptProvider,
  query: URLSearchParams,
  parts: { nonce: string; verifier: string; redirectUri: string },
  env: Env,
  now: number,
): Promise<Outcome<Identity>> => {
  const error = query.get('error')
  if (error !== null) return { ok: false, message: error.replace(/[^a-z_]/g, '').slice(0, 60) || 'refused' }
  const issuer = query.get('iss')
  if (issuer !== null && issuer !== settings.issuer)
    return { ok: false, message: 'the answer is another provider’s (iss)' }
  const secret = sealed === '' ? '' : await open(env.LADDER_MASTER_KEY ?? '', sealedAt(settings), sealed)
  if (secret === undefined) return { ok: false, message: 'the client secret can’t be read: set the provider again' }
  const found = await discover(settings.issuer)
  return found.ok ? identify(settings, secret, found.value, { ...parts, code: query.get('code') ?? '' }, now) : found
}

/**
 * Sign-in by OpenID Connect: authorization code with PKCE, state and nonce, bound to the browser that asked. `GET /sign-in/oidc?to=`
 * begins, the provider sends back to `/callback`; a session is given to those alone who have a grant.
 */
export const signInRoutes = (): Hono<{ Bindings: Env }> => {
  const app = new Hono<{ Bindings: Env }>()
  app.get(START, ({ req, env }) => start(req.raw, env))
  app.get(`${START}/callback`, ({ req, env }) => callback(req.raw, env))
  return app
}
