import { describe, expect, it } from 'vitest'
import type { Fields } from '../../../schemas/events/index.ts'
import { gatherFrom } from '../gather/index.ts'
import { at, Lab } from './kit.ts'

const warned = (lab: Lab): string[] => lab.open('company:c1/stage-warning/')

describe('DEV-SRC', () => {
  it('DEV-SRC: a development that begins without a source is warned of with a task, until it has one', () => {
    const lab = Lab.of('company:c1')
    lab.known()
    lab.develop({ stage: 'DEV_A01', leadSource: null })
    expect(lab.development['stageNotice']).toContain('客户来源')
    expect(warned(lab)).toEqual(['company:c1/stage-warning/d1/DEV-SRC/0'])
    lab.develop({ leadSource: 'AGENT' })
    expect(lab.development['stageNotice']).toBe('')
    expect(warned(lab)).toEqual([])
    expect(lab.state.developments['d1']).toMatchObject({ source: 'AGENT' })
  })

  it('DEV-SRC: it keeps no development from going on', () => {
    const lab = Lab.of('company:c1')
    lab.known()
    lab.develop({ stage: 'DEV_A01', leadSource: null })
    lab.develop({ stage: 'DEV_A02', segmentName: '农产品', segmentFeatures: '季节性' })
    expect(lab.development['stage']).toBe('DEV_A02')
    expect(warned(lab)).toHaveLength(1)
  })

  it('DEV-SRC: where the customer says how it was found, its developments have it from there', () => {
    const lab = Lab.of('company:c1')
    lab.known({ ladderSource: 'REFERRAL' })
    lab.develop({ stage: 'DEV_A01', leadSource: null })
    expect(lab.development['leadSource']).toBe('REFERRAL')
    expect(warned(lab)).toEqual([])
  })

  it('DEV-SRC: developments that were there before Ladder are not asked', () => {
    const lab = at(3, { leadSource: null })
    expect(warned(lab)).toEqual([])
    expect(lab.state.developments['d1']?.source ?? null).toBeNull()
  })

  it('DEV-SRC: the report counts developments by source and stage, and those that are won, over all customers', () => {
    const lead = (source: string | null, fields: Fields = {}): Lab => {
      const lab = Lab.of('company:c1')
      lab.known()
      lab.develop({ pipeline: 'DEV_A', stage: 'DEV_A01', leadSource: source, ...fields })
      return lab
    }
    const labs = [lead('AGENT'), lead('AGENT', { agreementSigned: true }), lead('WEB'), lead(null)]
    const alone = Lab.of('development:d1')
    alone.develop({ pipeline: 'DEV_B', stage: 'DEV_B01', leadSource: 'WEB' })
    const gone = lead('WEB')
    gone.save('development', 'd1', {}, { deleted: true, at: '2026-03-03T02:00:00.000Z' })
    const states = [...labs, alone, gone].map(({ state }) => state)
    expect(gatherFrom(states, 'sources', {}, alone.ctx).rows).toMatchObject([
      { source: '', stage: 'DEV_A01', count: 1, won: 0 },
      { source: 'AGENT', stage: 'DEV_A01', count: 2, won: 1 },
      { source: 'WEB', stage: 'DEV_A01', count: 1, won: 0 },
      { source: 'WEB', stage: 'DEV_B01', count: 1, won: 0 },
    ])
  })
})
