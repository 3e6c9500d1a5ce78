import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { ACCOUNT, type CrmName, world, type World } from './harness.ts'

const START = '2026-03-02T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const worker = inject('scripts')
const CASES: [CrmName, number][] = [
  ['twenty', 1],
  ['twenty', 8],
  ['hubspot-deal', 8],
]

interface Row {
  id: string
  code: string
  now: number | null
  before: number | null
}

describe.each(CASES)('figures on %s, %i shard(s)', (crm, shards) => {
  let bank: World
  let companies: string[]
  const names = ['C-1', 'C-2', 'C-3', 'C-4']
  beforeAll(async () => {
    bank = await world({ start: START, crm, shards, worker })
    const [rm = ''] = bank.crm.users()
    companies = []
    for (const no of names)
      companies.push(await bank.crm.create('company', { name: no, ladderCustomerNo: no, accountOwnerId: rm }))
    await bank.quiet()
  })
  afterAll(async () => bank.close())

  const balances = async (yuan: Record<string, number>) => {
    const events = Object.entries(yuan).map(([customer, amount]) => ({
      id: `${customer}-${bank.now()}`,
      type: 'balance.changed',
      customer,
      at: bank.now(),
      data: { amount: `${amount}.00`, currency: 'CNY' },
    }))
    await bank.facts(events)
    await bank.quiet()
  }

  const figures = async (query: Record<string, string>) => {
    const answer = await bank.admin.call('GET', `/accounts/${ACCOUNT}/figures?${new URLSearchParams(query)}`)
    if (!answer.ok) throw new Error(answer.message)
    const rows = answer.body.rows as Row[]
    return (id: string, code: string) => rows.find((row) => row.id === id && row.code === code)
  }

  it('MEAS-TIER: tiers as they stood on any day, and the moves between two days, over all Books', async () => {
    await balances({ 'C-1': 12_000_000, 'C-2': 12_000_000, 'C-3': 6_000_000 })
    await bank.advance(Date.parse('2026-03-09T02:00:00Z'))
    await balances({ 'C-2': 6_000_000 })
    await bank.advance(Date.parse('2026-03-16T02:00:00Z'))
    const now = await figures({ on: '2026-03-16', against: '2026-03-05' })
    expect(now('MEAS-TIER', 'HIGH_END')).toMatchObject({ now: 1, before: 2 })
    expect(now('MEAS-TIER', 'MID')).toMatchObject({ now: 2, before: 1 })
    expect(now('MEAS-TIER', 'UNRATED')).toMatchObject({ now: 1, before: 1 })
    expect(now('MEAS-TIER', 'HIGH_END→MID')).toMatchObject({ now: 1 })
    const long = await figures({ on: '2026-03-01', against: '2026-02-01' })
    expect(long('MEAS-TIER', 'HIGH_END')).toBeUndefined()
  })

  it('MEAS-TIER: each workday the CRM shows the figures, with the day of the last change', async () => {
    if (!bank.crm.carries('measure')) return
    await bank.advance(Date.parse('2026-03-16T03:00:00Z'))
    const [shown] = bank.crm.list('measure', { measureId: 'MEAS-TIER', code: 'MID' })
    expect(shown).toMatchObject({ valueNow: 2, changedOn: '2026-03-15', unit: 'COUNT', name: '客户等级：中端' })
  })

  it('MEAS-TIER: a killed runtime counts nothing twice, and a customer that is gone is in no tier', async () => {
    await bank.restartLadder('SIGKILL')
    await balances({ 'C-4': 7_000_000 })
    expect((await figures({}))('MEAS-TIER', 'MID')).toMatchObject({ now: 3 })
    await bank.crm.destroy('company', companies.slice(3))
    await bank.quiet()
    await bank.sweep({ ids: true })
    expect((await figures({}))('MEAS-TIER', 'MID')).toMatchObject({ now: 2 })
  })

  it('MEAS-TIER: figures that make no sense are refused with what is wrong', async () => {
    for (const query of ['on=yesterday', 'on=2026-03-01&against=2026-03-02', 'by=planet'])
      expect(await bank.admin.call('GET', `/accounts/${ACCOUNT}/figures?${query}`)).toMatchObject({
        ok: false,
        status: 400,
      })
  })
})
