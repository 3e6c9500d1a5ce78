import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import type { Playbook } from '../../schemas/playbook/index.ts'
import { compilePlaybook } from '../../worker/method/playbook/index.ts'
import { compiled, HOLDERS, Subject } from '../../worker/method/tiers/kit.ts'

/*
 * Faults that users of other escalation engines reported, each as a test that Ladder has it not. The number is that of the
 * report; more of them stand beside the code that they are about (calendar.test.ts, ladder.test.ts, guest.test.ts).
 */

const KEY = 'company:c1/escalation/ESC_MOVE/1'

/** A high-end company that lost 60 % at 10:00 on Monday: RM 2 h, vice president 4 h, president 7 h. */
const fallen = (playbook: Partial<Playbook> = {}) => {
  const subject = new Subject('company:c1', playbook).known()
  subject.at('2026-03-02 09:30').balance(50_000_000, 'b1')
  subject.at('2026-03-02 10:00').balance(20_000_000, 'b2')
  return subject
}
const clock = (subject: Subject) => subject.escalations()[0]?.climbsAt

describe('clocks', () => {
  it('Zammad #534: a day off that is entered later puts off running clocks and contacts', () => {
    const subject = new Subject().known()
    subject.at('2026-03-02 09:30').balance(50_000_000, 'b1')
    subject.at('2026-03-02 16:30').balance(20_000_000, 'b2')
    expect(clock(subject)).toBe(new Date(subject.instant('2026-03-03 10:00')).toISOString())
    const days = [{ on: '2026-03-03', work: false, note: '台风' }]
    const { source } = subject.playbook
    subject.playbook = compiled({ ...source, calendar: { ...source.calendar, days } }, 2)
    const anew = new Date(subject.instant('2026-03-04 10:00')).toISOString()
    subject.until('2026-03-04 09:59')
    expect(subject.escalations()[0]).toMatchObject({ level: 1, climbsAt: anew })
    expect(subject.written('escalation', KEY)).toMatchObject({ level: 1, climbsAt: anew })
    expect(subject.written('task', `${KEY}/task/1/1`)).toMatchObject({ dueAt: anew })
    subject.until('2026-03-04 10:00')
    expect(subject.escalations()[0]).toMatchObject({ level: 2 })

    const person = new Subject('person:p1').known()
    person.balance(200_000)
    person.save('visit', 'v1', { status: 'HELD', heldAt: '2026-03-02T02:00:00Z' })
    expect(person.customer['ladderNextContactDue']).toBe('2026-06-02')
    const off = [{ on: '2026-06-02', work: false }]
    person.playbook = compiled({ ...defaultPlaybook, calendar: { ...defaultPlaybook.calendar, days: off } }, 2)
    person.at('2026-03-02 11:00').feed({ type: 'time.passed', id: 'playbook' })
    expect(person.customer['ladderNextContactDue']).toBe('2026-06-01')
  })

  it('Zammad #5177: news of an open matter does not give its level more time', () => {
    const subject = fallen()
    const before = clock(subject)
    subject.at('2026-03-02 11:00').balance(9_000_000, 'b3')
    subject.save('company', 'c1', { name: '华星集团' })
    subject.save('task', 'call', { ladderKind: 'CALL', status: 'TODO' })
    expect(clock(subject)).toBe(before)
    expect(subject.escalations()).toHaveLength(1)
  })

  it('Zammad #4432: no contact task and no word of an overdue contact comes at night or at a weekend', () => {
    const subject = new Subject('person:p1').known()
    subject.balance(200_000)
    const { calendar } = subject.playbook
    const fired = subject.until('2026-12-31 18:00')
    expect(fired.length).toBeGreaterThan(10)
    expect(fired.filter((at) => !calendar.isWorking(at))).toEqual([])
    // a change of tier by night makes a contact overdue: the RM hears of it in the morning
    const late = new Subject('person:p1').known()
    late.balance(10_000)
    late.at('2026-09-05 23:00').balance(200_000)
    expect(late.openTasks()).toEqual([])
    expect(late.escalations()).toEqual([])
    expect(late.until('2026-09-07 09:00')).toEqual([late.instant('2026-09-07 09:00')])
    expect(late.escalations()).toMatchObject([{ cause: 'ESC_CADENCE', status: 'OPEN' }])
  })

  it('osTicket #6847: the lunch break stops the clock of a level', () => {
    const subject = new Subject().known()
    subject.at('2026-03-02 09:00').balance(50_000_000)
    subject.at('2026-03-02 11:00').balance(20_000_000)
    expect(clock(subject)).toBe(new Date(subject.instant('2026-03-02 14:30')).toISOString())
  })

  it('GLPI #10594: five working days over a weekend and a holiday are five days of working time', () => {
    const subject = new Subject('person:p1', { cadence: { leadDays: 0 } }).known()
    // mass: one contact a year; due on Friday 24 April 2026, raised on Monday, five days over Labour Day
    subject.now = subject.instant('2025-04-24 10:00')
    subject.balance(10_000)
    subject.until('2026-04-27 09:00')
    expect(subject.escalations()).toMatchObject([{ raisedAt: '2026-04-27T01:00:00.000Z', level: 1 }])
    // 1 to 5 May are free, Saturday 9 May is worked
    expect(clock(subject)).toBe(new Date(subject.instant('2026-05-06 17:30')).toISOString())
    subject.until('2026-05-07 09:00')
    expect(subject.escalations()[0]).toMatchObject({ level: 2 })
  })
})

