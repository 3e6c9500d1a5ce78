import { DurableObject } from 'cloudflare:workers'
import { Hono } from 'hono'
import { verifySignature } from '../../../worker/ingress/signatures/index.ts'
import { SECRET } from '../secret.ts'

/** Keeps each delivery as one row: the least that makes an answer durable. */
export class Store extends DurableObject {
  constructor(ctx: DurableObjectState, env: object) {
    super(ctx, env)
    ctx.storage.sql.exec('CREATE TABLE IF NOT EXISTS inbox (seq INTEGER PRIMARY KEY, body BLOB NOT NULL)')
  }

  async keep(body: ArrayBuffer): Promise<void> {
    this.ctx.storage.sql.exec('INSERT INTO inbox (body) VALUES (?)', body)
  }
}

interface Env {
  STORE: { getByName(name: string): { keep(body: ArrayBuffer): Promise<void> } }
}

/** Verify and one SQLite row, on the same runtime. */
const app = new Hono<{ Bindings: Env }>()
app.get('/', (context) => context.text('up'))
app.post('/hooks/twenty/:account', async (context) => {
  const body = await context.req.arrayBuffer()
  const verdict = await verifySignature('twenty', {
    secret: SECRET,
    headers: context.req.raw.headers,
    body: new Uint8Array(body),
    now: Date.now(),
  })
  if (!verdict.ok) return context.json({ stored: false }, 401)
  await context.env.STORE.getByName(context.req.param('account')).keep(body)
  return context.json({ stored: true }, 202)
})

export default app
