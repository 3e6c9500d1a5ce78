import { Hono } from 'hono/tiny'
import type { Playbook } from '../../schemas/playbook/index.ts'
import * as z from '../../schemas/z.ts'
import { compilePlaybook, parsePlaybook } from '../method/playbook/index.ts'
import { addShadows, type ShadowReport } from '../method/shadow/index.ts'
import { actorOf } from './access/index.ts'
import type { ConsoleEnv } from './guard.ts'
import { bad, type Call, jsonOf } from './read.ts'
import { isNarrow } from './scope.ts'
import { SAID, saidOf } from './refusals.ts'

const accountOf = (context: Call) => context.env.ACCOUNT.getByName(context.req.param('account') ?? '')

/** What a request to keep or publish a playbook says beside the playbook itself. */
const querySchema = z.object({
  publish: z.optional(z.enum(['true', 'false'])),
  base: z.optional(z.string().check(z.regex(/^[1-9]\d{0,8}$/, 'the number of a version'))),
  reason: z.optional(z.string().check(z.trim(), z.maxLength(500, 'at most 500 characters'))),
})

const wishOf = (context: Call) => {
  const query = querySchema.safeParse(context.req.query())
  if (!query.success)
    return {
      ok: false as const,
      answer: bad(context, saidOf(query.error.issues)),
    }
  const { base, reason = '', publish } = query.data
  const wish = { who: actorOf(context.get('who')), reason, base: base === undefined ? null : Number(base) }
  return { ok: true as const, wish, inForce: publish === 'true' }
}

type Checked = { ok: true; value: Playbook; warnings: unknown[] } | { ok: false; answer: Response }

/** A playbook that can be put in force, or the answer that lists what is wrong with it. */
export const checkPlaybook = async (context: Call, value: unknown): Promise<Checked> => {
  const parsed = parsePlaybook(value, (await accountOf(context).playbooks()).active?.source)
  if (!parsed.ok)
    return {
      ok: false,
      answer: context.json({ error: 'playbook', ...SAID.playbook, issues: parsed.issues }, 422),
    }
  const compiled = compilePlaybook(parsed.playbook, 1, new Date().toISOString().slice(0, 10))
  if (!compiled.ok)
    return {
      ok: false,
      answer: context.json({ error: 'playbook', ...SAID.playbook, issues: compiled.issues }, 422),
    }
  return { ok: true, value: parsed.playbook, warnings: compiled.warnings }
}

const readPlaybook = async (context: Call): Promise<Checked> => {
  const json = await jsonOf(context)
  return json.ok ? checkPlaybook(context, json.value) : { ok: false, answer: bad(context, json.said) }
}

const stale = async (context: Call): Promise<Response> => {
  const active = (await accountOf(context).playbooks()).active?.version ?? null
  return context.json(
    {
      error: 'conflict',
      ...SAID.stale(String(active)),
      active,
    },
    409,
  )
}

/** Versions of an account's playbook: looked at, kept, published. `base` guards against overwriting what others published. */
export const playbooksApi = (): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()
  app.get('/', async (context) => {
    const { versions, active } = await accountOf(context).playbooks()
    // what isn't in force, and who worked on it, is for those who answer for the whole bank
    const isPart = isNarrow(context.get('seen'))
    return context.json({ versions: isPart ? versions.filter(({ state }) => state === 'active') : versions, active })
  })
  app.get('/:version', async (context) => {
    const source = await accountOf(context).playbookVersion(Number(context.req.param('version')))
    return source ? context.json(source) : context.json({ error: 'not-found', ...SAID.noVersion }, 404)
  })
  app.post('/', async (context) => {
    const asked = wishOf(context)
    if (!asked.ok) return asked.answer
    const body = await readPlaybook(context)
    if (!body.ok) return body.answer
    const version = await accountOf(context).playbook(body.value, 'file', asked.inForce, asked.wish)
    return version === 'stale' ? stale(context) : context.json({ version, warnings: body.warnings }, 201)
  })
  app.post('/:version/publish', async (context) => {
    const asked = wishOf(context)
    if (!asked.ok) return asked.answer
    const version = await accountOf(context).publish(Number(context.req.param('version')), asked.wish)
    if (version === 'stale') return stale(context)
    return version > 0 ? context.json({ version }) : context.json({ error: 'not-found', ...SAID.noVersion }, 404)
  })
  return app
}

const shadowOf = async (context: Call, draft: Playbook): Promise<ShadowReport> => {
  const books = await accountOf(context).books()
  return addShadows(await Promise.all(books.map((name) => context.env.BOOK.getByName(name).shadow(draft))))
}

/** What would change under a playbook; writes nothing. */
export const shadow = async (context: Call): Promise<Response> => {
  const body = await readPlaybook(context)
  return body.ok ? context.json({ ...(await shadowOf(context, body.value)), warnings: body.warnings }) : body.answer
}
