import { describe, expect, it } from 'vitest'
import type { Fields } from '../../../schemas/events/index.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { type HOLDERS, Subject } from '../tiers/kit.ts'

const customer = (ref = 'company:c1'): Subject => new Subject(ref).known()
const utc = (subject: Subject, local: string): string => new Date(subject.instant(local)).toISOString()
/** A person notes an occasion, as its record. */
const note = (subject: Subject, kind: string, more: Fields = {}, id = 'o1') =>
  subject.save(
    'occasion',
    id,
    { kind, company: 'c1', status: 'OPEN', ...more },
    { createdAt: utc(subject, local(subject)) },
  )
const local = (subject: Subject): string => {
  const at = new Date(subject.now + 8 * 3_600_000).toISOString()
  return `${at.slice(0, 10)} ${at.slice(11, 16)}`
}
const tasksOf = (subject: Subject) =>
  subject
    .upserts('task')
    .filter(({ fields }) => fields['ladderKind'] === 'OCCASION')
    .map(({ fields }) => fields)
const finish = (subject: Subject, key: string) => subject.save('task', key, { ladderKey: key, status: 'DONE' })
const causes = (subject: Subject) => subject.escalations().map(({ cause, status }) => `${cause} ${status}`)

describe('ESC-CUST', () => {
  const kinds = defaultPlaybook.occasions.filter(({ id, yearly }) => id === 'ESC-CUST' && !yearly)
  it.each(kinds.map(({ code }) => code))('ESC-CUST: %s brings its tasks to those who do them, in time', (code) => {
    const subject = customer()
    const work = kinds.find((kind) => kind.code === code)?.work ?? []
    note(subject, code, { on: '2026-03-03' })
    subject.until('2026-03-10 18:00')
    const made = tasksOf(subject)
    expect(made.map(({ ladderRole }) => ladderRole)).toEqual(work.map(({ role }) => role))
    expect(made.map(({ dueAt }) => dueAt)).toEqual(work.map(({ day }) => utc(subject, `2026-03-0${3 + day} 17:30`)))
  })

  it('ESC-CUST: illness or a great joy asks for a visit in person; a call is none, the visit finishes the task', () => {
    const subject = customer()
    note(subject, 'ILLNESS', { on: '2026-03-02', note: '王总住院' })
    expect(tasksOf(subject)).toMatchObject([
      { title: '患病：登门拜访：华星', assigneeId: 'rm', body: expect.stringContaining('王总住院') },
    ])
    subject
      .at('2026-03-03 10:00')
      .save('visit', 'v1', { status: 'HELD', form: 'CALL', heldAt: utc(subject, '2026-03-03 09:30') })
    expect(subject.openTasks()).toHaveLength(1)
    subject.until('2026-03-05 09:00')
    expect(causes(subject)).toEqual(['ESC_CUST OPEN'])
    subject.save('visit', 'v2', { status: 'HELD', form: 'VISIT', heldAt: utc(subject, '2026-03-05 08:00') })
    expect(subject.openTasks()).toEqual([])
    expect(causes(subject)).toEqual(['ESC_CUST RESOLVED'])
  })

  it('ESC-CUST: what an action noted is a person’s word, though its record has a key, also one of who was merged into it', () => {
    const subject = customer()
    note(subject, 'MARRIED', { on: '2026-03-03', ladderKey: 'company:other/noted/ap-1' })
    expect(tasksOf(subject)).toHaveLength(1)
    note(subject, 'ILLNESS', { ladderKey: 'company:c1/occasion/RISK-R-9' }, 'o2')
    expect(tasksOf(subject)).toHaveLength(1)
  })

  it('ESC-CUST: a yearly one comes again each year, some days before, and asks once a year', () => {
    const subject = customer()
    note(subject, 'ANNIVERSARY', { on: '2019-05-20' })
    expect(subject.until('2026-05-12 18:00')).toEqual([])
    subject.until('2028-06-01 10:00')
    expect(tasksOf(subject).map(({ dueAt }) => String(dueAt).slice(0, 10))).toEqual([
      '2026-05-20',
      '2027-05-20',
      '2028-05-22',
    ])
  })

  it('ESC-CUST: what was long past when it was noted asks for nothing; cancelled or deleted it closes', () => {
    const subject = customer()
    note(subject, 'MARRIED', { on: '2019-05-20' })
    expect(tasksOf(subject)).toHaveLength(1)
    note(subject.at('2026-03-03 10:00'), 'MARRIED', { status: 'CANCELLED' })
    expect(subject.openTasks()).toEqual([])
    const old = customer()
    old.save('occasion', 'o2', { kind: 'MARRIED', on: '2025-05-20' }, { createdAt: '2025-05-20T02:00:00.000Z' })
    expect(tasksOf(old)).toEqual([])
    expect(old.until('2027-01-01 10:00')).toEqual([])
  })
})

