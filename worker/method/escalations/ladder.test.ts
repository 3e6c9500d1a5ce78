import { describe, expect, it } from 'vitest'
import type { Fields } from '../../../schemas/events/index.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { compiled, HOLDERS, Subject } from '../tiers/kit.ts'

/** A high-end company that lost 60 % at 10:00 on Monday: RM 2 h, vice president 4 h, president 7 h. */
const fallen = (holders = HOLDERS) => {
  const subject = new Subject('company:c1', {}, holders).known()
  subject.at('2026-03-02 09:30').balance(50_000_000, 'b1')
  subject.at('2026-03-02 10:00').balance(20_000_000, 'b2')
  return subject
}
const KEY = 'company:c1/escalation/ESC_MOVE/1'
const shown = (subject: Subject): Fields => ({ ...subject.written('escalation', KEY), ladderKey: KEY })
/** A person sets the status on the record. */
const answer = (subject: Subject, status: string) => subject.save('escalation', 'e1', { ...shown(subject), status })
const tasks = (subject: Subject) => subject.openTasks().map((key) => key.slice(KEY.length))
const roles = (subject: Subject) =>
  subject.upserts('task').flatMap(({ fields }) => ('ladderRole' in fields ? [fields['ladderRole']] : []))

describe('raising', () => {
  it('ESC-LADDER: the record shows level, role, assignee, clock and the ladder as raised', () => {
    const subject = fallen()
    expect(subject.written('escalation', KEY)).toMatchObject({
      name: '大额异动：华星',
      status: 'OPEN',
      cause: 'ESC_MOVE',
      company: 'c1',
      person: null,
      level: 1,
      role: 'RM',
      assignee: 'rm',
      raisedAt: '2026-03-02T02:00:00.000Z',
      climbsAt: '2026-03-02T04:00:00.000Z',
      repeats: 0,
      ladder: '1. 客户经理：2 工作小时\n2. 分管行长：4 工作小时\n3. 分行行长：7 工作小时',
      policyVersion: 'v1 ESC-MOVE-TOP',
    })
  })

  it('ESC-LADDER: the task is for the role of the level and due when the clock runs out', () => {
    const subject = fallen()
    expect(subject.written('task', `${KEY}/task/1/1`)).toMatchObject({
      ladderKind: 'ESCALATION',
      assigneeId: 'rm',
      ladderRole: 'RM',
      ladderCompany: 'c1',
      dueAt: '2026-03-02T04:00:00.000Z',
    })
  })

  it('mitodl #5936, Zammad #4432: raised at night, its clock begins at the next opening', () => {
    const subject = new Subject().known()
    subject.at('2026-02-13 22:00').balance(50_000_000)
    subject.at('2026-02-13 23:00').balance(20_000_000)
    expect(subject.written('escalation', KEY)['climbsAt']).toBe('2026-02-14T03:00:00.000Z')
  })

  it('GoAlert #4548: a level that nobody holds is skipped, it does not wait', () => {
    const subject = fallen({ PRESIDENT: 'p' })
    subject.until('2026-03-02 14:00')
    expect(subject.escalations()[0]).toMatchObject({ level: 3 })
    const orphan = new Subject().known({ accountOwnerId: null })
    orphan.balance(50_000_000)
    orphan.balance(20_000_000)
    expect(orphan.escalations()[0]).toMatchObject({ level: 2 })
  })

  it('OnCall #4846: when nobody holds any role, it still climbs level by level', () => {
    const subject = fallen({})
    subject.until('2026-03-02 14:00')
    expect(subject.escalations()[0]).toMatchObject({ level: 2 })
    expect(subject.written('task', `${KEY}/task/2/1`)).toMatchObject({ ladderRole: 'VICE_PRESIDENT', assigneeId: null })
  })
})

describe('climbing', () => {
  it('ESC-LADDER: silence goes one level up, after the working time of each level', () => {
    const subject = fallen()
    // 12:00 is the beginning of lunch, so it climbs at 13:30; four hours later is 17:30, so the next is in the morning
    const fired = subject.until('2026-03-03 12:00')
    expect(fired).toEqual([subject.instant('2026-03-02 13:30'), subject.instant('2026-03-03 09:00')])
    expect(subject.escalations()[0]).toMatchObject({ level: 3, climbsAt: '2026-03-03T09:30:00.000Z' })
    expect(subject.written('escalation', KEY)).toMatchObject({ level: 3, role: 'PRESIDENT', assignee: 'p' })
  })

  it('ESC-LADDER: the top level is told again and again, with one open task', () => {
    const subject = fallen()
    subject.until('2026-03-06 12:00')
    expect(subject.escalations()[0]).toMatchObject({ level: 3, repeats: 3 })
    expect(tasks(subject)).toEqual(['/task/1/1', '/task/2/1', '/task/3/4'])
    expect(roles(subject)).toEqual(['RM', 'VICE_PRESIDENT', 'PRESIDENT', 'PRESIDENT', 'PRESIDENT', 'PRESIDENT'])
  })

  it('ESC-LADDER: after a standstill it climbs one level only, and from now on', () => {
    const subject = fallen()
    subject.at('2026-03-09 10:00').feed({ type: 'time.passed', id: 't' })
    expect(subject.escalations()[0]).toMatchObject({ level: 2, climbsAt: '2026-03-09T07:30:00.000Z' })
  })

  it('GLPI #22678: never outside working time, whatever wakes it', () => {
    const subject = fallen()
    subject.at('2026-03-02 23:00').feed({ type: 'time.passed', id: 't' })
    subject.at('2026-03-07 11:00').save('company', 'c1', { name: '华星集团' })
    expect(subject.escalations()[0]).toMatchObject({ level: 1 })
    expect(subject.until('2026-03-09 09:00')).toEqual([subject.instant('2026-03-09 09:00')])
    expect(subject.escalations()[0]).toMatchObject({ level: 2 })
  })

  it('OnCall: an edit of the playbook leaves a running ladder as it was raised', () => {
    const subject = fallen()
    const escalations = defaultPlaybook.escalations.map((policy) => ({
      ...policy,
      levels: [{ role: 'MARKETING' as const, allowanceMinutes: 1 }],
    }))
    subject.playbook = compiled({ ...defaultPlaybook, escalations }, 2)
    subject.until('2026-03-02 14:00')
    expect(subject.written('escalation', KEY)).toMatchObject({
      role: 'VICE_PRESIDENT',
      policyVersion: 'v1 ESC-MOVE-TOP',
    })
  })
})

