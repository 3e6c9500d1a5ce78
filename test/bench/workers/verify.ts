import { Hono } from 'hono'
import { verifySignature } from '../../../worker/ingress/signatures/index.ts'
import { SECRET } from '../secret.ts'

/** The signature is checked as Ladder checks it; nothing is kept. */
const app = new Hono()
app.get('/', (context) => context.text('up'))
app.post('/hooks/twenty/:account', async (context) => {
  const body = new Uint8Array(await context.req.arrayBuffer())
  const verdict = await verifySignature('twenty', {
    secret: SECRET,
    headers: context.req.raw.headers,
    body,
    now: Date.now(),
  })
  return context.json({ stored: false }, verdict.ok ? 202 : 401)
})

export default app
