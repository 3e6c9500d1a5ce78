import { consoleApp } from './console/app.ts'
import { isAdmin, setupFault } from './console/auth.ts'
import { REGISTRY } from './console/registry.ts'
import { actions } from './ingress/actions/routes.ts'
import { knownAccounts } from './ingress/known.ts'
import { oauthRoutes } from './ingress/oauth/routes.ts'
import { ingress } from './ingress/routes.ts'
import type { Env } from './shell/env.ts'

export { Account } from './account/index.ts'
export { Book } from './book/index.ts'
export { Access } from './console/access/index.ts'
export { Courier } from './courier/index.ts'

const isKnown = (account: string, env: Env): boolean | Promise<boolean> =>
  knownAccounts.has(account, () => env.ACCOUNT.getByName(REGISTRY).accounts(), Date.now())

/** What other programs send: webhooks and facts first. Each answers its own addresses; a router would cost them more. */
const received = [
  ingress<Env>(isKnown),
  actions<Env>({ isAdmin: ({ headers }, env) => isAdmin(headers.get('authorization') ?? undefined, env), isKnown }),
  oauthRoutes<Env>({
    take: (state, env) => env.ACCOUNT.getByName(REGISTRY).takeConsent(state),
    give: async (account, given, env) => {
      const result = await env.ACCOUNT.getByName(account).consented(account, given)
      if (result.ok) await env.ACCOUNT.getByName(REGISTRY).listAccount(account, true)
      if (result.ok) knownAccounts.forget()
      return result
    },
  }),
]
const asked = consoleApp()

const take = (request: Request, env: Env): Promise<Response> | null => {
  for (const answer of received) {
    const response = answer(request, env)
    if (response) return response
  }
  return null
}

/** A setup that isn't whole takes nothing: the console's app says what is missing. */
export default {
  fetch: (request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> =>
    (setupFault(env) === null ? take(request, env) : null) ?? asked.fetch(request, env, context),
}
