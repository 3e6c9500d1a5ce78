import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleWorker } from '../../plugin/runtime/bundle.ts'
import { ACCOUNT, world, type World } from './harness.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const MINUTE = 60_000

const worker = await bundleWorker()

interface Letter {
  seq: number
  object: string
  target: string
  reason: string
  tries: number
}

describe.each([1, 8])('a record that the CRM refuses, %i shard(s)', (shards) => {
  let bank: World
  const rows = Array.from({ length: 200 }, (_, index) => ({ name: `Firm ${index}`, ladderCustomerNo: `F-${index}` }))
  let bad: string
  let repaired = false

  const letters = async (): Promise<Letter[]> =>
    (await bank.admin.call('GET', `/accounts/${ACCOUNT}/dead-letters`)).body.deadLetters as Letter[]
  const replay = (body: object) => bank.admin.call('POST', `/accounts/${ACCOUNT}/replay`, body)
  const balances = (yuan: number, id: string) =>
    bank.facts(
      rows.map(({ ladderCustomerNo }) => ({
        id: `${id}-${ladderCustomerNo}`,
        type: 'balance.changed',
        customer: ladderCustomerNo,
        at: bank.now(),
        data: { amount: `${yuan}.00` },
      })),
    )

  beforeAll(async () => {
    bank = await world({ start: START, shards, runtime: { worker } })
    const made = await bank.twenty.store.insert('company', rows)
    await bank.quiet()
    bad = String(made[77]?.id)
    // the CRM refuses whatever holds this one record, the whole batch with it
    bank.twenty.failNext({
      match: ({ method, path, raw }) =>
        !repaired && method !== 'GET' && (path.includes(bad) || (/companies/.test(path) && raw.includes(bad))),
      times: 1e6,
      status: 400,
      body: { statusCode: 400, error: 'BadRequestException', messages: ['Value too large for field'] },
    })
  })
  afterAll(async () => bank.close())

  it('one bad record among 200 is found by halving; the others are written, it is a dead letter with its reason', async () => {
    bank.twenty.calls.clear()
    await balances(12_000_000, 'a')
    await bank.advance(bank.now() + 5 * MINUTE)
    const found = await bank.list('companies')
    expect(found.filter(({ ladderTier }) => ladderTier === 'HIGH_END')).toHaveLength(199)
    expect(found.find(({ id }) => id === bad)?.ladderTier).toBeNull()
    const [letter, ...others] = await letters()
    expect(others).toEqual([])
    expect(letter).toMatchObject({ object: 'company', target: bad, reason: 'Value too large for field' })
    // a binary search, not one call a record
    expect(bank.twenty.calls.count(/^(POST|PATCH) \/rest\/(batch\/)?companies/)).toBeLessThan(25)
    const health = await fetch(`${bank.ladder.url}/healthz`)
    expect(health.status).toBe(503)
    expect(await health.json()).toMatchObject({ ok: false, accounts: { [ACCOUNT]: { deadLetters: 1 } } })
    // its rating is a record of its own and was written
    expect((await bank.list('tierRatings')).filter(({ companyId }) => companyId === bad)).toHaveLength(1)
  })

  it('replayed before it is repaired it is dead again; after the repair it is written and gone', async () => {
    expect(await replay({})).toMatchObject({ ok: true, body: { replayed: 1 } })
    await bank.advance(bank.now() + 5 * MINUTE)
    expect(await letters()).toHaveLength(1)
    repaired = true
    const [letter] = await letters()
    expect(await replay({ seq: letter?.seq })).toMatchObject({ ok: true, body: { replayed: 1 } })
    await bank.advance(bank.now() + MINUTE)
    expect(await letters()).toEqual([])
    expect((await bank.list('companies', `id[eq]:"${bad}"`))[0]).toMatchObject({ ladderTier: 'HIGH_END' })
    expect((await fetch(`${bank.ladder.url}/healthz`)).status).toBe(200)
  })

  it('a dead letter that is replayed late does not undo what was written after it', async () => {
    repaired = false
    await balances(6_000_000, 'b')
    await bank.advance(bank.now() + 5 * MINUTE)
    expect(await letters()).toHaveLength(1)
    repaired = true
    await balances(1_000_000, 'c')
    await bank.advance(bank.now() + 5 * MINUTE)
    await replay({})
    await bank.advance(bank.now() + 5 * MINUTE)
    const [row] = await bank.list('companies', `id[eq]:"${bad}"`)
    expect(row).toMatchObject({ ladderTier: 'GENERAL', ladderBalance: { amountMicros: 1_000_000_000_000 } })
    expect(await letters()).toEqual([])
  })
})

describe.each([1, 8])('customers that the CRM does not have yet, %i shard(s)', (shards) => {
  let bank: World
  beforeAll(async () => {
    bank = await world({ start: START, shards, runtime: { worker } })
    await bank.quiet()
  })
  afterAll(async () => bank.close())

  const fact = (id: string, customer: string, type: string, data: Record<string, unknown>) => ({
    id,
    type,
    customer,
    at: bank.now(),
    data,
  })
  const parked = async () => (await bank.admin.call('GET', `/accounts/${ACCOUNT}/status`)).body.parked

  it('their facts wait; the profile makes the customer once, and all facts count', async () => {
    await bank.facts([
      fact('u1', 'NEW-1', 'balance.changed', { amount: '12000000.00' }),
      fact('u2', 'NEW-2', 'balance.changed', { amount: '200000.00' }),
    ])
    await bank.quiet()
    expect(await parked()).toBe(2)
    expect(await bank.list('companies')).toEqual([])
    const profiles = [
      fact('u3', 'NEW-1', 'customer.profile', { customer: 'company', name: 'New Works' }),
      fact('u4', 'NEW-2', 'customer.profile', { customer: 'person', name: '王小明' }),
    ]
    await bank.facts(profiles)
    await bank.facts(profiles)
    await bank.quiet()
    expect(await parked()).toBe(0)
    expect(await bank.list('companies')).toMatchObject([
      { name: 'New Works', ladderCustomerNo: 'NEW-1', ladderTier: 'HIGH_END' },
    ])
    const people = await bank.list('people', 'ladderCustomerNo[eq]:"NEW-2"')
    expect(people).toHaveLength(1)
    expect(people[0]?.ladderTier).toBe('HIGH')
    expect(await bank.list('tierRatings')).toHaveLength(2)
  })

  it('a customer whom a person makes meanwhile gets the facts that waited', async () => {
    await bank.facts([fact('w1', 'NEW-3', 'balance.changed', { amount: '6000000.00' })])
    await bank.quiet()
    await bank.rest('POST', 'companies', { name: 'By hand', ladderCustomerNo: 'NEW-3' })
    await bank.quiet()
    expect(await parked()).toBe(0)
    expect((await bank.list('companies', 'ladderCustomerNo[eq]:"NEW-3"'))[0]?.ladderTier).toBe('MID')
  })

  it('waiting facts outlive a crash', async () => {
    await bank.facts([fact('k1', 'NEW-4', 'balance.changed', { amount: '12000000.00' })])
    await bank.quiet()
    await bank.restartLadder('SIGKILL')
    expect(await parked()).toBe(1)
    await bank.facts([fact('k2', 'NEW-4', 'customer.profile', { customer: 'company', name: 'Later Ltd' })])
    await bank.quiet()
    expect((await bank.list('companies', 'ladderCustomerNo[eq]:"NEW-4"'))[0]?.ladderTier).toBe('HIGH_END')
  })
})
