import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { startHubspotSandbox } from './index.ts'
import { call, results, Sandboxes } from './testing.ts'

const open = new Sandboxes()
afterEach(() => open.close())

const CRM = '/crm/objects/2026-09'
const NOON = Date.parse('2026-11-02T04:00:00Z')

describe('callers', () => {
  it('without a token, or with one that is not known, get 401; without the scope 403 that names it', async () => {
    const hubspot = await open.start()
    const line = `GET ${CRM}/companies`
    expect(await call(hubspot, line, undefined, 'no')).toMatchObject({ status: 401, body: { status: 'error' } })
    const token = hubspot.addToken({ scopes: ['crm.objects.contacts.read'] })
    expect((await call(hubspot, `GET ${CRM}/contacts`, undefined, token)).status).toBe(200)
    const refused = await call(hubspot, line, undefined, token)
    expect(refused).toMatchObject({ status: 403, body: { category: 'MISSING_SCOPES' } })
    expect(JSON.stringify(refused.body)).toContain('crm.objects.companies.read')
  })

  it('get an error body for a path that is not there, for bad JSON and for keys that HubSpot does not know', async () => {
    const hubspot = await open.start()
    expect((await call(hubspot, 'GET /crm/v3/objects/companies')).status).toBe(404)
    const init = { method: 'POST', headers: { authorization: `Bearer ${hubspot.token}` }, body: '{' }
    expect((await fetch(`${hubspot.url}${CRM}/companies`, init)).status).toBe(400)
    const odd = await call(hubspot, `POST ${CRM}/companies`, { properties: {}, upsert: true })
    expect(odd).toMatchObject({ status: 400, body: { category: 'VALIDATION_ERROR' } })
    expect(await call(hubspot, `GET ${CRM}/rockets`)).toMatchObject({ status: 400 })
  })
})

describe('limits of calls', () => {
  it('are 190 in any 10 s, with headers; then 429 TEN_SECONDLY_ROLLING until the first calls are 10 s old', async () => {
    let now = NOON
    const hubspot = await open.start({ rateLimit: { tenSeconds: 2 }, now: () => now })
    const line = 'GET /crm/owners/2026-09'
    const first = await call(hubspot, line)
    expect(first.headers.get('x-hubspot-ratelimit-remaining')).toBe('1')
    expect(first.headers.get('x-hubspot-ratelimit-daily')).toBe('1000000')
    now += 4_000
    await call(hubspot, line)
    const over = await call(hubspot, line)
    expect(over).toMatchObject({ status: 429, body: { policyName: 'TEN_SECONDLY_ROLLING', errorType: 'RATE_LIMIT' } })
    now += 6_000
    expect((await call(hubspot, line)).status).toBe(200)
    expect((await call(hubspot, line)).status).toBe(429)
  })

  it('of a day come back at midnight of the account, those of search are its own and have no headers', async () => {
    let now = Date.parse('2026-11-02T15:59:00Z')
    const hubspot = await open.start({ rateLimit: { daily: 3, search: 1 }, now: () => now, timeZone: 'Asia/Shanghai' })
    const search = `POST ${CRM}/companies/search`
    const found = await call(hubspot, search, {})
    expect([found.status, found.headers.get('x-hubspot-ratelimit-max')]).toEqual([200, null])
    expect(await call(hubspot, search, {})).toMatchObject({ status: 429, body: { policyName: 'SECONDLY' } })
    await call(hubspot, 'GET /crm/owners/2026-09')
    await call(hubspot, 'GET /crm/owners/2026-09')
    expect(await call(hubspot, 'GET /crm/owners/2026-09')).toMatchObject({ status: 429, body: { policyName: 'DAILY' } })
    now += 60_000
    expect((await call(hubspot, 'GET /crm/owners/2026-09')).status).toBe(200)
  })
})

