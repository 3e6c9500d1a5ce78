import { Hono } from 'hono'
import { api } from './console/api.ts'
import { isAdmin, setupFault } from './console/auth.ts'
import { ops } from './console/ops.ts'
import { REGISTRY } from './console/registry.ts'
import { actions } from './ingress/actions/routes.ts'
import { countRefused } from './ingress/counters.ts'
import { HUBSPOT_APP } from './ingress/hubspot-app.ts'
import { knownAccounts } from './ingress/known.ts'
import { ingress, isAccountName } from './ingress/routes.ts'
import { oauthRoutes } from './ingress/oauth/routes.ts'
import { unknownAccount } from './ingress/receive.ts'
import type { Env } from './shell/env.ts'

export { Account } from './account/index.ts'
export { Book } from './book/index.ts'
export { Courier } from './courier/index.ts'

const isKnown = (account: string, env: Env): Promise<boolean> =>
  knownAccounts.has(account, () => env.ACCOUNT.getByName(REGISTRY).accounts(), Date.now())

const app = new Hono<{ Bindings: Env }>()
app.route('/', ops())
// a setup that isn't whole takes nothing: fails closed
app.use('*', async (context, next) => {
  const fault = setupFault(context.env)
  return fault ? context.json({ error: 'setup', message: fault }, 503) : next()
})
// a name that is no account's wakes no object
app.use('/hooks/:source/:account', async (context, next) => {
  const account = context.req.param('account')
  const isOwnAddress = context.req.path !== HUBSPOT_APP && isAccountName(account)
  if (!isOwnAddress || (await isKnown(account, context.env))) return next()
  const { status, body } = unknownAccount()
  countRefused('hooks.unknown-account')
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
})
app.route('/', ingress(isKnown))
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

export default app
