import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../../schemas/model/attributes.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { ruleTest } from '../campaigns/rule.ts'
import { audienceContext } from '../campaigns/audience.ts'
import { compiled, Subject } from './kit.ts'

const told = (ref: string, attributes: Attributes, fields = {}) => {
  const subject = new Subject(ref).known(fields)
  const customer = ref.startsWith('company') ? 'company' : 'person'
  subject.fact({ kind: 'customer.profile', customer, name: '李', attributes })
  return subject
}
const approve = (subject: Subject, id = 'r1') => {
  const last = subject.upserts('tierRating').at(-1)
  if (last)
    subject.save('tierRating', id, {
      ...last.fields,
      ladderKey: last.key,
      approval: 'APPROVED',
      approvedBy: '王委员',
      reason: '同意',
    })
  return subject
}

describe('several schemes on one customer', () => {
  it.each<[string, Attributes]>([
    ['TARGET', { income: 30_000_000 }],
    ['MASS', { income: 29_999_999 }],
    ['TARGET', { occupation: 'EXECUTIVE' }],
    ['TARGET', { ability: 'HIGH' }],
    ['TARGET', { otherBankVip: true }],
    ['NEGATIVE', { revenue: 10_000, cost: 10_001 }],
    ['MASS', { revenue: 10_000, cost: 10_000 }],
    ['TARGET', { revenue: 600_000, cost: 100_000 }],
  ])('TIER-VALUE: %s by %o', (tier, attributes) => {
    expect(told('person:p1', attributes).customer['ladderValueTier']).toBe(tier)
  })

  it.each<[Attributes]>([
    [{ avgBalanceLocal: 60_000_000, avgBalanceForeign: 40_000_000 }],
    [{ cardSpending: 50_000_000 }],
    [{ consumerLoan: 200_000_000 }],
    [{ goldHead: true, revenue: 0, cost: 100 }],
  ])('TIER-VALUE: VIP by %o, when the grade committee says so', (attributes) => {
    const subject = told('person:p1', attributes)
    expect(subject.customer['ladderValueTier']).toBeUndefined()
    expect(subject.upserts('tierRating').at(-1)?.fields).toMatchObject({
      ...{ scheme: 'TIER-VALUE', newTier: 'VIP', approval: 'PROPOSED', inputs: expect.anything() },
    })
    expect(approve(subject).customer['ladderValueTier']).toBe('VIP')
  })

  it('TIER-VALUE: what people wrote on the record counts until core banking tells it', () => {
    const subject = new Subject('person:p1').known({ ladderIncome: 40_000_000, ladderOccupation: 'OTHER' })
    expect(subject.customer['ladderValueTier']).toBe('TARGET')
    subject.fact({ kind: 'customer.profile', customer: 'person', name: '李', attributes: { income: 1 } })
    expect(subject.customer['ladderValueTier']).toBe('MASS')
  })

  it('TIER-VALUE, TIER-CONTACT: each has its own tier, history and next rating; contacts follow the leading one', () => {
    const subject = told('person:p1', { income: 40_000_000 })
    expect(subject.customer).toMatchObject({ ladderValueTier: 'TARGET' })
    expect(subject.customer['ladderTier']).toBeUndefined()
    subject.balance(60_000)
    expect(subject.customer).toMatchObject({ ladderTier: 'MID', ladderContactsPerYear: 2, ladderValueTier: 'TARGET' })
    expect(subject.upserts('tierRating').map(({ fields }) => [fields['scheme'], fields['newTier']])).toEqual([
      ['TIER-VALUE', 'TARGET'],
      ['TIER-CONTACT', 'MID'],
    ])
    subject.until('2027-03-03 18:00')
    // value is rated again in the bank's run, contacts on the customer's own day
    const yearly = subject.upserts('tierRating').filter(({ fields }) => fields['cause'] === 'YEARLY')
    expect(yearly.map(({ fields }) => fields['scheme'])).toEqual(['TIER-CONTACT'])
  })

  it('TIER-SERVE: what a value tier is entitled to stands on the customer', () => {
    const subject = told('person:p1', { income: 40_000_000 })
    expect(subject.customer['ladderEntitlements']).toContain('免排队')
    subject.fact({
      kind: 'customer.profile',
      customer: 'person',
      name: '李',
      attributes: { revenue: 0, cost: 5, income: 1 },
    })
    expect(subject.customer['ladderEntitlements']).toContain('依法依约')
    expect(subject.customer['ladderContribution']).toBe(-5)
  })

  it.each<[string, Attributes]>([
    ['PLATINUM', { businessVolume: 10_000_000_000, loyalty: 60 }],
    ['GOLD', { businessVolume: 2_000_000_000, loyalty: 80 }],
    ['IRON', { businessVolume: 2_000_000_000, loyalty: 79 }],
  ])('TIER-METAL: %s by %o', (tier, attributes) => {
    expect(told('company:c1', attributes).customer['ladderMetal']).toBe(tier)
  })

  it.each<[string, Attributes, string]>([
    ['CHANNEL', { channelPartner: true, loanBalance: 1 }, '平台授信'],
    ['CREDIT', { loanBalance: 1, settlementVolume: 5 }, '存贷比'],
    ['SETTLEMENT', { settlementVolume: 5 }, '结算周期'],
    ['RELATIONSHIP', { settlementVolume: 0 }, '首个产品'],
  ])('TIER-CLASS: %s by %o, with its plan', (tier, attributes, plan) => {
    const { customer } = told('company:c1', attributes)
    expect(customer['ladderServiceClass']).toBe(tier)
    expect(customer['ladderPlan']).toContain(plan)
  })

  it('TIER-CLASS: products count by their kind, as long as they are held', () => {
    const subject = new Subject('company:c1').known()
    const holding = { holding: 'h1', openedOn: '2026-03-01' }
    subject.fact({ kind: 'holding.opened', ...holding, product: '流动资金贷款', amount: 100 })
    expect(subject.customer['ladderServiceClass']).toBe('CREDIT')
    subject.at('2026-03-03 10:00').fact({ kind: 'holding.closed', holding: 'h1', on: '2026-03-03' })
    expect(subject.customer['ladderServiceClass'] ?? null).toBeNull()
  })

  it.each<[string, Attributes]>([
    ['MOVE_MANAGE', { transactions: 120, eBank: true }],
    ['CONVENIENT', { transactions: 119, eBank: true }],
    ['BASIC', { transactions: 3 }],
  ])('TIER-NEED: %s by behaviour %o', (need, attributes) => {
    expect(told('person:p1', attributes).customer['ladderNeed']).toBe(need)
  })

  it.each([
    ['1996-03-03', 'BASICS'],
    ['1996-03-02', 'MORTGAGE'],
    ['1981-03-02', 'INVESTMENT'],
    ['1966-03-02', 'ESTATE'],
  ])('TIER-NEED: born on %s, %s on 2026-03-02', (birthOn, need) => {
    expect(told('person:p1', { birthOn }).customer['ladderLifeNeed']).toBe(need)
  })

  it('TIER-NEED: a birthday alone moves the need by the next yearly look', () => {
    const subject = told('person:p1', { birthOn: '1996-08-01' })
    subject.until('2027-03-03 18:00')
    expect(subject.customer['ladderLifeNeed']).toBe('MORTGAGE')
  })

  it.each([
    [200_000, 'LIFT_CONVERT'],
    [60_000, 'LIFT'],
    [1, 'BIND'],
  ])('TIER-BTZ: %d yuan calls for %s, at the same time as the tier', (yuan, strategy) => {
    const subject = new Subject('person:p1').known()
    subject.balance(yuan)
    expect(subject.customer['ladderStrategy']).toBe(strategy)
    expect(subject.customer['ladderStrategyText']).toMatch(/^[绑提]：/)
  })

  it('TIER-CLASS: industry, kind of assets and the results of schemes can be used in any rule', () => {
    const subject = told('company:c1', { loanBalance: 1, industry: '农产品' }, { ladderAssetsKind: '存货' })
    const fits = ruleTest('industry = "农产品" and assetsKind = "存货" and serviceClass = "CREDIT" and orderKey < 16')
    expect(fits(audienceContext(subject.state, subject.ctx))).toBe(true)
  })

  it('facts of attributes may come in any order: of each the newest counts', () => {
    const facts: [string, Attributes][] = [
      ['2026-03-01T00:00:00.000Z', { income: 1, industry: 'A' }],
      ['2026-03-02T00:00:00.000Z', { income: 2, loyalty: 5 }],
      ['2026-03-03T00:00:00.000Z', { income: null }],
    ]
    const play = (order: number[]) => {
      const subject = new Subject('person:p1').known()
      for (const n of order) {
        const [at = '', attributes = {}] = facts[n] ?? []
        subject.fact({ kind: 'customer.profile', customer: 'person', name: '李', attributes }, `f${n}`, at)
      }
      return subject.state.attributes
    }
    const end = play([0, 1, 2])
    expect(end?.map(({ values }) => values)).toEqual([{ industry: 'A' }, { loyalty: 5 }, { income: null }])
    expect(play([2, 1, 0])).toEqual(end)
    expect(play([1, 0, 1, 2, 0])).toEqual(end)
  })

  it('when another scheme leads, each keeps what it gave', () => {
    const subject = told('person:p1', { income: 40_000_000 })
    subject.balance(60_000)
    const schemes = defaultPlaybook.schemes.filter(({ id }) => id !== 'TIER-CONTACT' && id !== 'TIER-BTZ')
    const lead = defaultPlaybook.schemes.find(({ id }) => id === 'TIER-CONTACT')
    if (!lead) throw new Error('no TIER-CONTACT')
    subject.playbook = compiled({ ...defaultPlaybook, schemes: [...schemes, { ...lead, id: 'OTHER' }] }, 2)
    subject.at('2026-03-03 10:00').save('person', 'p1', { name: '张' })
    expect(subject.state.schemes?.['TIER-CONTACT']?.rating?.tier).toBe('MID')
    expect(subject.state.rating).toMatchObject({ tier: 'MID', playbook: 2 })
  })
})
