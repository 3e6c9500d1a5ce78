import { describe, expect, it } from 'vitest'
import type { Playbook } from '../../../schemas/playbook/index.ts'
import { Subject } from '../tiers/kit.ts'

/** Two branches that are awake at different hours, each with its own president. */
const bank: Partial<Playbook> = {
  branches: [
    { code: 'SH', name: { en: 'Shanghai', zh: '上海' } },
    { code: 'URC', name: { en: 'Urumqi', zh: '乌鲁木齐' }, calendar: { zone: 'Asia/Urumqi' } },
    {
      code: 'NY',
      name: { en: 'New York', zh: '纽约' },
      calendar: { zone: 'America/New_York', hours: [{ from: '09:00', to: '17:00' }] },
    },
  ],
  roles: ['SH', 'URC', 'NY'].map((branch) => ({
    ...{ role: 'SUB_BRANCH_PRESIDENT', branch },
    members: [`${branch.toLowerCase()}@bank.example`],
  })),
}

const overdue = (branch: string): Subject => {
  const subject = new Subject('company:c1', bank).known({ ladderBranch: branch })
  subject.balance(6_000_000)
  subject.until('2026-06-03 10:00')
  return subject
}
const open = (subject: Subject) => subject.escalations().filter(({ status }) => status !== 'RESOLVED')

describe('a customer that moves', () => {
  it('ESC-LADDER: to a branch of another zone while it is escalated: one escalation, on the new branch’s clock', () => {
    const subject = overdue('SH')
    const [before] = open(subject)
    // five working days of seven hours from 09:00 in Shanghai on 3 June
    expect(before?.climbsAt).toBe('2026-06-09T09:30:00.000Z')
    subject.until('2026-06-03 14:00')
    subject.save('company', 'c1', { ladderBranch: 'URC' })
    const [after, ...more] = open(subject)
    expect([after?.key, more]).toEqual([before?.key, []])
    // the same five days begin and end two hours later
    expect(after?.climbsAt).toBe('2026-06-09T11:30:00.000Z')
    const task = subject.openTasks().find((key) => key.includes('/escalation/'))
    expect(subject.state.tasks[task ?? '']?.due).toBe(after?.climbsAt)
  })

  it('ESC-LADDER: where the day hasn’t begun there it rests until it has, and goes on as the same one', () => {
    const subject = overdue('SH')
    const [before] = open(subject)
    // 10:00 in Shanghai is 08:00 in Urumqi: by its clock the contact isn't overdue yet
    subject.save('company', 'c1', { ladderBranch: 'URC' })
    expect(open(subject)).toEqual([])
    subject.until('2026-06-03 11:00')
    expect(open(subject)).toMatchObject([{ key: before?.key, level: 1 }])
    expect(subject.escalations()).toHaveLength(1)
  })

  it('ESC-LADDER: the next level is told in the new branch, in its working time', () => {
    const subject = overdue('SH')
    subject.save('company', 'c1', { ladderBranch: 'NY' })
    const fired = subject.until('2026-06-30 10:00')
    const [one] = open(subject)
    expect(one?.level).toBeGreaterThan(1)
    const told = subject.upserts('task').find(({ fields }) => fields['ladderRole'] === 'SUB_BRANCH_PRESIDENT')
    expect(told?.fields['assigneeId']).toBe('ny')
    const hours = fired.map((instant) => new Date(instant).getUTCHours())
    // 09:00 to 17:00 in New York in June
    expect(hours.every((hour) => hour >= 13 && hour < 21)).toBe(true)
  })

  it('ESC-LADDER: to a branch that the playbook doesn’t have, it is the bank’s, and nothing is lost', () => {
    const subject = overdue('SH')
    subject.save('company', 'c1', { ladderBranch: '🏦 nowhere' })
    expect(open(subject)).toHaveLength(1)
    subject.until('2026-07-30 10:00')
    expect(open(subject)).toHaveLength(1)
  })
})

describe('an RM who leaves', () => {
  it('ESC-LADDER: in the midst of it, the task is nobody’s until there is another, and the ladder goes on', () => {
    const subject = overdue('SH')
    const task = () => subject.openTasks().find((key) => key.includes('/escalation/')) ?? ''
    expect(subject.state.tasks[task()]?.assignee).toBe('rm')
    subject.save('company', 'c1', { accountOwnerId: null })
    expect(subject.state.tasks[task()]?.assignee).toBeNull()
    subject.now += 60_000
    subject.save('company', 'c1', { accountOwnerId: 'rm2' })
    expect(subject.state.tasks[task()]?.assignee).toBe('rm2')
    subject.now += 60_000
    subject.save('company', 'c1', { accountOwnerId: null })
    subject.until('2026-06-12 10:00')
    expect(open(subject)).toMatchObject([{ level: 2 }])
    const second = subject.openTasks().find((key) => key.endsWith('/task/2/1')) ?? ''
    expect(subject.written('task', second)['assigneeId']).toBe('sh')
  })
})
