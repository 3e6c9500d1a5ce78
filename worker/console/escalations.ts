import { Hono } from 'hono/tiny'
import type { ActionName } from '../../schemas/actions/index.ts'
import * as z from '../../schemas/z.ts'
import type { ConsoleEnv } from './guard.ts'
import { type Call, read } from './read.ts'
import { isOwn } from './scope.ts'
import { SAID } from './refusals.ts'

const line = z.string().check(z.trim(), z.minLength(1))

const common = {
  /** The escalation's key, as the list has it. */
  key: line.check(z.maxLength(200), z.regex(/^[^/]+:[^/]+\//, 'the key of an escalation, such as company:1/…')),
  /** The same for a call that is sent again: nothing is done twice. */
  id: z.optional(line.check(z.maxLength(100))),
}
const answers = {
  acknowledge: z.strictObject(common),
  resolve: z.strictObject({ ...common, resolution: z.optional(line.check(z.maxLength(2000))) }),
  reassign: z.strictObject({ ...common, to: line.check(z.maxLength(200)) }),
} satisfies Partial<Record<ActionName, z.ZodMiniType>>

const unknown = { error: 'not-found', ...SAID.noEscalation }

const answer = async (
  context: Call,
  name: keyof typeof answers,
  { key, id = crypto.randomUUID(), ...inputFields }: { key: string; id?: string | undefined },
): Promise<Response> => {
  const account = context.env.ACCOUNT.getByName(context.req.param('account') ?? '')
  if (!(await isOwn(account, key, context.get('seen')))) return context.json(unknown, 404)
  const call = { callbackId: `console/${id}`, object: { objectType: 'escalation', objectId: key }, inputFields }
  const body = new Uint8Array(new TextEncoder().encode(JSON.stringify(call)))
  // the guard has let this through already: it is done as for the holder of the admin token
  const reply = await account.act({ name, body, isAdmin: true, headers: {}, url: undefined })
  if (reply.status !== 200) return context.json(reply.body, reply.status as 400)
  const { outcome, reason, count, open, hs_execution_state: state } = reply.body.outputFields as Record<string, string>
  if (state === 'BLOCK') return context.json({ outcome: 'WAITING', id }, 202)
  if (outcome === 'NOT_FOUND') return context.json(unknown, 404)
  return context.json({ outcome, reason, count: Number(count), open: Number(open), id })
}

/**
 * Answers to an escalation (ESC-LADDER), by its key, as the CRM's workflow actions give them: kept before anything is done, once
 * for each `id`. 202 where the CRM takes its time: the same call again tells how it ended.
 */
export const escalationsApi = (): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()
  app.post('/accounts/:account/escalations/acknowledge', async (context: Call) => {
    const body = await read(context, answers.acknowledge)
    return body.ok ? answer(context, 'acknowledge', body.value) : body.answer
  })
  app.post('/accounts/:account/escalations/resolve', async (context: Call) => {
    const body = await read(context, answers.resolve)
    return body.ok ? answer(context, 'resolve', body.value) : body.answer
  })
  app.post('/accounts/:account/escalations/reassign', async (context: Call) => {
    const body = await read(context, answers.reassign)
    return body.ok ? answer(context, 'reassign', body.value) : body.answer
  })
  return app
}
