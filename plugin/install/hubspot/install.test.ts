import { afterEach, describe, expect, it } from 'vitest'
import type { HubspotSandboxOptions } from '../../sandbox/hubspot/index.ts'
import { ALL_SCOPES } from '../../sandbox/hubspot/server/scopes.ts'
import { install } from './apply.ts'
import { methodRecords } from './records.ts'
import { dying, startBench, watched, type Bench } from './testing.ts'
import { verify } from './verify.ts'
import { shapeFor } from './carrier.ts'

let bench: Bench
const start = async (options: HubspotSandboxOptions = {}): Promise<Bench> => (bench = await startBench(options))
afterEach(() => bench.hubspot.close())

const clientSecret = 'client-secret-of-the-app'
const account = 'hs-62515'

const applied = async (): Promise<void> => {
  const report = await install(bench.context({ clientSecret }), true)
  expect(report.problems).toEqual([])
}
const expectWhole = async (): Promise<void> => {
  expect((await verify(bench.context({ clientSecret }))).problems).toEqual([])
  expect(bench.worker.connections.get(account)?.webhookSecret).toBe(clientSecret)
}
const layout = () => {
  const crm = bench.worker.connections.get(account)?.crm
  return crm?.kind === 'hubspot' ? crm.layout : undefined
}

describe.each([
  ['enterprise', 'custom', 10, 22],
  ['professional', 'deal', 0, 8],
] as const)('an account of the edition %s', (edition, carrier, objects, labels) => {
  it('plan tells every step and changes nothing', async () => {
    await start({ edition })
    const writes: string[] = []
    const plan = await install(bench.context({}, watched(writes)), false)
    expect(plan.problems).toEqual([])
    expect(plan.account).toBe(account)
    expect(plan.steps.some(({ state }) => state === 'done')).toBe(false)
    const calls = plan.steps.flatMap((step) => step.calls ?? [])
    expect(calls.filter((call) => call === 'POST /crm-object-schemas/2026-09/schemas')).toHaveLength(objects)
    expect(calls.filter((call) => call.endsWith('/labels'))).toHaveLength(labels)
    expect(calls.some((call) => call.includes('%'))).toBe(false)
    expect(writes).toEqual([])
    expect(bench.worker.connections.size).toBe(0)
  })

  it('apply does what plan said, call by call, and a second one changes nothing', async () => {
    await start({ edition })
    const plan = await install(bench.context({ clientSecret }), false)
    const writes: string[] = []
    const done = await install(bench.context({ clientSecret }, watched(writes)), true)
    expect(done.problems).toEqual([])
    const planned = plan.steps.flatMap((step) => step.calls ?? []).filter((call) => !call.startsWith('PUT '))
    expect(writes.map((call) => call.split(' ')[0])).toEqual(planned.map((call) => call.split(' ')[0]))
    await expectWhole()
    expect(layout()).toMatchObject({ portalId: 62_515, carrier, edition, timeZone: 'Asia/Shanghai' })
    expect(Object.keys(layout()?.labels ?? {})).toHaveLength(labels)
    const again: string[] = []
    const report = await install(bench.context({ clientSecret }, watched(again)), true)
    expect(report.steps.map(({ state }) => state)).toEqual(report.steps.map(() => 'unchanged'))
    expect(again).toEqual([])
  })

  it('goes on wherever it was killed, and ends whole', async () => {
    await start({ edition })
    let kills = 0
    // each run lives for one write more, whose answer it never sees
    while (!(await install(bench.context({ clientSecret }, dying(1)), true)).ok) {
      kills++
      expect(kills).toBeLessThan(100)
    }
    expect(kills).toBeGreaterThan(objects + labels)
    await expectWhole()
    const records = methodRecords(shapeFor(carrier, Object.keys(layout()?.types ?? {}), new Map()))
    for (const [object, wanted] of Map.groupBy(records, (record) => record.object))
      expect(bench.hubspot.store.list(layout()?.types[object] ?? '')).toHaveLength(wanted.length)
  }, 120_000)
})

