import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { ACCOUNT, EVERYWHERE, type FactWish, world, type World } from './harness.ts'
import { escalationsOf } from './outcome.ts'

const START = '2026-11-02T02:00:00.000Z'
const MONTHS = ['2026-05-31', '2026-06-30', '2026-07-31', '2026-08-31', '2026-09-30', '2026-10-31']
const CUSTOMERS = 40

const worker = inject('scripts')

/** A history of core banking: the profile, then six month-ends; every second customer falls by nine tenths in July. */
const history = (no: number): FactWish[] => [
  {
    id: `${no}-profile`,
    type: 'customer.profile',
    customer: `N-${no}`,
    at: Date.parse('2026-05-30T08:00:00Z'),
    data: { customer: 'company', name: `Customer ${no}` },
  },
  ...MONTHS.map((month, index) => ({
    id: `${no}-${month}`,
    type: 'balance.changed',
    customer: `N-${no}`,
    at: Date.parse(`${month}T08:00:00Z`),
    data: { amount: no % 2 === 0 && index >= 2 ? '2000000.00' : '20000000.00', currency: 'CNY' },
  })),
]

describe.each(EVERYWHERE)('customers whom core banking knows first, %s, %i shard(s)', (crm, shards) => {
  let bank: World
  beforeAll(async () => {
    bank = await world({ start: START, crm, shards, worker })
    await bank.quiet()
  })
  afterAll(async () => bank.close())

  it('ESC-MOVE: a history that came before its customer is told in order, none of it lost', async () => {
    const facts = Array.from({ length: CUSTOMERS }, (_, no) => history(no)).flat()
    // parcels that cut through the histories, in the sender's order, with Ladder at work in between
    for (let at = 0; at < facts.length; at += 45) {
      expect((await bank.facts(facts.slice(at, at + 45))).status).toBe(202)
      if (at % 90 === 0)
        await bank.admin.call('POST', `/accounts/${ACCOUNT}/settle`, { until: new Date(bank.now()).toISOString() })
    }
    await bank.quiet()
    const companies = bank.crm.list('company').filter((one) => String(one.ladderCustomerNo).startsWith('N-'))
    expect(companies).toHaveLength(CUSTOMERS)
    const fallen: string[] = []
    for (const { id, ladderCustomerNo, name, ladderBalance } of companies) {
      const no = Number(String(ladderCustomerNo).slice(2))
      expect([name, ladderBalance]).toEqual([`Customer ${no}`, no % 2 === 0 ? 200_000_000 : 2_000_000_000])
      const moves = (await escalationsOf(bank, id)).filter(({ cause }) => cause === 'ESC_MOVE')
      expect(moves).toHaveLength(no % 2 === 0 ? 1 : 0)
      if (moves.length > 0) fallen.push(id)
    }
    const told = bank.crm.list('task', { ladderKind: 'ESCALATION' }).map(({ ladderCompany }) => String(ladderCompany))
    expect([...new Set(told)].sort()).toEqual(fallen.sort())
    const keys = bank.crm.list('task').map(({ ladderKey }) => ladderKey)
    expect(new Set(keys).size).toBe(keys.length)
  })
})
