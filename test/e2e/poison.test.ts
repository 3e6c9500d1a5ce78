import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { ACCOUNT } from './harness.ts'
import { twentyWorld, type TwentyWorld } from './twenty-world.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const MINUTE = 60_000
const HOUR = 60 * MINUTE

const worker = inject('scripts')

/** Writes to companies: batches, and a lone update. */
const toCompanies = /^(POST|PATCH) \/rest\/(batch\/)?companies/
const anyWrite = /^(POST \/rest\/batch|PATCH \/rest)\//

describe.each([
  ['answers 500', { status: 500, body: 'Internal error' }],
  ['cuts the connection', { cut: true }],
])('a record on which the CRM %s for ever', (_, fault) => {
  let bank: TwentyWorld
  const rows = Array.from({ length: 200 }, (_one, index) => ({ name: `Firm ${index}`, ladderCustomerNo: `F-${index}` }))
  let bad: string[] = []

  const status = async () => (await bank.admin.call('GET', `/accounts/${ACCOUNT}/status`)).body
  const deadLetters = async () =>
    (await bank.admin.call('GET', `/accounts/${ACCOUNT}/dead-letters`)).body.deadLetters as Record<string, unknown>[]
  const balances = (yuan: number, id: string, of = rows) =>
    bank.facts(
      of.map(({ ladderCustomerNo }) => ({
        id: `${id}-${ladderCustomerNo}`,
        type: 'balance.changed',
        customer: ladderCustomerNo,
        at: bank.now(),
        data: { amount: `${yuan}.00` },
      })),
    )
  const withTier = async (tier: string) =>
    (await bank.list('companies')).filter(({ ladderTier }) => ladderTier === tier).map(({ id }) => id)

  beforeAll(async () => {
    bank = await twentyWorld({ start: START, runtime: { worker } })
    const made = await bank.twenty.store.insert('company', rows)
    await bank.quiet()
    bad = [String(made[77]?.id), String(made[150]?.id)]
    bank.twenty.failNext({
      match: ({ method, path, raw }) =>
        method !== 'GET' && bad.some((id) => path.includes(id) || (/companies/.test(path) && raw.includes(id))),
      times: 1e6,
      ...fault,
    })
  })
  afterAll(async () => bank.close())

  it('is found by halving: the others are written within minutes, by few calls', async () => {
    bank.twenty.calls.clear()
    await balances(12_000_000, 'a')
    await bank.advance(bank.now() + 3 * MINUTE)
    expect(await withTier('HIGH_END')).toHaveLength(198)
    expect(bank.twenty.calls.count(toCompanies)).toBeLessThan(60)
    expect(await status()).toMatchObject({ outbox: 2, deadLetters: 0 })
    // their ratings are records of their own
    expect(await bank.list('tierRatings')).toHaveLength(200)
  })

  it('it alone waits: what comes later for others goes at once', async () => {
    await bank.advance(bank.now() + HOUR)
    await balances(6_000_000, 'b', rows.slice(0, 50))
    await bank.advance(bank.now() + 1000)
    expect(await withTier('MID')).toHaveLength(50)
    // tried less and less often
    bank.twenty.calls.clear()
    await bank.advance(bank.now() + HOUR)
    expect(bank.twenty.calls.count(toCompanies)).toBeLessThan(2 * 30)
  })

  it('it alone is dead in the end, once the CRM has had half a day, and written when it is replayed after a repair', async () => {
    await bank.advance(bank.now() + 12 * HOUR)
    expect((await deadLetters()).map(({ target }) => target).sort()).toEqual([...bad].sort())
    expect(await status()).toMatchObject({ outbox: 0, deadLetters: 2 })
    bad = ['none']
    await bank.admin.call('POST', `/accounts/${ACCOUNT}/replay`, {})
    await bank.advance(bank.now() + MINUTE)
    expect(await withTier('HIGH_END')).toHaveLength(150)
    expect(await status()).toMatchObject({ outbox: 0, deadLetters: 0 })
  })
})

describe('a CRM that is down altogether', () => {
  let bank: TwentyWorld
  const rows = Array.from({ length: 120 }, (_one, index) => ({ name: `Firm ${index}`, ladderCustomerNo: `F-${index}` }))
  beforeAll(async () => {
    bank = await twentyWorld({ start: START, runtime: { worker } })
    await bank.twenty.store.insert('company', rows)
    await bank.quiet()
  })
  afterAll(async () => bank.close())

  it('is asked no more often than before, and gets everything once it is back', async () => {
    bank.twenty.failNext({ match: /./, times: 1e6, status: 503 })
    await bank.facts(
      rows.map(({ ladderCustomerNo }) => ({
        id: ladderCustomerNo,
        type: 'balance.changed',
        customer: ladderCustomerNo,
        at: bank.now(),
        data: { amount: '12000000.00' },
      })),
    )
    bank.twenty.calls.clear()
    await bank.advance(bank.now() + 2 * HOUR)
    // pauses of up to five minutes: some thirty in two hours, each with one write, and one question when all are suspects
    expect(bank.twenty.calls.count(anyWrite)).toBeLessThan(70)
    bank.twenty.clearFaults()
    bank.twenty.calls.clear()
    await bank.advance(bank.now() + 10 * MINUTE)
    const tiers = (await bank.list('companies')).map(({ ladderTier }) => ladderTier)
    expect(tiers).toEqual(rows.map(() => 'HIGH_END'))
    // nothing was taken apart meanwhile
    expect(bank.twenty.calls.count(anyWrite)).toBeLessThan(12)
  })
})
