import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { install } from '../../install/hubspot/apply.ts'
import { isWrite, startBench, watched, type Bench } from '../../install/hubspot/testing.ts'
import { ADMIN_TOKEN } from '../../install/testing.ts'
import { doctorCrm } from '../commands/doctor.ts'
import { createOutput, WrongUse } from '../output.ts'
import type { Check } from './check.ts'
import { startLadder, type FakeLadder } from './testing.ts'

const SECRET = 'client-secret-of-the-app'
const CLIENT = 'client-id-of-the-app'
const account = 'hs-62515'

let bench: Bench
let ladder: FakeLadder
let publicUrl: string | undefined
let logged: Record<string, string[]> = {}

beforeAll(async () => {
  bench = await startBench({ clientId: CLIENT, clientSecret: SECRET })
  ladder = await startLadder({
    account,
    secrets: { hubspot: [SECRET] },
    publicUrl: () => publicUrl,
    worker: bench.worker,
    via: (object) => logged[object] ?? [],
  })
  expect((await install(bench.context({ clientSecret: SECRET }), true)).problems).toEqual([])
})
afterAll(async () => {
  await bench.hubspot.close()
  ladder.server.close()
})
beforeEach(() => {
  publicUrl = ladder.url
  process.env['LADDER_ADMIN_TOKEN'] = ADMIN_TOKEN
  process.env['DOCTOR_TOKEN'] = bench.hubspot.token
  process.env['DOCTOR_SECRET'] = SECRET
  process.env['DOCTOR_OTHER'] = 'another-secret-0815'
})
afterAll(() => {
  delete process.env['LADDER_ADMIN_TOKEN']
})

const run = async (options: object = {}) => {
  let printed = ''
  const stdout = { write: (text: string) => void (printed += text) }
  const output = createOutput({ json: true, stdout, stderr: stdout })
  const given = { crm: 'hubspot', url: bench.hubspot.url, tokenEnv: 'DOCTOR_TOKEN', ladderUrl: ladder.url, ...options }
  const code = await doctorCrm({ ...given, json: true }, output)
  for (const secret of [bench.hubspot.token, SECRET, ADMIN_TOKEN]) expect(printed).not.toContain(secret)
  const { checks } = JSON.parse(printed) as { checks: Check[] }
  const states = (state: Check['state']) => checks.filter((check) => check.state === state).map(({ name }) => name)
  return { code, states, of: (name: string) => checks.find((check) => check.name === name) }
}

