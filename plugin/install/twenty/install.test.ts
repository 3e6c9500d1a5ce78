import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { install } from './apply.ts'
import { buildApp } from './build.ts'
import { methodRecords } from './records.ts'
import { LADDER_URL } from '../testing.ts'
import { dyingFetch, isWrite, secretOf, startBench, variablesOf, type Bench } from './testing.ts'
import { uninstall } from './uninstall.ts'
import { readVariables } from './variables.ts'
import { verify } from './verify.ts'
import { findWebhooks } from './webhook.ts'

const TARGET = `${LADDER_URL}/hooks/twenty/bank`
const account = 'bank'

let bench: Bench

beforeAll(async () => {
  expect(await buildApp()).toMatchObject({ ok: true })
}, 600_000)
beforeEach(async () => {
  bench = await startBench()
})
afterEach(() => bench.twenty.close())

const call = async <T>(method: string, where: string, body?: unknown): Promise<T> => {
  const answer = await bench.context().client.rest<T>(method, where, body)
  if (!answer.ok) throw new Error(answer.problem.what)
  return answer.value
}

/** Passes calls on and notes those that change something. */
const watched =
  (writes: string[]): typeof fetch =>
  (input, init) => {
    if (isWrite(init)) writes.push(String(init?.body).slice(0, 80))
    return String(input).startsWith(LADDER_URL) ? bench.worker.fetch(input, init) : fetch(input, init)
  }

const webhooks = async () => {
  const found = await findWebhooks(bench.context().client, TARGET)
  return found.ok ? found.value : []
}

const expectWhole = async (): Promise<void> => {
  const checked = await verify(bench.context({ account }))
  expect(checked.problems).toEqual([])
  expect(await webhooks()).toHaveLength(1)
  const secret = await secretOf(bench.context().client, TARGET)
  expect(bench.worker.connections.get(account)?.webhookSecret).toBe(secret)
  expect(await variablesOf(bench.context().client)).toEqual({
    LADDER_URL,
    LADDER_ACCOUNT: account,
    LADDER_SECRET: `${secret?.slice(0, 2)}********`,
  })
}

describe('plan', () => {
  it('tells every step and changes nothing', async () => {
    const writes: string[] = []
    const plan = await install(bench.context({ account }, watched(writes)), false)
    expect(plan.problems).toEqual([])
    expect(plan.steps.filter(({ state }) => state === 'planned').map(({ name }) => name)).toEqual([
      'Install the app',
      "Make the method's records",
      'Set the webhook',
      'Tell the app where Ladder is',
      'Connect the Worker',
    ])
    expect(writes).toEqual([])
    expect(await webhooks()).toEqual([])
  })

  it("finds an owner's field of the same name, and apply refuses before anything is written", async () => {
    const objects = await bench
      .context()
      .client.metadata<{ objects: { edges: { node: Record<string, string> }[] } }>(
        'query Objects { objects(paging: { first: 200 }) { edges { node { id nameSingular } } } }',
      )
    const company = objects.ok && objects.value.objects.edges.find(({ node }) => node.nameSingular === 'company')
    expect(company).toMatchObject({ node: { nameSingular: 'company' } })
    await call('POST', '/rest/metadata/fields', {
      objectMetadataId: company && company.node.id,
      type: 'TEXT',
      name: 'ladderTier',
      label: 'Our tier',
    })
    const writes: string[] = []
    for (const write of [false, true]) {
      const report = await install(bench.context({ account }, watched(writes)), write)
      expect(report.ok).toBe(false)
      expect(report.problems).toMatchObject([
        {
          where: 'field company.ladderTier',
          what: expect.stringContaining('Our tier'),
          todo: expect.stringMatching(/Rename/),
        },
      ])
    }
    expect(writes).toEqual([])
    expect(bench.worker.connections.size).toBe(0)
  })
})

