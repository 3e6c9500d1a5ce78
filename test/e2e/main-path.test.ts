import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { EVERYWHERE, world, type World } from './harness.ts'
import { escalationsOf } from './outcome.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const HOUR = 3_600_000
const DAY = 24 * HOUR

const worker = inject('scripts')

/** How a CRM itself keeps twelve million yuan, and a tier. */
const KEPT = {
  twenty: { ladderTier: 'HIGH_END', ladderBalance: { amountMicros: 12_000_000_000_000, currencyCode: 'CNY' } },
  hubspot: { ladder_tier: 'HIGH_END', ladder_balance: '12000000.00' },
  'hubspot-deal': { ladder_tier: 'HIGH_END', ladder_balance: '12000000.00' },
}

describe.each(EVERYWHERE)('main path on %s, %i shard(s)', (crm, shards) => {
  let bank: World
  let company: string
  beforeAll(async () => {
    bank = await world({ start: START, crm, shards, worker })
    company = await bank.crm.create('company', { name: 'Acme Farm Produce', ladderCustomerNo: 'C-1' })
    await bank.quiet()
  })
  afterAll(async () => bank.close())

  const shown = () => bank.crm.list('company', { id: company })[0]
  const tasks = (kind: string) => bank.crm.list('task', { ladderKind: kind })
  const balance = (id: string, yuan: number) => {
    const data = { amount: `${yuan}.00`, currency: 'CNY' }
    return bank.facts([{ id, type: 'balance.changed', customer: 'C-1', at: bank.now(), data }])
  }

  it('TIER-CORP: a balance fact rates the company and leaves a rating', async () => {
    expect((await balance('f1', 12_000_000)).status).toBe(202)
    await bank.quiet()
    expect(bank.crm.raw('company', company)).toMatchObject(KEPT[crm])
    expect(shown()).toMatchObject({ ladderTier: 'HIGH_END', ladderTierWhy: expect.stringContaining('TIER_CORP-2') })
    expect(bank.crm.carries('tierRating')).toBe(crm !== 'hubspot-deal')
    if (!bank.crm.carries('tierRating')) return
    expect(bank.crm.list('tierRating')).toMatchObject([
      { newTier: 'HIGH_END', approval: 'AUTOMATIC', company, ruleRow: 'TIER_CORP-2' },
    ])
  })

  it('ESC-MOVE: a large fall raises one escalation with a task, and the same fact again raises none', async () => {
    const at = bank.now() + HOUR
    const data = { amount: '1000000.00', currency: 'CNY' }
    const fall = { id: 'f2', type: 'balance.changed', customer: 'C-1', at, data }
    await bank.advance(at)
    for (let time = 0; time < 2; time++) {
      expect((await bank.facts([fall])).status).toBe(202)
      await bank.quiet()
    }
    expect(await escalationsOf(bank, company)).toMatchObject([{ cause: 'ESC_MOVE', status: 'OPEN', level: 1 }])
    const [task, ...others] = tasks('ESCALATION')
    expect(others).toEqual([])
    expect(task).toMatchObject({ status: 'TODO', ladderCompany: company, ladderRole: 'RM' })
    expect(bank.crm.companiesOf(String(task?.id))).toEqual([company])
  })

  it('ESC-LADDER: silence climbs with a task for each level, beginning a task acknowledges and stops the clock', async () => {
    await bank.advance(bank.now() + 2 * DAY)
    const level = (await escalationsOf(bank, company))[0]?.level ?? 0
    expect(level).toBeGreaterThan(1)
    const all = tasks('ESCALATION').length
    const open = tasks('ESCALATION').filter(({ status }) => status === 'TODO')
    expect(open).toHaveLength(level)
    await bank.crm.update('task', String(open[0]?.id), { status: 'IN_PROGRESS' })
    await bank.quiet()
    await bank.advance(bank.now() + 10 * DAY)
    expect(await escalationsOf(bank, company)).toMatchObject([{ status: 'ACKNOWLEDGED', level, climbsAt: null }])
    expect(tasks('ESCALATION')).toHaveLength(all)
  })

  it('DEV-A01: a stage edit without what the stage asks is put back, with the reason; with it, the stage moves', async () => {
    const development = { name: 'Acme', company, pipeline: 'DEV_A', stage: 'DEV_A01', leadSource: 'COLD' }
    const id = await bank.crm.create('development', development)
    await bank.quiet()
    const now = () => bank.crm.list('development', { id })[0]
    await bank.crm.update('development', id, { stage: 'DEV_A02' })
    await bank.quiet()
    expect(now()).toMatchObject({ stage: 'DEV_A01', stageNotice: expect.stringMatching(/./) })
    const asked = { segmentName: 'Farm produce', segmentFeatures: 'Seasonal cash, online sales' }
    await bank.crm.update('development', id, { ...asked, stage: 'DEV_A02' })
    await bank.quiet()
    expect(now()).toMatchObject({ stage: 'DEV_A02', stageNotice: null, stageDue: expect.stringMatching(/^2026-/) })
    expect(bank.crm.list('task', { ladderKind: 'STAGE', ladderDevelopment: id, status: 'TODO' })).not.toEqual([])
  })

  it('TIER-CONTACT: a call that a person closes is a contact, and the next one is counted from it', async () => {
    const before = String(shown()?.ladderNextContactDue)
    const call = { title: 'Call', ladderKind: 'CALL', ladderCompany: company, status: 'DONE' }
    await bank.crm.create('task', call)
    await bank.quiet()
    const day = new Date(bank.now() + 8 * HOUR).toISOString().slice(0, 10)
    expect(shown()?.ladderLastContactOn).toBe(day)
    expect(String(shown()?.ladderNextContactDue) > before).toBe(true)
  })
})