describe('HubSpot’s weather', () => {
  const limited = (policyName: string) => ({ status: 'error', message: 'limit', errorType: 'RATE_LIMIT', policyName })

  it.each([
    ['the limit of ten seconds', { status: 429, body: limited('TEN_SECONDLY_ROLLING') }],
    ['a lock', { status: 423 }],
    ['a move of the account', { status: 477, headers: { 'retry-after': '1' } }],
    ['a bad gateway', { status: 502 }],
    ['an overload after the call was carried out', { status: 503, when: 'after' as const }],
  ])('%s: it waits and goes on', async (_, fault) => {
    await start({ edition: 'professional' })
    for (const match of ['GET ', 'POST /crm/properties', 'POST /crm/pipelines', 'POST /crm/associations'])
      bench.hubspot.failNext({ match, times: 2, ...fault })
    await applied()
    await expectWhole()
  })

  it('a new object that doesn’t answer yet: it waits and goes on', async () => {
    await start()
    const body = { status: 'error', message: 'Unable to infer object type', category: 'VALIDATION_ERROR' }
    bench.hubspot.failNext({ match: 'GET /crm/properties/2026-09/2-', status: 400, body, times: 2 })
    await applied()
    await expectWhole()
  })

  it('the daily limit: it stops and says until when', async () => {
    await start({ edition: 'professional' })
    bench.hubspot.failNext({ match: 'POST /crm/pipelines', status: 429, body: limited('DAILY') })
    const report = await install(bench.context({ clientSecret }), true)
    expect(report.problems).toMatchObject([{ todo: expect.stringContaining('midnight') as string }])
    await applied()
    await expectWhole()
  })

  it('a cut connection: it says so, and the next apply goes on', async () => {
    await start({ edition: 'professional' })
    bench.hubspot.failNext({ match: 'POST /crm/properties', cut: true, when: 'after' })
    expect((await install(bench.context({ clientSecret }), true)).problems).toHaveLength(1)
    await applied()
    await expectWhole()
  })
})

describe('a token that won’t do', () => {
  it('is refused: wrong', async () => {
    await start()
    bench.hubspot.failNext({
      status: 401,
      body: { status: 'error', message: 'expired', category: 'INVALID_AUTHENTICATION' },
    })
    const report = await install(bench.context(), true)
    expect(report.problems).toMatchObject([{ what: expect.stringContaining('refuses the token') as string }])
  })

  it('lacks a scope, which is named before anything is written', async () => {
    const scopes = ['crm.objects.contacts.read', 'crm.objects.contacts.write', 'crm.schemas.contacts.write', 'oauth']
    await start({ scopes })
    const writes: string[] = []
    const report = await install(bench.context({}, watched(writes)), true)
    expect(report.problems).toHaveLength(1)
    expect(report.problems[0]?.what).toContain('crm.objects.companies.read')
    expect(report.problems[0]?.what).toContain('crm.objects.owners.read')
    expect(report.problems[0]?.what).not.toContain('contacts')
    expect(writes).toEqual([])
  })
})

describe('a token without files', () => {
  it('installs all the same: the plan says that documents can’t be made', async () => {
    await start({ scopes: ALL_SCOPES.filter((scope) => scope !== 'files') })
    const report = await install(bench.context(), false)
    expect(report.ok).toBe(true)
    expect(report.steps[0]?.lines).toContainEqual(expect.stringContaining('the token lacks files'))
  })
})

