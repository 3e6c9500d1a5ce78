import { Hono } from 'hono/tiny'
import { api } from './console/api.ts'
import { isAdmin, setupFault } from './console/auth.ts'
import { ops } from './console/ops.ts'
import { REGISTRY } from './console/registry.ts'
import { actions } from './ingress/actions/routes.ts'
import { knownAccounts } from './ingress/known.ts'
import { ingress } from './ingress/routes.ts'
import { oauthRoutes } from './ingress/oauth/routes.ts'
import type { Env } from './shell/env.ts'

export { Account } from './account/index.ts'
export { Book } from './book/index.ts'
export { Courier } from './courier/index.ts'

const isKnown = (account: string, env: Env): boolean | Promise<boolean> =>
  knownAccounts.has(account, () => env.ACCOUNT.getByName(REGISTRY).accounts(), Date.now())

const app = new Hono<{ Bindings: Env }>()
app.route('/', ops())
// a setup that isn't whole takes nothing: fails closed
app.use('*', async (context, next) => {
  const fault = setupFault(context.env)
  return fault ? context.json({ error: 'setup', message: fault }, 503) : next()
})
app.route('/', actions<Env>({ isAdmin: ({ req, env }) => isAdmin(req.header('authorization'), env), isKnown }))
app.route(
  '/',
  oauthRoutes<Env>({
    take: (state, env) => env.ACCOUNT.getByName(REGISTRY).takeConsent(state),
    give: async (account, given, env) => {
      const result = await env.ACCOUNT.getByName(account).consented(account, given)
      if (result.ok) await env.ACCOUNT.getByName(REGISTRY).listAccount(account, true)
      if (result.ok) knownAccounts.forget()
      return result
    },
  }),
)
app.route('/api/v1', api())
app.notFound((context) => context.json({ error: 'not-found', message: 'no such address' }, 404))
app.onError((error, context) => {
  console.error(error)
  return context.json({ error: 'internal', message: 'something went wrong in Ladder; see its log' }, 500)
})

const hooks = ingress<Env>(isKnown)

/** Webhooks and facts go past the router, like all else through the setup check. */
export default {
  fetch: (request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> =>
    (setupFault(env) === null ? hooks(request, env) : null) ?? app.fetch(request, env, context),
}
