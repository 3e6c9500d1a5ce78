import type { Context, MiddlewareHandler } from 'hono'
import type { Seen } from '../method/measures/report.ts'
import type { Env } from '../shell/env.ts'
import { ACCESS, actorOf, type FoundSession } from './access/index.ts'
import type { Who } from './access/roles.ts'
import { isAdmin } from './auth.ts'
import { readCookie } from './cookies.ts'
import { isOwnPage } from './origin.ts'
import { type Matched, permissionFor } from './permissions.ts'
import { SAID, type Said } from './refusals.ts'

/** What addresses of the API find in their context. */
export interface ConsoleEnv {
  Bindings: Env
  /** `seen`: what of the account that is asked for; set below `/accounts/:account`. */
  Variables: { who: Who; seen: Seen }
}

type Call = Context<ConsoleEnv>

/** The one who holds the admin token: the command, and whoever runs Ladder. */
const TOKEN_HOLDER: Who = {
  by: 'token',
  name: 'admin token',
  email: '',
  role: 'ADMIN',
  branches: [],
  rm: null,
  accounts: null,
}

export const accessOf = (env: Env) => env.ACCESS.getByName(ACCESS)

/** The session that a request carries. A cookie counts under the name alone that it was set by. */
export const sessionOf = async (request: Request, env: Env, now: number): Promise<FoundSession> => {
  const cookie = readCookie(request.headers.get('cookie'), 'session')
  const none: FoundSession = { ok: false, why: 'none', name: '' }
  if (!cookie) return none
  const found = await accessOf(env).session(cookie.value, now)
  return found.ok && found.secure !== cookie.secure ? none : found
}

/** The holder of the admin token, or the one of the session. */
export const whoAsks = async (request: Request, env: Env, now: number): Promise<FoundSession> => {
  const authorization = request.headers.get('authorization')
  if (authorization === null) return sessionOf(request, env, now)
  return (await isAdmin(authorization, env))
    ? { ok: true, who: TOKEN_HOLDER, secure: true }
    : { ok: false, why: 'none', name: '' }
}

const READING = ['GET', 'HEAD']

/** The path under `/api/v1` as the router reads it. */
const pathOf = (context: Call): string => context.req.path.replace(/^\/api\/v1/, '')

/** Why somebody who is signed in may not do this; null: may. */
const refusal = (who: Who, matched: Matched | null): ({ status: 403 | 404 } & Said) | null => {
  if (who.by === 'token') return null
  if (!matched) return { status: 404, ...SAID.noAddress }
  const { permission, account } = matched
  const allowed = permission.who
  if (allowed === 'token' || (allowed !== 'anybody' && !allowed.includes(who.role)))
    return { status: 403, ...SAID.role(who.role) }
  if (account !== null && who.accounts !== null && !who.accounts.includes(account))
    return { status: 404, ...SAID.noAccount }
  return null
}

/**
 * Lets through whom the table of permissions lets through: the holder of the admin token, or a session of a role that the address
 * is open to. What changes something under a session has to come from Ladder's own page. Anything else is 401, 403 or 404,
 * and nothing is done. What an admin changes is written down before it is done, and how it ended after.
 */
export const guard: MiddlewareHandler<ConsoleEnv> = async (context, next) => {
  const { env } = context
  const request = context.req.raw
  const matched = permissionFor(request.method, pathOf(context))
  if (matched?.permission.who === 'anybody') return next()
  const now = Date.now()
  const found = await whoAsks(request, env, now)
  if (!found.ok) return unsigned(context, found)
  const { who } = found
  const refused = refusal(who, matched)
  if (refused) {
    const { status, ...words } = refused
    return context.json({ error: status === 403 ? 'forbidden' : 'not-found', ...words }, status)
  }
  if (who.by !== 'token' && !READING.includes(request.method) && !isOwnPage(request, env))
    return context.json({ error: 'cross-site', ...SAID.crossSite }, 403)
  context.set('who', who)
  return matched?.permission.audit === undefined
    ? next()
    : audited(context, matched, matched.permission.audit, now, next)
}

/** The answer to nobody; what ways to sign in there are is told by `/session` alone. */
const unsigned = (context: Call, { why, name }: Extract<FoundSession, { ok: false }>): Response =>
  why === 'no-grant'
    ? context.json(noGrant(name), 403)
    : context.json({ error: 'unauthorized', ...SAID.unauthorized }, 401)

export const noGrant = (name: string): { error: string } & Said => ({ error: 'no-grant', ...SAID.noGrant(name) })

const audited = async (
  context: Call,
  { account, values }: Matched,
  what: string,
  now: number,
  next: () => Promise<void>,
): Promise<void> => {
  // a playbook that is kept may be put in force at once
  const publishes = context.req.query('publish') === 'true'
  const detail: Record<string, string | boolean> = {
    ...Object.fromEntries(Object.entries(values).filter(([name]) => name !== 'account')),
    ...(publishes ? { publish: true } : {}),
  }
  const access = accessOf(context.env)
  const seq = await access.note({ actor: actorOf(context.get('who')), what, account: account ?? '', detail }, now)
  await next()
  await access.noteEnd(seq, context.res.status)
}
