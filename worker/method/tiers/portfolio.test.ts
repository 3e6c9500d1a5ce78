import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gatherFrom, joinAnswers } from '../gather/index.ts'
import { splitOf } from '../gather/split.ts'
import { countIn, newlyKnown } from '../measures/index.ts'
import { newSubject, type SubjectState } from '../state.ts'
import { Subject } from './kit.ts'

const ctx = new Subject().ctx
const withBalance = (index: number, amount: number): SubjectState => {
  const state = newSubject(`person:p${index}`)
  state.balances = [{ id: 'b', at: '2026-03-01T00:00:00.000Z', amount }]
  state.records = {
    person: { [`p${index}`]: { object: 'person', id: `p${index}`, at: '', createdAt: '', deleted: false, fields: {} } },
  }
  return state
}
/** The share by sorting all of them. */
const exact = (amounts: number[]): number => {
  const sorted = amounts.map((one) => Math.max(0, one)).sort((a, b) => b - a)
  let left = sorted.reduce((all, one) => all + one, 0) * 0.8
  let taken = 0
  for (const one of sorted) {
    if (one >= left) {
      taken += left / one
      break
    }
    left -= one
    taken++
  }
  return (taken / sorted.length) * 100
}

describe('the real split', () => {
  it('TIER-8020: is that of sorting all customers, within 2 % of it, in whatever slices they are looked at', () => {
    const amounts = fc.array(fc.integer({ min: -1000, max: 1_000_000_000 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(amounts, fc.nat(60), (list, cut) => {
        const states = list.map((amount, index) => withBalance(index, amount))
        const params = { of: 'balance' }
        const [one, two] = [states.slice(0, cut), states.slice(cut)].map((part) =>
          gatherFrom(part, 'split', params, ctx),
        )
        if (!one || !two) return
        const found = splitOf(joinAnswers('split', params, two, one).rows)
        expect(found.customers).toBe(list.length)
        if (found.share === null) expect(list.every((amount) => amount <= 0)).toBe(true)
        else expect(Math.abs(found.share - exact(list))).toBeLessThanOrEqual(exact(list) * 0.02 + 0.01)
      }),
    )
  })
})

describe('the real effort', () => {
  it('TIER-8020: tells the share of contacts that those who bring 80 % had', () => {
    const states = [80, 10, 5, 5].map((amount, index) => {
      const subject = new Subject(`company:c${index}`).known()
      subject.balance(amount)
      const visits = index === 0 ? 1 : index === 1 ? 3 : 0
      for (let n = 0; n < visits; n++)
        subject.save('visit', `v${n}`, { status: 'HELD', heldAt: '2026-03-01T02:00:00.000Z' })
      // long ago, and none: neither counts
      subject.save('visit', 'old', { status: 'HELD', heldAt: '2024-03-01T02:00:00.000Z' })
      subject.save('visit', 'plan', { status: 'PLANNED' })
      return subject.state
    })
    const found = splitOf(gatherFrom(states, 'split', { of: 'balance' }, ctx).rows)
    expect(found).toMatchObject({ customers: 4, share: 25, contacts: 4, effort: 25 })
    expect(splitOf([])).toMatchObject({ share: null, contacts: 0, effort: null })
  })
})

const holder = (rm: string, product: string, branch = '') => {
  const subject = new Subject(`person:${rm}-${product}`).known({ name: product, ladderRm: rm, ladderBranch: branch })
  subject.fact({ kind: 'holding.opened', holding: 'h', product, amount: 1, openedOn: '2026-03-01' })
  return subject
}

describe('the allocation table', () => {
  it('TIER-ALLOC: counts by value tier and kind of product, whose they are, and who they are', () => {
    const subjects = [holder('rm1', '理财A'), holder('rm1', '代发工资'), holder('rm2', 'POS 收单')]
    const figures = subjects.map(({ state }) => countIn(state, ctx, newlyKnown(0)).change)
    expect(figures.map((one) => Object.keys(one).filter((key) => key.startsWith('uses|')))).toEqual([
      ['uses|INVESTMENT||rm1'],
      ['uses|PAYROLL||rm1'],
      ['uses|POS||rm2'],
    ])
    const who = (kind: string, rm: string | null = null) =>
      gatherFrom(
        subjects.map(({ state }) => state),
        'holders',
        { kind, branch: null, rm },
        ctx,
      ).rows
    expect(who('POS')).toEqual([{ ref: 'person:rm2-POS 收单', name: 'POS 收单', branch: '', rm: 'rm2' }])
    expect(who('POS', 'rm1')).toEqual([])
  })
})

describe('RMs of a customer', () => {
  const vip = (yuan: number, fields = {}) => {
    const subject = new Subject('person:p1').known({ ladderRm: 'rm', ...fields })
    const attributes = { avgBalanceLocal: yuan * 100 }
    subject.fact({ kind: 'customer.profile', customer: 'person', name: '李', attributes })
    const rating = subject.upserts('tierRating').at(-1)
    subject.save('tierRating', 'r1', {
      ...rating?.fields,
      ladderKey: rating?.key ?? '',
      approval: 'APPROVED',
      approvedBy: '王委员',
      reason: '同意',
    })
    return subject
  }
  const open = (subject: Subject) => subject.openTasks().filter((key) => key.includes('/rms/'))

  it.each([
    [1_000_000, 1],
    [10_000_000, 2],
    [50_000_000, 3],
  ])('TIER-RM: a VIP with %d yuan needs %d, and the record says so', (yuan, needed) => {
    expect(vip(yuan).customer['ladderRmsNeeded']).toBe(needed)
    expect(open(vip(yuan))).toEqual(needed === 1 ? [] : [`person:p1/rms/${needed}`])
  })

  it('TIER-RM: while some are missing the sub-branch president has one task, done when they are named', () => {
    const subject = vip(10_000_000, { ladderRm: '' })
    expect(subject.written('task', 'person:p1/rms/2')).toMatchObject({
      ladderRole: 'SUB_BRANCH_PRESIDENT',
      status: 'TODO',
    })
    subject.at('2026-03-03 10:00').save('person', 'p1', { ladderRm: 'a', ladderRm2: 'a' })
    expect(open(subject)).toHaveLength(1)
    subject.at('2026-03-03 11:00').save('person', 'p1', { ladderRm3: 'b' })
    expect(open(subject)).toEqual([])
    subject.at('2026-03-04 10:00').save('person', 'p1', { ladderRm3: '' })
    expect(open(subject)).toEqual(['person:p1/rms/2'])
  })

  it('TIER-RM: not named in time, though the task is ticked, it climbs from the sub-branch president, until it is done', () => {
    const subject = vip(10_000_000, { ladderRm: '' })
    const key = 'person:p1/rms/2'
    const { due } = subject.state.tasks[key] ?? { due: '' }
    subject.save('task', 't1', { ...subject.written('task', key), ladderKey: key, status: 'DONE' })
    const raised = () => subject.escalations().filter(({ cause }) => cause === 'TIER_RM')
    subject.now = Date.parse(due) - 60_000
    subject.feed({ type: 'time.passed', id: 'before' })
    expect(raised()).toEqual([])
    subject.until('2026-03-20 17:00')
    expect(raised()).toMatchObject([
      { policy: 'TIER-RM', level: 2, status: 'OPEN', detail: '应配 2 名客户经理，逾期尚缺 2 名' },
    ])
    expect(Date.parse(raised()[0]?.raisedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(due))
    subject.save('person', 'p1', { ladderRm: 'a', ladderRm2: 'b' })
    expect(raised()).toMatchObject([{ status: 'RESOLVED' }])
    expect(subject.until('2026-03-27 17:30').length).toBeLessThan(10)
    // missing again: asked anew, with days of its own
    subject.at('2026-03-30 10:00').save('person', 'p1', { ladderRm2: '' })
    expect(open(subject)).toEqual([key])
    expect(subject.state.tasks[key]?.due.slice(0, 10) ?? '').toMatch(/^2026-04/)
    expect(raised()).toHaveLength(1)
  })
})
