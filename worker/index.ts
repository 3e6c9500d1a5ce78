import { Hono } from 'hono'
import { api } from './console/api.ts'
import { setupFault } from './console/auth.ts'
import { ops } from './console/ops.ts'
import { ingress } from './ingress/routes.ts'
import type { Env } from './shell/env.ts'

export { Account } from './account/index.ts'
export { Book } from './book/index.ts'
export { Courier } from './courier/index.ts'

const app = new Hono<{ Bindings: Env }>()
app.route('/', ops())
// a setup that isn't whole takes nothing: fails closed
app.use('*', async (context, next) => {
  const fault = await setupFault(context.env)
  return fault ? context.json({ error: 'setup', message: fault }, 503) : next()
})
app.route('/', ingress())
app.route('/api/v1', api())
app.notFound((context) => context.json({ error: 'not-found', message: 'no such address' }, 404))
app.onError((error, context) => {
  console.error(error)
  return context.json({ error: 'internal', message: 'something went wrong in Ladder; see its log' }, 500)
})

export default app
