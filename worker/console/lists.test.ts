import { runInDurableObject } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, CUSTOMERS, ESCALATIONS, get, headersOf, NOW, recordOf, setUpBank } from './branches-kit.ts'
import { BEARER, call, env } from './kit.ts'
import type { Traced } from './trace.ts'
import { SAID } from './refusals.ts'

beforeAll(setUpBank)

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
      expect(total).toBe(6)
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
    expect(await names('figure=tier/GOLD')).toHaveLength(6)
    expect(await names('figure=tier/GOL')).toHaveLength(0)
    expect(await names('figure=tier/GOLD,overdue/')).toHaveLength(0)
    expect(await names('figure=escalation/ESC_COMPL/&branch=B2')).toEqual([
      'Chengdu Silk',
      'Dalian Ships',
      'Datong Coal',
    ])
    expect(await names('tier=GOLD&branch=TOP')).toHaveLength(3)
    expect(await names('tier=GOLD&branch=B3')).toEqual(['Datong Coal'])
    expect(await names('tier=GOLD&rm=rm-9')).toEqual(['Emei Mining'])
  })

  it('is searched by a part of the name or how the number begins', async () => {
    expect(await names('search=steel')).toEqual(['Bohai Steel'])
    expect(await names('search=C-2')).toEqual(['Chengdu Silk', 'Dalian Ships', 'Datong Coal'])
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
    const refused = { status: 404, body: { error: 'not-found', ...SAID.noEscalation } }
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
  const traced = async (query: string): Promise<Traced> => (await get(`/trace?${query}`, BEARER)).body as Traced
  const states = ({ traces }: Traced): string[] =>
    traces.flatMap(({ decisions }) => decisions.flatMap(({ written }) => written?.state ?? []))

  it('is told with the row that decided it, and what isn’t in the CRM yet', async () => {
    const told = await traced('ref=company:21&event=f-21')
    expect(told.traces.map(({ event }) => event.id)).toEqual(['f-21'])
    expect(told.traces[0]?.decisions.map(({ why }) => why.rule)).toContain('ESC-COMPL')
    // the CRM of this test takes nothing
    expect(states(told).length).toBeGreaterThan(0)
    expect(states(told).every((state) => ['WAITING', 'FAILED'].includes(state))).toBe(true)
    expect((await get('/trace?ref=company:21', BEARER)).status).toBe(404)
    expect((await traced('ref=company:21&event=none')).traces).toEqual([])
  })

  it('by the key of a record: what was written, what was refused for good and why, and where it is in the CRM', async () => {
    const key = ESCALATIONS['company:22'] ?? ''
    await env.ACCOUNT.getByName('bank').settle(NOW)
    const courier = env.COURIER.getByName('bank') as unknown as DurableObjectStub<undefined>
    await runInDurableObject(courier, (_, { storage: { sql } }) => {
      sql.exec("UPDATE letter SET state = 'dead', reason = 'too long' WHERE object = 'escalation' AND key = ?", key)
      sql.exec("DELETE FROM letter WHERE object = 'task' AND key LIKE 'company:22/%'")
      sql.exec("INSERT INTO known (key, object, record_id) VALUES (?, 'escalation', 'r-22')", key)
    })
    const told = await traced(`key=${encodeURIComponent(key)}`)
    const all = told.traces.flatMap(({ decisions }) => decisions)
    const link = 'http://127.0.0.1:9/object/escalation/r-22'
    const dead = { state: 'DEAD', reason: 'too long', recordId: 'r-22', link }
    expect(all.find((one) => one.do === 'upsert' && one.key === key)?.written).toEqual(dead)
    const tasks = all.filter((one) => one.do === 'upsert' && one.object === 'task')
    expect(tasks.map(({ written }) => written?.state)).toEqual(tasks.map(() => 'DONE'))
    expect((await traced('key=company:22/none')).traces).toEqual([])
  })

  it('a record that came again tells what it was before', async () => {
    const record = { ...recordOf(CUSTOMERS[0]), at: new Date(NOW + 1000).toISOString() }
    record.fields.name = 'Anhui Tea & Sons'
    await env.ACCOUNT.getByName('bank').hearNews([{ news: 'record', record }])
    const { events } = (await get('/events?filter=company:11&kind=record.changed', BEARER)).body as {
      events: { id: string }[]
    }
    const [last] = (await traced(`ref=company:11&event=${encodeURIComponent(events[0]?.id ?? '')}`)).traces
    expect(last?.before).toMatchObject({ name: 'Anhui Tea' })
    expect(last?.event).toMatchObject({ record: { fields: { name: 'Anhui Tea & Sons' } } })
    expect(last?.link).toBe('http://127.0.0.1:9/object/company/11')
  })
})

describe('events', () => {
  interface Told {
    seq: number
    recordId: string
    ref: string
    name: string
    type: string
  }
  const events = async (query: string): Promise<Told[]> =>
    ((await get(`/events${query}`, BEARER)).body as { events: Told[] }).events

  it('come in pages, newest first', async () => {
    const all = await events('')
    const [first, ...rest] = all
    expect(all.find(({ ref }) => ref === 'company:21')?.name).toBe('Chengdu Silk')
    expect(all.length).toBeGreaterThan(5)
    expect(await events(`?limit=2&before=${first?.seq}`)).toEqual(rest.slice(0, 2))
  })

  it('are searched by customer number, record id, key, kind and days', async () => {
    const refs = async (query: string): Promise<string[]> => [
      ...new Set((await events(`?${query}`)).map(({ ref }) => ref)),
    ]
    for (const word of ['company:21', 'C-21', '21', ESCALATIONS['company:21'] ?? ''])
      expect([word, await refs(`filter=${encodeURIComponent(word)}`)]).toEqual([word, ['company:21']])
    expect(await refs('filter=C-21%20escalation')).toEqual(['company:21'])
    expect((await events('?filter=C-21%20escalation')).length).toBeLessThan((await events('?filter=C-21')).length)
    expect(await events('?filter=nothing')).toEqual([])
    expect(await events('?filter=C-21&kind=fact')).toEqual([])
    const all = await events('')
    expect(await events('?from=2026-11-24&to=2026-11-24')).toEqual(all)
    expect(await events('?from=2026-11-25')).toEqual([])
    expect(await events('?to=2026-11-23')).toEqual([])
    for (const query of ['from=x', 'from=2026-11-24&to=2026-11-23', 'before=x', 'more=1'])
      expect([query, (await get(`/events?${query}`, BEARER)).status]).toEqual([query, 400])
  })
})
