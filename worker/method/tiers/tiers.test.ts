import { describe, expect, it } from 'vitest'
import type { Fields } from '../../../schemas/events/index.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { compiled, Subject } from './kit.ts'

const rated = (ref: string, yuan: number, gold = false) => {
  const subject = new Subject(ref).known({ ladderGold: gold })
  subject.balance(yuan)
  return subject
}

describe('tiers', () => {
  it.each([
    [100_000.01, 'HIGH', 4],
    [100_000, 'MID', 2],
    [50_000, 'MID', 2],
    [49_999.99, 'MASS', 1],
    [0, 'MASS', 1],
  ])('TIER-CONTACT: %d yuan is %s with %d contacts a year', (yuan, tier, contacts) => {
    const { customer } = rated('person:p1', yuan)
    expect(customer).toMatchObject({ ladderTier: tier, ladderContactsPerYear: contacts })
  })

  it.each([
    [10_000_000, 'HIGH_END'],
    [9_999_999.99, 'MID'],
    [5_000_000.01, 'MID'],
    [5_000_000, 'GENERAL'],
    [0, 'GENERAL'],
  ])('TIER-CORP: %d yuan is %s', (yuan, tier) => {
    expect(rated('company:c1', yuan).customer).toMatchObject({ ladderTier: tier })
  })

  it('TIER-CORP: gold by decision, on the record or told by core banking, without any balance', () => {
    expect(rated('company:c1', 1, true).customer['ladderTier']).toBe('GOLD')
    const subject = new Subject().known()
    expect(subject.customer['ladderTier']).toBeUndefined()
    subject.fact({ kind: 'customer.profile', customer: 'company', name: '华星', gold: true })
    expect(subject.customer['ladderTier']).toBe('GOLD')
    expect(subject.state.rating?.leads).toEqual(['PRESIDENT', 'VICE_PRESIDENT'])
  })

  it('TIER-CORP: the record says why, since when, and when next', () => {
    expect(rated('company:c1', 6_000_000.5).customer).toMatchObject({
      ladderTierWhy: '6,000,000.50 元：命中 TIER_CORP-3（v1）→ 中端',
      ladderTierSince: '2026-03-02',
      ladderNextRatingOn: '2027-03-02',
      ladderBalance: 600_000_050,
      ladderBalanceAt: '2026-03-02T02:00:00.000Z',
    })
  })

  it('TIER-CORP: gold without a balance says that the balance is not known', () => {
    const subject = new Subject('company:c1').known({ ladderGold: true })
    expect(subject.customer['ladderTierWhy']).toMatch(/^余额未知，认定黄金：命中 TIER_CORP-1/)
  })

  it('a field of Ladder that was edited by hand is put back', () => {
    const subject = rated('company:c1', 6_000_000)
    const decisions = subject.at('2026-03-02 11:00').save('company', 'c1', { ladderTier: 'GOLD' })
    expect(decisions).toEqual([expect.objectContaining({ do: 'update', fields: { ladderTier: 'MID' } })])
  })

  it('a fact that comes before its customer waits for it', () => {
    const subject = new Subject()
    expect(subject.balance(6_000_000)).toEqual([])
    subject.known()
    expect(subject.customer['ladderTier']).toBe('MID')
  })
})

describe('rating again', () => {
  it('TIER-RERATE: each rating is a record with inputs, rule version, row, effective date and cause', () => {
    const subject = rated('company:c1', 6_000_000)
    subject.at('2026-03-03 10:00').balance(12_000_000, 'b2')
    const [first, second] = subject.upserts('tierRating')
    expect(first?.fields).toMatchObject({ oldTier: null, newTier: 'MID', cause: 'FIRST', approval: 'AUTOMATIC' })
    expect(second?.key).toBe('company:c1/rating/TIER-CORP/2026-03-03/b2')
    expect(second?.fields).toMatchObject({
      company: 'c1',
      scheme: 'TIER-CORP',
      oldTier: 'MID',
      newTier: 'HIGH_END',
      ratedOn: '2026-03-03',
      effectiveOn: '2026-03-03',
      inputs: { amount: 1_200_000_000, gold: false },
      ruleVersion: 'v1',
      ruleRow: 'TIER_CORP-2',
      cause: 'CHANGE',
    })
  })

  it('TIER-RERATE: another amount of the same tier rates nobody', () => {
    const subject = rated('company:c1', 6_000_000)
    subject.at('2026-03-03 10:00').balance(7_000_000)
    expect(subject.upserts('tierRating')).toHaveLength(1)
  })

  it('TIER-RERATE: a changed table rates nobody by itself; the next rating uses it', () => {
    const subject = rated('person:p1', 60_000)
    const tables = structuredClone(defaultPlaybook.tables)
    const rules = tables[0]?.table.rules
    if (rules?.[1]) rules[1].when = ['[70000..100000]']
    if (rules?.[2]) rules[2].when = ['< 70000']
    subject.playbook = compiled({ ...defaultPlaybook, tables }, 2)
    subject.at('2026-03-03 10:00').save('person', 'p1', { name: '李' })
    expect(subject.customer['ladderTier']).toBe('MID')
    subject.until('2027-03-03 18:00')
    expect(subject.customer['ladderTier']).toBe('MASS')
    expect(subject.upserts('tierRating').at(-1)?.fields).toMatchObject({ cause: 'YEARLY', ruleVersion: 'v2' })
  })

  it('TIER-RERATE: once a year, at the opening of the first workday, even without a change', () => {
    const subject = new Subject('person:p1').at('2025-10-03 10:00').known()
    subject.balance(60_000)
    expect(subject.customer['ladderNextRatingOn']).toBe('2026-10-03')
    subject.until('2026-10-08 08:59')
    expect(subject.upserts('tierRating')).toHaveLength(1)
    subject.until('2026-10-08 09:00')
    expect(subject.upserts('tierRating').at(-1)?.fields).toMatchObject({
      cause: 'YEARLY',
      oldTier: 'MID',
      newTier: 'MID',
      ratedOn: '2026-10-08',
    })
    expect(subject.customer).toMatchObject({ ladderNextRatingOn: '2027-10-08', ladderTierSince: '2025-10-03' })
  })

  it('TIER-RERATE: the latest balance decides, in whatever order they come', () => {
    const subject = new Subject().known()
    subject.at('2026-03-05 10:00').balance(6_000_000, 'b2', '2026-03-05T01:00:00Z')
    subject.balance(20_000_000, 'b1', '2026-03-04T01:00:00Z')
    subject.balance(20_000_000, 'b1', '2026-03-04T01:00:00Z')
    expect(subject.customer['ladderTier']).toBe('MID')
    expect(subject.upserts('tierRating')).toHaveLength(1)
  })
})

