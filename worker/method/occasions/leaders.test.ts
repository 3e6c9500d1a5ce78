import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { type HOLDERS, Subject } from '../tiers/kit.ts'
import { causes } from './kit.ts'

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