describe('answers', () => {
  it('OnCall #4654: after an acknowledgement nobody is told any more', () => {
    const subject = fallen()
    subject.at('2026-03-02 11:00')
    answer(subject, 'ACKNOWLEDGED')
    expect(subject.written('escalation', KEY)).toMatchObject({
      acknowledgedAt: '2026-03-02T03:00:00.000Z',
      climbsAt: null,
    })
    expect(subject.until('2026-03-20 18:00')).toEqual([])
    expect(subject.escalations()[0]).toMatchObject({ status: 'ACKNOWLEDGED', level: 1 })
  })

  it('OnCall #4654: an answer that comes with the clock run out is taken before it climbs', () => {
    const subject = fallen()
    subject.at('2026-03-02 13:30')
    answer(subject, 'ACKNOWLEDGED')
    expect(subject.escalations()[0]).toMatchObject({ status: 'ACKNOWLEDGED', level: 1 })
  })

  it.each(['IN_PROGRESS', 'DONE'])('ESC-LADDER: its task set to %s acknowledges', (status) => {
    const subject = fallen()
    const ladderKey = `${KEY}/task/1/1`
    subject.at('2026-03-02 11:00').save('task', 't1', { ...subject.written('task', ladderKey), ladderKey, status })
    expect(subject.written('escalation', KEY)).toMatchObject({ status: 'ACKNOWLEDGED', climbsAt: null })
  })

  it('ESC-LADDER: resolving closes it and its tasks', () => {
    const subject = fallen()
    subject.until('2026-03-02 14:00')
    answer(subject, 'RESOLVED')
    expect(subject.openTasks()).toEqual([])
    expect(subject.written('escalation', KEY)).toMatchObject({ resolvedAt: '2026-03-02T06:00:00.000Z', climbsAt: null })
    expect(subject.written('escalation', KEY)['resolution']).toBeUndefined()
    expect(subject.until('2026-03-20 18:00')).toEqual([])
  })

  it.each(['ACKNOWLEDGED', 'RESOLVED'])(
    'Zammad: opened again after %s, the clock begins anew on its level',
    (status) => {
      const subject = fallen()
      subject.until('2026-03-02 14:00')
      answer(subject, status)
      subject.at('2026-03-04 10:00')
      answer(subject, 'OPEN')
      expect(subject.escalations()[0]).toMatchObject({ status: 'OPEN', level: 2, climbsAt: '2026-03-04T07:30:00.000Z' })
      expect(tasks(subject)).toEqual(['/task/2/2'])
      subject.until('2026-03-04 16:00')
      expect(subject.escalations()[0]).toMatchObject({ level: 3 })
    },
  )

  it('ESC-LADDER: opened again after a finished task, that task does not acknowledge once more', () => {
    const subject = fallen()
    const ladderKey = `${KEY}/task/1/1`
    const task = { ...subject.written('task', ladderKey), ladderKey }
    subject.at('2026-03-02 10:30').save('task', 't1', { ...task, status: 'DONE' })
    subject.at('2026-03-02 11:00')
    answer(subject, 'OPEN')
    subject.at('2026-03-02 11:05').save('company', 'c1', { name: '新名' })
    expect(subject.escalations()[0]).toMatchObject({ status: 'OPEN' })
  })

  it('an echo of the making that comes after the answer does not open it again', () => {
    const subject = fallen()
    subject.at('2026-03-02 11:00').save('company', 'c1', {}, { deleted: true })
    const at = '2026-03-02T03:00:07.000Z'
    subject.save('escalation', 'e1', { ...shown(subject), status: 'OPEN' }, { at, createdAt: at })
    expect(subject.escalations()[0]).toMatchObject({ status: 'RESOLVED' })
  })

  it('a deleted customer has nothing open', () => {
    const subject = fallen()
    subject.at('2026-03-02 11:00').save('company', 'c1', {}, { deleted: true })
    expect(subject.openTasks()).toEqual([])
    expect(subject.written('escalation', KEY)).toMatchObject({ status: 'RESOLVED', resolution: '客户已删除' })
    expect(subject.until('2027-06-01 10:00')).toEqual([])
  })

  it('a deleted escalation is over and is not written again', () => {
    const subject = fallen()
    subject.at('2026-03-02 11:00').save('escalation', 'e1', shown(subject), { deleted: true })
    const before = subject.upserts('escalation').length
    subject.until('2026-03-20 18:00')
    expect(subject.openTasks()).toEqual([])
    expect(subject.upserts('escalation')).toHaveLength(before)
  })
})
