import { Hono } from 'hono/tiny'
import { actorOf } from './access/index.ts'
import type { Person } from './access/people.ts'
import { type KeptProvider, providerSchema, sealedAt } from './access/provider.ts'
import { grantSchema } from './access/roles.ts'
import { accessOf, type ConsoleEnv } from './guard.ts'
import { discover } from './oidc/provider.ts'
import { redirectUri } from './oidc/routes.ts'
import { seal } from '../shell/secrets.ts'
import { bad, type Call, read } from './read.ts'
import { SAID, type Said } from './refusals.ts'

const EMAIL = /^[^\s@/|]+@[^\s@/|]+$/
const MOST_ROWS = 1000
const MOST_SUBJECT = 260

const LAST_ADMIN = {
  error: 'conflict',
  ...SAID.lastAdmin,
}

const shown = ({ at, ...person }: Person) => ({ ...person, at: new Date(at).toISOString() })

const SUBJECT = 'sub:'
type Named = Pick<Person, 'who' | 'kind' | 'issuer'>

/** A person by address, or by the subject at the provider that is set. */
const nameOf = async (context: Call, who: string): Promise<{ ok: true; value: Named } | { ok: false; said: Said }> => {
  if (EMAIL.test(who) && !who.startsWith(SUBJECT))
    return { ok: true, value: { who: who.toLowerCase(), kind: 'email', issuer: '' } }
  if (!who.startsWith(SUBJECT) || who === SUBJECT || who.length > MOST_SUBJECT)
    return { ok: false, said: SAID.personName }
  const provider = await accessOf(context.env).provider()
  return provider
    ? { ok: true, value: { who, kind: 'subject', issuer: provider.settings.issuer } }
    : { ok: false, said: SAID.subjectFirst }
}

const shownProvider = (context: Call, kept: KeptProvider | null) =>
  kept && { ...kept.settings, hasSecret: kept.sealed !== '', redirectUri: redirectUri(context.req.raw, context.env) }

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
    const named = await nameOf(context, who)
    if (!named.ok) return bad(context, named.said)
    const person: Person = {
      ...body.value,
      ...named.value,
      at: Date.now(),
      by: actorOf(context.get('who')),
    }
    return (await accessOf(context.env).grant(person)) ? context.json(shown(person)) : context.json(LAST_ADMIN, 409)
  })

  app.delete('/users/:who', async (context) => {
    const who = context.req.param('who').trim()
    const done = await accessOf(context.env).revoke(who.startsWith(SUBJECT) ? who : who.toLowerCase())
    if (done === 'last-admin') return context.json(LAST_ADMIN, 409)
    return done === 'removed'
      ? context.json({ removed: who })
      : context.json({ error: 'not-found', ...SAID.noPerson }, 404)
  })

  app.get('/provider', async (context) => {
    const redirect = redirectUri(context.req.raw, context.env)
    return context.json({
      provider: shownProvider(context, await accessOf(context.env).provider()),
      redirectUri: redirect,
    })
  })

  app.put('/provider', async (context) => {
    const body = await read(context, providerSchema)
    if (!body.ok) return body.answer
    const { clientSecret, ...settings } = body.value
    const kept = await accessOf(context.env).provider()
    const isSame = kept?.settings.issuer === settings.issuer && kept.settings.clientId === settings.clientId
    if (clientSecret === undefined && !isSame) return bad(context, SAID.needsSecret)
    const found = await discover(settings.issuer)
    if (!found.ok) return context.json({ error: 'provider', ...SAID.provider(settings.issuer, found.message) }, 422)
    const sealed =
      clientSecret === undefined
        ? (kept?.sealed ?? '')
        : clientSecret === null
          ? ''
          : await seal(context.env.LADDER_MASTER_KEY ?? '', sealedAt(settings), clientSecret)
    await accessOf(context.env).setProvider({ settings, sealed })
    return context.json({ provider: shownProvider(context, { settings, sealed }) })
  })

  app.delete('/provider', async (context) => {
    await accessOf(context.env).setProvider(null)
    return context.json({ provider: null })
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
