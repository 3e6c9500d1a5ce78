import { Hono } from 'hono'

/** The least that a webhook can be answered with: neither read nor checked nor kept. */
const app = new Hono()
app.get('/', (context) => context.text('up'))
app.post('/hooks/twenty/:account', (context) => context.json({ stored: false }, 202))

export default app