describe('grade committee', () => {
  const schemes = defaultPlaybook.schemes.map((one) => ({ ...one, approval: 'committee' as const }))
  const proposal = () => {
    const subject = new Subject('company:c1', { schemes }).known()
    subject.balance(6_000_000)
    const [rating] = subject.upserts('tierRating')
    return { subject, key: rating?.key ?? '', fields: rating?.fields ?? {} }
  }

  it('TIER-RERATE: a proposed rating waits, with one task', () => {
    const { subject, fields } = proposal()
    expect(fields).toMatchObject({ approval: 'PROPOSED', newTier: 'MID', effectiveOn: null })
    expect(subject.customer['ladderTier']).toBeUndefined()
    subject.at('2026-03-03 10:00').save('company', 'c1', { name: '新名' })
    expect(subject.openTasks()).toHaveLength(1)
    expect(subject.upserts('task')[0]?.fields).toMatchObject({ ladderKind: 'RATING' })
  })

  it('TIER-RERATE: approved, it takes effect on that day', () => {
    const { subject, key, fields } = proposal()
    subject.at('2026-03-05 10:00')
    subject.save('tierRating', 'r1', {
      ...fields,
      ladderKey: key,
      approval: 'APPROVED',
      approvedBy: '王',
      reason: '同意',
    })
    expect(subject.customer).toMatchObject({ ladderTier: 'MID', ladderTierSince: '2026-03-05' })
    expect(subject.openTasks()).toEqual([])
    expect(subject.written('tierRating', key)['effectiveOn']).toBe('2026-03-05')
  })

  it('TIER-RERATE: approved by nobody or for no reason, it is put back and says so; then it counts as any other', () => {
    const { subject, key, fields } = proposal()
    const save = (more: Fields) => {
      subject.now += 60_000
      subject.save('tierRating', 'r1', { ...fields, ladderKey: key, ...more })
    }
    for (const half of [{}, { approvedBy: '王' }, { reason: '同意' }, { approvedBy: ' ', reason: '同意' }]) {
      save({ approvedBy: null, reason: null, approval: 'APPROVED', ...half })
      expect(subject.state.rating).toBeNull()
      expect(subject.written('tierRating', key)).toMatchObject({ approval: 'PROPOSED', notice: expect.any(String) })
      expect(subject.openTasks()).toHaveLength(1)
    }
    save({ approval: 'APPROVED', approvedBy: '王', reason: '同意' })
    expect(subject.state.rating?.tier).toBe('MID')
    expect(subject.written('tierRating', key)['notice']).toBeNull()
  })

  it('TIER-RERATE: refused, it is dropped and not proposed again on the same inputs', () => {
    const { subject, key, fields } = proposal()
    subject.at('2026-03-05 10:00')
    subject.save('tierRating', 'r1', { ...fields, ladderKey: key, approval: 'REJECTED' })
    subject.at('2026-03-06 10:00').save('company', 'c1', { name: '新名' })
    expect(subject.state.rating).toBeNull()
    expect(subject.openTasks()).toEqual([])
    expect(new Set(subject.upserts('tierRating').map((one) => one.key)).size).toBe(1)
    subject.balance(12_000_000, 'b9')
    expect(subject.state.proposed?.tier).toBe('HIGH_END')
  })

  it('TIER-RERATE: new facts take a proposal back', () => {
    const { subject, key } = proposal()
    subject.at('2026-03-05 10:00').balance(12_000_000, 'b9')
    expect(subject.written('tierRating', key)).toMatchObject({ approval: 'REJECTED', approvedBy: 'Ladder' })
    expect(subject.state.proposed?.tier).toBe('HIGH_END')
    expect(subject.openTasks()).toHaveLength(1)
  })
})
