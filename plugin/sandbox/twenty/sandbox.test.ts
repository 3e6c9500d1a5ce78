import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { startTwentySandbox } from './index.ts'
import type { TwentySandbox, TwentySandboxOptions } from './index.ts'
import type { JsonObject } from './types.ts'

const open: TwentySandbox[] = []

async function start(options: TwentySandboxOptions = {}): Promise<TwentySandbox> {
  const sandbox = await startTwentySandbox(options)
  open.push(sandbox)
  return sandbox
}

afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close()
})

interface Answer {
  status: number
  body: JsonObject
}

async function call(sandbox: TwentySandbox, method: string, path: string, body?: unknown): Promise<Answer> {
  const headers = { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': 'application/json' }
  const init: RequestInit = { method, headers }
  if (body !== undefined) init.body = JSON.stringify(body)
  const response = await fetch(sandbox.url + path, init)
  return { status: response.status, body: (await response.json()) as JsonObject }
}

async function addKeyField(sandbox: TwentySandbox): Promise<void> {
  const objectMetadataId = sandbox.store.object('company').id
  const field = { objectMetadataId, type: 'TEXT', name: 'ladderKey', label: 'Ladder key', isUnique: true }
  expect((await call(sandbox, 'POST', '/rest/metadata/fields', field)).status).toBe(201)
}

describe('rate limit', () => {
  it('gives 100 calls a minute, then 429 without Retry-After, and fills up evenly', async () => {
    let now = 1_800_000_000_000
    const sandbox = await start({ now: () => now })
    const statuses: number[] = []
    for (let at = 0; at < 101; at++) statuses.push((await call(sandbox, 'GET', '/rest/companies?limit=1')).status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(100)
    expect(statuses.at(-1)).toBe(429)
    const limited = await call(sandbox, 'POST', '/graphql', { query: '{companies(first:1){edges{node{id}}}}' })
    expect(limited).toMatchObject({ status: 200, body: { errors: [{ extensions: { subCode: 'LIMIT_REACHED' } }] } })
    expect((await call(sandbox, 'GET', '/rest/metadata/objects?limit=1')).status).toBe(200)
    now += 600
    expect((await call(sandbox, 'GET', '/rest/companies?limit=1')).status).toBe(200)
    expect((await call(sandbox, 'GET', '/rest/companies?limit=1')).status).toBe(429)
  })

  it('counts a batch as one call', async () => {
    const sandbox = await start({ rateLimit: { limit: 2, windowMs: 60_000 } })
    const batch = Array.from({ length: 200 }, (_, at) => ({ name: `n${at}` }))
    expect((await call(sandbox, 'POST', '/rest/batch/companies', batch)).status).toBe(201)
    expect((await call(sandbox, 'GET', '/rest/companies')).status).toBe(200)
    expect((await call(sandbox, 'GET', '/rest/companies')).status).toBe(429)
  })
})

describe('upserts at once', () => {
  it('of 20 of one key, one is made and the others are refused; a retry then finds it', async () => {
    const sandbox = await start({ rateLimit: null })
    await addKeyField(sandbox)
    sandbox.setRaceWindow(300)
    const upsert = (): Promise<Answer> =>
      call(sandbox, 'POST', '/rest/companies?upsert=true', { ladderKey: 'k', name: 'n' })
    const statuses = (await Promise.all(Array.from({ length: 20 }, upsert))).map(({ status }) => status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(1)
    expect(statuses.filter((status) => status === 400)).toHaveLength(19)
    expect((await upsert()).status).toBe(201)
    expect(sandbox.store.list('company')).toHaveLength(1)
  })
})

describe('faults', () => {
  it('answers what a test asks for, so many times, on the calls it picks', async () => {
    const sandbox = await start({ rateLimit: null })
    sandbox.failNext({ match: 'POST /rest/companies', status: 503, times: 2 })
    expect((await call(sandbox, 'GET', '/rest/companies')).status).toBe(200)
    expect((await call(sandbox, 'POST', '/rest/companies', {})).status).toBe(503)
    expect((await call(sandbox, 'POST', '/rest/companies', {})).status).toBe(503)
    expect((await call(sandbox, 'POST', '/rest/companies', {})).status).toBe(201)
    expect(sandbox.calls.count('POST /rest/companies')).toBe(3)
  })

  it('cuts the connection after the call was carried out', async () => {
    const sandbox = await start({ rateLimit: null })
    sandbox.failNext({ cut: true, when: 'after' })
    await expect(call(sandbox, 'POST', '/rest/companies', { name: 'kept' })).rejects.toThrow()
    expect(sandbox.store.list('company')).toHaveLength(1)
  })

  it('cuts the connection before anything was carried out', async () => {
    const sandbox = await start({ rateLimit: null })
    sandbox.failNext({ cut: true })
    await expect(call(sandbox, 'POST', '/rest/companies', { name: 'lost' })).rejects.toThrow()
    expect(sandbox.store.list('company')).toHaveLength(0)
  })
})

describe('options that are taken away', () => {
  it('rewrites the rows that used them to the default, and updates nothing else', async () => {
    const sandbox = await start({ rateLimit: null })
    const objectMetadataId = sandbox.store.object('company').id
    const option = (value: string): JsonObject => ({ value, label: value, color: 'blue', position: 0 })
    const options = [option('LOW'), option('HIGH')]
    const field = { objectMetadataId, type: 'SELECT', name: 'tier', label: 'Tier', options, defaultValue: "'LOW'" }
    const made = await call(sandbox, 'POST', '/rest/metadata/fields', field)
    const { id } = (made.body['data'] as { createOneField: { id: string } }).createOneField
    await sandbox.store.insert('company', [{ name: 'a', tier: 'HIGH' }])
    await call(sandbox, 'PATCH', `/rest/metadata/fields/${id}`, { options: [option('LOW')] })
    expect(sandbox.store.list('company')).toMatchObject([{ name: 'a', tier: 'LOW' }])
  })
})

describe('state on disk', () => {
  it('comes back with rows, fields, webhooks and the API key', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-state-'))
    const persistTo = join(folder, 'state.json')
    const first = await startTwentySandbox({ rateLimit: null, persistTo })
    await addKeyField(first)
    await first.store.insert('company', [{ name: 'kept', ladderKey: 'k1' }])
    await first.close()
    const second = await startTwentySandbox({ rateLimit: null, persistTo })
    expect(second.apiKey).toBe(first.apiKey)
    expect(second.store.list('company', 'ladderKey[eq]:"k1"')).toMatchObject([{ name: 'kept' }])
    expect((await call(second, 'POST', '/rest/companies', { ladderKey: 'k1' })).status).toBe(400)
    await second.close()
    rmSync(folder, { recursive: true })
  })
})

describe('sweeps', () => {
  it('pages by updatedAt over rows that share a time, each row once', async () => {
    const sandbox = await start({ rateLimit: null, now: () => 1_800_000_000_000 })
    await sandbox.store.insert(
      'company',
      Array.from({ length: 450 }, (_, at) => ({ name: `c${at}` })),
    )
    const seen = new Set<unknown>()
    let after = ''
    for (;;) {
      const query = `/rest/companies?limit=200&order_by=updatedAt&filter=updatedAt[gte]:"2020-01-01T00:00:00Z"${after}`
      const { body } = await call(sandbox, 'GET', query)
      const { data, pageInfo } = body as { data: { companies: JsonObject[] }; pageInfo: JsonObject }
      for (const { id } of data.companies) seen.add(id)
      if (pageInfo['hasNextPage'] !== true) break
      after = `&starting_after=${encodeURIComponent(String(pageInfo['endCursor']))}`
    }
    expect(seen.size).toBe(450)
  })
})
