import type { Label } from '../../../schemas/model/define.ts'
import { type Cause, CAUSES, type EscalationPolicy, type Playbook } from '../../../schemas/playbook/index.ts'
import { compileTable, type Table } from '../../rules/index.ts'
import type { CompiledPolicy } from '../context.ts'
import { tierOf } from '../tiers/standings.ts'
import type { Findings } from './issues.ts'

/** Causes are written as method ids in cells, `"ESC-MOVE"`; the CRM's option code `ESC_MOVE` is understood too. */
const methodId = (text: string): string => text.replace(/\b(ESC|TIER)_/g, '$1-')
const quoted = (values: readonly string[]): string => values.map((value) => JSON.stringify(value)).join(',')

/** Every tier that a scheme of the playbook gives. */
export const tiersOf = ({ schemes }: Playbook): string[] => [...new Set(schemes.flatMap(({ tiers }) => tiers))]

/** Every tier by its name in policies and other lists, `TIER-VALUE:VIP`. */
export const namedTiersOf = ({ schemes }: Playbook): string[] =>
  schemes.flatMap(({ id, tiers }) => tiers.map((tier) => tierOf(id, tier)))

/** Causes that can come about by a playbook: those of its occasions and leaders' visits only where it has them. */
export const causesOf = ({ occasions, leaderVisits, rms }: Playbook): Cause[] => [
  'ESC_MOVE',
  'ESC_CADENCE',
  'ESC_STALL',
  ...(rms ? (['TIER_RM'] as const) : []),
  ...(leaderVisits.length > 0 ? (['ESC_VISIT'] as const) : []),
  ...new Set(occasions.flatMap(({ cause }) => cause ?? [])),
]

export interface PolicyIssue {
  column: 'causes' | 'tiers' | null
  message: Label
}

/** The two cells of a policy as a table of one row: cause and tier. */
const tableOf = (policy: Pick<EscalationPolicy, 'causes' | 'tiers'>, tiers?: readonly string[]): Table => ({
  id: 'ESC_LADDER',
  name: 'ESC-LADDER',
  hitPolicy: 'F',
  inputs: [
    { name: 'causes', expression: 'cause', type: 'string', ...(tiers ? { values: methodId(quoted(CAUSES)) } : {}) },
    { name: 'tiers', expression: 'tier', type: 'string', ...(tiers ? { values: quoted(tiers) } : {}) },
  ],
  outputs: [{ name: 'policy', type: 'boolean' }],
  rules: [{ id: 'policy', when: [methodId(policy.causes), policy.tiers], then: ['true'] }],
})

/** Compiles one policy (ESC-LADDER), or tells what is wrong with its cells. */
export const compilePolicy = (
  policy: EscalationPolicy,
  tiers: readonly string[],
): { ok: true; policy: CompiledPolicy } | { ok: false; issues: PolicyIssue[] } => {
  const options = { names: { cause: '', tier: '' }, regions: false }
  const checked = compileTable(tableOf(policy, tiers), options)
  const running = compileTable(tableOf(policy), options)
  if (!checked.ok || !running.ok) {
    const issues = checked.ok ? [] : checked.issues
    return {
      ok: false,
      issues: issues.map(({ column, message }) => ({
        column: column === 'causes' || column === 'tiers' ? column : null,
        message,
      })),
    }
  }
  const { table } = running
  const takes = (cause: Cause, tier: string | null): boolean =>
    table.run({ cause: methodId(cause), tier }).rows.length > 0
  const isNamed = policy.tiers.includes(':')
  // what a policy leaves out must be none of the customer's tiers
  const isNot = policy.tiers.trim().startsWith('not')
  return {
    ok: true,
    policy: {
      id: policy.id,
      levels: policy.levels,
      matches: (cause, tier, named = []) => {
        const tiers = isNamed ? [tier, ...named] : [tier]
        return isNot ? tiers.every((one) => takes(cause, one)) : tiers.some((one) => takes(cause, one))
      },
    },
  }
}

/** All policies in their order. A cause or tier that none of them takes would go unheard: an error. */
export const compilePolicies = (source: Playbook, found: Findings): CompiledPolicy[] => {
  const tiers = tiersOf(source)
  const named = namedTiersOf(source)
  found.unique(
    source.escalations.map(({ id }, index) => ({ path: `escalations[${index}].id`, value: id })),
    'The policy',
    '升级策略',
  )
  const compiled = source.escalations.flatMap((policy, index) => {
    const result = compilePolicy(policy, [...tiers, ...named])
    if (result.ok) return [result.policy]
    for (const { column, message } of result.issues)
      found.add(
        'error',
        `escalations[${index}]${column ? `.${column}` : ''}`,
        message,
        column === 'tiers' ? '"GOLD","HIGH_END"' : '"ESC-MOVE"',
      )
    return []
  })
  if (compiled.length === source.escalations.length) checkCover(compiled, tiers, named, causesOf(source), found)
  return compiled
}

const checkCover = (
  policies: CompiledPolicy[],
  tiers: string[],
  named: string[],
  causes: readonly Cause[],
  found: Findings,
): void => {
  const used = new Set<string>()
  const missing: string[] = []
  for (const cause of causes) {
    for (const one of named) {
      const policy = policies.find(({ matches }) => matches(cause, null, [one]))
      if (policy) used.add(policy.id)
    }
    for (const tier of [...tiers, null]) {
      const policy = policies.find(({ matches }) => matches(cause, tier))
      if (policy) used.add(policy.id)
      // a playbook that is older than this cause goes on: its customer's manager is told
      else if (cause !== 'TIER_RM') missing.push(`${methodId(cause)} / ${tier ?? '-'}`)
    }
  }
  if (missing.length > 0)
    found.error(
      'escalations',
      `Nobody is told about: ${missing.join('; ')}. Add a policy for all the rest at the end.`,
      `以下情形无人受理：${missing.join('；')}。请在末尾增加一条兜底策略。`,
      '{"causes": "-", "tiers": "-"}',
    )
  policies.forEach(({ id }, index) => {
    if (used.has(id) || index === policies.length - 1) return
    found.warn(
      `escalations[${index}]`,
      `The policy ${id} is never used: earlier ones take all that it would.`,
      `策略 ${id} 不会被用到：其情形已被前面的策略全部覆盖。`,
    )
  })
}
