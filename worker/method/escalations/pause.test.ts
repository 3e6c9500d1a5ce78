import { describe, expect, it } from 'vitest'
import type { Fields } from '../../../schemas/events/index.ts'
import { HOLDERS, rolesOf, Subject } from '../tiers/kit.ts'

/** A high-end company that lost 60 % at 10:00 on Monday: RM 2 h, vice president 4 h, president 7 h. */
const fallen = (roles = rolesOf(HOLDERS)) => {
  const subject = new Subject('company:c1', { roles })
  subject.members['helper@bank.example'] = 'helper'
  subject.known()
  subject.at('2026-03-02 09:30').balance(50_000_000, 'b1')
  subject.at('2026-03-02 10:00').balance(20_000_000, 'b2')
  return subject
}
const KEY = 'company:c1/escalation/ESC_MOVE/1'
const record = (subject: Subject): Fields => ({ ...subject.written('escalation', KEY), ladderKey: KEY })
const save = (subject: Subject, fields: Fields) => subject.save('escalation', 'e1', { ...record(subject), ...fields })
const utc = (subject: Subject, local: string): string => new Date(subject.instant(local)).toISOString()
const history = (subject: Subject): string[] => String(record(subject)['history']).split('\n')
const one = (subject: Subject) => subject.escalations()[0]

describe('pausing', () => {
  it('ESC-LADDER: the clock stops at once and goes on with what was left when the pause is over', () => {
    const subject = fallen()
    subject.at('2026-03-02 11:00')
    save(subject, { status: 'PAUSED', pausedUntil: utc(subject, '2026-03-05 10:00'), pauseReason: '客户出国' })
    expect(record(subject)).toMatchObject({ status: 'PAUSED', climbsAt: null })
    expect(subject.until('2026-03-05 10:30')).toEqual([subject.instant('2026-03-05 10:00')])
    expect(record(subject)).toMatchObject({
      status: 'OPEN',
      level: 1,
      climbsAt: utc(subject, '2026-03-05 11:00'),
      pausedUntil: null,
      pauseReason: null,
    })
    expect(subject.written('task', `${KEY}/task/1/1`)).toMatchObject({ dueAt: utc(subject, '2026-03-05 11:00') })
    expect(history(subject)).toEqual([
      '2026-03-02 10:00 发起：第 1 级 客户经理',
      '2026-03-02 11:00 暂停至 2026-03-05 10:00：客户出国',
      '2026-03-05 10:00 暂停结束，继续计时',
    ])
    subject.until('2026-03-05 11:00')
    expect(one(subject)).toMatchObject({ level: 2 })
  })

  it('ESC-LADDER: a pause that ends at night is over at the next opening', () => {
    const subject = fallen()
    save(subject.at('2026-03-02 11:00'), {
      status: 'PAUSED',
      pausedUntil: utc(subject, '2026-03-06 23:00'),
      pauseReason: '等待回复',
    })
    expect(subject.until('2026-03-09 09:30')).toEqual([subject.instant('2026-03-09 09:00')])
    expect(one(subject)).toMatchObject({ status: 'OPEN', climbsAt: utc(subject, '2026-03-09 10:00') })
  })

  it.each<[string, Fields]>([
    ['no reason', { pausedUntil: '2026-03-05T02:00:00Z', pauseReason: ' ' }],
    ['no time', { pauseReason: '客户出国' }],
    ['a time that is past', { pausedUntil: '2026-03-01T02:00:00Z', pauseReason: '客户出国' }],
  ])('ESC-LADDER: with %s it is put back and goes on', (_, fields) => {
    const subject = fallen()
    save(subject.at('2026-03-02 11:00'), { status: 'PAUSED', ...fields })
    expect(record(subject)).toMatchObject({ status: 'OPEN', pausedUntil: null })
    expect(history(subject).at(-1)).toContain('未停表')
    subject.until('2026-03-02 14:00')
    expect(one(subject)).toMatchObject({ level: 2 })
  })

  it('ESC-LADDER: paused longer keeps what was left; answered while paused it is answered', () => {
    const subject = fallen()
    const pause = (until: string) => ({ status: 'PAUSED', pausedUntil: utc(subject, until), pauseReason: '客户出国' })
    save(subject.at('2026-03-02 11:00'), pause('2026-03-03 10:00'))
    save(subject.at('2026-03-02 15:00'), pause('2026-03-04 10:00'))
    subject.until('2026-03-04 10:30')
    expect(one(subject)).toMatchObject({ status: 'OPEN', climbsAt: utc(subject, '2026-03-04 11:00') })
    save(subject, pause('2026-03-05 10:00'))
    save(subject.at('2026-03-04 10:40'), { status: 'RESOLVED' })
    expect(subject.until('2026-03-20 18:00')).toEqual([])
    expect(one(subject)).toMatchObject({ status: 'RESOLVED' })
  })
})