describe('ESC-INNER', () => {
  it('ESC-INNER: a product that matures asks ten working days ahead, and is escalated if nobody acts', () => {
    const subject = customer()
    const holding = {
      holding: 'h1',
      product: '定期存款',
      amount: 5_000_000,
      openedOn: '2025-04-15',
      maturesOn: '2026-04-15',
    }
    subject.fact({ kind: 'holding.opened', ...holding })
    expect(subject.until('2026-04-10 10:00').map((at) => subject.playbook.calendar.dateOf(at))).toEqual(['2026-03-31'])
    expect(tasksOf(subject)).toMatchObject([{ title: '产品到期：商定到期承接：华星', body: '2026-04-15 定期存款' }])
    subject.until('2026-04-16 10:00')
    expect(causes(subject)).toEqual(['ESC_INNER OPEN'])
    subject.fact({ kind: 'holding.closed', holding: 'h1', on: '2026-04-16' })
    expect(causes(subject)).toEqual(['ESC_INNER RESOLVED'])
    expect(subject.openTasks()).toEqual([])
  })

  it('ESC-INNER: a fee that is due is recorded with its task, and over when it is paid', () => {
    const subject = customer()
    const fee = {
      kind: 'fee.due',
      occasion: 'FEE_DUE',
      ref: 'F-1',
      on: '2026-03-20',
      text: '网银年费 1,200 元',
    } as const
    subject.fact(fee)
    subject.until('2026-03-16 10:00')
    expect(subject.written('occasion', 'company:c1/occasion/FEE_DUE-F-1')).toMatchObject({
      kind: 'FEE_DUE',
      company: 'c1',
      on: '2026-03-20',
      note: '网银年费 1,200 元',
      status: 'OPEN',
    })
    expect(tasksOf(subject)).toHaveLength(1)
    subject.fact({ kind: 'fee.paid', occasion: 'FEE_DUE', ref: 'F-1' })
    expect(subject.openTasks()).toEqual([])
    expect(subject.written('occasion', 'company:c1/occasion/FEE_DUE-F-1')).toMatchObject({ status: 'DONE' })
    expect(subject.until('2026-06-01 10:00')).toEqual([])
  })

  it.each(['NEW_PRODUCT', 'PROMOTION', 'GET_TOGETHER'])('ESC-INNER: %s brings a task', (kind) => {
    const subject = customer()
    note(subject, kind, { on: '2026-03-20' })
    subject.until('2026-03-27 18:00')
    expect(tasksOf(subject)).toHaveLength(1)
  })
})

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

describe('ESC-VISIT', () => {
  const { leaderVisits } = defaultPlaybook
  const owing = (): Subject => {
    const subject = new Subject('company:c1', { leaderVisits }).known()
    subject.balance(50_000_000)
    return subject
  }
  const held = (subject: Subject, level: string, id = level) =>
    subject.save('visit', id, { status: 'HELD', form: 'VISIT', level, heldAt: new Date(subject.now).toISOString() })
  const visitTasks = (subject: Subject) =>
    subject
      .upserts('task')
      .filter(({ fields }) => fields['ladderKind'] === 'VISIT')
      .map(({ fields }) => `${String(fields['ladderRole'])} ${String(fields['dueAt']).slice(0, 10)}`)

  it('ESC-VISIT: the vice president each quarter, the sub-branch president each month, from the first rating', () => {
    const subject = owing()
    subject.until('2026-05-29 18:00')
    expect(visitTasks(subject)).toEqual(['SUB_BRANCH_PRESIDENT 2026-04-02', 'VICE_PRESIDENT 2026-06-02'])
    expect(subject.escalations().map(({ cause, about }) => `${cause} ${about}`)).toContain('ESC_VISIT SUB_BRANCH')
  })

  it('ESC-VISIT: a held visit of that level sets the next one right, one of another level doesn’t', () => {
    const subject = owing()
    held(subject.at('2026-04-03 10:00'), 'RM')
    expect(causes(subject)).toEqual(['ESC_VISIT OPEN'])
    held(subject.at('2026-04-07 10:00'), 'SUB_BRANCH')
    expect(causes(subject)).toEqual(['ESC_VISIT RESOLVED'])
    subject.until('2026-05-08 10:00')
    expect(visitTasks(subject)).toEqual(['SUB_BRANCH_PRESIDENT 2026-04-02', 'SUB_BRANCH_PRESIDENT 2026-05-07'])
    expect(causes(subject).filter((one) => one.startsWith('ESC_VISIT'))).toEqual([
      'ESC_VISIT RESOLVED',
      'ESC_VISIT OPEN',
    ])
  })

  it('ESC-VISIT: the expansion lead visits the mid tier each month; a role that nobody holds owes none', () => {
    const make = (holders: typeof HOLDERS) => {
      const subject = new Subject('company:c1', { leaderVisits }, holders).known()
      subject.balance(6_000_000)
      subject.until('2026-04-02 10:00')
      return visitTasks(subject)
    }
    expect(make({ EXPANSION_LEAD: 'el' })).toEqual(['EXPANSION_LEAD 2026-04-02'])
    expect(make({})).toEqual([])
  })
})