describe('the Worker', () => {
  it('is left open when nobody named it and it isn’t there', async () => {
    await start({ edition: 'professional' })
    bench.worker.isUp = false
    const open = await install(bench.context({ isLadderUrlGiven: false }), true)
    expect(open.ok).toBe(true)
    expect(open.steps.at(-1)).toMatchObject({ name: 'Connect the Worker', state: 'open' })
    expect((await install(bench.context(), true)).ok).toBe(false)
    bench.worker.isUp = true
    await applied()
    await expectWhole()
  })

  it('keeps the consent of HubSpot’s admin: it is told the layout alone, and plan and verify say so', async () => {
    await start({ edition: 'professional' })
    bench.worker.consents.add(account)
    const stays = "this command's token stays here"
    const plan = await install(bench.context(), false)
    expect(plan.steps.at(-1)?.lines.join()).toContain(stays)
    const report = await install(bench.context(), true)
    expect(report.problems).toEqual([])
    expect(report.notices.join()).not.toContain('--client-secret-env')
    const told = bench.worker.connections.get(account)
    expect(told?.crm).toEqual({ kind: 'hubspot', url: bench.hubspot.url, layout: layout() })
    expect(JSON.stringify(told)).not.toContain(bench.hubspot.token)
    expect(bench.worker.consents.has(account)).toBe(true)
    const checked = await verify(bench.context())
    expect(checked.problems).toEqual([])
    expect(checked.steps.at(-1)?.lines.join()).toContain(stays)
    // what has changed in the layout is told the same way
    if (told?.crm.kind !== 'hubspot') throw new Error('not connected')
    const older = { ...told.crm, layout: { ...told.crm.layout, labels: {} } }
    bench.worker.connections.set(account, { ...told, crm: older })
    expect((await verify(bench.context())).problems).toHaveLength(1)
    await install(bench.context(), true)
    expect(bench.worker.connections.get(account)?.crm).toEqual(told.crm)
    expect(bench.worker.consents.has(account)).toBe(true)
  })

  it('gives up the consent for a token of its own alone where the command says so, as the plan says', async () => {
    await start({ edition: 'professional' })
    bench.worker.consents.add(account)
    const own = bench.context({ workerToken: 'pat-of-the-worker' })
    expect((await install(own, false)).steps.at(-1)?.lines.join()).toContain('takes the place of the consent')
    expect((await install(own, true)).problems).toEqual([])
    expect(bench.worker.connections.get(account)?.crm.token).toBe('pat-of-the-worker')
    expect(bench.worker.consents.has(account)).toBe(false)
  })

  it('whose consent is gone meanwhile says so', async () => {
    await start({ edition: 'professional' })
    bench.worker.consents.add(account)
    const context = bench.context()
    const state = await context.worker.state(account)
    bench.worker.consents.delete(account)
    const worker = { ...context.worker, state: () => Promise.resolve(state) }
    const report = await install({ ...context, worker }, true)
    expect(report.problems).toMatchObject([
      { what: expect.stringContaining('no admin of HubSpot has agreed') as string },
    ])
  })

  it('is told the client secret later, and what it means until then', async () => {
    await start({ edition: 'professional' })
    const without = await install(bench.context(), true)
    expect(without.notices.join()).toContain('--client-secret-env')
    expect(bench.worker.connections.get(account)?.webhookSecret).toBeUndefined()
    const told = await install(bench.context({ clientSecret }), true)
    expect(told.steps.filter(({ state }) => state === 'done').map(({ name }) => name)).toEqual(['Connect the Worker'])
    expect(told.notices.join()).not.toContain('--client-secret-env')
    await expectWhole()
  })

  it('is told another client secret when asked to', async () => {
    await start({ edition: 'professional' })
    await applied()
    const same = await install(bench.context({ clientSecret: 'a-new-client-secret' }), true)
    expect(same.steps.at(-1)?.lines.join()).toContain('--rotate-secret')
    expect(bench.worker.connections.get(account)?.webhookSecret).toBe(clientSecret)
    await install(bench.context({ clientSecret: 'a-new-client-secret', rotateSecret: true }), true)
    expect(bench.worker.connections.get(account)?.webhookSecret).toBe('a-new-client-secret')
  })
})
