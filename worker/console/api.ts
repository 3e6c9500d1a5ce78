import { Hono } from 'hono/tiny'
import * as z from '../../schemas/z.ts'
import { connectSchema } from '../account/settings.ts'
import { mergeSummaries } from '../book/summary.ts'
import { knownAccounts } from '../ingress/known.ts'
import { isAccountName } from '../ingress/routes.ts'
import { splitOf } from '../method/gather/split.ts'
import { accessApi } from './access-api.ts'
import { askAll } from './ask-all.ts'
import { campaignsApi } from './campaigns.ts'
import { documentsApi } from './documents.ts'
import { escalationsApi } from './escalations.ts'
import { type ConsoleEnv, guard } from './guard.ts'
import { installApi } from './install.ts'
import { listsApi } from './lists.ts'
import { namesApi } from './names.ts'
import { oauthApi } from './oauth.ts'
import { checkPlaybook, playbooksApi, shadow } from './playbooks.ts'
import { bad, type Call, read } from './read.ts'
import { ratingRunsApi } from './rating-runs.ts'
import { REGISTRY } from './registry.ts'
import { isNarrow, isOwn, look } from './scope.ts'
import { eventsApi } from './events.ts'
import { callsReport, sourcesReport } from './reports.ts'
import { sessionApi } from './session.ts'
import { SAID, saidOf } from './refusals.ts'

const MOST_ROWS = 1000

const mostOf = (context: Call, otherwise: number): number => {
  const asked = Number(context.req.query('limit') ?? otherwise)
  return Number.isInteger(asked) && asked > 0 ? Math.min(asked, MOST_ROWS) : otherwise
}

const accountOf = (context: Call) => context.env.ACCOUNT.getByName(context.req.param('account') ?? '')

const clockSchema = z.strictObject({ at: z.nullable(z.iso.datetime({ offset: true })) })
const replaySchema = z.strictObject({ seq: z._default(z.nullable(z.int().check(z.positive())), null) })
const sweepSchema = z.strictObject({ ids: z._default(z.boolean(), false) })
const eraseSchema = z.strictObject({
  record: z.string().check(z.regex(/^(company|person):.+$/, 'company:<id> or person:<id>')),
})
const settleSchema = z.strictObject({ until: z.iso.datetime({ offset: true }) })

const day = z.iso.date('a day such as 2026-11-30')
const figuresSchema = z
  .strictObject({
    on: z.optional(day),
    against: z.optional(day),
    branch: z.optional(z.string()),
    rm: z.optional(z.string()),
    by: z.optional(z.enum(['branch', 'rm'])),
  })
  .check(
    z.refine(({ on, against }) => !on || !against || against < on, { path: ['against'], message: 'a day before `on`' }),
  )

const callsSchema = z
  .strictObject({ from: z.optional(day), to: z.optional(day) })
  .check(z.refine(({ from, to }) => !from || !to || from <= to))

const found = (context: Call, report: object | null): Response =>
  report ? context.json(report) : context.json({ error: 'not-found', ...SAID.noAccount }, 404)

