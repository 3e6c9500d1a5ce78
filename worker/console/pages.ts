import { Hono } from 'hono/tiny'
import type { Env } from '../shell/env.ts'
import { newSecret } from './access/secret.ts'
import { isSecure } from './origin.ts'

/** Content types by ending: a plain folder tells none. */
const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff: 'font/woff',
  woff2: 'font/woff2',
  txt: 'text/plain; charset=utf-8',
}

/** Files whose name changes with what is in them. */
const HASHED = /^assets\/[\w.-]+$/
const PLACEHOLDER = /__NONCE__/g

/**
 * What a page of the console may do: run and style itself by what Ladder serves, or has marked with the page's nonce, and talk
 * to Ladder. Style attributes, which run nothing, are how charts place their labels.
 */
const policy = (nonce: string): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

/** Headers of everything under `/console/`. */
const headersFor = (request: Request, env: Env): Record<string, string> => ({
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  ...(isSecure(request, env) ? { 'strict-transport-security': 'max-age=31536000' } : {}),
})

const NOT_BUILT =
  'This Ladder has no console pages: build them with npm run console, then start or deploy again. The API is there.\n' +
  '此 Ladder 没有控制台页面：请先运行 npm run console，再启动或部署。API 可用。\n'

const file = async (env: Env, request: Request, path: string): Promise<Response | null> => {
  const answer = await env.ASSETS?.fetch(new URL(`/${path}`, request.url).href)
  return answer?.status === 200 ? answer : null
}

/** A file's name below the console's folder, if it can be one: nothing hidden, nothing above. */
const nameOf = (path: string): string | null => {
  const name = path.replace(/^\/console\/?/, '')
  return /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(name) && /\.\w+$/.test(name) ? name : null
}

const index = async (request: Request, env: Env): Promise<Response> => {
  const common = headersFor(request, env)
  const found = await file(env, request, 'index.html')
  if (!found)
    return new Response(NOT_BUILT, { status: 404, headers: { ...common, 'content-type': 'text/plain; charset=utf-8' } })
  const nonce = newSecret()
  const html = (await found.text()).replace(PLACEHOLDER, nonce)
  return new Response(html, {
    headers: {
      ...common,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': policy(nonce),
    },
  })
}

/**
 * The console's pages under `/console/`: built files as they are, `index.html` with a nonce of its own for each answer, and
 * `index.html` for any address that isn't a file's, since the page finds its own way.
 */
export const pages = (): Hono<{ Bindings: Env }> => {
  const app = new Hono<{ Bindings: Env }>()
  app.get('/console/*', async ({ req, env, redirect }) => {
    const request = req.raw
    const { pathname } = new URL(request.url)
    if (pathname === '/console') return redirect('/console/', 308)
    const name = nameOf(pathname)
    if (name === null || name === 'index.html') return index(request, env)
    const common = headersFor(request, env)
    const found = await file(env, request, name)
    const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
    if (!found)
      return new Response('no such file\n', {
        status: 404,
        headers: { ...common, 'content-type': 'text/plain; charset=utf-8' },
      })
    return new Response(found.body, {
      headers: {
        ...common,
        'content-type': TYPES[ending] ?? 'application/octet-stream',
        'cache-control': HASHED.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      },
    })
  })
  return app
}
