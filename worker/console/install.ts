import { Hono } from 'hono/tiny'
import type { Env } from '../shell/env.ts'
import type { ConsoleEnv } from './guard.ts'
import { type Call, jsonOf, bad } from './read.ts'
import { SAID } from './refusals.ts'

const NOT_OFFERED = {
  error: 'not-offered',
  ...SAID.notOffered,
}

/** Asks the installer of the machine that Ladder runs on. What a page sends goes through as it is and is kept nowhere. */
const ask = async (context: Call, method: string, path: string, body?: unknown): Promise<Response> => {
  const { LADDER_INSTALLER_URL: url, LADDER_INSTALLER_TOKEN: token } = context.env
  context.header('cache-control', 'no-store')
  if (!url || !token) return context.json(NOT_OFFERED, 404)
  try {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return context.json(await answer.json(), answer.status as 200)
  } catch {
    return context.json({ error: 'unreachable', ...SAID.noInstaller }, 502)
  }
}

const isOffered = ({ LADDER_INSTALLER_URL, LADDER_INSTALLER_TOKEN }: Env): boolean =>
  Boolean(LADDER_INSTALLER_URL && LADDER_INSTALLER_TOKEN)

/** `/install` of the API: connect a CRM from the console's page, where the machine offers an installer. */
export const installApi = (): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()
  app.get('/', (context) =>
    context.json({
      offered: isOffered(context.env),
      ladderUrl: context.env.LADDER_PUBLIC_URL ?? new URL(context.req.url).origin,
    }),
  )
  app.get('/jobs', (context) => ask(context, 'GET', '/jobs'))
  app.post('/jobs', async (context) => {
    const json = await jsonOf(context)
    return json.ok ? ask(context, 'POST', '/jobs', json.value) : bad(context, json.said)
  })
  app.get('/jobs/:job', (context) => {
    const from = Math.floor(Number(context.req.query('from'))) || 0
    return ask(context, 'GET', `/jobs/${encodeURIComponent(context.req.param('job'))}?from=${from}`)
  })
  app.delete('/jobs/:job', (context) => ask(context, 'DELETE', `/jobs/${encodeURIComponent(context.req.param('job'))}`))
  return app
}
