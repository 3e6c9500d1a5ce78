import type { Decision, Fields, LadderEvent } from '../../../schemas/events/index.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import type { Playbook } from '../../../schemas/playbook/index.ts'
import type { CompiledPipeline, Context } from '../context.ts'
import { decideInPlace } from '../decide.ts'
import { Subject } from '../tiers/kit.ts'

/** For tests: a subject under all rules together, which remembers the pipelines that it has seen, as a Book does. */
export class Lab extends Subject {
  private readonly kept = new Map<string, CompiledPipeline>()

  static of(ref: string, playbook: Partial<Playbook> = {}): Lab {
    return new Lab(ref, playbook)
  }

  override get ctx(): Context {
    for (const pipeline of this.playbook.pipelines.values()) this.kept.set(pipeline.hash, pipeline)
    return { ...super.ctx, pipeline: (hash) => this.kept.get(hash) }
  }

  override feed(event: LadderEvent): Decision[] {
    const { decisions } = decideInPlace(this.state, event, this.ctx)
    this.decisions.push(...decisions)
    return decisions
  }

  /** A development of this customer as the CRM has it now. */
  get development(): Fields {
    return this.state.records['development']?.['d1']?.fields ?? {}
  }

  /** A person saves the development `d1`; a minute passes. */
  develop(fields: Fields, adopt = false): Decision[] {
    this.now += 60_000
    const seen = this.state.records['development']?.['d1']
    const at = new Date(this.now).toISOString()
    return this.feed({
      type: 'record.changed',
      id: `d${this.now}`,
      via: 'webhook',
      ...(adopt ? { adopt } : {}),
      record: {
        object: 'development',
        id: 'd1',
        at,
        createdAt: seen?.createdAt ?? at,
        deleted: false,
        fields: { name: '华星开发', pipeline: 'DEV_A', leadSource: 'COLD', ...seen?.fields, ...fields },
      },
    })
  }

  /** Titles or keys of open tasks of a kind, by key. */
  open(prefix: string): string[] {
    return this.openTasks().filter((key) => key.startsWith(prefix))
  }
}

export const file: Fields = Object.fromEntries(
  (defaultPlaybook.pipelines[0]?.fileFields ?? []).map((name) => [name, '有']),
)
export const qualified: Fields = {
  hasNeed: true,
  canBuy: true,
  meetsConditions: true,
  hasAuthority: true,
  createsValue: true,
}

/** What each stage asks for before it may be left, field by field: leaving one out must be refused. */
export const needs: [id: string, fields: Fields][] = [
  ['DEV-A01', { segmentName: '农产品加工', segmentFeatures: '季节性强' }],
  ['DEV-A02', { listApproved: true, rm: 'rm1' }],
  ['DEV-A03', file],
  ['DEV-A04', { verdict: 'DEVELOP' }],
  ['DEV-A05', { visitOn: '2026-03-20T02:00:00.000Z' }],
  ['DEV-A06', { visitRecord: '已访', nextStep: '调查', nextStepOn: '2026-03-27' }],
  ['DEV-A07', { checklistDone: ['A07_FORMS', 'A07_SUMMARY'] }],
  [
    'DEV-A08',
    {
      documentsWanted: ['VALUE_REPORT'],
      coreCompetitiveness: '模具设计',
      scoreOperation: 80,
      scoreFinance: 70,
      scoreSales: 60,
      scoreManagement: 75,
      scoreTechnology: 65,
      scoreIndustry: 70,
    },
  ],
  [
    'DEV-A09',
    {
      documentsWanted: ['INTERNAL_PLAN', 'PROPOSAL'],
      planProducts: '贴现',
      planRisks: '集中度',
      planLaunch: '六周',
      revenueEstimate: 100,
      planApproved: true,
      proposalJudgement: '好',
      proposalAdvantages: '全',
      proposalContent: '授信',
      proposalProspects: '长',
      proposalApproved: true,
    },
  ],
  ['DEV-A10', { agreementSigned: true, agreementOn: '2026-06-01', agreementNo: 'XY-1' }],
  ['DEV-A11', { firstProductLiveOn: '2026-07-01' }],
]
export const codeOf = (number: number): string => `DEV_A${String(number).padStart(2, '0')}`
export const all: Fields = Object.assign({}, qualified, ...needs.map(([, fields]) => fields), {
  documentsWanted: ['VALUE_REPORT', 'INTERNAL_PLAN', 'PROPOSAL'],
})

/** A company without owner, so that the RM must be named, with a development at a stage and nothing filled in. */
export const at = (stage: number, fields: Fields = {}): Lab => {
  const lab = Lab.of('company:c1')
  lab.known({ accountOwnerId: null })
  lab.develop({ stage: codeOf(stage), ...qualified, ...fields }, true)
  return lab
}
