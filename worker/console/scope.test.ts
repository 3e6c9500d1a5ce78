import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { LadderEvent } from '../../schemas/events/index.ts'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import type { Playbook } from '../../schemas/playbook/index.ts'
import { bookName, shardOf } from '../account/shards.ts'
import { BEARER, call, env, ORIGIN, signedIn } from './kit.ts'
import { PERMISSIONS } from './permissions.ts'

const ACCOUNT = `${ORIGIN}/api/v1/accounts/bank`
const LABEL = (name: string) => ({ en: name, zh: name })
const PLAYBOOK: Playbook = {
  ...defaultPlaybook,
  branches: ['B1', 'B2'].map((code) => ({ code, name: LABEL(`Branch ${code}`) })),
}

/** Five customers: two branches, three RMs, one of no branch. */
const CUSTOMERS = [
  { id: '11', name: 'Anhui Tea', branch: 'B1', rm: 'rm-1' },
  { id: '12', name: 'Bohai Steel', branch: 'B1', rm: 'rm-2' },
  { id: '21', name: 'Chengdu Silk', branch: 'B2', rm: 'rm-3' },
  { id: '22', name: 'Dalian Ships', branch: 'B2', rm: 'rm-3' },
  { id: '31', name: 'Emei Mining', branch: '', rm: 'rm-9' },
]
type Customer = (typeof CUSTOMERS)[number]
const WHO: Record<string, { headers: Record<string, string>; sees: (one: Customer) => boolean }> = {}

/** Afternoon of a working day: outside working time nothing is escalated. */
const NOW = Date.parse('2026-11-24T07:00:00Z')
const today = new Date(NOW).toISOString()
const recordOf = ({ id, name, branch, rm }: Customer) => ({
  object: 'company',
  id,
  at: today,
  createdAt: today,
  deleted: false,
  fields: { name, ladderCustomerNo: `C-${id}`, accountOwnerId: rm, ladderBranch: branch, ladderGold: true },
})

const get = async (path: string, headers: Record<string, string>): Promise<{ status: number; body: unknown }> => {
  const response = await call('GET', ACCOUNT + path, headers)
  return { status: response.status, body: await response.json() }
}

/** Tells a customer's Book of an event, as the Account would. */
const tell = async (ref: string, event: LadderEvent): Promise<void> => {
  const book = env.BOOK.getByName(bookName('bank', shardOf(ref, 2)))
  for (let epoch = 1; epoch < 10; epoch++) if ((await book.apply([{ ref, event }], epoch)).ok) return
  throw new Error('the Book has no playbook')
}

beforeAll(async () => {
  vi.stubGlobal('fetch', async () => new Response('{}', { status: 503 }))
  const crm = { kind: 'twenty', url: 'http://127.0.0.1:9', token: 't' }
  const made = await call('PUT', ACCOUNT, BEARER, { crm, playbook: PLAYBOOK, shards: 2 })
  expect([made.status, await made.text()]).toEqual([200, expect.any(String)])
  const account = env.ACCOUNT.getByName('bank')
  await account.setClock(NOW)
  await account.hearNews(CUSTOMERS.map((one) => ({ news: 'record' as const, record: recordOf(one) })))
  const before = new Date(NOW - 20 * 24 * 60 * 60_000).toISOString()
  for (const { id } of CUSTOMERS) {
    const data = {
      kind: 'complaint.received',
      occasion: 'COMPLAINT',
      ref: `K-${id}`,
      text: `Complaint of ${id}`,
    } as const
    await tell(`company:${id}`, { type: 'fact', id: `f-${id}`, customerNo: `C-${id}`, at: before, data })
    await tell(`company:${id}`, { type: 'time.passed', id: `t-${id}` })
  }
  const { body } = await get('/escalations', BEARER)
  const { escalations } = body as { escalations: { key: string }[] }
  const seen = escalations.map(({ key }, at) => ({
    ...recordOf(CUSTOMERS[0] as Customer),
    object: 'escalation',
    id: `e${at}`,
    fields: { ladderKey: key },
  }))
  await account.hearNews(seen.map((record) => ({ news: 'record' as const, record })))
  const all = () => true
  WHO.ADMIN = { headers: await signedIn('ADMIN', { role: 'ADMIN' }), sees: all }
  WHO.AUDITOR = { headers: await signedIn('AUDITOR', { role: 'AUDITOR' }), sees: all }
  WHO.MANAGER = {
    headers: await signedIn('M', { role: 'MANAGER', branches: ['B1'] }),
    sees: ({ branch }) => branch === 'B1',
  }
  WHO.BOTH = {
    headers: await signedIn('MM', { role: 'MANAGER', branches: ['B1', 'B2'] }),
    sees: ({ branch }) => branch !== '',
  }
  WHO.NOBODY = { headers: await signedIn('N', { role: 'MANAGER', branches: ['B7'] }), sees: () => false }
  WHO.RM = { headers: await signedIn('R', { role: 'RM', rm: 'rm-1' }), sees: ({ rm }) => rm === 'rm-1' }
  WHO.TOKEN = { headers: BEARER, sees: all }
})

