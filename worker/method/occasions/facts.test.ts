import { describe, expect, it } from 'vitest'
import { Subject } from '../tiers/kit.ts'
import { causes, customer, finish, tasksOf, utc } from './kit.ts'

describe('ESC-COMPL', () => {
  const received = { kind: 'complaint.received', occasion: 'COMPLAINT', ref: 'K-1', text: '转账迟延' } as const
  const KEY = 'company:c1/occasion/COMPLAINT-K-1'

  it('ESC-COMPL: its clock runs in working time from receipt; late it climbs until it is answered', () => {
    const subject = customer()
    subject.at('2026-03-02 16:00').fact(received)
    const dueAt = utc(subject, '2026-03-03 16:00')
    expect(subject.written('occasion', KEY)).toMatchObject({ kind: 'COMPLAINT', note: '转账迟延', dueAt })
    expect(tasksOf(subject)).toMatchObject([{ dueAt, assigneeId: 'rm' }])
    expect(subject.until('2026-03-03 16:00')).toEqual([subject.instant('2026-03-03 16:00')])
    expect(causes(subject)).toEqual(['ESC_COMPL OPEN'])
    subject.until('2026-03-05 10:00')
    expect(subject.escalations()[0]).toMatchObject({ level: 2 })
    subject.fact({ kind: 'complaint.answered', occasion: 'COMPLAINT', ref: 'K-1' })
    expect(causes(subject)).toEqual(['ESC_COMPL RESOLVED'])
    expect(subject.openTasks()).toEqual([])
  })

  it('ESC-COMPL: answered in time it never climbs, whether the task or the record says so', () => {
    for (const answer of ['task', 'record']) {
      const subject = customer()
      subject.at('2026-03-02 10:00').fact(received)
      subject.at('2026-03-02 11:00')
      if (answer === 'task') finish(subject, `${KEY}/1`)
      else subject.save('occasion', 'o1', { ...subject.written('occasion', KEY), ladderKey: KEY, status: 'DONE' })
      expect(subject.until('2026-03-30 18:00')).toEqual([])
      expect([causes(subject), subject.openTasks()]).toEqual([[], []])
    }
  })

  it('ESC-COMPL: told twice, or the answer before the complaint, it is there once and over', () => {
    const subject = customer()
    const at = '2026-03-02T03:00:00.000Z'
    subject.fact({ kind: 'complaint.answered', occasion: 'COMPLAINT', ref: 'K-1' }, 'f2', at)
    subject.fact(received, 'f1', '2026-03-02T02:00:00.000Z')
    subject.fact(received, 'f1', '2026-03-02T02:00:00.000Z')
    expect(subject.openTasks()).toEqual([])
    expect(subject.until('2026-03-30 18:00')).toEqual([])
  })
})

describe('ESC-PROMISE', () => {
  const measured = (value: number) => ({ kind: 'service.measured', service: 'COUNTER_WAIT', value }) as const

  it('ESC-PROMISE: kept and broken ones are counted once each, a broken one is escalated', () => {
    const subject = customer()
    subject.fact(measured(14), 'm1')
    expect(causes(subject)).toEqual([])
    subject.fact(measured(16), 'm2')
    subject.fact(measured(16), 'm2')
    expect(subject.customer).toMatchObject({ ladderPromisesKept: 1, ladderPromisesBroken: 1 })
    expect(causes(subject)).toEqual(['ESC_PROMISE OPEN'])
    expect(subject.escalations()[0]?.detail).toContain('等候不超过 15 分钟：实际 16 分钟')
  })

  it('ESC-PROMISE: the limit is that of the tier; broken at night it is told at the next opening', () => {
    const subject = customer('person:p1')
    subject.balance(500_000)
    subject.at('2026-03-02 22:00').fact(measured(6), 'm1')
    expect(causes(subject)).toEqual([])
    subject.until('2026-03-03 09:00')
    expect(subject.escalations().map(({ detail, level }) => [detail, level])).toEqual([
      ['承诺未兑现：贵宾等候不超过 5 分钟：实际 6 分钟。', 1],
    ])
  })

  it('ESC-PROMISE, TIER-VALUE: a promise may be for a tier of any scheme: a VIP by value waits five minutes at most', () => {
    const subject = new Subject('person:p1').known({ ladderGoldHead: true })
    subject.balance(1000)
    const proposed = subject.upserts('tierRating').find(({ fields }) => fields['newTier'] === 'VIP')
    const approval = { approval: 'APPROVED', approvedBy: '王委员', reason: '同意' }
    subject.save('tierRating', 'r1', { ...proposed?.fields, ladderKey: proposed?.key ?? '', ...approval })
    expect(subject.customer).toMatchObject({ ladderTier: 'MASS', ladderValueTier: 'VIP' })
    subject.fact(measured(6), 'm1')
    expect(subject.escalations()[0]?.detail).toContain('贵宾等候不超过 5 分钟')
  })
})