describe('levels', () => {
  it('GLPI #4170: every level of each ladder is told in its turn when nobody answers', () => {
    for (const { levels } of defaultPlaybook.escalations) {
      const policy = { id: 'ONE', name: { en: 'One', zh: '一' }, causes: '-', tiers: '-', levels }
      const subject = fallen({ escalations: [policy] })
      subject.until('2026-04-10 18:00')
      const roles = subject
        .upserts('task')
        .filter(({ key, fields }) => key.startsWith(`${KEY}/task/`) && 'ladderRole' in fields)
        .map(({ fields }) => fields['ladderRole'])
      const held = levels.map(({ role }) => role).filter((role) => role === 'RM' || role in HOLDERS)
      expect([...new Set(roles)]).toEqual(held)
    }
  })

  it('OnCall #1206: a ladder that ran into the night or through a standstill goes on afterwards, by itself', () => {
    const subject = fallen()
    subject.until('2026-03-02 17:30')
    expect(subject.escalations()[0]).toMatchObject({ level: 2 })
    // down from Monday evening to Thursday noon: the timer that was missed is due at the first look
    subject.at('2026-03-05 12:30')
    const [first] = subject.until('2026-03-05 18:00')
    expect(first).toBe(subject.instant('2026-03-05 13:30'))
    expect(subject.escalations()[0]).toMatchObject({ level: 3, status: 'OPEN' })
    subject.until('2026-03-31 18:00')
    expect(subject.escalations()[0]?.repeats).toBeGreaterThan(10)
  })

  it('OnCall #558: on weekdays that the bank does not work nobody is told, whichever they are', () => {
    const calendar = { ...defaultPlaybook.calendar, country: 'NONE' as const, weekdays: [1, 3, 6] }
    const subject = fallen({ calendar })
    const told = subject.until('2026-03-31 18:00').map((at) => new Date(at).getUTCDay())
    expect([...new Set(told)].sort()).toEqual([1, 3, 6])
  })

  it('OnCall #934: a policy that none can reach is found when the playbook is checked', () => {
    const [first, ...others] = defaultPlaybook.escalations
    if (!first) throw new Error('no policy')
    const all = { ...first, id: 'ALL', causes: '-', tiers: '-' }
    const checked = compilePlaybook({ ...defaultPlaybook, escalations: [all, first, ...others] }, 1)
    expect(checked.ok && checked.warnings.map(({ path }) => path)).toContain('escalations[1]')
  })

  it('Chatwoot #6889: what nobody attends to reaches the sub-branch president, then the vice president', () => {
    const subject = new Subject('person:p1').known()
    subject.balance(200_000)
    subject.until('2026-07-31 18:00')
    const [overdue] = subject.escalations()
    const told = Object.keys(subject.state.tasks).filter((key) => key.startsWith(`${overdue?.key}/task/`))
    expect(told.map((key) => subject.written('task', key)['assigneeId']).slice(0, 3)).toEqual(['rm', 'sbp', 'vp'])
  })
})
