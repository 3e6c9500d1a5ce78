import type { MiddlewareHandler } from 'hono'
import type { Env } from '../shell/env.ts'
import { isMasterKey } from '../shell/secrets.ts'

/** An admin token shorter than this is taken for a mistake. */
const SHORTEST_TOKEN = 16

/** The setup that was found whole last. */
let whole: Pick<Env, 'LADDER_MASTER_KEY' | 'LADDER_ADMIN_TOKEN'> | undefined

/** What is missing in the setup; null when it is whole. Nothing but the health check answers before. */
export const setupFault = (env: Env): string | null => {
  const { LADDER_MASTER_KEY, LADDER_ADMIN_TOKEN } = env
  if (whole && whole.LADDER_MASTER_KEY === LADDER_MASTER_KEY && whole.LADDER_ADMIN_TOKEN === LADDER_ADMIN_TOKEN)
    return null
  const fault = faultOf(env)
  if (fault === null) whole = { LADDER_MASTER_KEY, LADDER_ADMIN_TOKEN }
  return fault
}

const faultOf = (env: Env): string | null => {
  if (!isMasterKey(env.LADDER_MASTER_KEY))
    return 'LADDER_MASTER_KEY must be 32 bytes in base64: openssl rand -base64 32'
  if ((env.LADDER_ADMIN_TOKEN ?? '').length < SHORTEST_TOKEN)
    return `LADDER_ADMIN_TOKEN must have at least ${SHORTEST_TOKEN} characters`
  return null
}

const encoder = new TextEncoder()
const digest = (text: string): Promise<ArrayBuffer> => crypto.subtle.digest('SHA-256', encoder.encode(text))

/** Equality that takes the same time wherever two texts differ. */
const equal = async (a: string, b: string): Promise<boolean> => {
  const [left, right] = await Promise.all([digest(a), digest(b)])
  const one = new Uint8Array(left)
  const two = new Uint8Array(right)
  let difference = 0
  for (const [at, byte] of one.entries()) difference |= byte ^ (two[at] ?? 0)
  return difference === 0
}

/** Whether a request carries the admin token. */
export const isAdmin = async (authorization: string | undefined, env: Env): Promise<boolean> => {
  const given = /^Bearer (.+)$/.exec(authorization ?? '')?.[1]
  return given !== undefined && (await equal(given, env.LADDER_ADMIN_TOKEN ?? ''))
}

/** Lets a bearer of the admin token through. Anything else is 401, whatever the path. */
export const adminOnly: MiddlewareHandler<{ Bindings: Env }> = async (context, next) => {
  if (!(await isAdmin(context.req.header('authorization'), context.env))) {
    return context.json({ error: 'unauthorized', message: 'send the admin token: Authorization: Bearer …' }, 401)
  }
  return next()
}
