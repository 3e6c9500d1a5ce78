import type { Fields, GatheredRow } from '../../../schemas/events/index.ts'
import { audienceContext } from '../campaigns/audience.ts'
import { mayInvite } from '../campaigns/consent.ts'
import { isFor, ruleTest } from '../campaigns/rule.ts'
import type { Context } from '../context.ts'
import type { SubjectState } from '../state.ts'
import type { Gatherer } from './index.ts'

/**
 * How many customers audiences take now, and what campaigns brought with them (CAMP-AUD). `rules`: code → subject, rule spelled
 * out, and `since` (ISO date) where the rule reads it; `results`: a row too for each template and saved audience by which
 * customers were invited before. One row a code: `fits`, `invited`, `came`, `products`, `balance` (fen).
 */
export const audience: Gatherer = {
  whole: true,
  rows(state, ctx, { rules, results }) {
    const customer = audienceContext(state, ctx)
    const rows: GatheredRow[] = []
    if (mayInvite(state, ctx))
      for (const [ref, rule] of Object.entries((rules ?? {}) as Record<string, Fields>))
        if (
          isFor(state, rule['subject']) &&
          ruleTest(String(rule['rule']))({ ...customer, since: rule['since'] ?? null })
        )
          rows.push({ ref, fits: 1 })
    return results === true ? [...rows, ...broughtBy(state, ctx)] : rows
  },
  join(rows) {
    const sums = new Map<string, GatheredRow>()
    for (const row of rows) {
      const sum = sums.get(row.ref)
      if (!sum) sums.set(row.ref, { ...row })
      else
        for (const [name, value] of Object.entries(row))
          if (name !== 'ref') sum[name] = Number(sum[name] ?? 0) + Number(value)
    }
    return [...sums.values()].sort((a, b) => (a.ref < b.ref ? -1 : 1))
  },
}

/** What each campaign came to with this customer, by its template and by the saved audiences that it called. */
const broughtBy = (state: SubjectState, ctx: Context): GatheredRow[] =>
  Object.values(state.records['participation'] ?? {}).flatMap(({ deleted, fields }) => {
    const opened = state.campaigns[String(fields['campaign'])]
    if (deleted || !opened) return []
    const called = opened.calls ?? ctx.playbook.campaigns.get(opened.templateCode)?.calls ?? []
    const brought = {
      invited: fields['invite'] === 'TO_INVITE' ? 0 : 1,
      came: fields['attendance'] === 'CAME' ? 1 : 0,
      products: Number(fields['products'] ?? 0),
      balance: Number(fields['balanceWon'] ?? 0),
    }
    return [opened.templateCode, ...called].map((ref) => ({ ref, ...brought }))
  })
