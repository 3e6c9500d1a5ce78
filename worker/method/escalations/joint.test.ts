import { describe, expect, it } from 'vitest'
import type { Fields } from '../../../schemas/events/index.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { HOLDERS, Subject } from '../tiers/kit.ts'

const { joint } = defaultPlaybook
const KEY = 'company:c1/escalation/ESC_MOVE/1'
/** A high-end company that lost 60 % at 10:00 on Monday. */
const fallen = (fields: Fields = {}, holders = HOLDERS): Subject => {
  const subject = new Subject('company:c1', { joint }, holders).known(fields)
  subject.at('2026-03-02 09:30').balance(50_000_000, 'b1')
  subject.at('2026-03-02 10:00').balance(20_000_000, 'b2')
  return subject
}
const jointTask = (role: string): string => `${KEY}/joint/${role}`
const report = (subject: Subject, role: string) =>
  subject.save('task', role, { ladderKey: jointTask(role), status: 'DONE' })
const answer = (subject: Subject, status: string) =>
  subject.save('escalation', 'e1', { ...subject.written('escalation', KEY), ladderKey: KEY, status })
const one = (subject: Subject) => subject.escalations()[0]
const utc = (subject: Subject, local: string): string => new Date(subject.instant(local)).toISOString()

describe('joint action', () => {
  it('ESC-MOVE: the named person reports at once to vice president and branch, who each have a task too', () => {
    const subject = fallen()
    const shown = (role: string) => subject.written('task', jointTask(role))
    expect(shown('NAMED_PERSON')).toMatchObject({ assigneeId: 'rm', dueAt: utc(subject, '2026-03-02 11:00') })
    expect(shown('SUB_BRANCH_PRESIDENT')).toMatchObject({ assigneeId: 'sbp', title: '走访客户并反馈：华星' })
    expect(shown('VICE_PRESIDENT')).toMatchObject({ assigneeId: 'vp' })
    expect(String(shown('VICE_PRESIDENT')['body'])).toContain('20,000,000')
  })

  it('ESC-MOVE: the named person is the customer’s own, else by branch and tier, else its manager', () => {
    const named = (subject: Subject) => subject.written('task', jointTask('NAMED_PERSON'))['assigneeId']
    const both = { ...HOLDERS, NAMED_PERSON: 'np', MARKETING: 'own' }
    expect(named(fallen({ ladderNamedPerson: 'own@bank.example' }, both))).toBe('own')
    expect(named(fallen({}, { ...HOLDERS, NAMED_PERSON: 'np' }))).toBe('np')
    expect(named(fallen())).toBe('rm')
  })

  it('ESC-MOVE: it can’t be closed before each has reported, and closes when the last has', () => {
    const subject = fallen()
    answer(subject.at('2026-03-02 10:30'), 'RESOLVED')
    expect(one(subject)).toMatchObject({ status: 'ACKNOWLEDGED', climbsAt: null })
    expect(subject.written('escalation', KEY)).toMatchObject({ status: 'ACKNOWLEDGED', resolvedAt: null })
    expect(one(subject)?.history?.at(-1)).toContain('尚未反馈：异动指定责任人、支行行长、分管行长')
    report(subject.at('2026-03-02 10:40'), 'NAMED_PERSON')
    report(subject.at('2026-03-02 10:50'), 'SUB_BRANCH_PRESIDENT')
    expect(one(subject)).toMatchObject({ status: 'ACKNOWLEDGED' })
    report(subject.at('2026-03-02 11:00'), 'VICE_PRESIDENT')
    expect(one(subject)).toMatchObject({ status: 'RESOLVED' })
    expect(subject.written('escalation', KEY)).toMatchObject({ status: 'RESOLVED', resolution: '各方均已反馈' })
    expect(subject.openTasks()).toEqual([])
  })

  it('ESC-MOVE: a report that is late although somebody acknowledged is told one level up, once', () => {
    const subject = fallen()
    answer(subject.at('2026-03-02 10:30'), 'ACKNOWLEDGED')
    subject.until('2026-03-04 10:30')
    expect(one(subject)).toMatchObject({ status: 'OPEN', level: 2 })
    expect(one(subject)?.history?.some((line) => line.includes('尚未反馈'))).toBe(true)
    answer(subject.at('2026-03-04 11:00'), 'ACKNOWLEDGED')
    subject.until('2026-03-20 18:00')
    expect(one(subject)).toMatchObject({ status: 'ACKNOWLEDGED', level: 2 })
  })

  it('ESC-MOVE: roles that nobody holds aren’t waited for', () => {
    const subject = fallen({}, {})
    expect(subject.openTasks().filter((key) => key.includes('/joint/'))).toEqual([jointTask('NAMED_PERSON')])
    report(subject.at('2026-03-02 10:40'), 'NAMED_PERSON')
    expect(one(subject)).toMatchObject({ status: 'RESOLVED' })
  })
})
