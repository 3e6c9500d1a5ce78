import { Hono } from 'hono/tiny'
import * as z from '../../schemas/z.ts'
import { authorizeUrl } from '../ingress/oauth/authorize.ts'
import type { ConsoleEnv } from './guard.ts'
import { oauthSetup } from '../shell/oauth-app.ts'
import { read } from './read.ts'
import { REGISTRY } from './registry.ts'

const scope = z.string().check(z.regex(/^[a-z][a-z0-9._-]{1,100}$/i, 'a scope such as crm.objects.contacts.read'))

const askSchema = z.strictObject({
  /** All scopes that the app's project requires: HubSpot refuses a link that lacks one. */
  scopes: z.array(scope).check(z.minLength(1), z.maxLength(100)),
  optionalScopes: z._default(z.array(scope).check(z.maxLength(100)), []),
  /** The one HubSpot account that may agree; any when left out. */
  portalId: z._default(z.nullable(z.int().check(z.positive())), null),
})

/**
 * `POST /oauth/hubspot` of the admin API: the address at which an admin of HubSpot agrees, good once and for half an hour. What
 * belongs to it (state, PKCE verifier) stays in Ladder.
 */
export const oauthApi = (): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()
  app.post('/hubspot', async (context) => {
    const body = await read(context, askSchema)
    if (!body.ok) return body.answer
    const setup = oauthSetup(context.env)
    if (!setup.ok) return context.json({ error: 'conflict', message: setup.fault }, 409)
    const { scopes, optionalScopes, portalId } = body.value
    const { state, challenge, until } = await context.env.ACCOUNT.getByName(REGISTRY).askConsent({ portalId })
    const url = authorizeUrl(setup.app, { scopes, optionalScopes, portalId, state, challenge })
    context.header('cache-control', 'no-store')
    return context.json({ url, until: new Date(until).toISOString(), redirectUri: setup.app.redirectUri }, 201)
  })
  return app
}
