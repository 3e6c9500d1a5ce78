import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { ACCOUNT, EVERYWHERE, world, type World } from './harness.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const MINUTE = 60_000

const worker = inject('scripts')

interface Letter {
  seq: number
  object: string
  target: string
  reason: string
  tries: number
}

describe.each(EVERYWHERE)('a record that the CRM refuses, %s, %i shard(s)', (crm, shards) => {
  let bank: World
  /** As many as go into one call. */
  const length = crm === 'twenty' ? 200 : 100
  const rows = Array.from({ length }, (_, index) => ({ name: `Firm ${index}`, ladderCustomerNo: `F-${index}` }))
  let bad: string
  let repaired = false

  const letters = async (): Promise<Letter[]> =>
    (await bank.admin.call('GET', `/accounts/${ACCOUNT}/dead-letters`)).body.deadLetters as Letter[]
  /** The object and the record of all dead letters, each named once. */
  const deadOnes = async (): Promise<string[]> => [
    ...new Set((await letters()).flatMap(({ object, target }) => [object, target])),
  ]
  const replay = (body: object) => bank.admin.call('POST', `/accounts/${ACCOUNT}/replay`, body)
  const shown = () => bank.crm.list('company', { id: bad })[0]
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
    bank = await world({ start: START, crm, shards, worker })
    const ids: string[] = []
    for (const row of rows) ids.push(await bank.crm.create('company', row))
    await bank.quiet()
    bad = ids[77] ?? ''
    bank.crm.refuse('company', bad, () => !repaired)
  })
  afterAll(async () => bank.close())

  it('one bad record in a full batch is found; the others are written, it is a dead letter with its reason', async () => {
    const before = bank.crm.calls().writes.length
    await balances(12_000_000, 'a')
    await bank.advance(bank.now() + 5 * MINUTE)
    const found = bank.crm.list('company')
    expect(found.filter(({ ladderTier }) => ladderTier === 'HIGH_END')).toHaveLength(length - 1)
    expect(shown()?.ladderTier).toBeNull()
    // more than one of them when the record was read again meanwhile, and was not as Ladder had written it
    expect(await deadOnes()).toEqual(['company', bad])
    for (const { reason } of await letters()) expect(reason).toMatch(/Value too large for field|VALIDATION_ERROR/)
    // a binary search, not one call a record
    const writes = bank.crm.calls().writes.slice(before)
    expect(writes.filter((line) => line.includes('/companies')).length).toBeLessThan(25)
    const deadLetters = (await letters()).length
    const health = await fetch(`${bank.ladder.url}/healthz`)
    expect(health.status).toBe(503)
    expect(await health.json()).toMatchObject({ ok: false, accounts: { [ACCOUNT]: { deadLetters } } })
    // its rating is a record of its own, where there are such, and was written
    if (bank.crm.carries('tierRating')) expect(bank.crm.list('tierRating', { company: bad })).toHaveLength(1)
  })

  it('replayed before it is repaired it is dead again; after the repair it is written and gone', async () => {
    const dead = (await letters()).length
    expect(await replay({})).toMatchObject({ ok: true, body: { replayed: dead } })
    await bank.advance(bank.now() + 5 * MINUTE)
    expect(await deadOnes()).toEqual(['company', bad])
    repaired = true
    for (const { seq } of await letters())
      expect(await replay({ seq })).toMatchObject({ ok: true, body: { replayed: 1 } })
    await bank.advance(bank.now() + MINUTE)
    expect(await letters()).toEqual([])
    expect(shown()).toMatchObject({ ladderTier: 'HIGH_END' })
    expect((await fetch(`${bank.ladder.url}/healthz`)).status).toBe(200)
  })

  it('a dead letter that is replayed late does not undo what was written after it', async () => {
    repaired = false
    await balances(6_000_000, 'b')
    await bank.advance(bank.now() + 5 * MINUTE)
    expect(await deadOnes()).toEqual(['company', bad])
    repaired = true
    await balances(1_000_000, 'c')
    await bank.advance(bank.now() + 5 * MINUTE)
    await replay({})
    await bank.advance(bank.now() + 5 * MINUTE)
    expect(shown()).toMatchObject({ ladderTier: 'GENERAL', ladderBalance: 100_000_000 })
    expect(await letters()).toEqual([])
  })
})

describe.each(EVERYWHERE)('customers that the CRM does not have yet, %s, %i shard(s)', (crm, shards) => {
  let bank: World
  beforeAll(async () => {
    bank = await world({ start: START, crm, shards, worker })
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
  const parked = async () => (await bank.status()).parked
  const of = (object: string, ladderCustomerNo: string) => bank.crm.list(object, { ladderCustomerNo })

  it('their facts wait; the profile makes the customer once, and all facts count', async () => {
    await bank.facts([
      fact('u1', 'NEW-1', 'balance.changed', { amount: '12000000.00' }),
      fact('u2', 'NEW-2', 'balance.changed', { amount: '200000.00' }),
    ])
    await bank.quiet()
    expect(await parked()).toBe(2)
    expect(bank.crm.list('company')).toEqual([])
    const profiles = [
      fact('u3', 'NEW-1', 'customer.profile', { customer: 'company', name: 'New Works' }),
      fact('u4', 'NEW-2', 'customer.profile', { customer: 'person', name: '王小明' }),
    ]
    await bank.facts(profiles)
    await bank.facts(profiles)
    await bank.quiet()
    expect(await parked()).toBe(0)
    expect(bank.crm.list('company')).toMatchObject([
      { name: 'New Works', ladderCustomerNo: 'NEW-1', ladderTier: 'HIGH_END' },
    ])
    expect(of('person', 'NEW-2')).toMatchObject([{ name: '王小明', ladderTier: 'HIGH' }])
    if (bank.crm.carries('tierRating')) expect(bank.crm.list('tierRating')).toHaveLength(2)
  })

  it('a customer whom a person makes meanwhile gets the facts that waited', async () => {
    await bank.facts([fact('w1', 'NEW-3', 'balance.changed', { amount: '6000000.00' })])
    await bank.quiet()
    await bank.crm.create('company', { name: 'By hand', ladderCustomerNo: 'NEW-3' })
    await bank.quiet()
    expect(await parked()).toBe(0)
    expect(of('company', 'NEW-3')).toMatchObject([{ ladderTier: 'MID' }])
  })

  it('waiting facts outlive a crash', async () => {
    await bank.facts([fact('k1', 'NEW-4', 'balance.changed', { amount: '12000000.00' })])
    await bank.quiet()
    await bank.restartLadder('SIGKILL')
    expect(await parked()).toBe(1)
    await bank.facts([fact('k2', 'NEW-4', 'customer.profile', { customer: 'company', name: 'Later Ltd' })])
    await bank.quiet()
    expect(of('company', 'NEW-4')).toMatchObject([{ ladderTier: 'HIGH_END' }])
  })
})
