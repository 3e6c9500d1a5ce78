import { beforeAll, describe, expect, it } from 'vitest'
import {
  ACCOUNT,
  type Customer,
  CUSTOMERS,
  ESCALATIONS,
  get,
  headersOf,
  others,
  own,
  PLAYBOOK,
  roles,
  setUpBank,
  traces,
  WHO,
} from './branches-kit.ts'
import { BEARER, call } from './kit.ts'
import { PERMISSIONS } from './permissions.ts'
import { SAID } from './refusals.ts'

beforeAll(setUpBank)

/** Addresses that are narrowed, with what they are asked for in this test. */
const ASKED: Record<string, string> = {
  '/accounts/:account/figures': '?by=branch',
  '/accounts/:account/reports/sources': '',
  '/accounts/:account/reports/calls': '',
  '/accounts/:account/names': '',
  '/accounts/:account/owners': '',
  '/accounts/:account/summary': '',
  '/accounts/:account/events': '?limit=500',
  '/accounts/:account/playbooks': '',
  '/accounts/:account/customers': '?sort=name',
  '/accounts/:account/escalations': '',
  '/accounts/:account/split': '',
  '/accounts/:account/holders': '?kind=MASS',
  '/accounts/:account/rating-runs': '',
  '/accounts/:account/audiences': '',
}
/** The key of a customer's escalation. */
const escalationOf = (id: string): string => ESCALATIONS[`company:${id}`] ?? ''
const narrowed = PERMISSIONS.filter(
  ({ method, scope, path }) => method === 'GET' && scope === 'own' && path.includes(':account'),
)