const roles = ['ADMIN', 'AUDITOR', 'MANAGER', 'BOTH', 'NOBODY', 'RM', 'TOKEN']
const own = (role: string): Customer[] => CUSTOMERS.filter((one) => WHO[role]?.sees(one))
const others = (role: string): Customer[] => CUSTOMERS.filter((one) => !WHO[role]?.sees(one))
const headersOf = (role: string): Record<string, string> => WHO[role]?.headers ?? {}
/** Everything by which a customer could be known. */
const traces = ({ id, name }: Customer): string[] => [name, `C-${id}"`, `company:${id}`, `Complaint of ${id}`]

/** Addresses that are narrowed, with what they are asked for in this test. */
const ASKED: Record<string, string> = {
  '/accounts/:account/figures': '?by=branch',
  '/accounts/:account/reports/sources': '',
  '/accounts/:account/reports/calls': '',
  '/accounts/:account/names': '',
  '/accounts/:account/customers': '?sort=name',
  '/accounts/:account/escalations': '',
  '/accounts/:account/split': '',
  '/accounts/:account/holders': '?kind=MASS',
  '/accounts/:account/rating-runs': '',
  '/accounts/:account/audiences': '',
}
const narrowed = PERMISSIONS.filter(
  ({ method, scope, path }) => method === 'GET' && scope === 'own' && path.includes(':account'),
)

