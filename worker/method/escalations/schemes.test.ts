import { describe, expect, it } from 'vitest'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import type { Attributes } from '../../../schemas/model/attributes.ts'
import { compilePlaybook } from '../playbook/compile.ts'
import { compilePolicy } from '../playbook/policies.ts'
import { Subject } from '../tiers/kit.ts'

/** An individual of the mass by assets, of a value tier by what core banking tells, whose contact is overdue. */
const overdue = (attributes: Attributes): Subject => {
  const subject = new Subject('person:p1').known()
  subject.fact({ kind: 'customer.profile', customer: 'person', name: '李', attributes })
  const proposed = subject.upserts('tierRating').find(({ fields }) => fields['approval'] === 'PROPOSED')
  if (proposed)
    subject.save('tierRating', 'r1', {
      ...proposed.fields,
      ladderKey: proposed.key,
      approval: 'APPROVED',
      approvedBy: '王委员',
      reason: '同意',
    })
  subject.balance(20_000)
  subject.until('2028-01-10 17:30', 5000)
  return subject
}
const policyOf = (subject: Subject) =>
  subject.escalations().find(({ cause }) => cause === 'ESC_CADENCE' && subject.state.rating)?.policy

describe('ladders by the tiers of several schemes', () => {
  it('ESC-LADDER: a VIP by TIER-VALUE climbs the ladder of the best, whatever its tier by assets', () => {
    const vip = overdue({ goldHead: true })
    expect(vip.customer).toMatchObject({ ladderTier: 'MASS', ladderValueTier: 'VIP' })
    expect(policyOf(vip)).toBe('ESC-CADENCE-TOP')
    const target = overdue({ otherBankVip: true })
    expect(target.customer).toMatchObject({ ladderTier: 'MASS', ladderValueTier: 'TARGET' })
    expect(policyOf(target)).toBe('ESC-CADENCE')
  })

  it('ESC-LADDER: a tier by its code alone is the leading scheme’s: gold by TIER-METAL is not gold by TIER-CORP', () => {
    const result = compilePlaybook(defaultPlaybook, 1)
    const policies = result.ok ? result.playbook.policies : []
    const first = (tier: string | null, ...named: string[]) =>
      policies.find(({ matches }) => matches('ESC_MOVE', tier, named))?.id
    expect(first('MID', 'TIER-CORP:MID', 'TIER-METAL:GOLD')).toBe('ESC-MOVE')
    expect(first('GOLD', 'TIER-CORP:GOLD', 'TIER-METAL:IRON')).toBe('ESC-MOVE-TOP')
  })

  it('ESC-LADDER: a policy may name tiers of any scheme, or leave them out; one that no scheme gives is refused', () => {
    const tiers = ['GOLD', 'MID', 'TIER-METAL:GOLD', 'TIER-METAL:IRON']
    const policy = (cell: string) =>
      compilePolicy({ id: 'P', name: { en: 'P', zh: 'P' }, causes: '-', tiers: cell, levels: [] }, tiers)
    const takes = (cell: string, tier: string, ...named: string[]) => {
      const made = policy(cell)
      return made.ok && made.policy.matches('ESC_MOVE', tier, named)
    }
    expect(takes('"TIER-METAL:GOLD"', 'MID', 'TIER-METAL:GOLD')).toBe(true)
    expect(takes('"TIER-METAL:GOLD"', 'GOLD', 'TIER-METAL:IRON')).toBe(false)
    expect(takes('not("GOLD")', 'MID', 'TIER-METAL:GOLD')).toBe(true)
    expect(takes('not("GOLD","TIER-METAL:GOLD")', 'MID', 'TIER-METAL:GOLD')).toBe(false)
    expect(takes('not("GOLD","TIER-METAL:GOLD")', 'MID', 'TIER-METAL:IRON')).toBe(true)
    expect(policy('"TIER-METAL:SILVER"').ok).toBe(false)
  })
})
