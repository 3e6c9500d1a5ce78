import { describe, expect, it } from 'vitest'
import type { Fields } from '../../../schemas/events/index.ts'
import { usualCallNorms } from '../../../schemas/playbook/index.ts'
import { gatherFrom, joinAnswers } from '../gather/index.ts'
import { Subject } from '../tiers/kit.ts'
import { callFigures, workdaysOf } from './calls.ts'

const customer = (ref: string, rm = 'rm'): Subject => new Subject(ref).known({ accountOwnerId: rm })
const call = (subject: Subject, id: string, fields: Fields = {}, deleted = false) =>
  subject.save('task', id, { ladderKind: 'CALL', status: 'DONE', assigneeId: 'rm', ...fields }, { deleted })
const TODAY = '2026-03-02'

describe('DEV-ACT', () => {
  it('DEV-ACT: finished calls count for whom they were given to, on their day, with those that were a success', () => {
    const subject = customer('company:c1')
    call(subject, 't1')
    call(subject, 't2', { ladderOutcome: 'SUCCESS' })
    call(subject, 't3', { assigneeId: 'other' })
    call(subject, 't4', { status: 'TODO' })
    call(subject, 't5', {}, true)
    subject.save('task', 't6', { ladderKind: 'CONTROL', status: 'DONE', assigneeId: 'rm' })
    expect(subject.state.calls).toEqual({ rm: { [TODAY]: [2, 1] }, other: { [TODAY]: [1, 0] } })
  })

  it('DEV-ACT: a held visit by phone is a call of its RM, else of the owner; one in person is none', () => {
    const subject = customer('company:c1')
    const phone = { form: 'CALL', status: 'HELD', outcome: 'SUCCESS', heldAt: '2026-03-02T01:30:00.000Z' }
    subject.save('visit', 'v1', phone)
    subject.save('visit', 'v2', { ...phone, rm: 'other', outcome: 'REFUSED' })
    subject.save('visit', 'v3', { ...phone, form: 'VISIT' })
    subject.save('visit', 'v4', { ...phone, status: 'PLANNED' })
    expect(subject.state.calls).toEqual({ rm: { [TODAY]: [1, 1] }, other: { [TODAY]: [1, 0] } })
  })

  it('DEV-ACT: told twice, in any order, or corrected later, a call counts once', () => {
    const subject = customer('company:c1')
    for (const outcome of ['NO_ANSWER', 'SUCCESS', 'SUCCESS']) {
      subject.now += 60_000
      call(subject, 't1', { ladderOutcome: outcome })
    }
    expect(subject.state.calls).toEqual({ rm: { [TODAY]: [1, 1] } })
  })

  it('DEV-ACT: what is older than 60 days is let go of', () => {
    const subject = customer('company:c1')
    call(subject, 't1')
    subject.at('2026-05-01 10:00').feed({ type: 'time.passed', id: 't' })
    expect(subject.state.calls).toEqual({ rm: { [TODAY]: [1, 0] } })
    subject.at('2026-05-02 10:00').feed({ type: 'time.passed', id: 't2' })
    expect(subject.state.calls).toBeUndefined()
  })

  it('DEV-ACT: over customers they add up by person and day, whichever Book answers first', () => {
    const [one, two, three] = ['c1', 'c2', 'c3'].map((id) => customer(`company:${id}`)) as [Subject, Subject, Subject]
    call(one, 't1', { ladderOutcome: 'SUCCESS' })
    call(two, 't2')
    call(three, 't3', { assigneeId: 'other' })
    const ask = { from: TODAY, to: TODAY }
    const left = gatherFrom([one.state, two.state], 'calls', ask, one.ctx)
    const right = gatherFrom([three.state], 'calls', ask, one.ctx)
    expect(joinAnswers('calls', ask, left, right).rows).toEqual(joinAnswers('calls', ask, right, left).rows)
    expect(joinAnswers('calls', ask, left, right).rows).toMatchObject([
      { rm: 'other', on: TODAY, made: 1, won: 0 },
      { rm: 'rm', on: TODAY, made: 2, won: 1 },
    ])
    expect(gatherFrom([one.state], 'calls', { from: '2026-03-03', to: '2026-03-03' }, one.ctx).rows).toEqual([])
  })

  it('DEV-ACT: 30 to 50 calls a working day and at least 10 % a success are the norm, and it can be switched off', () => {
    expect(usualCallNorms).toEqual({ least: 30, most: 50, successPercent: 10 })
    expect(callFigures(150, 15, 5, usualCallNorms)).toEqual({
      made: 150,
      won: 15,
      perDay: 30,
      success: 10,
      below: false,
    })
    expect(callFigures(149, 100, 5, usualCallNorms)).toMatchObject({ perDay: 29, below: true })
    expect(callFigures(150, 14, 5, usualCallNorms)).toMatchObject({ success: 9, below: true })
    expect(callFigures(0, 0, 5, usualCallNorms)).toMatchObject({ success: null, below: true })
    expect(callFigures(0, 0, 0, usualCallNorms).below).toBe(false)
    expect(callFigures(0, 0, 5, { ...usualCallNorms, least: 0 }).below).toBe(false)
    // 1 to 7 October 2026 are free, the 10th is a working Saturday
    expect(workdaysOf(customer('company:c1').playbook.calendar, '2026-10-01', '2026-10-11')).toBe(3)
  })
})