describe('what is of other branches and books', () => {
  it('every address that is narrowed is tried here', () => {
    const byRecord = ['/accounts/:account/explain', '/accounts/:account/document']
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
      const seen = own(role).filter(({ branch }) => branch === 'B2').length
      expect([query, asked.rows.find(({ code }) => code === 'GOLD')?.now ?? 0]).toEqual([query, seen])
    }
    const listed = (await get('/customers?branch=B2&rm=rm-3', headersOf(role))).body as { total: number }
    expect(listed.total).toBe(own(role).filter(({ branch }) => branch === 'B2').length)
  })

  it.each(roles)('%s is told of no record but one’s own customers’, however it is named', async (role) => {
    for (const customer of CUSTOMERS) {
      const { id } = customer
      const isOwn = WHO[role]?.sees(customer) ?? false
      for (const name of [`company:${id}`, id, `C-${id}`, `company:${id}/task/1`]) {
        const { status, body } = await get(`/explain?record=${encodeURIComponent(name)}`, headersOf(role))
        expect([name, status]).toEqual([name, isOwn ? 200 : 404])
        if (!isOwn) expect(body).toEqual({ error: 'not-found', message: 'nothing is known of that record' })
      }
      const { status, body } = await get(`/document?kind=value-report&record=company:${id}`, headersOf(role))
      const message = isOwn ? 'this customer has no such development' : 'nothing is known of that record'
      expect([status, body]).toEqual([404, { error: 'not-found', message }])
    }
    for (const name of ['campaign:1', 'bank', 'company:99', 'nothing', ''])
      expect((await get(`/explain?record=${name}`, headersOf(role))).status).toBe(404)
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

describe('a list of customers', () => {
  interface Page {
    customers: { name: string; figures: string[] }[]
    total: number
    next: string | null
  }
  const page = async (query: string): Promise<Page> => (await get(`/customers?${query}`, BEARER)).body as Page
  const names = async (query: string): Promise<string[]> => (await page(query)).customers.map(({ name }) => name)

  it.each(['asc', 'desc'])('comes in pages that miss nobody, %s, over all Books', async (order) => {
    const read: string[] = []
    let next: string | null = ''
    for (let pages = 0; next !== null && pages < 9; pages++) {
      const {
        customers,
        total,
        next: after,
      }: Page = await page(`limit=2&order=${order}&cursor=${next}`.replace(/&cursor=$/, ''))
      expect(total).toBe(5)
      read.push(...customers.map(({ name }) => name))
      next = after
    }
    const all = CUSTOMERS.map(({ name }) => name)
    expect(read).toEqual(order === 'asc' ? all : all.toReversed())
  })

  it('leads from a figure to who stands behind it', async () => {
    const [first] = (await page('search=Anhui')).customers
    expect(first?.figures).toEqual(
      expect.arrayContaining(['tier/GOLD', expect.stringMatching(/^escalation\/ESC_COMPL\/1\//)]),
    )
    expect(await names('figure=tier/GOLD')).toHaveLength(5)
    expect(await names('figure=tier/GOL')).toHaveLength(0)
    expect(await names('figure=tier/GOLD,overdue/')).toHaveLength(0)
    expect(await names('figure=escalation/ESC_COMPL/&branch=B2')).toEqual(['Chengdu Silk', 'Dalian Ships'])
    expect(await names('tier=GOLD&rm=rm-9')).toEqual(['Emei Mining'])
  })

  it('is searched by a part of the name or how the number begins', async () => {
    expect(await names('search=steel')).toEqual(['Bohai Steel'])
    expect(await names('search=C-2')).toEqual(['Chengdu Silk', 'Dalian Ships'])
    expect(await names('search=%25')).toEqual([])
  })

  it('what can’t be read is told', async () => {
    for (const query of ['sort=ref', 'limit=x', 'cursor=x', 'figure=x', 'figure=a/b|c', 'more=1'])
      expect([query, (await get(`/customers?${query}`, BEARER)).status]).toEqual([query, 400])
  })
})

describe('an answer to an escalation', () => {
  const keyOf = async (id: string): Promise<string> => {
    const { body } = await get('/escalations', BEARER)
    const { escalations } = body as { escalations: { key: string; ref: string }[] }
    return escalations.find(({ ref }) => ref === `company:${id}`)?.key ?? ''
  }
  const answer = async (role: string, name: string, body: unknown): Promise<{ status: number; body: unknown }> => {
    const response = await call('POST', `${ACCOUNT}/escalations/${name}`, headersOf(role), body)
    return { status: response.status, body: await response.json() }
  }
  const statusOf = async (id: string): Promise<string | undefined> => {
    const { escalations } = (await get('/escalations', BEARER)).body as {
      escalations: { status: string; ref: string }[]
    }
    return escalations.find(({ ref }) => ref === `company:${id}`)?.status
  }

  it('is taken from whoever has the customer, once for each id, and from nobody else', async () => {
    const key = await keyOf('11')
    const refused = { status: 404, body: { error: 'not-found', message: 'there is no such escalation' } }
    expect(await answer('NOBODY', 'acknowledge', { key })).toEqual(refused)
    expect(await answer('RM', 'acknowledge', { key: await keyOf('12') })).toEqual(refused)
    expect(await answer('MANAGER', 'resolve', { key: await keyOf('21') })).toEqual(refused)
    expect(await answer('MANAGER', 'acknowledge', { key: 'company:11/none' })).toMatchObject({
      body: { outcome: 'ALREADY' },
    })
    expect((await answer('AUDITOR', 'acknowledge', { key })).status).toBe(403)
    expect((await answer('RM', 'reassign', { key, to: 'x@bank.example' })).status).toBe(403)
    expect(await statusOf('11')).toBe('OPEN')
    const done = { outcome: 'DONE', count: 1, open: 0, id: 'one' }
    expect(await answer('RM', 'acknowledge', { key, id: 'one' })).toMatchObject({ status: 200, body: done })
    expect(await statusOf('11')).toBe('ACKNOWLEDGED')
    expect(await answer('RM', 'acknowledge', { key, id: 'one' })).toMatchObject({ status: 200, body: done })
    expect(await answer('MANAGER', 'acknowledge', { key })).toMatchObject({ status: 200, body: { outcome: 'ALREADY' } })
    expect(await answer('MANAGER', 'resolve', { key, resolution: 'called' })).toMatchObject({
      body: { outcome: 'DONE' },
    })
    expect(await statusOf('11')).toBeUndefined()
  })

  it('names an escalation by its key', async () => {
    for (const key of ['', 'x', 'company:11', 'method/policy/1'])
      expect([key, (await answer('ADMIN', 'acknowledge', { key })).status]).toEqual([key, 400])
  })
})

describe('what became of an event', () => {
  it('is told with the row that decided it, and what isn’t in the CRM yet', async () => {
    const { status, body } = await get('/trace?ref=company:21&event=f-21', BEARER)
    const { traces, left } = body as {
      traces: { event: { id: string }; decisions: { why: { rule: string } }[] }[]
      left: { object: string; state: string }[]
    }
    expect([status, traces.map(({ event }) => event.id)]).toEqual([200, ['f-21']])
    expect(traces[0]?.decisions.map(({ why }) => why.rule)).toContain('ESC-COMPL')
    // the CRM of this test takes nothing
    expect(left.length).toBeGreaterThan(0)
    expect(left.every(({ state }) => state === 'waiting')).toBe(true)
    expect((await get('/trace?ref=company:21', BEARER)).status).toBe(404)
    expect(
      ((await get('/trace?ref=company:21&event=none', BEARER)).body as typeof body & { traces: [] }).traces,
    ).toEqual([])
  })

  it('events come in pages, newest first', async () => {
    const events = async (query: string) =>
      ((await get(`/events${query}`, BEARER)).body as { events: { seq: number; recordId: string }[] }).events
    const all = await events('')
    const [first, ...rest] = all
    expect(all.length).toBeGreaterThan(5)
    expect(await events(`?limit=2&before=${first?.seq}`)).toEqual(rest.slice(0, 2))
    expect((await events('?filter=company:21')).map(({ recordId }) => recordId)).toContain('21')
    expect(await events('?filter=nothing')).toEqual([])
  })
})
