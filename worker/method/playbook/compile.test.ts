import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import type { Playbook } from '../../../schemas/playbook/index.ts'
import { compilePlaybook } from './compile.ts'
import { hashOf } from './hash.ts'

const changed = (change: (playbook: Playbook) => void): Playbook => {
  const playbook = structuredClone(defaultPlaybook)
  change(playbook)
  return playbook
}

const issuesOf = (change: (playbook: Playbook) => void) => {
  const result = compilePlaybook(changed(change), 1, '2026-11-22')
  return result.ok ? result.warnings : result.issues
}

const at = <T>(list: readonly T[], index: number): T => list[index] as T

describe('compilePlaybook', () => {
  it('the default playbook compiles; its only warning is that nobody holds a role yet', () => {
    const result = compilePlaybook(defaultPlaybook, 1, '2026-11-22')
    expect(result).toMatchObject({ ok: true })
    expect(result.ok && result.warnings.map(({ path }) => path)).toEqual(['roles'])
  })

  it('DEV-A03: an exit rule that reads an unknown field is refused with its path', () => {
    const issues = issuesOf((playbook) => {
      at(at(at(playbook.pipelines, 0).stages, 2).exit, 0).rule = 'completness >= 80'
    })
    expect(issues).toContainEqual(
      expect.objectContaining({ severity: 'error', path: 'pipelines[0].stages[2].exit[0].rule' }),
    )
  })

  it('an exit rule may read a path such as visits.planned, but none that is not there', () => {
    const issues = issuesOf((playbook) => {
      at(at(at(playbook.pipelines, 0).stages, 4).exit, 0).rule = 'visits.plannd > 0 and visits.held > 0'
    })
    expect(issues.filter(({ severity }) => severity === 'error').map(({ message }) => message.en)).toEqual([
      expect.stringContaining('visits.plannd'),
    ])
  })

  it('TIER-CONTACT, DEV-A03: a rule or a cell that asks what time it is is warned of: rules have no clock', () => {
    const issues = issuesOf((playbook) => {
      at(at(at(playbook.pipelines, 0).stages, 4).exit, 0).rule = 'visitOn <= now ()'
      at(at(playbook.pipelines, 0).stages, 5).exit = [
        { id: 'DEV-A06-RECORD', rule: 'nextStep != "today()"', message: { en: 'x', zh: 'x' }, level: 'enforce' },
      ]
      const [rule] = playbook.tables.find(({ code }) => code === 'TIER_LIFE')?.table.rules ?? []
      if (rule) rule.then = ['if date("2026-01-01") < today() then "BASICS" else "ESTATE"']
    })
    const told = issues.filter(({ message }) => message.en.includes('no clock')).map(({ path }) => path)
    expect(told).toEqual([
      'pipelines[0].stages[4].exit[0].rule',
      expect.stringMatching(/^tables\[\d+\]\.table\.rules\[0\]$/),
    ])
  })

  it('an unreadable rule, unknown field, checklist code and stage are each told', () => {
    const paths = issuesOf((playbook) => {
      const pipeline = at(playbook.pipelines, 0)
      at(at(pipeline.stages, 0).exit, 0).rule = 'segmentName !='
      at(pipeline.stages, 0).fields.push('nosuch')
      at(at(pipeline.stages, 1).checklist, 0).code = 'A02_NO_SUCH'
      at(pipeline.stages, 3).code = 'DEV_Z01'
      pipeline.fileFields.push('alsoNot')
    }).map(({ path }) => path)
    expect(paths).toEqual(
      expect.arrayContaining([
        'pipelines[0].stages[0].exit[0].rule',
        'pipelines[0].stages[0].fields[4]',
        'pipelines[0].stages[1].checklist[0].code',
        'pipelines[0].stages[3].code',
        'pipelines[0].fileFields[13]',
      ]),
    )
  })

  it('duplicate ids are told with both places', () => {
    const issues = issuesOf((playbook) => {
      at(playbook.escalations, 1).id = at(playbook.escalations, 0).id
      at(at(playbook.pipelines, 0).stages, 1).code = 'DEV_A01'
    })
    expect(issues.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['escalations[1].id', 'pipelines[0].stages[1].code']),
    )
    expect(issues.find(({ path }) => path === 'escalations[1].id')?.message.en).toContain('escalations[0].id')
  })

  it('TIER-CONTACT: a bad cell is told with row and column', () => {
    const issues = issuesOf((playbook) => {
      at(at(playbook.tables, 0).table.rules, 1).when = ['[50000..']
    })
    expect(issues).toContainEqual(
      expect.objectContaining({ severity: 'error', path: 'tables[0].table.rules[1].when[0]' }),
    )
  })

  it('TIER-CORP: a tier outside the scheme and a role that does not exist are refused', () => {
    const issues = issuesOf((playbook) => {
      const rule = at(at(playbook.tables, 1).table.rules, 3)
      rule.then = ['"MASS"', '2', '"RM, BOSS"']
    })
    const paths = issues.filter(({ severity }) => severity === 'error').map(({ path }) => path)
    expect(paths).toContain('tables[1].table.rules[3].then[0]')
    expect(issues.find(({ path }) => path === 'tables[1].table.rules[3].then[2]')?.message.en).toContain('BOSS')
  })

  it('a scheme and the movement rule must find their table', () => {
    const paths = issuesOf((playbook) => {
      at(playbook.schemes, 0).table = 'TIER_NONE'
      playbook.movement.table = 'ESC_NONE'
    }).map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['schemes[0].table', 'movement.table']))
  })

  it('ESC-LADDER: a cause or tier that no policy takes is refused', () => {
    const issues = issuesOf((playbook) => {
      playbook.escalations = playbook.escalations.filter(({ id }) => id !== 'ESC-STALL' && id !== 'ESC-LADDER')
    })
    expect(issues.find(({ path }) => path === 'escalations')?.message.en).toContain('ESC-STALL / MID')
  })

  it('ESC-LADDER: a mistyped cause or tier is refused', () => {
    const paths = issuesOf((playbook) => {
      at(playbook.escalations, 0).causes = '"ESC-MOVES"'
      at(playbook.escalations, 2).tiers = '"GOLDEN"'
    }).map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['escalations[0].causes', 'escalations[2].tiers']))
  })

  it('ESC-LADDER: the first matching policy is used, an unrated customer too', () => {
    const result = compilePlaybook(defaultPlaybook, 1)
    const policies = result.ok ? result.playbook.policies : []
    const first = (cause: 'ESC_MOVE' | 'ESC_CADENCE' | 'ESC_STALL', tier: string | null) =>
      policies.find(({ matches }) => matches(cause, tier))?.id
    expect(first('ESC_MOVE', 'GOLD')).toBe('ESC-MOVE-TOP')
    expect(first('ESC_MOVE', 'MID')).toBe('ESC-MOVE')
    expect(first('ESC_STALL', null)).toBe('ESC-STALL')
    expect(first('ESC_CADENCE', 'HIGH_END')).toBe('ESC-CADENCE-TOP')
  })

  it('CAMP-AUD: an audience rule that reads what is not there is refused', () => {
    const issues = issuesOf((playbook) => {
      at(playbook.campaigns, 0).audience = 'teir = "HIGH"'
    })
    expect(issues).toContainEqual(expect.objectContaining({ severity: 'error', path: 'campaigns[0].audience' }))
  })

  it('a calendar whose holidays have run out is warned of, not refused', () => {
    const result = compilePlaybook(defaultPlaybook, 1, '2027-01-04')
    expect(result.ok && result.warnings.map(({ path }) => path)).toContain('calendar.coveredUntil')
  })

  it('hours that end before they begin, and an unknown zone, are refused', () => {
    const paths = issuesOf((playbook) => {
      at(playbook.calendar.hours, 0).to = '08:00'
      playbook.calendar.zone = 'Asia/Nowhere'
    }).map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['calendar.hours[0]', 'calendar.zone']))
  })
})