describe('apply', () => {
  it('does everything once; a second apply changes nothing', async () => {
    const first = await install(bench.context({ account }), true)
    expect(first.problems).toEqual([])
    await expectWhole()
    const writes: string[] = []
    const again = await install(bench.context({ account }, watched(writes)), true)
    expect(again.steps.map(({ state }) => state)).toEqual(again.steps.map(() => 'unchanged'))
    expect(writes).toEqual([])
  })

  it('goes on wherever it broke off, and ends whole', { timeout: 300_000 }, async () => {
    // Every write: upload, install, three batches of records, webhook, three variables of the app, connection, mark.
    for (let writes = 1; writes <= 11; writes++) {
      await bench.twenty.close()
      bench = await startBench()
      const broken = await install(bench.context({ account }, dyingFetch(bench.worker, writes)), true)
      expect(broken.ok).toBe(false)
      const next = await install(bench.context({ account }), true)
      expect(next.problems, `after ${writes} writes`).toEqual([])
      await expectWhole()
    }
  })

  it("keeps an admin's edits and deletions of method records", async () => {
    await install(bench.context({ account }), true)
    const { data } = await call<{ data: { tierRules: { id: string; ladderKey: string }[] } }>('GET', '/rest/tierRules')
    const [edited, deleted] = data.tierRules
    await call('PATCH', `/rest/tierRules/${edited?.id}`, { contactsPerYear: 99 })
    await call('DELETE', `/rest/tierRules/${deleted?.id}?soft_delete=true`)
    await install(bench.context({ account }), true)
    const after = await call<{ data: { tierRules: { id: string; contactsPerYear: number }[] } }>(
      'GET',
      '/rest/tierRules',
    )
    expect(after.data.tierRules.find(({ id }) => id === edited?.id)?.contactsPerYear).toBe(99)
    expect(after.data.tierRules.find(({ id }) => id === deleted?.id)).toBeUndefined()
  })

  it('sets a fresh secret when the Worker has lost the account, or when asked', async () => {
    await install(bench.context({ account }), true)
    const first = bench.worker.connections.get(account)?.webhookSecret
    bench.worker.connections.clear()
    await install(bench.context({ account }), true)
    const second = bench.worker.connections.get(account)?.webhookSecret
    await install(bench.context({ account, rotateSecret: true }), true)
    const third = bench.worker.connections.get(account)?.webhookSecret
    expect(new Set([first, second, third]).size).toBe(3)
    await expectWhole()
  })

  it('tells an app that an older Ladder installed where Ladder is, with a fresh secret', async () => {
    await install(bench.context({ account }), true)
    const before = await secretOf(bench.context().client, TARGET)
    const read = await readVariables(bench.context().client)
    const applicationId = read.ok ? read.value?.applicationId : undefined
    for (const key of ['LADDER_SECRET', 'LADDER_URL'])
      await bench.context().client.metadata(
        `mutation Forget($key: String!, $applicationId: UUID!) {
          updateOneApplicationVariable(key: $key, value: "", applicationId: $applicationId)
        }`,
        { key, applicationId },
      )
    const checked = await verify(bench.context({ account }))
    expect(checked.problems.map(({ what }) => what)).toEqual([
      "its variable LADDER_URL isn't set to this Ladder",
      "its variable LADDER_SECRET isn't set to this Ladder",
    ])
    const done = await install(bench.context({ account }), true)
    expect(done.steps.filter(({ state }) => state === 'done').map(({ name }) => name)).toEqual([
      'Set the webhook',
      'Tell the app where Ladder is',
      'Connect the Worker',
    ])
    expect(await secretOf(bench.context().client, TARGET)).not.toBe(before)
    await expectWhole()
  })

  it("passes core banking's secret on to a Worker that was connected without one, once", async () => {
    await install(bench.context({ account }), true)
    const corebankSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    const passed = await install(bench.context({ account, corebankSecret }), true)
    expect(passed.steps.at(-1)?.state).toBe('done')
    expect(bench.worker.connections.get(account)?.corebankSecret).toBe(corebankSecret)
    const again = await install(bench.context({ account, corebankSecret }), true)
    expect(again.steps.at(-1)).toMatchObject({ state: 'unchanged' })
    await expectWhole()
  })

  it('leaves the connection open when no Worker was named and none is there', async () => {
    bench.worker.isUp = false
    const open = await install(bench.context({ account, isLadderUrlGiven: false }), true)
    expect(open.ok).toBe(true)
    expect(open.steps.at(-1)).toMatchObject({ name: 'Connect the Worker', state: 'open' })
    expect(open.notices.join()).toContain('ladder serve')
    expect((await install(bench.context({ account }), true)).ok).toBe(false)
    bench.worker.isUp = true
    expect((await install(bench.context({ account }), true)).ok).toBe(true)
    await expectWhole()
  })

  it('waits while Twenty is still at an installation that broke off', async () => {
    let busy = 1
    const through: typeof fetch = async (input, init) => {
      if (String(input).startsWith(LADDER_URL)) return bench.worker.fetch(input, init)
      if (!String(input).includes('/rest/companies') || busy-- <= 0) return fetch(input, init)
      const messages = [
        'Property "ladderBalanceAmountMicros" was not found in "company". Make sure your query is correct.',
      ]
      return Response.json({ statusCode: 400, error: 'BadRequestException', messages }, { status: 400 })
    }
    const report = await install(bench.context({}, through), false)
    expect(report).toMatchObject({ ok: true, problems: [] })
  })

  it('waits at the rate limit instead of failing', async () => {
    const limited = { statusCode: 429, error: 'HttpException', messages: ['Limit reached'] }
    bench.twenty.failNext({ match: '/rest', status: 429, body: limited, times: 2 })
    const denied = { data: null, errors: [{ message: 'Limit reached', extensions: { subCode: 'LIMIT_REACHED' } }] }
    bench.twenty.failNext({ match: '/metadata', status: 200, body: denied, times: 1 })
    expect((await install(bench.context({ account }), true)).ok).toBe(true)
  })
})

