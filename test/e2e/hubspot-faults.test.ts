import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import type { HubspotFault } from '../../plugin/sandbox/hubspot/index.ts'
import type { Carrier } from '../../worker/crm/hubspot/layout.ts'
import { hubspotWorld, type HubspotWorld } from './hubspot-world.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const worker = inject('scripts')

/** Writes to records and to associations. */
const write = /^POST \/crm\/(objects|associations)\/.*\/batch\/(upsert|update|create|archive)/

const limit = (policyName: string): HubspotFault => ({
  status: 429,
  body: { status: 'error', message: 'limit', policyName },
})
const TROUBLES: [name: string, fault: HubspotFault][] = [
  ['401', { status: 401 }],
  ['403', { status: 403 }],
  ['423', { status: 423 }],
  ['429 in ten seconds', limit('TEN_SECONDLY_ROLLING')],
  ['477 with Retry-After', { status: 477, headers: { 'retry-after': '60' } }],
  ['500', { status: 500 }],
  ['502', { status: 502 }],
  ['503 after it was carried out', { status: 503, when: 'after' }],
  ['504', { status: 504 }],
  ['a cut connection', { cut: true }],
  ['a connection cut after it was carried out', { cut: true, when: 'after' }],
  ['207 in which half of each batch fails for the moment', { partial207: (_input, at) => at % 2 === 0 }],
]

describe.each<[Carrier, number]>([
  ['custom', 8],
  ['deal', 1],
])('HubSpot in trouble, %s carrier, %i shard(s)', (carrier, shards) => {
  let bank: HubspotWorld
  const ids: string[] = []
  let facts = 0

  beforeAll(async () => {
    bank = await hubspotWorld({ start: START, carrier, shards, runtime: { worker } })
    for (let at = 0; at < 4; at++)
      ids.push(bank.hubspot.store.create('companies', { name: `Firm ${at}`, ladder_customer_no: `F-${at}` }).id)
    await bank.sweep()
  })
  afterEach(() => bank.hubspot.clearFaults())
  afterAll(async () => bank.close())

  const balances = (yuan: number) =>
    bank.facts(
      ids.map((_id, at) => ({
        id: `t${++facts}`,
        type: 'balance.changed',
        customer: `F-${at}`,
        at: bank.now(),
        data: { amount: `${yuan}.00` },
      })),
    )
  const shown = (property: string) => bank.list('company').map(({ properties }) => properties[property])
  const twice = () => {
    const keys = ['task', 'tierRating', 'escalation']
      .filter((object) => bank.layout.types[object])
      .flatMap((object) => bank.list(object).map(({ properties }) => properties.ladder_key))
    return keys.length - new Set(keys).size
  }

  it.each(TROUBLES)('%s: nothing is lost, nothing is doubled', async (_name, fault) => {
    const [yuan, tier] = facts % 8 === 0 ? [12_000_000 + facts, 'HIGH_END'] : [6_000_000 + facts, 'MID']
    bank.hubspot.failNext({ match: write, times: 5, ...fault })
    await balances(yuan)
    await bank.advance(bank.now() + HOUR)
    expect(shown('ladder_balance')).toEqual(ids.map(() => `${yuan}.00`))
    expect(shown('ladder_tier')).toEqual(ids.map(() => tier))
    expect(await bank.status()).toMatchObject({ outbox: 0, deadLetters: 0 })
    expect(twice()).toBe(0)
  })

  it('what this account has no place for is settled and counted', async () => {
    const { counters } = (await bank.status()) as { counters: Record<string, number> }
    if (carrier === 'custom') expect(counters.not_carried ?? 0).toBe(0)
    else expect(counters.not_carried).toBeGreaterThan(0)
  })

  it('while one object cannot be read its sweep waits, and the others go on', async () => {
    bank.hubspot.failNext({ match: /meetings\/search/, times: 1, status: 500 })
    await bank.sweep()
    const faultOf = async (object: string) =>
      ((await bank.status()).sweeps as { object: string; fault: string }[]).find((one) => one.object === object)?.fault
    expect(await faultOf('visit')).not.toBe('')
    expect(await faultOf('task')).toBe('')
    await bank.advance(bank.now() + 5 * MINUTE)
    expect(await faultOf('visit')).toBe('')
  })
})

