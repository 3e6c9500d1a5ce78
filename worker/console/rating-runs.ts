import { Hono } from 'hono/tiny'
import type { RatingRun } from '../../schemas/events/index.ts'
import * as z from '../../schemas/z.ts'
import { askAll } from './ask-all.ts'
import type { ConsoleEnv } from './guard.ts'
import { type Call, read } from './read.ts'
import { SAID } from './refusals.ts'

const startSchema = z.strictObject({
  scheme: z.string().check(z.minLength(1)),
  effectiveOn: z._default(z.nullable(z.iso.date()), null),
})
const answerSchema = z.strictObject({
  run: z.string().check(z.minLength(1)),
  answer: z.enum(['APPROVED', 'REJECTED']),
  /** Only proposals of these tiers; none: all. */
  tiers: z._default(z.array(z.string()), []),
  by: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
  reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(500)),
})

const accountOf = (context: Call) => context.env.ACCOUNT.getByName(context.req.param('account') ?? '')

/** Rating runs (TIER-RERATE): list, ask for one, see what it proposes, answer in bulk. */
export const ratingRunsApi = (): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()
  app.get('/', async (context: Call) => {
    const run = context.req.query('run')
    if (run === undefined) return context.json({ runs: await accountOf(context).ratingRuns() })
    const known = (await accountOf(context).ratingRuns())[run]
    if (!known) return context.json({ error: 'not-found', ...SAID.noRun }, 404)
    const wish = { scheme: known.scheme, run }
    const books = await accountOf(context).books()
    return context.json(await askAll(context.env, books, 'proposals', wish, context.get('seen')))
  })
  app.post('/', async (context: Call) => {
    const body = await read(context, startSchema)
    if (!body.ok) return body.answer
    const rest: Omit<RatingRun, 'scheme' | 'effectiveOn'> = { ...{ id: '', step: 'RATE', exit: null }, ...nobody }
    return (await accountOf(context).ratingRun({ ...rest, ...body.value }))
      ? context.json({ started: true, runs: await accountOf(context).ratingRuns() }, 202)
      : context.json({ error: 'not-found', ...SAID.noScheme(body.value.scheme) }, 404)
  })
  app.post('/answer', async (context: Call) => {
    const body = await read(context, answerSchema)
    if (!body.ok) return body.answer
    const { run: id, answer: step, tiers, by, reason } = body.value
    const run: RatingRun = { id, scheme: '', step, effectiveOn: null, exit: null, tiers, by, reason }
    return (await accountOf(context).ratingRun(run))
      ? context.json({ answered: id, answer: step }, 202)
      : context.json({ error: 'not-found', ...SAID.notWaiting(id) }, 404)
  })
  return app
}

const nobody = { tiers: [], by: '', reason: '' }