describe('hashOf', () => {
  it('is the same whatever the order of keys, and another when the content is', () => {
    expect(hashOf({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(hashOf({ b: [{ d: 3, c: 2 }], a: 1 }))
    expect(hashOf({ a: 1 })).not.toBe(hashOf({ a: 2 }))
    expect(hashOf(defaultPlaybook.pipelines[0])).toMatch(/^[0-9a-z]{11}$/)
  })
})

describe('schemes side by side', () => {
  const issuesOf = (change: (schemes: Playbook['schemes']) => unknown) => {
    const playbook = structuredClone(defaultPlaybook)
    change(playbook.schemes)
    const result = compilePlaybook(playbook, 1)
    return result.ok ? [] : result.issues.map(({ path }) => path)
  }
  const index = (id: string) => defaultPlaybook.schemes.findIndex((one) => one.id === id)
  const set = (id: string, member: object) => (schemes: Playbook['schemes']) =>
    Object.assign(at(schemes, index(id)), member)

  it('one leads, each has its own field with the options that it gives', () => {
    const value = index('TIER-VALUE')
    expect(issuesOf(set('TIER-VALUE', { leading: true }))).toContain(`schemes[${value}].leading`)
    expect(issuesOf(set('TIER-VALUE', { field: 'ladderNeed' }))).toContain(`schemes[${index('TIER-NEED')}].field`)
    expect(issuesOf(set('TIER-VALUE', { field: 'ladderIndustry' }))).toContain(`schemes[${value}].field`)
    expect(issuesOf(set('TIER-VALUE', { tiers: ['VIP', 'IRON'] }))).toContain(`schemes[${value}].tiers[1]`)
    expect(issuesOf(set('TIER-VALUE', { committeeTiers: ['IRON'] }))).toContain(`schemes[${value}].committeeTiers`)
    expect(issuesOf(set('TIER-VALUE', { textField: 'ladderTierWhy' }))).toContain(`schemes[${value}].textField`)
  })

  it('a table may read the results of earlier schemes only', () => {
    const move = (schemes: Playbook['schemes']) => {
      at(schemes, index('TIER-CONTACT')).table = 'TIER_BTZ'
    }
    expect(issuesOf(move)).toContain(`schemes[${index('TIER-CONTACT')}].table`)
  })
})
