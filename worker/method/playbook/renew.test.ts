import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { noDocuments, type Playbook } from '../../../schemas/playbook/index.ts'
import { compilePlaybook } from './compile.ts'
import { lackingParts, withParts } from './renew.ts'

/** A playbook of before there were occasions, documents, value tiers and five of the pipelines; its bank changed a table. */
const kept = (): Playbook => {
  const { pipelines, schemes, tables, campaigns, escalations } = structuredClone(defaultPlaybook)
  const ownTables = tables.filter(({ code }) => ['TIER_CONTACT', 'TIER_CORP', 'ESC_MOVE'].includes(code))
  for (const { table } of ownTables) table.name = '本行的表'
  return {
    ...defaultPlaybook,
    ...{ occasions: [], promises: [], leaderVisits: [], joint: [], documents: noDocuments, rms: null },
    pipelines: pipelines.filter(({ code }) => code === 'DEV_B' || code === 'DEV_C'),
    schemes: schemes.filter(({ leading }) => leading),
    tables: ownTables,
    campaigns: campaigns.filter(({ code }) => code === 'CAMP-S1'),
    escalations: escalations
      .filter(({ id, causes }) => id !== 'TIER-RM' && !/COMPL|PROMISE|VISIT/.test(causes))
      .map((one) => ({ ...one, tiers: one.tiers === '-' ? '-' : '"GOLD"' })),
  }
}

describe('parts that came since a playbook was made', () => {
  it('are named one by one; a playbook that has them all lacks none', () => {
    expect(lackingParts(defaultPlaybook, defaultPlaybook)).toEqual([])
    const lacking = lackingParts(kept(), defaultPlaybook)
    expect(lacking).toEqual(
      expect.arrayContaining([
        'pipelines.DEV_A',
        'schemes.TIER-VALUE',
        'documents.PROPOSAL',
        'occasions.ILLNESS',
        'rms',
      ]),
    )
    expect(lacking).not.toContain('tables.TIER_CONTACT')
  })

  it('DEV-A: a pipeline comes with the layouts that its stages ask for, in its place, and all that is the bank’s own stays', () => {
    const own = kept()
    const { playbook, added, unknown } = withParts(own, defaultPlaybook, ['pipelines.DEV_A', 'no.SUCH'])
    expect(unknown).toEqual(['no.SUCH'])
    expect(added.toSorted()).toEqual([
      'documents.INTERNAL_PLAN',
      'documents.PROPOSAL',
      'documents.VALUE_REPORT',
      'pipelines.DEV_A',
    ])
    expect(playbook.pipelines.map(({ code }) => code)).toEqual(['DEV_A', 'DEV_B', 'DEV_C'])
    expect({ ...playbook, pipelines: [], documents: null }).toEqual({ ...own, pipelines: [], documents: null })
    const compiled = compilePlaybook(playbook, 1)
    expect(compiled.ok ? [] : compiled.issues).toEqual([])
  })

  it('TIER-VALUE, ESC-LADDER: a scheme brings its table; a policy stands before the one for all the rest', () => {
    const { playbook, added } = withParts(kept(), defaultPlaybook, ['schemes.TIER-VALUE', 'escalations'])
    expect(added).toEqual(expect.arrayContaining(['tables.TIER_VALUE', 'schemes.TIER-VALUE', 'escalations.TIER-RM']))
    expect(playbook.escalations.at(-1)?.causes).toBe('-')
    expect(playbook.tables[0]?.table.name).toBe('本行的表')
  })

  it('CAMP-MEET: a template brings the saved audiences that it calls', () => {
    const own = { ...kept(), audiences: [], campaigns: [] }
    const { added, playbook } = withParts(own, defaultPlaybook, ['campaigns.CAMP-MEET'])
    expect(added).toEqual(['campaigns.CAMP-MEET', 'audiences.WEALTH', 'audiences.KEY_FIRMS'])
    expect(compilePlaybook(playbook, 1).ok).toBe(true)
  })

  it('all of them together are in force as they are', () => {
    const own = kept()
    const { playbook } = withParts(own, defaultPlaybook, lackingParts(own, defaultPlaybook))
    const compiled = compilePlaybook(playbook, 1)
    expect(compiled.ok ? [] : compiled.issues).toEqual([])
    expect(lackingParts(playbook, defaultPlaybook)).toEqual([])
    expect(own).toEqual(kept())
  })
})