/** The API under `/api/v1`: JSON in and out, for the admin token and for the console's sessions as `permissions.ts` has it. */
export const api = (): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()
  app.use('*', guard)

  app.route('/session', sessionApi())
  app.route('/access', accessApi())
  app.route('/oauth', oauthApi())
  app.route('/install', installApi())

  app.get('/accounts', async (context) => {
    const { accounts } = context.get('who')
    const all = await context.env.ACCOUNT.getByName(REGISTRY).accounts()
    return context.json({ accounts: all.filter((account) => accounts?.includes(account) ?? true) })
  })

  app.put('/clock', async (context) => {
    const body = await read(context, clockSchema)
    if (!body.ok) return body.answer
    if (context.env.LADDER_CLOCK !== 'manual') return context.json({ error: 'conflict', ...SAID.clock }, 409)
    const at = body.value.at === null ? null : Date.parse(body.value.at)
    const accounts = await context.env.ACCOUNT.getByName(REGISTRY).accounts()
    await Promise.all([REGISTRY, ...accounts].map((name) => context.env.ACCOUNT.getByName(name).setClock(at)))
    return context.json({ at: body.value.at })
  })

  app.use('/accounts/:account/*', async (context, next) =>
    isAccountName(context.req.param('account') ?? '')
      ? next()
      : context.json({ error: 'not-found', ...SAID.noAccount }, 404),
  )

  app.use('/accounts/:account/*', look)

  app.route('/', campaignsApi())
  app.route('/', documentsApi())
  app.route('/', listsApi())
  app.route('/', escalationsApi())
  app.route('/', eventsApi())
  app.route('/', namesApi())

  app.put('/accounts/:account', async (context) => {
    const account = context.req.param('account')
    if (!isAccountName(account)) return bad(context, SAID.accountName)
    const body = await read(context, connectSchema)
    if (!body.ok) return body.answer
    const { playbook, ...wish } = body.value
    const checked = playbook === undefined ? null : await checkPlaybook(context, playbook)
    if (checked?.ok === false) return checked.answer
    const result = await accountOf(context).setUp(account, wish, checked?.value ?? null)
    if (!result.ok) return context.json({ error: 'conflict', message: result.error }, 409)
    await context.env.ACCOUNT.getByName(REGISTRY).listAccount(account, true)
    knownAccounts.forget()
    return context.json({ connected: true, account })
  })

  app.delete('/accounts/:account', async (context) => {
    if (!isAccountName(context.req.param('account')))
      return context.json({ error: 'not-found', ...SAID.noAccount }, 404)
    const consent = await accountOf(context).disconnect()
    await context.env.ACCOUNT.getByName(REGISTRY).listAccount(context.req.param('account'), false)
    return context.json({ connected: false, ...(consent ? { consent } : {}) })
  })

  app.get('/accounts/:account', async (context) => {
    const isName = isAccountName(context.req.param('account'))
    const connection = isName ? await accountOf(context).connection() : null
    if (connection) return context.json({ connected: true, ...connection })
    const unready = isName ? await accountOf(context).unready() : null
    return unready ? context.json(unready) : context.json({ error: 'not-found', ...SAID.noAccount }, 404)
  })

  app.get('/accounts/:account/status', async (context) =>
    context.json((await accountOf(context).status()) ?? (await accountOf(context).unready()) ?? { connected: false }),
  )
  app.get('/accounts/:account/summary', async (context) => {
    const seen = context.get('seen')
    const books = (await accountOf(context).books()).map((name) => context.env.BOOK.getByName(name))
    const parts = await Promise.all(books.map((book) => book.summary(isNarrow(seen) ? seen : null)))
    return context.json(mergeSummaries(parts))
  })
  app.get('/accounts/:account/figures', async (context) => {
    const wish = figuresSchema.safeParse(context.req.query())
    if (!wish.success) return bad(context, saidOf(wish.error.issues))
    // the branch is in what is looked at already
    const report = await accountOf(context).figures({ ...wish.data, branch: undefined, scope: context.get('seen') })
    return report ? context.json(report) : context.json({ error: 'not-found', ...SAID.noAccount }, 404)
  })
  app.get('/accounts/:account/reports/sources', async (context) => {
    const basis = await accountOf(context).basis()
    return found(context, basis && (await sourcesReport(context.env, basis, context.get('seen'))))
  })
  app.get('/accounts/:account/reports/calls', async (context) => {
    const wish = callsSchema.safeParse(context.req.query())
    if (!wish.success) return bad(context, SAID.callDays)
    const basis = await accountOf(context).basis()
    return found(context, basis && (await callsReport(context.env, basis, wish.data, context.get('seen'))))
  })
  app.get('/accounts/:account/dead-letters', async (context) =>
    context.json({ deadLetters: await accountOf(context).deadLetters(mostOf(context, 100)) }),
  )
  app.get('/accounts/:account/explain', async (context) => {
    const record = context.req.query('record') ?? ''
    const isShown = await isOwn(accountOf(context), record, context.get('seen'))
    const found = isShown ? await accountOf(context).explain(record, mostOf(context, 20)) : null
    return found ? context.json(found) : context.json({ error: 'not-found', ...SAID.noRecord }, 404)
  })

  app.post('/accounts/:account/replay', async (context) => {
    const body = await read(context, replaySchema)
    return body.ok ? context.json({ replayed: await accountOf(context).replay(body.value.seq) }) : body.answer
  })
  app.post('/accounts/:account/sweep', async (context) => {
    const body = await read(context, sweepSchema)
    if (!body.ok) return body.answer
    await accountOf(context).sweep(body.value.ids)
    return context.json({ sweeping: true }, 202)
  })
  app.post('/accounts/:account/erase', async (context) => {
    const body = await read(context, eraseSchema)
    if (!body.ok) return body.answer
    return (await accountOf(context).erase(body.value.record))
      ? context.json({ erasing: body.value.record }, 202)
      : context.json({ error: 'not-found', ...SAID.noAccount }, 404)
  })
  app.post('/accounts/:account/settle', async (context) => {
    const body = await read(context, settleSchema)
    if (!body.ok) return body.answer
    if (context.env.LADDER_CLOCK !== 'manual') return context.json({ error: 'conflict', ...SAID.clock }, 409)
    const next = await accountOf(context).settle(Date.parse(body.value.until))
    return context.json({ next: next === null ? null : new Date(next).toISOString() })
  })

  app.get('/accounts/:account/split', async (context) => {
    const of = context.req.query('of') === 'contribution' ? 'contribution' : 'balance'
    const books = await accountOf(context).books()
    return context.json(splitOf((await askAll(context.env, books, 'split', { of }, context.get('seen'))).rows))
  })
  app.get('/accounts/:account/holders', async (context) => {
    const { kind = 'VIP', rm = null } = context.req.query()
    const books = await accountOf(context).books()
    return context.json(await askAll(context.env, books, 'holders', { kind, branch: null, rm }, context.get('seen')))
  })
  app.route('/accounts/:account/rating-runs', ratingRunsApi())

  app.route('/accounts/:account/playbooks', playbooksApi())
  app.post('/accounts/:account/shadow', shadow)

  return app
}
