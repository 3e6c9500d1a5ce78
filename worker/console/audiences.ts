import type { Fields, GatheredRow } from '../../schemas/events/index.ts'
import { rulesOf } from '../method/campaigns/counts.ts'
import { spelledOut } from '../method/campaigns/named.ts'
import { audienceNames } from '../method/campaigns/names.ts'
import { checkRule } from '../method/playbook/check-pipelines.ts'
import { Findings } from '../method/playbook/issues.ts'
import type { Seen } from '../method/measures/report.ts'
import type { Basis } from '../account/index.ts'
import type { Env } from '../shell/env.ts'
import { askAll } from './ask-all.ts'

/** One audience counted: who fits now, and what campaigns brought with it. `balance` in fen. */
export interface AudienceCount {
  code: string
  fits: number
  invited: number
  came: number
  products: number
  balance: number
}

export type Counted = { ok: true; audiences: AudienceCount[] } | { ok: false; message: string }

/** A rule that is tried out before it is saved. */
export interface Trial {
  subject: 'PERSON' | 'COMPANY' | 'BOTH'
  rule: string
}

/**
 * Counts all customers now by every saved audience and template of the playbook in force, or by one rule that is tried out
 * (CAMP-AUD). Nothing is written.
 */
export const countAudiences = async (
  env: Env,
  { books, source }: Basis,
  trial: Trial | undefined,
  seen: Seen,
): Promise<Counted> => {
  let rules: Fields = rulesOf(source)
  if (trial) {
    const rule = spelledOut(trial.rule, source.audiences)
    const found = new Findings()
    checkRule(rule, 'rule', audienceNames, found)
    const [issue] = found.list
    if (issue) return { ok: false, message: issue.message.en }
    rules = { TRIAL: { subject: trial.subject, rule } }
  }
  const params = { rules, results: !trial }
  const answer = await askAll(env, books, 'audience', params, seen)
  return { ok: true, audiences: Object.keys(rules).map((code) => countOf(code, answer.rows)) }
}

const countOf = (code: string, rows: GatheredRow[]): AudienceCount => {
  const row = rows.find(({ ref }) => ref === code)
  const of = (name: string): number => Number(row?.[name] ?? 0)
  return {
    code,
    fits: of('fits'),
    invited: of('invited'),
    came: of('came'),
    products: of('products'),
    balance: of('balance'),
  }
}
