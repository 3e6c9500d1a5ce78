import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleWorker } from '../../plugin/runtime/bundle.ts'
import { EVERYWHERE, world, type World } from './harness.ts'

const START = '2026-03-02T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const worker = await bundleWorker()

describe.each(EVERYWHERE)('weekly lists on %s, %i shard(s)', (crm, shards) => {
  let bank: World
  beforeAll(async () => {
    bank = await world({ start: START, crm, shards, worker })
    const [rm = ''] = bank.crm.users()
    for (const no of ['C-1', 'C-2', 'C-3'])
      await bank.crm.create('company', { name: `Acme ${no}`, ladderCustomerNo: no, accountOwnerId: rm })
    await bank.quiet()
    for (const customer of ['C-1', 'C-2', 'C-3']) {
      const data = { amount: '12000000.00', currency: 'CNY' }
      await bank.facts([{ id: `f-${customer}`, type: 'balance.changed', customer, at: bank.now(), data }])
    }
    await bank.quiet()
  })
  afterAll(async () => bank.close())

  it('ESC-WEEK: each Monday the RM and the president find one list each, of customers in every Book', async () => {
    await bank.advance(Date.parse('2026-06-22T00:29:00Z'))
    const listsNow = () =>
      bank.crm
        .list('task', { ladderKind: 'WEEK' })
        .filter(({ ladderKey }) => String(ladderKey).includes('/2026-06-22/'))
    expect(listsNow()).toEqual([])
    await bank.advance(Date.parse('2026-06-22T00:31:00Z'))
    expect(
      listsNow()
        .map(({ ladderRole }) => ladderRole)
        .sort(),
    ).toEqual(['RM', 'SUB_BRANCH_PRESIDENT'])
    const list = listsNow().find(({ ladderRole }) => ladderRole === 'RM')
    const text = JSON.stringify(bank.crm.raw('task', String(list?.id)))
    for (const no of ['C-1', 'C-2', 'C-3']) expect(text).toContain(`Acme ${no}`)
  })
})
