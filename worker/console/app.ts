import { Hono } from 'hono/tiny'
import type { Env } from '../shell/env.ts'
import { api } from './api.ts'
import { setupFault } from './auth.ts'
import { signInRoutes } from './oidc/routes.ts'
import { ops } from './ops.ts'
import { pages } from './pages.ts'
import { SAID } from './refusals.ts'

/** All that people and their programs ask Ladder: the health check, the figures of operations, the API, signing in, the console's pages. */
export const consoleApp = (): Hono<{ Bindings: Env }> => {
  const app = new Hono<{ Bindings: Env }>()
  app.route('/', ops())
  // a setup that isn't whole takes nothing: fails closed
  app.use('*', async (context, next) => {
    const fault = setupFault(context.env)
    return fault ? context.json({ error: 'setup', message: fault }, 503) : next()
  })
  app.route('/api/v1', api())
  app.route('/', signInRoutes())
  app.route('/', pages())
  app.notFound((context) => context.json({ error: 'not-found', ...SAID.noAddress }, 404))
  app.onError((error, context) => {
    console.error(error)
    return context.json({ error: 'internal', ...SAID.internal }, 500)
  })
  return app
}