describe('faults', () => {
  it('answer what a test asks for, so many times, before or after the call is carried out', async () => {
    const hubspot = await open.start()
    hubspot.failNext({ match: `POST ${CRM}/companies`, status: 477, headers: { 'retry-after': '30' }, times: 1 })
    const moved = await call(hubspot, `POST ${CRM}/companies`, { properties: {} })
    expect([moved.status, moved.headers.get('retry-after')]).toEqual([477, '30'])
    hubspot.failNext({ cut: true, when: 'after' })
    await expect(call(hubspot, `POST ${CRM}/companies`, { properties: { name: 'kept' } })).rejects.toThrow()
    expect(hubspot.store.list('companies')).toMatchObject([{ properties: { name: 'kept' } }])
    expect(hubspot.calls.count(`POST ${CRM}/companies`)).toBe(2)
  })

  it('make a part of a batch fail, and carry out the rest', async () => {
    const hubspot = await open.start()
    hubspot.failNext({ match: /batch\/create/, partial207: [1], category: 'LOCKED' })
    const inputs = ['a', 'b', 'c'].map((name) => ({ properties: { name }, objectWriteTraceId: name }))
    const answer = await call(hubspot, `POST ${CRM}/companies/batch/create`, { inputs })
    expect(answer).toMatchObject({ status: 207, body: { numErrors: 1 } })
    expect(answer.body['errors']).toMatchObject([{ category: 'LOCKED', context: { objectWriteTraceId: ['b'] } }])
    expect(results(answer).map((one) => one['objectWriteTraceId'])).toEqual(['a', 'c'])
    expect(hubspot.store.list('companies')).toHaveLength(2)
  })
})

describe('owners and the account', () => {
  it('list by page and by email, tell who left, and give time zone and usage', async () => {
    const owners = [
      { email: 'A@bank.example' },
      { email: 'b@bank.example' },
      { email: 'c@bank.example', archived: true },
    ]
    const hubspot = await open.start({ owners, now: () => NOON, rateLimit: {} })
    const page = await call(hubspot, 'GET /crm/owners/2026-09?limit=1')
    expect(page.body).toMatchObject({ results: [{ email: 'A@bank.example', type: 'PERSON' }], paging: { next: {} } })
    const next = (page.body['paging'] as { next: { after: string } }).next.after
    expect(results(await call(hubspot, `GET /crm/owners/2026-09?limit=1&after=${next}`))).toHaveLength(1)
    expect(results(await call(hubspot, 'GET /crm/owners/2026-09?email=a@bank.example'))).toHaveLength(1)
    expect(results(await call(hubspot, 'GET /crm/owners/2026-09?archived=true'))).toMatchObject([{ archived: true }])
    const details = await call(hubspot, 'GET /account-info/2026-09/details')
    expect(details.body).toMatchObject({ portalId: 62515, timeZone: 'Asia/Shanghai', utcOffset: '+08:00' })
    const usage = await call(hubspot, 'GET /account-info/2026-09/api-usage/daily/private-apps')
    expect(results(usage)).toMatchObject([{ currentUsage: 6, resetsAt: '2026-11-02T16:00:00Z' }])
  })
})

describe('state on disk', () => {
  it('comes back with records, definitions and the token', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-state-'))
    const persistTo = join(folder, 'state.json')
    const first = await startHubspotSandbox({ rateLimit: null, persistTo })
    const contact = first.store.create('contacts', { email: 'x@bank.example' })
    const company = first.store.create('companies', { name: 'kept' })
    first.store.link('contacts', contact.id, 'companies', company.id)
    await first.close()
    const second = await startHubspotSandbox({ rateLimit: null, persistTo })
    expect(second.token).toBe(first.token)
    expect(second.store.links('contacts', contact.id, 'companies')).toMatchObject([{ id: company.id }])
    expect((await call(second, `POST ${CRM}/contacts`, { properties: { email: 'X@bank.example' } })).status).toBe(409)
    await second.close()
    rmSync(folder, { recursive: true })
  })
})
