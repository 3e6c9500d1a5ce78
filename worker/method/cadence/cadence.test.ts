import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { Subject } from '../tiers/kit.ts'
import { nextContact } from './due.ts'

/** A person of tier HIGH, four contacts a year, first rated on 2026-03-02: due on 2026-06-02, task ten workdays before. */
const high = (more = {}) => {
  const subject = new Subject('person:p1', more).known()
  subject.balance(200_000)
  return subject
}
const KEY = 'person:p1/contact/2026-06-02'

describe('contacts by tier', () => {
  it('TIER-CONTACT: due by the year divided, on the workday on or before', () => {
    const { ctx } = new Subject()
    expect(nextContact(ctx, '2026-03-02', 4)).toBe('2026-06-02')
    expect(nextContact(ctx, '2026-03-02', 1)).toBe('2027-03-02')
    expect(nextContact(ctx, '2026-03-02', 2)).toBe('2026-09-02')
    expect(nextContact(ctx, '2026-08-15', 12)).toBe('2026-09-15')
    expect(nextContact(ctx, '2026-07-05', 4)).toBe('2026-09-30')
    expect(nextContact(ctx, '2026-03-02', 5)).toBe('2026-05-14')
    expect(nextContact(ctx, '2026-11-20', 365)).toBe('2026-11-23')
  })

  it('TIER-CONTACT: a contact that is still to come is none, whoever tells of it: the customer is called all the same', () => {
    const subject = high()
    subject.fact({ kind: 'customer.profile', customer: 'person', name: 'x', lastContactOn: '2199-01-01' })
    subject.save('task', 't1', { ladderKind: 'CALL', status: 'DONE', ladderClosedOn: '2199-01-01' })
    expect(subject.customer).toMatchObject({ ladderLastContactOn: '2026-03-02', ladderNextContactDue: '2026-06-02' })
    expect(subject.state.records['task']?.['t1']?.fields['ladderClosedOn']).toBe('2026-03-02')
    subject.until('2026-06-03 10:00')
    expect(subject.escalations()).toHaveLength(1)
  })

  it('TIER-CONTACT: the task comes at the opening, ten working days before, for the RM', () => {
    const subject = high()
    subject.until('2026-05-19 08:59')
    expect(subject.openTasks()).toEqual([])
    subject.until('2026-05-19 09:00')
    expect(subject.openTasks()).toEqual([KEY])
    expect(subject.written('task', KEY)).toMatchObject({
      ladderKind: 'CONTACT',
      assigneeId: 'rm',
      ladderPerson: 'p1',
      ladderRole: 'RM',
      dueAt: '2026-06-02T09:30:00.000Z',
      status: 'TODO',
    })
  })

  it('TIER-CONTACT: a held visit closes the task and counts the next due date from its day', () => {
    const subject = high()
    subject.until('2026-05-20 10:00')
    subject.save('visit', 'v1', { status: 'HELD', heldAt: '2026-05-18T08:00:00.000Z', person: 'p1' })
    expect(subject.openTasks()).toEqual([])
    expect(subject.written('task', KEY)['status']).toBe('DONE')
    expect(subject.customer).toMatchObject({ ladderLastContactOn: '2026-05-18', ladderNextContactDue: '2026-08-18' })
  })

  it('TIER-CONTACT: a planned or cancelled visit is no contact; a contact withdrawn brings the task back', () => {
    const subject = high()
    subject.until('2026-05-20 10:00')
    subject.save('visit', 'v1', { status: 'PLANNED', person: 'p1' })
    expect(subject.openTasks()).toEqual([KEY])
    subject.at('2026-05-20 11:00').save('visit', 'v1', { status: 'HELD' })
    expect(subject.openTasks()).toEqual([])
    subject.at('2026-05-20 14:00').save('visit', 'v1', { status: 'CANCELLED' })
    expect(subject.openTasks()).toEqual([KEY])
    expect(subject.written('task', KEY)['status']).toBe('TODO')
  })

  it('TIER-CONTACT: a finished call counts on its day, and stays there when it is edited later', () => {
    const subject = high()
    const call = { ladderKind: 'CALL', status: 'DONE', ladderPerson: 'p1' }
    const decisions = subject.at('2026-04-01 10:00').save('task', 't1', call)
    expect(decisions).toContainEqual(
      expect.objectContaining({ do: 'update', object: 'task', fields: { ladderClosedOn: '2026-04-01' } }),
    )
    subject.at('2026-04-09 10:00').save('task', 't1', { title: '补记' })
    expect(subject.customer['ladderLastContactOn']).toBe('2026-04-01')
    subject.at('2026-04-10 10:00').save('task', 't1', { status: 'TODO' })
    expect(subject.customer['ladderLastContactOn']).toBeNull()
  })

  it('TIER-CONTACT: finishing the contact task is a contact, closing it by Ladder is none', () => {
    const subject = high()
    subject.until('2026-05-20 10:00')
    subject.save('task', 't1', { ...subject.written('task', KEY), ladderKey: KEY, status: 'DONE' })
    expect(subject.customer['ladderLastContactOn']).toBe('2026-05-20')

    const other = high()
    other.until('2026-05-20 10:00')
    const fields = { ...other.written('task', KEY), ladderKey: KEY }
    other.save('task', 't1', fields)
    other.at('2026-05-25 10:00').save('visit', 'v1', { status: 'HELD', heldAt: '2026-05-04T08:00:00.000Z' })
    other.at('2026-05-25 10:01').save('task', 't1', { ...fields, status: 'DONE' })
    expect(other.customer['ladderLastContactOn']).toBe('2026-05-04')
  })

  it('TIER-CONTACT: another tier moves the due date; the old task is closed, the new one comes in its time', () => {
    const subject = high()
    subject.until('2026-05-20 10:00')
    subject.balance(60_000)
    expect(subject.customer['ladderNextContactDue']).toBe('2026-09-02')
    expect(subject.openTasks()).toEqual([])
    subject.until('2026-08-19 09:00')
    expect(subject.openTasks()).toEqual(['person:p1/contact/2026-09-02'])
  })

  it('TIER-CONTACT: what core banking knows of the last contact counts; a late task comes at once', () => {
    const subject = high()
    subject.at('2026-03-03 10:00')
    const profile = { kind: 'customer.profile', customer: 'person', name: '李', lastContactOn: '2025-12-10' } as const
    subject.fact(profile)
    expect(subject.openTasks()).toEqual(['person:p1/contact/2026-03-10'])
  })

  it('TIER-CONTACT: a deleted customer has no open task, a restored one has it again', () => {
    const subject = high()
    subject.until('2026-05-20 10:00')
    subject.save('person', 'p1', {}, { deleted: true })
    expect(subject.openTasks()).toEqual([])
    expect(subject.until('2026-12-01 10:00')).toEqual([])
    subject.save('person', 'p1', {})
    expect(subject.openTasks()).toContain(KEY)
  })

  it('TIER-CONTACT: a task that somebody deleted is not made again', () => {
    const subject = high()
    subject.until('2026-05-20 10:00')
    subject.save('task', 't1', { ...subject.written('task', KEY), ladderKey: KEY }, { deleted: true })
    subject.at('2026-05-21 10:00').save('person', 'p1', { name: '新名' })
    expect(subject.openTasks()).toEqual([])
    expect(subject.upserts('task')).toHaveLength(1)
  })
})