describe('snoozing', () => {
  it('ESC-LADDER: the same level is told anew at that time, with its whole allowance', () => {
    const subject = fallen()
    save(subject.at('2026-03-02 11:00'), { status: 'SNOOZED', pausedUntil: utc(subject, '2026-03-03 10:00') })
    expect(subject.until('2026-03-03 10:00')).toEqual([subject.instant('2026-03-03 10:00')])
    expect(one(subject)).toMatchObject({ status: 'OPEN', level: 1, climbsAt: utc(subject, '2026-03-03 12:00') })
    expect(subject.openTasks()).toContain(`${KEY}/task/1/2`)
    expect(subject.openTasks()).not.toContain(`${KEY}/task/1/1`)
  })
})

describe('reassigning', () => {
  it('ESC-LADDER: the new person has the task and the whole allowance, until it climbs', () => {
    const subject = fallen()
    save(subject.at('2026-03-02 11:30'), { reassignTo: 'Helper@bank.example' })
    expect(record(subject)).toMatchObject({
      assignee: 'helper',
      reassignTo: null,
      climbsAt: utc(subject, '2026-03-02 15:00'),
    })
    expect(subject.written('task', `${KEY}/task/1/2`)).toMatchObject({ assigneeId: 'helper' })
    subject.at('2026-03-02 11:40').save('company', 'c1', { accountOwnerId: 'other' })
    expect(subject.written('task', `${KEY}/task/1/2`)).toMatchObject({ assigneeId: 'helper' })
    expect(record(subject)).toMatchObject({ assignee: 'helper' })
    subject.until('2026-03-02 15:00')
    expect(record(subject)).toMatchObject({ level: 2, assignee: 'vp' })
  })

  it('ESC-LADDER: to somebody whom the CRM doesn’t know it isn’t reassigned, and the history says so', () => {
    const subject = fallen()
    save(subject.at('2026-03-02 11:30'), { reassignTo: 'who@bank.example' })
    expect(record(subject)).toMatchObject({ assignee: 'rm', reassignTo: null, level: 1 })
    expect(history(subject).at(-1)).toContain('未转派')
  })

  it('ESC-LADDER: what the one before began does not count as the answer of the new one', () => {
    const subject = fallen()
    const ladderKey = `${KEY}/task/1/1`
    const task = { ...subject.written('task', ladderKey), ladderKey }
    subject.at('2026-03-02 10:30').save('task', 't1', { ...task, status: 'IN_PROGRESS' })
    expect(one(subject)).toMatchObject({ status: 'ACKNOWLEDGED' })
    save(subject.at('2026-03-02 11:00'), { reassignTo: 'Helper@bank.example' })
    expect(one(subject)).toMatchObject({ status: 'OPEN' })
    subject.at('2026-03-02 11:05').save('company', 'c1', { name: '新名' })
    expect(one(subject)).toMatchObject({ status: 'OPEN' })
  })
})

describe('people', () => {
  it('ESC-LADDER: the level of who is absent goes to the deputy, and back afterwards', () => {
    const absences = [{ member: 'vp@bank.example', from: '2026-03-02', to: '2026-03-02' }]
    const roles = rolesOf(HOLDERS).map((entry) =>
      entry.role === 'VICE_PRESIDENT' ? { ...entry, deputies: ['dep@bank.example'], absences } : entry,
    )
    const subject = fallen(roles)
    subject.until('2026-03-02 14:00')
    expect(record(subject)).toMatchObject({ level: 2, assignee: 'dep' })
    expect(subject.written('task', `${KEY}/task/2/1`)).toMatchObject({ assigneeId: 'dep' })
    subject.at('2026-03-03 08:00').save('company', 'c1', { name: '新名' })
    expect(record(subject)).toMatchObject({ level: 2, assignee: 'vp' })
    expect(subject.written('task', `${KEY}/task/2/1`)).toMatchObject({ assigneeId: 'vp' })
  })

  it('GoAlert #4548: a level that nobody holds is skipped at once, and the history says so', () => {
    const subject = fallen(rolesOf({ PRESIDENT: 'p' }))
    subject.until('2026-03-02 14:00')
    expect(one(subject)).toMatchObject({ level: 3 })
    expect(history(subject).at(-1)).toBe('2026-03-02 13:30 时限内未答复：第 3 级 分行行长；无人担任，已跳过：分管行长')
  })
})

it('ESC-LADDER: a clock that runs past the last day whose holidays are known says so on the record', () => {
  const subject = new Subject().known()
  subject.at('2026-12-31 15:00').balance(50_000_000, 'b1')
  subject.at('2026-12-31 17:00').balance(20_000_000, 'b2')
  expect(history(subject)[1]).toContain('节假日仅覆盖至 2026-12-31')
  expect(history(fallen())).toHaveLength(1)
})
