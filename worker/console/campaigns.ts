import { Hono } from 'hono'
import * as z from '../../schemas/z.ts'
import { countAudiences } from './audiences.ts'
import type { ConsoleEnv } from './guard.ts'
import { bad, type Call, read } from './read.ts'
import { SAID } from './refusals.ts'

const trialSchema = z.strictObject({
  subject: z.enum(['PERSON', 'COMPANY', 'BOTH']),
  rule: z.string().check(z.minLength(1)),
})

const text = z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(200)))
const rowSchema = z
  .strictObject({ customer: text, name: text, came: z.boolean(), friend: text, friendPhone: text })
  .check(z.refine(({ customer, name }) => customer !== undefined || name !== undefined, 'needs customer or name'))
const attendanceSchema = z.strictObject({
  rows: z.array(rowSchema).check(z.maxLength(5000)),
  absent: z._default(z.boolean(), false),
})

const accountOf = (context: Call) => context.env.ACCOUNT.getByName(context.req.param('account') ?? '')
const nothing = { error: 'not-found', ...SAID.noCampaign }

/** Campaigns in the admin API: audiences counted before use (CAMP-AUD), attendance of a campaign entered in bulk. */
export const campaignsApi = (): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()
  app.get('/accounts/:account/audiences', async (context) => {
    const basis = await accountOf(context).basis()
    const counted = basis && (await countAudiences(context.env, basis, undefined, context.get('seen')))
    return counted?.ok ? context.json({ audiences: counted.audiences }) : context.json(nothing, 404)
  })
  app.post('/accounts/:account/audiences/count', async (context) => {
    const body = await read(context, trialSchema)
    if (!body.ok) return body.answer
    const basis = await accountOf(context).basis()
    const counted = basis && (await countAudiences(context.env, basis, body.value, context.get('seen')))
    if (!counted) return context.json(nothing, 404)
    return counted.ok ? context.json({ audiences: counted.audiences }) : bad(context, counted.message)
  })
  app.post('/accounts/:account/campaigns/:id/attendance', async (context) => {
    const body = await read(context, attendanceSchema)
    if (!body.ok) return body.answer
    const { rows, absent } = body.value
    const report = await accountOf(context).attendance(context.req.param('id'), rows, absent)
    return report ? context.json(report) : context.json(nothing, 404)
  })
  return app
}