describe("inside HubSpot's own limits", () => {
  const many = (count: number) => Array.from({ length: count }, (_one, at) => `N-${at}`)
  const feed = async (bank: HubspotWorld, numbers: string[], yuan: number): Promise<void> => {
    for (let at = 0; at < numbers.length; at += 500)
      await bank.facts(
        numbers.slice(at, at + 500).map((customer) => ({
          id: `${yuan}-${customer}`,
          type: 'balance.changed',
          customer,
          at: bank.now(),
          data: { amount: `${yuan}.00` },
        })),
      )
  }

  it('of ten seconds and of searches: an account with many changes is never asked too often', async () => {
    // rateLimit {}: the edition's own, and the stand-in refuses what is too much
    const wish = { start: START, carrier: 'custom', runtime: { worker }, callsPerMinute: null } as const
    const bank = await hubspotWorld({ ...wish, hubspot: { rateLimit: {} } })
    const numbers = many(1500)
    for (const no of numbers) bank.hubspot.store.create('companies', { name: no, ladder_customer_no: no })
    await bank.sweep()
    await bank.advance(bank.now() + MINUTE)
    expect(bank.hubspot.calls.count(/search$/)).toBeGreaterThan(14 + 7)
    const refusals = () => bank.hubspot.calls.list.filter(({ status }) => status === 429)
    expect(refusals()).toEqual([])
    bank.hubspot.calls.clear()
    await feed(bank, numbers, 12_000_000)
    await bank.advance(bank.now() + 5 * MINUTE)
    expect(bank.list('company').filter(({ properties }) => properties.ladder_tier === 'HIGH_END')).toHaveLength(1500)
    // a company, a rating and its association for each of 1,500: three calls a hundred
    expect(bank.hubspot.calls.count(/batch/)).toBe(45)
    await bank.advance(bank.now() + 15 * MINUTE)
    expect(refusals()).toEqual([])
    await bank.close()
  })

  it('of the day: it is shown, what is over it waits for midnight, and nothing is lost', async () => {
    const wish = { start: START, carrier: 'deal', runtime: { worker }, dailyLimit: 1000 } as const
    const bank = await hubspotWorld({ ...wish, hubspot: { rateLimit: { daily: 1000, tenSeconds: 1e6, search: 1e6 } } })
    const numbers = many(40)
    for (const no of numbers) bank.hubspot.store.create('companies', { name: no, ladder_customer_no: no })
    await bank.sweep()
    expect((await bank.status()).budget).toMatchObject({ day: '2026-09-07', limit: 1000 })
    // others use the account up: HubSpot says so in its answers
    const other = { authorization: `Bearer ${bank.hubspot.token}` }
    const { left } = (await bank.status()).budget as { left: number }
    for (let call = 0; call < left - 15; call++)
      await fetch(`${bank.hubspot.url}/crm/owners/2026-09`, { headers: other })
    bank.hubspot.calls.clear()
    await feed(bank, numbers, 12_000_000)
    await bank.advance(bank.now() + 2 * HOUR)
    expect(await bank.status()).toMatchObject({ deadLetters: 0 })
    const refused = bank.hubspot.calls.list.filter(({ status }) => status === 429)
    expect(refused.length).toBeLessThan(3)
    expect(await bank.status()).not.toMatchObject({ outbox: 0 })
    // 24:00 in Shanghai
    await bank.advance(Date.parse('2026-09-07T16:30:00.000Z'))
    expect(bank.list('company').filter(({ properties }) => properties.ladder_tier === 'HIGH_END')).toHaveLength(40)
    expect(await bank.status()).toMatchObject({ outbox: 0, deadLetters: 0, budget: { day: '2026-09-08' } })
    await bank.close()
  })
})

describe('a record on which HubSpot answers 500 for ever', () => {
  it('waits alone, the others get through', async () => {
    const bank = await hubspotWorld({ start: START, carrier: 'custom', runtime: { worker } })
    const ids = Array.from(
      { length: 100 },
      (_one, at) => bank.hubspot.store.create('companies', { name: `C ${at}`, ladder_customer_no: `C-${at}` }).id,
    )
    await bank.sweep()
    const bad = `"id":"${ids[42] ?? ''}"`
    bank.hubspot.failNext({
      match: ({ path, raw }) => path.endsWith('companies/batch/update') && raw.toString('utf8').includes(bad),
      times: 1e6,
      status: 500,
    })
    await bank.facts(
      ids.map((_id, at) => ({
        id: `p-${at}`,
        type: 'balance.changed',
        customer: `C-${at}`,
        at: bank.now(),
        data: { amount: '12000000.00' },
      })),
    )
    await bank.advance(bank.now() + 3 * MINUTE)
    expect(bank.list('company').filter(({ properties }) => properties.ladder_tier === 'HIGH_END')).toHaveLength(99)
    expect(await bank.status()).toMatchObject({ outbox: 1, deadLetters: 0 })
    expect(bank.list('tierRating')).toHaveLength(100)
    await bank.close()
  })
})
