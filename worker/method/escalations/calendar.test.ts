import { describe, expect, it } from 'vitest'
import type { Calendar } from '../../../schemas/playbook/index.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { Lab } from '../stages/kit.ts'
import { compiled } from '../tiers/kit.ts'

const KEY = 'company:c1/escalation/ESC_MOVE/1'
const withDays = (lab: Lab, ...days: Calendar['days']): void => {
  const { source } = lab.playbook
  lab.playbook = compiled({ ...source, calendar: { ...source.calendar, days } }, 2)
  lab.feed({ type: 'time.passed', id: `calendar/${JSON.stringify(days)}` })
}

/** A gold company whose balance falls on Friday at 17:00, with a development in its first stage and a joint action. */
const friday = (): Lab => {
  const lab = Lab.of('company:c1', { joint: defaultPlaybook.joint, leaderVisits: [] })
  lab.at('2026-03-06 10:00').known()
  lab.balance(50_000_000, 'b1')
  lab.develop({ stage: 'DEV_A01' })
  lab.at('2026-03-06 17:00').balance(20_000_000, 'b2')
  return lab
}

describe('working time that changes while clocks run', () => {
  const dues = (lab: Lab) => {
    const local = (at: string | null | undefined): string =>
      at ? new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ') : '-'
    const stage = lab.state.developments['d1']?.due
    const task = (key: string) => local(lab.state.tasks[key]?.due)
    return {
      climbs: local(lab.state.escalations[KEY]?.climbsAt),
      told: task(`${KEY}/task/1/1`),
      joint: task(`${KEY}/joint/VICE_PRESIDENT`),
      stage,
      stageTask: task('company:c1/stage/d1/DEV_A01/0').slice(0, 10),
    }
  }

  it('ESC-LADDER: a Saturday that is worked brings clocks, joint action and stages forward, a day off puts them back', () => {
    const lab = friday()
    const plain = dues(lab)
    expect(plain).toMatchObject({ climbs: '2026-03-09 10:30', told: '2026-03-09 10:30', joint: '2026-03-10 17:00' })
    expect(plain.stageTask).toBe(plain.stage)

    withDays(lab, { on: '2026-03-07', work: true })
    const sooner = dues(lab)
    expect(sooner).toMatchObject({ climbs: '2026-03-07 10:30', told: '2026-03-07 10:30', joint: '2026-03-09 17:00' })
    expect(String(sooner.stage) < String(plain.stage)).toBe(true)
    expect(sooner.stageTask).toBe(sooner.stage)
    expect(lab.written('task', `${KEY}/joint/VICE_PRESIDENT`)['dueAt']).toBe(
      lab.state.tasks[`${KEY}/joint/VICE_PRESIDENT`]?.due,
    )
    expect(lab.written('escalation', KEY)['climbsAt']).toBe(lab.state.escalations[KEY]?.climbsAt)

    withDays(lab, { on: '2026-03-09', work: false })
    const later = dues(lab)
    expect(later).toMatchObject({ climbs: '2026-03-10 10:30', told: '2026-03-10 10:30', joint: '2026-03-11 17:00' })
    expect(String(later.stage) > String(plain.stage)).toBe(true)

    withDays(lab)
    expect(dues(lab)).toEqual(plain)
  })
})