describe('verify', () => {
  it('names what is missing', async () => {
    await install(bench.context({ account }), true)
    const [webhook] = await webhooks()
    await call('DELETE', `/rest/metadata/webhooks/${webhook?.id}`)
    const rules = await call<{ data: { tierRules: { id: string; ladderKey: string }[] } }>('GET', '/rest/tierRules')
    await call('DELETE', `/rest/tierRules/${rules.data.tierRules[0]?.id}`)
    const checked = await verify(bench.context({ account }))
    expect(checked.ok).toBe(false)
    expect(checked.problems.map(({ where }) => where)).toEqual([
      `tierRules ${rules.data.tierRules[0]?.ladderKey}`,
      `webhook to ${TARGET}`,
    ])
  })
})

describe('uninstall', () => {
  it('exports all, disconnects, and keeps the app and its records', async () => {
    await install(bench.context({ account }), true)
    await call('POST', '/rest/companies', { name: 'Acme', ladderTier: 'GOLD' })
    const exportDir = path.join(await mkdtemp(path.join(tmpdir(), 'ladder-export-')), 'export')
    try {
      const done = await uninstall(bench.context({ account }), { exportDir, removeApp: false, now: new Date(0) })
      expect(done.problems).toEqual([])
      expect(await webhooks()).toEqual([])
      expect(bench.worker.connections.size).toBe(0)
      const manifest = JSON.parse(await readFile(path.join(exportDir, 'manifest.json'), 'utf8')) as {
        files: { file: string; records: number }[]
      }
      const files = await readdir(exportDir)
      for (const { file, records } of manifest.files) {
        expect(files).toContain(file)
        const text = await readFile(path.join(exportDir, file), 'utf8')
        expect(text.split('\n').length - 1).toBe(records)
      }
      const count = (file: string) => manifest.files.find((one) => one.file === file)?.records ?? 0
      expect(count('tierRule.ndjson') + count('escalationPolicy.ndjson') + count('campaignTemplate.ndjson')).toBe(
        methodRecords().length,
      )
      expect(await readFile(path.join(exportDir, 'company.ndjson'), 'utf8')).toContain('"ladderTier":"GOLD"')
      expect((await call<{ data: { tierRules: unknown[] } }>('GET', '/rest/tierRules')).data.tierRules).not.toEqual([])
    } finally {
      await rm(path.dirname(exportDir), { recursive: true })
    }
  })

  it('takes the app away only when asked', async () => {
    await install(bench.context({ account }), true)
    const exportDir = path.join(await mkdtemp(path.join(tmpdir(), 'ladder-export-')), 'export')
    const done = await uninstall(bench.context({ account }), { exportDir, removeApp: true, now: new Date(0) })
    expect(done.problems).toEqual([])
    expect((await bench.context().client.rest('GET', '/rest/tierRules')).ok).toBe(false)
    expect((await install(bench.context({ account }), true)).ok).toBe(true)
    await expectWhole()
    await rm(path.dirname(exportDir), { recursive: true })
  })
})
