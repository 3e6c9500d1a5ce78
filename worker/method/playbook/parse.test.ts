import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { parsePlaybook } from './parse.ts'

type Json = Record<string, unknown>

const issuesOf = (change: (playbook: Json) => void) => {
  const playbook = JSON.parse(JSON.stringify(defaultPlaybook)) as Json
  change(playbook)
  const parsed = parsePlaybook(playbook, defaultPlaybook)
  return parsed.ok ? [] : parsed.issues
}
const inside = (playbook: Json, ...path: (string | number)[]): Json =>
  path.reduce<unknown>((value, part) => (value as Record<string | number, unknown>)[part], playbook) as Json

describe('parsePlaybook', () => {
  it('reads what was exported', () => {
    expect(parsePlaybook(JSON.parse(JSON.stringify(defaultPlaybook)))).toEqual({ ok: true, playbook: defaultPlaybook })
  })

  it('tells path, what is wrong and an example, in both languages', () => {
    const [issue] = issuesOf((playbook) => {
      delete inside(playbook, 'pipelines', 0, 'stages', 3, 'exit', 0)['rule']
    })
    expect(issue).toEqual({
      severity: 'error',
      path: 'pipelines[0].stages[3].exit[0].rule',
      message: { en: 'is missing: give a text.', zh: '缺失：请填写文本。' },
      example: '"verdict = \\"DEVELOP\\""',
    })
  })

  it.each([
    ['12-31', true],
    ['04-30', true],
    ['02-28', true],
    ['02-29', false],
    ['02-30', false],
    ['04-31', false],
    ['13-01', false],
  ])('TIER-RERATE, CAMP-PHASE: %s is a day of every year: %s', (day, isRight) => {
    const issues = issuesOf((playbook) => {
      inside(playbook, 'schemes', 2, 'run')['on'] = day
      const programme = defaultPlaybook.campaigns.findIndex(({ code }) => code === 'CAMP-PHASE')
      inside(playbook, 'campaigns', programme, 'plan', 'phases', 2)['to'] = day
    })
    expect(issues.map(({ path }) => path).sort()).toEqual(
      isRight ? [] : [expect.stringContaining('campaigns['), 'schemes[2].run.on'],
    )
  })

  it('a value of the wrong kind, an unknown member and an unknown code are told with what was found', () => {
    const issues = issuesOf((playbook) => {
      inside(playbook, 'pipelines', 0, 'stages', 0)['allowanceDays'] = 'ten'
      inside(playbook, 'calendar')['holidays'] = []
      inside(playbook, 'escalations', 0, 'levels', 0)['role'] = 'BOSS'
      inside(playbook, 'calendar', 'hours', 0)['from'] = '9 Uhr'
    })
    const told = Object.fromEntries(issues.map(({ path, message }) => [path, message.en]))
    expect(told['pipelines[0].stages[0].allowanceDays']).toBe('must be a number, not "ten".')
    expect(told['calendar']).toContain('holidays')
    expect(told['escalations[0].levels[0].role']).toContain('LOBBY_MANAGER')
    expect(told['calendar.hours[0].from']).toContain('09:00')
  })

  it('both languages are asked for', () => {
    const [issue] = issuesOf((playbook) => {
      delete inside(playbook, 'pipelines', 0, 'stages', 0, 'guidance')['zh']
    })
    expect(issue?.path).toBe('pipelines[0].stages[0].guidance.zh')
  })

  it('never throws, whatever it gets', () => {
    for (const value of [null, 1, 'x', [], {}, { format: 'ladder-playbook/2' }])
      expect(parsePlaybook(value).ok).toBe(false)
  })
})
