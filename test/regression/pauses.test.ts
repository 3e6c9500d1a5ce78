import { describe, expect, it } from 'vitest'
import type { Fields } from '../../schemas/events/index.ts'
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import { compiled, HOLDERS, rolesOf, Subject } from '../../worker/method/tiers/kit.ts'

/*
 * Faults that users of service desks reported about waiting time (GLPI, Frappe, ERPNext), each as a test that Ladder has it
 * not. The number is that of the report.
 */

const KEY = 'company:c1/escalation/ESC_MOVE/1'

/** A high-end company whose money left: RM 2 h, vice president 4 h, president 7 h. */
const fallenAt = (local: string) => {
  const subject = new Subject().known()
  subject.at('2026-03-02 09:00').balance(50_000_000, 'b1')
  subject.at(local).balance(20_000_000, 'b2')
  return subject
}
const save = (subject: Subject, fields: Fields) =>
  subject.save('escalation', 'e1', { ...subject.written('escalation', KEY), ladderKey: KEY, ...fields })
const pause = (subject: Subject, until: string) =>
  save(subject, {
    status: 'PAUSED',
    pausedUntil: new Date(subject.instant(until)).toISOString(),
    pauseReason: '等待客户回复',
  })
const climbsAt = (subject: Subject) => {
  const at = subject.escalations()[0]?.climbsAt
  return at == null ? null : Date.parse(at)
}

describe('waiting', () => {
  it('GLPI #6902 #15605: rules that change meanwhile take nothing of what was left before the pause', () => {
    const subject = fallenAt('2026-03-02 10:00')
    pause(subject.at('2026-03-02 10:30'), '2026-03-04 10:00')
    const escalations = defaultPlaybook.escalations.map((policy) => ({
      ...policy,
      levels: policy.levels.map((level) => ({ ...level, allowanceMinutes: 10 })),
    }))
    subject.playbook = compiled({ ...defaultPlaybook, escalations, roles: rolesOf(HOLDERS) }, 2)
    subject.at('2026-03-03 10:00').save('company', 'c1', { ladderGold: true })
    subject.until('2026-03-04 10:00')
    expect(subject.escalations()[0]).toMatchObject({ status: 'OPEN', level: 1 })
    expect(climbsAt(subject)).toBe(subject.instant('2026-03-04 11:30'))
  })

  it('GLPI #9082: however long it waits, its time runs out in working time or at its end', () => {
    for (const [from, until] of [
      ['2026-03-02 10:10', '2026-03-02 11:50'],
      ['2026-03-02 11:59', '2026-03-06 23:00'],
      ['2026-03-02 11:00', '2026-03-07 12:00'],
      ['2026-03-02 10:30', '2026-04-04 03:00'],
      ['2026-03-02 11:40', '2026-03-31 17:29'],
    ] as const) {
      const subject = fallenAt('2026-03-02 10:00')
      pause(subject.at(from), until)
      const { calendar } = subject.playbook
      for (let tries = 0; tries < 40 && subject.escalations()[0]?.status === 'PAUSED'; tries++)
        subject.until(`${calendar.addDays(calendar.dateOf(subject.now), 1)} 23:59`)
      // one minute before the end there is still somebody at work
      expect(calendar.isWorking((climbsAt(subject) ?? 0) - 60_000)).toBe(true)
    }
  })

  it('GLPI #10594: waiting over a weekend takes no working minute, and gives none', () => {
    const subject = fallenAt('2026-03-06 16:30')
    pause(subject.at('2026-03-06 17:00'), '2026-03-09 09:00')
    subject.until('2026-03-09 09:00')
    // an hour and a half was left on Friday
    expect(climbsAt(subject)).toBe(subject.instant('2026-03-09 10:30'))
  })

  it('GLPI #24481: what waits is never late: nobody is told, whatever comes meanwhile', () => {
    const subject = fallenAt('2026-03-02 10:00')
    pause(subject.at('2026-03-02 10:30'), '2026-03-20 10:00')
    const told = subject.upserts('task').length
    for (const day of ['03', '05', '10', '18']) {
      subject.at(`2026-03-${day} 15:00`).feed({ type: 'time.passed', id: `t${day}` })
      subject.save('company', 'c1', { name: `华星 ${day}` })
    }
    expect(subject.escalations()[0]).toMatchObject({ status: 'PAUSED', level: 1, repeats: 0 })
    expect(subject.upserts('task')).toHaveLength(told)
    expect(subject.until('2026-03-20 09:59')).toEqual([])
  })

  it('Frappe #2449, ERPNext #47884: the time on hold is put to what was left, not to when it was raised', () => {
    const subject = fallenAt('2026-03-02 09:00')
    // a quarter of an hour is left of two hours; a day on hold
    pause(subject.at('2026-03-02 10:45'), '2026-03-03 10:45')
    subject.until('2026-03-03 10:45')
    expect(climbsAt(subject)).toBe(subject.instant('2026-03-03 11:00'))
  })
})