describe('ESC-SLEEP', () => {
  it('ESC-SLEEP: a sleeping account brings an activation task, late an escalation; awake it is over', () => {
    const subject = customer()
    subject.fact({ kind: 'account.dormant', dormant: true })
    expect(tasksOf(subject)).toMatchObject([{ title: '睡眠户：激活账户：华星' }])
    subject.until('2026-03-10 10:00')
    expect(causes(subject)).toEqual(['ESC_SLEEP OPEN'])
    subject.fact({ kind: 'account.dormant', dormant: false })
    expect([causes(subject), subject.openTasks()]).toEqual([['ESC_SLEEP RESOLVED'], []])
  })

  it('ESC-SLEEP: low use brings one task however often it is told, until the account is used again', () => {
    const subject = customer()
    subject.fact({ kind: 'account.usage', transactions: 2 })
    subject.at('2026-03-04 10:00').fact({ kind: 'account.usage', transactions: 1 })
    expect(tasksOf(subject)).toHaveLength(1)
    subject.at('2026-03-05 10:00').fact({ kind: 'account.usage', transactions: 3 })
    expect(subject.openTasks()).toEqual([])
  })

  it('ESC-SLEEP: a walk-in with potential is the lobby manager’s referral to the customer’s manager', () => {
    const subject = customer('person:p1')
    subject.save(
      'occasion',
      'o1',
      { kind: 'WALK_IN', person: 'p1', note: '咨询大额存单' },
      { createdAt: utc(subject, '2026-03-02 10:00') },
    )
    expect(tasksOf(subject)).toMatchObject([{ title: '大堂转介：跟进：华星', assigneeId: 'rm' }])
    subject.until('2026-03-04 10:00')
    expect(causes(subject)).toEqual(['ESC_SLEEP OPEN'])
  })
})

describe('ESC-RISK', () => {
  it('ESC-RISK: identify, control, report: each has its task and day, and what is late is escalated', () => {
    const subject = customer()
    subject.fact({ kind: 'risk.found', occasion: 'RISK', ref: 'R-1', text: '担保圈风险' })
    expect(tasksOf(subject).map(({ ladderRole }) => ladderRole)).toEqual(['RM', 'SUB_BRANCH_PRESIDENT', 'RM'])
    const key = 'company:c1/occasion/RISK-R-1'
    finish(subject.at('2026-03-03 10:00'), `${key}/1`)
    expect(subject.until('2026-03-05 17:00')).toEqual([])
    subject.until('2026-03-06 10:00')
    expect(subject.escalations().map(({ cause, detail }) => [cause, detail])).toEqual([
      ['ESC_RISK', '发现风险：担保圈风险。应于 2026-03-05 前控制。'],
    ])
    finish(subject, `${key}/2`)
    expect(causes(subject)).toEqual(['ESC_RISK RESOLVED'])
    finish(subject, `${key}/3`)
    expect(subject.until('2026-04-30 10:00')).toEqual([])
  })
})
