import { describe, expect, it } from 'vitest'
import type { Fields } from '../../../schemas/events/index.ts'
import { stagesDue } from './due.ts'
import { Lab } from './kit.ts'

const lab = (): Lab => {
  const one = Lab.of('company:c1')
  one.known()
  one.at('2026-03-02 10:00')
  one.develop({ stage: 'DEV_A04' }, true)
  return one
}
const stalled = (one: Lab) => one.escalations().filter(({ cause }) => cause === 'ESC_STALL')

describe('ESC-STALL', () => {
  it('ESC-STALL: a stage left too late is raised when work begins after its last day, once', () => {
    const one = lab()
    // ten working days after Monday 2 March
    expect(one.development['stageDue']).toBe('2026-03-16')
    expect(stagesDue(one.state, one.ctx)).toBe(one.instant('2026-03-17 09:00'))
    one.until('2026-03-17 08:59')
    expect(stalled(one)).toEqual([])
    one.until('2026-03-17 09:00')
    expect(stalled(one)).toMatchObject([{ about: 'd1', development: 'd1', status: 'OPEN', policy: 'ESC-STALL' }])
    one.develop({ mainRisks: '无' })
    expect(stalled(one)).toHaveLength(1)
    expect(stagesDue(one.state, one.ctx)).toBe(null)
  })

  it('ESC-STALL: moving on settles it', () => {
    const one = lab()
    one.until('2026-03-18 10:00')
    one.develop({ verdict: 'DEVELOP', stage: 'DEV_A05' })
    expect(stalled(one)).toMatchObject([{ status: 'RESOLVED' }])
    expect(stagesDue(one.state, one.ctx)).toBe(one.instant('2026-04-02 09:00'))
  })

  it('ESC-STALL: so does deleting the development', () => {
    const one = lab()
    one.until('2026-03-18 10:00')
    one.save('development', 'd1', {}, { deleted: true, at: new Date(one.now + 1000).toISOString() })
    expect(stalled(one)).toMatchObject([{ status: 'RESOLVED' }])
    expect(stagesDue(one.state, one.ctx)).toBe(null)
  })

  it('ESC-STALL: a refused move does not reset the clock', () => {
    const one = lab()
    one.at('2026-03-10 10:00')
    one.develop({ stage: 'DEV_A05' })
    expect(one.development['stageDue']).toBe('2026-03-16')
  })
})

describe('DEV-CTRL', () => {
  const item: Fields = {
    ladderKind: 'CONTROL',
    ladderDevelopment: 'd1',
    title: '落实担保',
    status: 'TODO',
    assigneeId: 'u1',
    dueAt: '2026-03-05T09:30:00.000Z',
    ladderCriteria: '担保合同已签',
  }
  const task = (one: Lab): Fields => one.state.records['task']?.['t1']?.fields ?? {}

  it('DEV-CTRL: an item with one owner, a date and criteria is let be', () => {
    const one = lab()
    expect(one.save('task', 't1', { ...item, status: 'IN_PROGRESS' })).toEqual([])
  })

  for (const missing of ['assigneeId', 'dueAt', 'ladderCriteria'])
    it(`DEV-CTRL: an item without ${missing} is refused and put back, until it is mended`, () => {
      const one = lab()
      one.save('task', 't1', { ...item, [missing]: null, status: 'DONE' })
      expect(task(one)).toMatchObject({ ladderRefused: true, status: 'TODO' })
      expect(task(one)['ladderNotice']).toMatch(/已退回/)
      one.at('2026-03-02 11:00').save('task', 't1', { [missing]: item[missing] ?? null, status: 'IN_PROGRESS' })
      expect(task(one)).toMatchObject({ ladderRefused: false, ladderNotice: '', status: 'IN_PROGRESS' })
    })

  it('DEV-CTRL: two owners are not one', () => {
    const one = lab()
    one.save('task', 't1', { ...item, assigneeId: ['u1', 'u2'] })
    expect(task(one)['ladderRefused']).toBe(true)
  })

  it('DEV-CTRL: a task of another kind is nobody’s control item', () => {
    const one = lab()
    expect(one.save('task', 't1', { ladderKind: 'CALL', status: 'TODO' })).toEqual([])
  })

  it('ESC-STALL: an item past its date is raised, and settled when it is done or gets another date', () => {
    const one = lab()
    one.save('task', 't1', item)
    expect(stagesDue(one.state, one.ctx)).toBe(one.instant('2026-03-06 09:00'))
    one.until('2026-03-06 10:00')
    expect(stalled(one)).toMatchObject([{ about: 't1', development: 'd1', status: 'OPEN' }])
    one.save('task', 't1', { dueAt: '2026-03-12T09:30:00.000Z' })
    expect(stalled(one)).toMatchObject([{ status: 'RESOLVED' }])
    one.until('2026-03-13 10:00')
    expect(stalled(one).filter(({ status }) => status === 'OPEN')).toHaveLength(1)
    one.save('task', 't1', { status: 'DONE' })
    expect(stalled(one).filter(({ status }) => status === 'OPEN')).toEqual([])
  })
})
