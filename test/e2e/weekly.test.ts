import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type DocumentsBank, documentsBank } from './documents-bank.ts'
import { type CrmName, EVERYWHERE, world, type World } from './harness.ts'

const START = '2026-06-18T02:00:00.000Z' // a Thursday, 10:00 in Shanghai
const CUSTOMERS = ['C-1', 'C-2', 'C-3']
const worker = inject('scripts')

/** Three customers of one RM whose balances fell on the Thursday, just before the next Monday's meeting. */
const untilTheMeeting = async (bank: World): Promise<void> => {
  const [rm = ''] = bank.crm.users()
  for (const no of CUSTOMERS)
    await bank.crm.create('company', { name: `Acme ${no}`, ladderCustomerNo: no, accountOwnerId: rm })
  await bank.quiet()
  for (const amount of ['12000000.00', '1000000.00']) {
    await bank.advance(bank.now() + 60_000)
    const facts = CUSTOMERS.map((customer) => ({
      id: `${customer}-${amount}`,
      type: 'balance.changed',
      customer,
      at: bank.now(),
      data: { amount, currency: 'CNY' },
    }))
    await bank.facts(facts)
    await bank.quiet()
  }
  await bank.advance(Date.parse('2026-06-22T00:29:00Z'))
  expect(bank.crm.list('task', { ladderKind: 'WEEK' })).toEqual([])
  await bank.advance(Date.parse('2026-06-22T00:31:00Z'))
}

describe.each(EVERYWHERE)('weekly lists on %s, %i shard(s)', (crm, shards) => {
  let bank: World
  beforeAll(async () => {
    bank = await world({ start: START, crm, shards, worker })
    await untilTheMeeting(bank)
  })
  afterAll(async () => bank.close())

  it('ESC-WEEK: on Monday the RM and the president find one list each, of customers in every Book', () => {
    const lists = bank.crm.list('task', { ladderKind: 'WEEK' })
    expect(lists.map(({ ladderRole }) => ladderRole).sort()).toEqual(['RM', 'SUB_BRANCH_PRESIDENT'])
    for (const { id } of lists) {
      const text = JSON.stringify(bank.crm.raw('task', id))
      for (const no of CUSTOMERS) expect(text).toContain(`Acme ${no}`)
    }
  })
})

const PACKS: CrmName[] = ['twenty', 'hubspot-deal']

describe.each(PACKS)('the weekly pack on %s', (crm) => {
  let bank: DocumentsBank
  beforeAll(async () => {
    bank = await documentsBank({ start: START, crm, worker })
    await untilTheMeeting(bank)
  })
  afterAll(async () => bank.close())

  it('ESC-WEEK: the pack hangs on each list as a Word document with its customers and figures', () => {
    for (const { id } of bank.crm.list('task', { ladderKind: 'WEEK' })) {
      const files = bank.attachedTo('task', id).filter(({ name }) => name.endsWith('.docx'))
      expect(files).toHaveLength(2) // Chinese and English
      const file = files.find(({ name }) => name.startsWith('每周营销碰头会材料'))
      const xml = unzipSync(new Uint8Array(file?.bytes ?? Buffer.alloc(0)))['word/document.xml'] ?? new Uint8Array()
      const text = strFromU8(xml).replace(/<[^>]+>/g, ' ')
      for (const no of CUSTOMERS) expect(text).toContain(`Acme ${no}`)
      expect(text).toContain('四个两：激活率')
    }
  })
})
