import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { diffPlaybooks } from './diff.ts'

describe('diffPlaybooks', () => {
  it('finds nothing between a playbook and its copy', () => {
    expect(
      diffPlaybooks(defaultPlaybook, JSON.parse(JSON.stringify(defaultPlaybook)) as typeof defaultPlaybook),
    ).toEqual([])
  })

  it('names what was changed, added and removed by its id', () => {
    const next = structuredClone(defaultPlaybook)
    const rule = next.tables[0]?.table.rules[1]
    if (rule) rule.then = ['"MID"', '3', '"RM"']
    next.campaigns.pop()
    next.roles.push({ role: 'VICE_PRESIDENT', members: ['vp@bank.example'] })
    const stage = next.pipelines[0]?.stages[2]
    if (stage) stage.allowanceDays = 12
    expect(diffPlaybooks(defaultPlaybook, next).map(({ part, change }) => [part, change])).toEqual([
      ['pipelines.DEV_A.DEV_A03', 'changed'],
      ['tables.TIER_CONTACT.TIER_CONTACT-2', 'changed'],
      ['campaigns.CAMP-EXP-TRAINING', 'removed'],
      ['roles.VICE_PRESIDENT', 'added'],
    ])
  })
})