describe('the doctor on HubSpot', () => {
  it('finds what is right, and says what it can’t know', async () => {
    const { states, of, code } = await run({ secretEnv: 'DOCTOR_SECRET' })
    expect(states('fail')).toEqual([])
    expect(states('skip')).toEqual([
      'journal',
      ...['development', 'escalation', 'task', 'visit'].map((object) => `webhooks of ${object}`),
    ])
    expect(states('warn')).toEqual(['public url'])
    expect(code).toBe(0)
    expect(of('token')?.message).toContain('portal 62515')
    expect(of('keys')?.message).toMatch(/company.*task.*development/)
    expect(of('daily limit')?.message).toMatch(/^\d+ of 1000000 calls/)
    for (const name of [
      'url',
      'clock',
      'scopes',
      'installed',
      'connection',
      'layout',
      'client secret',
      'delivery (v3)',
    ])
      expect(of(name)?.state, name).toBe('ok')
  })

  it('changes nothing by asking', async () => {
    const before = bench.hubspot.calls.list.length
    await run({ secretEnv: 'DOCTOR_SECRET' })
    expect(bench.hubspot.calls.list.slice(before).filter(isWrite)).toEqual([])
    const writes: string[] = []
    await install(bench.context({ clientSecret: SECRET }, watched(writes)), true)
    expect(writes).toEqual([])
  })

  it('tells a wrong token, and asks no further', async () => {
    process.env['DOCTOR_TOKEN'] = 'pat-wrong'
    const { code, of } = await run()
    expect(code).toBe(1)
    expect(of('token')).toMatchObject({ state: 'fail', todo: expect.stringContaining('Auth tab') as string })
    expect(of('scopes')).toBeUndefined()
  })

  it('names the scopes that are missing', async () => {
    process.env['DOCTOR_TOKEN'] = bench.hubspot.addToken({
      scopes: ['contacts', 'companies', 'custom'].flatMap((kind) =>
        ['objects', 'schemas'].flatMap((of) => [`crm.${of}.${kind}.read`, `crm.${of}.${kind}.write`]),
      ),
    })
    const { states } = await run()
    expect(states('fail')).toEqual(['scope crm.objects.owners.read'])
    // documents alone need it
    expect(states('warn')).toContain('scope files')
  })

  it('tells another portal than the one that Ladder has', async () => {
    const other = await startBench({ portalId: 777 })
    process.env['DOCTOR_TOKEN'] = other.hubspot.token
    const { of } = await run({ url: other.hubspot.url, account })
    expect(of('connection')?.message).toBe("Ladder's account is portal 62515, the token's is 777")
    expect(of('installed')).toMatchObject({ state: 'fail' })
    await other.hubspot.close()
  })

  it('tells a daily limit that is used up, and a key that isn’t unique', async () => {
    const usage = {
      name: 'x',
      usageLimit: 100,
      currentUsage: 100,
      fetchStatus: 'SUCCESS',
      collectedAt: '',
      resetsAt: '2026-11-23',
    }
    bench.hubspot.failNext({ match: '/account-info/2026-09/api-usage', status: 200, body: { results: [usage] } })
    const plain = { status: 200, body: { name: 'ladder_key', hasUniqueValue: false } }
    bench.hubspot.failNext({ ...plain, match: '/crm/properties/2026-09/tasks/ladder_key' })
    bench.hubspot.failNext({ ...plain, match: '/crm/properties/2026-09/2-35000001/ladder_key' })
    const { of, states } = await run()
    expect(of('daily limit')).toMatchObject({ state: 'fail', message: expect.stringContaining('2026-11-23') as string })
    // an object of Ladder's own takes a unique key for certain; a task may not, but then Ladder must know
    expect(states('fail').filter((name) => name.startsWith('key of'))).toEqual(['key of development'])
    expect(of('key of task')).toMatchObject({ state: 'ok', message: expect.stringContaining('search') as string })
    expect(of('plain keys')).toMatchObject({ state: 'fail', message: expect.stringContaining('task') as string })
    expect(of('keys')?.message).not.toContain('task')
  })

  it('takes keys that are not unique as they are where the account has no others, and says so', async () => {
    const other = await startBench({ portalId: 888, edition: 'professional', uniqueActivities: false })
    process.env['DOCTOR_TOKEN'] = other.hubspot.token
    const { worker } = bench.context()
    const there = other.context({ account, clientSecret: SECRET })
    expect((await install({ ...there, worker }, true)).problems).toEqual([])
    const { of, states } = await run({ url: other.hubspot.url, account })
    expect(states('fail')).toEqual([])
    for (const object of ['task', 'visit']) expect(of(`key of ${object}`)?.message).toContain('found by search')
    expect((await install(bench.context({ clientSecret: SECRET }), true)).problems).toEqual([])
    await other.hubspot.close()
  })

  it('tells a wrong secret from a wrong address', async () => {
    const wrong = await run({ secretEnv: 'DOCTOR_OTHER' })
    expect(wrong.of('delivery (v1)')).toMatchObject({ state: 'fail', message: 'Ladder has another secret' })
    publicUrl = 'https://ladder.bank.example'
    const moved = await run({ secretEnv: 'DOCTOR_SECRET' })
    expect(moved.of('delivery (v1)')).toMatchObject({ state: 'ok' })
    expect(moved.of('delivery (v3)')?.message).toContain('public address is another one')
    const told = await run({ secretEnv: 'DOCTOR_SECRET', publicUrl })
    expect(told.of('delivery (v3)')).toMatchObject({ state: 'ok' })
    expect(told.of('public url')).toMatchObject({ state: 'ok' })
    publicUrl = undefined
    const unset = await run({ secretEnv: 'DOCTOR_SECRET' })
    expect(unset.of('delivery (v3)')).toMatchObject({ state: 'fail', todo: 'Set LADDER_PUBLIC_URL.' })
  })

  it('tells whether the app has a journal, what is missing in it, and whose fault it is', async () => {
    const asked = { secretEnv: 'DOCTOR_SECRET', clientId: CLIENT }
    const without = await run(asked)
    expect(without.of('journal')).toMatchObject({ state: 'ok' })
    expect(without.of('journal subscriptions')).toMatchObject({
      state: 'warn',
      todo: expect.stringContaining('--client-id') as string,
    })
    const there = bench.context({ clientSecret: SECRET, clientId: CLIENT })
    expect((await install(there, true)).problems).toEqual([])
    expect((await run(asked)).of('journal subscriptions')).toMatchObject({ state: 'ok' })
    expect((await run({ ...asked, clientId: 'another' })).of('journal')?.message).toContain('no token')
    for (const plan of ['missing', 'forbidden'] as const) {
      bench.hubspot.setJournal(plan)
      const { of, states } = await run(asked)
      expect(of('journal')).toMatchObject({ state: 'warn', todo: expect.stringContaining('Nothing is lost') as string })
      expect(states('fail')).toEqual([])
    }
    bench.hubspot.setJournal('there')
  })

  it('finds out from what came whether webhooks bring custom objects and tasks here', async () => {
    logged = { development: ['sweep', 'webhook'], task: ['sweep', 'sweep'] }
    const { of } = await run()
    expect(of('webhooks of development')).toMatchObject({ state: 'ok' })
    expect(of('webhooks of task')).toMatchObject({ state: 'warn' })
    expect(of('webhooks of visit')).toMatchObject({ state: 'skip' })
    logged = {}
  })

  it('tells an address that HubSpot can’t call', async () => {
    expect((await run({ publicUrl: 'http://ladder.bank.example' })).of('public url')).toMatchObject({ state: 'fail' })
    expect((await run({ publicUrl: 'https://10.0.0.1' })).of('public url')).toMatchObject({ state: 'warn' })
  })

  it('tells a server that is not there, and one that is no HubSpot', async () => {
    expect((await run({ url: 'http://127.0.0.1:9' })).of('url')).toMatchObject({ state: 'fail' })
    expect((await run({ url: ladder.url })).of('url')?.message).toContain('looks like no HubSpot')
  })

  it('tells what Ladder lacks, and is used wrongly without a token', async () => {
    const connection = bench.worker.connections.get(account)
    bench.worker.connections.clear()
    expect((await run({ account })).of('connection')).toMatchObject({ state: 'fail' })
    if (connection) bench.worker.connections.set(account, connection)
    await expect(run({ tokenEnv: 'DOCTOR_NONE' })).rejects.toThrow(WrongUse)
  })
})
