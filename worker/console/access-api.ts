import { Hono } from 'hono/tiny'
import { actorOf } from './access/index.ts'
import type { Person } from './access/people.ts'
import { grantSchema } from './access/roles.ts'
import { accessOf, type ConsoleEnv } from './guard.ts'
import { bad, read } from './read.ts'

const EMAIL = /^[^\s@/|]+@[^\s@/|]+$/
const MOST_ROWS = 1000

const LAST_ADMIN = {
  error: 'conflict',
  message: 'this is the last admin of all accounts: make somebody else one first',
}

const shown = ({ at, ...person }: Person) => ({ ...person, at: new Date(at).toISOString() })

/** Who may use the console, and who did what: `/access` of the API. */
export const accessApi = (): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()

  app.post('/setup-token', async (context) => {
    const { token, until } = await accessOf(context.env).makeLink(Date.now())
    context.header('cache-control', 'no-store')
    return context.json({ token, until: new Date(until).toISOString(), path: `/console/#setup=${token}` }, 201)
  })

  app.get('/users', async (context) => context.json({ users: (await accessOf(context.env).people()).map(shown) }))

  app.put('/users/:who', async (context) => {
    const who = context.req.param('who').trim()
    const body = await read(context, grantSchema)
    if (!body.ok) return body.answer
    if (!EMAIL.test(who)) return bad(context, 'a person is named by an e-mail address')
    const person: Person = {
      ...body.value,
      who: who.toLowerCase(),
      kind: 'email',
      issuer: '',
      at: Date.now(),
      by: actorOf(context.get('who')),
    }
    return (await accessOf(context.env).grant(person)) ? context.json(shown(person)) : context.json(LAST_ADMIN, 409)
  })

  app.delete('/users/:who', async (context) => {
    const who = context.req.param('who').trim()
    const done = await accessOf(context.env).revoke(who.includes('@') ? who.toLowerCase() : who)
    if (done === 'last-admin') return context.json(LAST_ADMIN, 409)
    return done === 'removed'
      ? context.json({ removed: who })
      : context.json({ error: 'not-found', message: 'nobody of that name' }, 404)
  })

  app.get('/audit', async (context) => {
    const { limit, before, filter } = context.req.query()
    const most = Math.min(MOST_ROWS, Math.max(1, Math.floor(Number(limit)) || 100))
    const from = Math.floor(Number(before)) || null
    const rows = await accessOf(context.env).audit(most, from, filter || null)
    return context.json({ audit: rows.map(({ at, ...row }) => ({ ...row, at: new Date(at).toISOString() })) })
  })

  return app
}
