import { Hono } from 'hono/tiny'
import * as z from '../../schemas/z.ts'
import type { Who } from './access/roles.ts'
import { SESSION_MS } from './access/sessions.ts'
import { readCookie, setCookie } from './cookies.ts'
import { accessOf, type ConsoleEnv, noGrant, whoAsks } from './guard.ts'
import { addressOf, isOwnPage, isSecure } from './origin.ts'
import { type Call, read } from './read.ts'
import { REGISTRY } from './registry.ts'
import { SAID } from './refusals.ts'

const setupSchema = z.strictObject({ token: z.string().check(z.minLength(1), z.maxLength(200)) })

/** What a page is told of whoever is signed in. */
const shown = async (context: Call, who: Who, now: number) => {
  const { name, email, role, branches, rm } = who
  const [all, { oidc }] = await Promise.all([
    context.env.ACCOUNT.getByName(REGISTRY).accounts(),
    accessOf(context.env).ways(now),
  ])
  const accounts = all.filter((account) => who.accounts?.includes(account) ?? true)
  return { user: { name, email, role, branches, rm }, accounts, signIn: { oidc } }
}

const crossSite = { error: 'cross-site', ...SAID.crossSite }

/** Sign in by a link, see who one is, sign out: `/session` of the API. */
export const sessionApi = (): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()

  app.get('/', async (context) => {
    const now = Date.now()
    context.header('cache-control', 'no-store')
    const found = await whoAsks(context.req.raw, context.env, now)
    if (found.ok) return context.json(await shown(context, found.who, now))
    if (found.why === 'no-grant') return context.json(noGrant(found.name), 403)
    const signIn = await accessOf(context.env).ways(now)
    return context.json({ error: 'unauthorized', ...SAID.nobody, signIn }, 401)
  })

  app.post('/setup', async (context) => {
    const now = Date.now()
    const { env } = context
    context.header('cache-control', 'no-store')
    if (!isOwnPage(context.req.raw, env)) return context.json(crossSite, 403)
    const body = await read(context, setupSchema)
    if (!body.ok) return body.answer
    const secure = isSecure(context.req.raw, env)
    const begun = await accessOf(env).beginByLink(body.value.token, addressOf(context.req.raw), secure, now)
    if (begun.ok) {
      context.header('set-cookie', setCookie('session', begun.id, secure, SESSION_MS / 1000))
      return context.json(await shown(context, begun.who, now))
    }
    if (begun.why === 'wait') {
      context.header('retry-after', String(begun.wait))
      return context.json({ error: 'too-many', ...SAID.wait(begun.wait) }, 429)
    }
    return context.json({ error: 'bad-token', ...SAID.usedLink }, 403)
  })

  app.delete('/', async (context) => {
    if (!isOwnPage(context.req.raw, context.env)) return context.json(crossSite, 403)
    const cookie = readCookie(context.req.header('cookie'), 'session')
    if (cookie) await accessOf(context.env).end(cookie.value, Date.now())
    for (const secure of cookie ? [cookie.secure] : [])
      context.header('set-cookie', setCookie('session', '', secure, 0))
    return context.json({ signedIn: false })
  })

  return app
}