describe('what is of other branches and books', () => {
  it('every address that is narrowed is tried here', () => {
    const byRecord = ['/accounts/:account/explain', '/accounts/:account/document', '/accounts/:account/trace']
    expect(narrowed.map(({ path }) => path).sort()).toEqual([...Object.keys(ASKED), ...byRecord].sort())
  })

  it.each(roles.flatMap((role) => Object.entries(ASKED).map(([path, query]) => [role, path, query] as const)))(
    '%s sees nothing of it by %s',
    async (role, path, query) => {
      const { status, body } = await get(path.replace('/accounts/:account', '') + query, headersOf(role))
      expect(status).toBe(200)
      const text = JSON.stringify(body)
      for (const trace of others(role).flatMap(traces)) expect(text).not.toContain(trace)
    },
  )

  it.each(roles)('%s sees the own customers and their escalations', async (role) => {
    const { body } = await get('/customers', headersOf(role))
    const { customers, total } = body as { customers: { name: string; open: number }[]; total: number }
    expect(customers.map(({ name }) => name)).toEqual(own(role).map(({ name }) => name))
    expect([total, customers.every(({ open }) => open === 1)]).toEqual([own(role).length, true])
    const { escalations } = (await get('/escalations', headersOf(role))).body as { escalations: { name: string }[] }
    expect(escalations.map(({ name }) => name).sort()).toEqual(own(role).map(({ name }) => name))
  })

  it.each(roles)('%s counts the own customers alone', async (role) => {
    const { body } = await get('/figures?by=rm', headersOf(role))
    const { rows, groups } = body as { rows: { code: string; now: number }[]; groups: { key: string }[] }
    expect(rows.find(({ code }) => code === 'GOLD')?.now ?? 0).toBe(own(role).length)
    expect(groups.map(({ key }) => key)).toEqual([...new Set(own(role).map(({ rm }) => rm))].sort())
    // asking for another branch or RM by name opens nothing
    for (const query of ['?branch=B2', '?rm=rm-3']) {
      const asked = (await get(`/figures${query}`, headersOf(role))).body as typeof body & {
        rows: { code: string; now: number }[]
      }
      const seen = own(role).filter(({ branch, rm }) =>
        query === '?rm=rm-3' ? rm === 'rm-3' : branch === 'B2' || branch === 'B3',
      ).length
      expect([query, asked.rows.find(({ code }) => code === 'GOLD')?.now ?? 0]).toEqual([query, seen])
    }
    const listed = (await get('/customers?branch=B2&rm=rm-3', headersOf(role))).body as { total: number }
    expect(listed.total).toBe(own(role).filter(({ branch }) => branch === 'B2').length)
  })

  it.each(roles)('%s is told of no record but one’s own customers’, however it is named', async (role) => {
    for (const customer of CUSTOMERS) {
      const { id } = customer
      const isOwn = WHO[role]?.sees(customer) ?? false
      const traced = [`ref=company:${id}&event=f-${id}`, `key=${encodeURIComponent(escalationOf(id))}`]
      for (const query of traced) {
        const { status, body } = await get(`/trace?${query}`, headersOf(role))
        expect([query, status]).toEqual([query, isOwn ? 200 : 404])
        expect(JSON.stringify(body).includes(`Complaint of ${id}`)).toBe(isOwn)
      }
      for (const name of [`company:${id}`, id, `C-${id}`, `company:${id}/task/1`]) {
        const { status, body } = await get(`/explain?record=${encodeURIComponent(name)}`, headersOf(role))
        expect([name, status]).toEqual([name, isOwn ? 200 : 404])
        if (!isOwn) expect(body).toEqual({ error: 'not-found', ...SAID.noRecord })
      }
      const { status, body } = await get(`/document?kind=value-report&record=company:${id}`, headersOf(role))
      const message = isOwn ? 'this customer has no such development' : 'nothing is known of that record'
      expect([status, body]).toEqual([404, { error: 'not-found', message }])
    }
    for (const name of ['campaign:1', 'bank', 'company:99', 'nothing', ''])
      expect((await get(`/explain?record=${name}`, headersOf(role))).status).toBe(404)
  })

  it.each(roles)('%s has a summary and the events of the own customers', async (role) => {
    const summary = (await get('/summary', headersOf(role))).body as {
      customers: number
      escalations: { open: number }
    }
    expect([summary.customers, summary.escalations.open]).toEqual([own(role).length, own(role).length])
    const told = (await get('/events?kind=record.changed&limit=500', headersOf(role))).body as {
      events: { ref: string }[]
    }
    const refs = [...new Set(told.events.map(({ ref }) => ref))].filter((ref) => ref.startsWith('company:'))
    expect(refs.sort()).toEqual(own(role).map(({ id }) => `company:${id}`))
    // naming somebody else’s customer opens nothing
    for (const { id } of others(role))
      for (const word of [`C-${id}`, `company:${id}`, id, escalationOf(id)])
        expect((await get(`/events?filter=${encodeURIComponent(word)}`, headersOf(role))).body).toEqual({ events: [] })
  })

  it.each(roles)('%s is offered the branches and RMs of the own customers', async (role) => {
    const names = (of: (one: Customer) => string): string[] => [...new Set(own(role).map(of).filter(Boolean))].sort()
    const all = { branches: names(({ branch }) => branch), rms: names(({ rm }) => rm) }
    expect((await get('/owners', headersOf(role))).body).toEqual(all)
    const below = own(role).filter(({ branch }) => ['B2', 'B3'].includes(branch))
    const { body } = await get('/owners?branch=TOP', headersOf(role))
    expect(body).toMatchObject({ rms: [...new Set(below.map(({ rm }) => rm))].sort() })
  })

  it('the playbook is read by all in the version in force; drafts and who made them by those who see the whole bank', async () => {
    await call('POST', `${ACCOUNT}/playbooks?reason=secret`, BEARER, PLAYBOOK)
    for (const role of roles) {
      const { body } = await get('/playbooks', headersOf(role))
      const { versions, active } = body as { versions: { state: string }[]; active: { version: number } }
      const isWhole = ['ADMIN', 'AUDITOR', 'TOKEN'].includes(role)
      expect([role, active.version, versions.length]).toEqual([role, 1, isWhole ? 2 : 1])
      expect((await get('/playbooks/2', headersOf(role))).status).toBe(isWhole ? 200 : 403)
    }
  })

  it('an audience that is tried out is counted over the own customers', async () => {
    for (const role of roles) {
      const rule = { subject: 'COMPANY', rule: 'true' }
      const response = await call('POST', `${ACCOUNT}/audiences/count`, headersOf(role), rule)
      const { audiences } = (await response.json()) as { audiences: { fits: number }[] }
      expect([role, audiences[0]?.fits]).toEqual([role, own(role).length])
    }
  })
})