describe('overdue', () => {
  it("ESC-CADENCE: raised when the due day's working time has ended without a contact, in working time", () => {
    const subject = high()
    subject.until('2026-06-02 23:00')
    expect(subject.escalations()).toEqual([])
    subject.until('2026-06-03 09:00')
    expect(subject.escalations()).toMatchObject([
      { key: 'person:p1/escalation/ESC_CADENCE/2026-06-02', cause: 'ESC_CADENCE', status: 'OPEN', level: 1 },
    ])
  })

  it('ESC-CADENCE: climbs from the RM to the sub-branch president and the vice president', () => {
    const subject = high()
    subject.until('2026-06-18 10:00')
    const levels = subject.upserts('escalation').map(({ fields }) => fields['role'])
    expect(levels).toEqual(['RM', 'SUB_BRANCH_PRESIDENT', 'VICE_PRESIDENT'])
  })

  it('ESC-CADENCE: a contact resolves it with a text, and it can come back for the next due date', () => {
    const subject = high()
    subject.until('2026-06-03 10:00')
    subject.save('visit', 'v1', { status: 'HELD', person: 'p1' })
    const [first] = subject.escalations()
    expect(first).toMatchObject({ status: 'RESOLVED', climbsAt: null })
    expect(subject.written('escalation', first?.key ?? '')).toMatchObject({ resolution: '联系不再逾期' })
    expect(subject.openTasks()).toEqual([])
    subject.until('2026-09-04 10:00')
    expect(subject.escalations().map(({ status }) => status)).toEqual(['RESOLVED', 'OPEN'])
  })

  it('ESC-CADENCE: resolved by a person without a contact, it is not raised again for the same due date', () => {
    const subject = high()
    subject.until('2026-06-03 10:00')
    const key = subject.escalations()[0]?.key ?? ''
    subject.save('escalation', 'e1', { ...subject.written('escalation', key), ladderKey: key, status: 'RESOLVED' })
    subject.until('2026-07-03 10:00')
    expect(subject.escalations()).toHaveLength(1)
  })

  it('ESC-CADENCE: no contacts asked for, none overdue', () => {
    const tables = structuredClone(defaultPlaybook.tables)
    for (const rule of tables[0]?.table.rules ?? []) rule.then[1] = '0'
    const subject = high({ tables })
    expect(subject.until('2027-02-01 10:00')).toEqual([])
    expect(subject.customer['ladderNextContactDue'] ?? null).toBeNull()
  })
})
