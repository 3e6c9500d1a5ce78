import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../../schemas/model/attributes.ts'
import { Subject } from '../tiers/kit.ts'
import type { Figures } from './keys.ts'
import { Ledger, rowsOf } from './kit.ts'
import { apart } from './report.ts'

const nonZero = (figures: Figures): Figures =>
  Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== 0))

describe('figures', () => {
  it('MEAS-TIER: the pyramid counts each customer once in the tier in force, and a move is told for its period', () => {
    const ledger = new Ledger()
    const company = new Subject().known()
    company.balance(12_000_000)
    ledger.look(company)
    const first = ledger.now
    company.at('2026-04-02 10:00').balance(6_000_000)
    ledger.look(company).look(company)
    const row = rowsOf(ledger.now, first)
    expect(row('MEAS-TIER', 'HIGH_END')).toEqual({ now: 0, before: 1 })
    expect(row('MEAS-TIER', 'MID')).toEqual({ now: 1, before: 0 })
    expect(row('MEAS-TIER', 'HIGH_END→MID')).toEqual({ now: 1, before: 0 })
    expect(row('MEAS-TIER', '-→HIGH_END')).toEqual({ now: 0, before: 1 })
  })

  it('MEAS-4x2: sleeping, low value, products, loss, retention and activation, now against before', () => {
    const ledger = new Ledger()
    const [rich, poor] = [new Subject('company:a').known(), new Subject('company:b').known()]
    rich.balance(10_000_000)
    poor.balance(100_000)
    const open = { kind: 'holding.opened', amount: 100, openedOn: '2026-03-02' } as const
    rich.fact({ ...open, holding: 'h1', product: 'POS' })
    rich.fact({ ...open, holding: 'h2', product: 'PAYROLL' })
    ledger.look(rich).look(poor)
    const before = ledger.now
    rich.at('2026-03-10 10:00').balance(6_000_000)
    poor.at('2026-03-10 10:00').balance(0)
    poor.fact({ kind: 'account.dormant', dormant: true })
    ledger.look(rich).look(poor)
    const row = rowsOf(ledger.now, before)
    expect(row('MEAS-4x2', 'SLEEPING')).toEqual({ now: 1, before: 0 })
    expect(row('MEAS-4x2', 'LOW_VALUE')).toEqual({ now: 1, before: 1 })
    expect(row('MEAS-4x2', 'PRODUCTS_PER_CUSTOMER')).toEqual({ now: 1, before: 1 })
    expect(row('MEAS-4x2', 'LOSS_RATE')).toEqual({ now: 50, before: 0 })
    expect(row('MEAS-4x2', 'RETENTION')).toEqual({ now: 59.4, before: 100 })
    expect(row('MEAS-4x2', 'ACTIVATION')).toEqual({ now: 50, before: 100 })
  })

  it('MEAS-4x2: channels per customer come from what core banking counts, else from what the customer has', () => {
    const ledger = new Ledger()
    const [told, seen, bare] = ['a', 'b', 'c'].map((id) => new Subject(`person:${id}`).known())
    if (!told || !seen || !bare) throw new Error('three people')
    const profile = (attributes: Attributes) =>
      ({ kind: 'customer.profile', customer: 'person', name: 'x', attributes }) as const
    const open = { kind: 'holding.opened', amount: 100, openedOn: '2026-03-02' } as const
    told.fact(profile({ channels: 5 }))
    seen.fact({ ...open, holding: 'h1', product: '借记卡' })
    seen.fact({ ...open, holding: 'h2', product: '手机银行' })
    seen.fact(profile({ eBank: true }))
    for (const one of [told, seen, bare]) ledger.look(one)
    expect(rowsOf(ledger.now)('MEAS-4x2', 'CHANNELS_PER_CUSTOMER')).toEqual({ now: 2.33, before: null })
    bare.fact(profile({ eBank: true }))
    expect(rowsOf(ledger.look(bare).now)('MEAS-4x2', 'CHANNELS_PER_CUSTOMER')?.now).toBe(2.67)
  })

  it('MEAS-CONT: a contact is counted when it is made, and overdue ones for as long as they are', () => {
    const ledger = new Ledger()
    const company = new Subject().known()
    company.balance(12_000_000)
    ledger.look(company)
    company.until('2026-07-01 10:00')
    ledger.look(company)
    expect(rowsOf(ledger.now)('MEAS-CONT', 'HIGH_END/OVERDUE')).toEqual({ now: 1, before: 0 })
    const before = ledger.now
    company.save('visit', 'v1', { company: 'c1', status: 'HELD', heldAt: '2026-07-01T02:00:00.000Z' })
    ledger.look(company)
    const row = rowsOf(ledger.now, before)
    expect(row('MEAS-CONT', 'HIGH_END/OVERDUE')).toEqual({ now: 0, before: 1 })
    expect(row('MEAS-CONT', 'HIGH_END/MADE')).toEqual({ now: 1, before: 0 })
    expect(row('MEAS-CONT', 'HIGH_END/DUE')).toEqual({ now: 1, before: 0 })
  })

  it('MEAS-ESC: raised, open by level, and the working minutes until somebody answers', () => {
    const ledger = new Ledger()
    const company = new Subject().known()
    company.balance(12_000_000)
    ledger.look(company)
    company.at('2026-03-03 10:00').balance(1_000_000)
    ledger.look(company)
    const [escalation] = company.escalations()
    expect(rowsOf(ledger.now)('MEAS-ESC', 'ESC_MOVE/1/OPEN')).toEqual({ now: 1, before: 0 })
    company
      .at('2026-03-03 11:00')
      .save('escalation', 'e1', { ladderKey: escalation?.key ?? '', status: 'ACKNOWLEDGED' })
    ledger.look(company)
    company.at('2026-03-03 15:00').save('escalation', 'e1', { status: 'RESOLVED', resolution: '已面谈' })
    ledger.look(company).look(company)
    const row = rowsOf(ledger.now)
    expect(row('MEAS-ESC', 'ESC_MOVE/RAISED')?.now).toBe(1)
    expect(row('MEAS-ESC', 'ESC_MOVE/TO_ACKNOWLEDGE')?.now).toBe(60)
    // 10:00 to 15:00 with the lunch of the default calendar
    const lunch = company.playbook.calendar.workingMinutesBetween(
      company.instant('2026-03-03 10:00'),
      company.instant('2026-03-03 15:00'),
    )
    expect(row('MEAS-ESC', 'ESC_MOVE/TO_RESOLVE')?.now).toBe(lunch)
    expect(row('MEAS-ESC', 'ESC_MOVE/1/OPEN')?.now).toBe(0)
  })

  it('MEAS-PIPE: who is in a stage, how many went on, and after how many days', () => {
    const ledger = new Ledger()
    const company = new Subject().known()
    const begun = { createdAt: '2026-03-02T02:00:00.000Z' }
    company.save('development', 'd1', { company: 'c1', pipeline: 'DEV_A', stage: 'DEV_A01' }, begun)
    ledger.look(company)
    const before = ledger.now
    company.at('2026-03-12 10:00')
    const fields = { stage: 'DEV_A02', segmentName: 'Farm products', segmentFeatures: 'seasonal' }
    const checklistDone =
      company.playbook.pipelines.get('DEV_A')?.source.stages[0]?.checklist.map(({ code }) => code) ?? []
    company.save('development', 'd1', { ...fields, checklistDone, marketLevel: 'CITY', positioningBasis: 'x' })
    ledger.look(company)
    const row = rowsOf(ledger.now, before)
    expect(row('MEAS-PIPE', 'DEV_A/DEV_A01')).toEqual({ now: 0, before: 1 })
    expect(row('MEAS-PIPE', 'DEV_A/DEV_A02')).toEqual({ now: 1, before: 0 })
    expect(row('MEAS-PIPE', 'DEV_A/DEV_A01/DAYS')?.now).toBe(10)
    expect(rowsOf(ledger.now)('MEAS-PIPE', 'DEV_A/DEV_A01/CONVERSION')?.now).toBe(100)
    // who stood in the stage before the time that is told of counts too: no more go on than are there
    expect(row('MEAS-PIPE', 'DEV_A/DEV_A01/CONVERSION')?.now).toBe(100)
    const there = ledger.now
    company.at('2026-03-16 10:00').save('development', 'd1', { stage: 'DEV_A01' })
    ledger.look(company)
    // to go back is no conversion
    expect(rowsOf(ledger.now, there)('MEAS-PIPE', 'DEV_A/DEV_A02/CONVERSION')?.now).toBe(0)
  })

  it('MEAS-CAMP: results of a template over its campaigns, with what a product won has cost', () => {
    const ledger = new Ledger()
    for (const id of ['k1', 'k2']) {
      const campaign = new Subject(`campaign:${id}`)
      campaign.save('campaign', id, {
        name: 'Salon',
        templateCode: 'CAMP-S1',
        heldOn: '2026-03-20T06:00:00.000Z',
        leads: 3,
        products: 2,
        balanceWon: 50_000_00,
        cost: 1_000_00,
      })
      ledger.look(campaign)
    }
    const row = rowsOf(ledger.now)
    expect(row('MEAS-CAMP', 'CAMP-S1/LEADS')?.now).toBe(6)
    expect(row('MEAS-CAMP', 'CAMP-S1/PRODUCTS_WON')?.now).toBe(4)
    expect(row('MEAS-CAMP', 'CAMP-S1/BALANCE_WON')?.now).toBe(100_000_00)
    expect(row('MEAS-CAMP', 'CAMP-S1/COST_PER_PRODUCT')?.now).toBe(500_00)
  })

  it('MEAS-TIER: who leaves is taken out exactly, whatever changed in between, and figures are whose the customer is', () => {
    const ledger = new Ledger()
    const company = new Subject().known({ accountOwnerId: 'rm1' })
    company.balance(12_000_000)
    ledger.look(company)
    expect(rowsOf(apart(ledger.now, 'rm').get('rm1') ?? {})('MEAS-TIER', 'HIGH_END')?.now).toBe(1)
    company.at('2026-03-05 10:00').known({ accountOwnerId: 'rm2' })
    ledger.look(company)
    expect(rowsOf(apart(ledger.now, 'rm').get('rm1') ?? {})('MEAS-TIER', 'HIGH_END')?.now ?? 0).toBe(0)
    expect(rowsOf(apart(ledger.now, 'rm').get('rm2') ?? {})('MEAS-TIER', 'HIGH_END')?.now).toBe(1)
    ledger.leave(company)
    const left = Object.keys(nonZero(ledger.now))
    expect(left.filter((key) => !/^(moved|contact|won)/.test(key))).toEqual([])
  })
})
