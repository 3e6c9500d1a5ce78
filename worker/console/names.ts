import { Hono } from 'hono/tiny'
import type { ConsoleEnv } from './guard.ts'

/** `GET /accounts/:account/names`: what codes of figures and lists are called: branches, the CRM's users, stages, campaigns. */
export const namesApi = (): Hono<ConsoleEnv> => {
  const app = new Hono<ConsoleEnv>()
  app.get('/accounts/:account/names', async (context) => {
    const account = context.env.ACCOUNT.getByName(context.req.param('account'))
    const [members, { active }] = await Promise.all([account.members(), account.playbooks()])
    const { branches } = context.get('seen')
    const mayReassign = ['ADMIN', 'MANAGER'].includes(context.get('who').role)
    const { branches: all = [], pipelines = [], campaigns = [] } = active?.source ?? {}
    return context.json({
      branches: all
        .filter(({ code }) => branches?.includes(code) ?? true)
        .map(({ code, name, parent }) => ({ code, name, ...(parent === undefined ? {} : { parent }) })),
      // by their addresses escalations are given to them, which an RM and an auditor may not
      people: members.map(({ id, name, email }) => ({ id, name, ...(mayReassign ? { email } : {}) })),
      pipelines: pipelines.map(({ code, id, name, stages }) => ({
        code,
        id,
        name,
        stages: stages.map((stage) => ({ code: stage.code, id: stage.id, name: stage.name })),
      })),
      campaigns: campaigns.map(({ code, name }) => ({ code, name })),
    })
  })
  return app
}
