import { describe, expect, it } from 'vitest'
import type { Fields } from '../../../schemas/events/index.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { Subject } from '../tiers/kit.ts'
import { causes, customer, note, tasksOf, utc } from './kit.ts'

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

describe('birthdays', () => {
  const born = (birthOn: string, yuan: number, tier: Fields = {}) => {
    const subject = new Subject('person:p1').known({ ladderBirthOn: birthOn, ...tier })
    subject.balance(yuan)
    return subject
  }
  const days = (subject: Subject) => tasksOf(subject).map(({ title, dueAt }) => [title, String(dueAt).slice(0, 10)])

  it('CAMP-HOL, ESC-CUST: a valued customer’s birthday is congratulated each year, some days ahead, by its manager', () => {
    const subject = born('1980-05-20', 500_000)
    subject.until('2026-05-12 18:00')
    expect(tasksOf(subject)).toEqual([])
    subject.until('2027-05-21 18:00')
    expect(days(subject)).toEqual([
      ['生日：生日祝福：华星', '2026-05-20'],
      ['生日：生日祝福：华星', '2027-05-20'],
    ])
    expect(tasksOf(subject)[0]).toMatchObject({ assigneeId: 'rm' })
  })

  it('CAMP-HOL: one of 29 February has a birthday each year; mass customers, and days that are none, bring no task', () => {
    const leap = born('1976-02-29', 500_000)
    leap.until('2028-03-01 10:00')
    expect(days(leap).map(([, on]) => on)).toEqual(['2027-03-01', '2028-02-29'])
    for (const [on, yuan] of [
      ['1980-05-20', 1000],
      ['1980-02-31', 500_000],
      ['2199-01-01', 500_000],
      ['5 May', 500_000],
    ] as const) {
      const subject = born(on, yuan)
      subject.until('2027-12-31 10:00')
      expect(days(subject)).toEqual([])
    }
  })

  it('CAMP-HOL: one that had passed before Ladder knew of it waits for the next; a VIP by value counts too', () => {
    const late = born('1980-02-20', 500_000)
    late.until('2026-12-31 10:00')
    expect(days(late)).toEqual([])
    const vip = born('1980-05-20', 1000, { ladderGoldHead: true })
    vip.save('tierRating', 'r1', {
      ...vip.upserts('tierRating').find(({ fields }) => fields['newTier'] === 'VIP')?.fields,
      ladderKey: vip.upserts('tierRating').find(({ fields }) => fields['newTier'] === 'VIP')?.key ?? '',
      ...{ approval: 'APPROVED', approvedBy: '王委员', reason: '同意' },
    })
    vip.until('2026-05-21 10:00')
    expect(days(vip).map(([, on]) => on)).toEqual(['2026-05-20'])
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
