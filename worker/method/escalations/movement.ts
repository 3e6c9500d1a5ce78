import { evaluate } from '../../rules/index.ts'
import type { Draft } from '../draft.ts'
import type { Balance, EscalationState } from '../state.ts'
import { isPlain, tierFor } from '../tiers/evaluate.ts'
import { inputsOf } from '../tiers/inputs.ts'
import { leadingOf } from '../tiers/standings.ts'
import { percent, say, yuan } from '../tiers/text.ts'
import { findMovements, type Movement, type Thresholds } from './movement-find.ts'
import { alive, followPolicy, raise } from './raise.ts'
import { findStanding, settle } from './settle.ts'

/**
 * Large movements of a customer's balance (ESC-MOVE). The balances held decide, not the order in which they came: while an
 * escalation is open it tells of the latest movement; once it is resolved, only a later movement raises a new one. What was
 * raised today follows the tier of today: a decision on gold may come just before the fall or just after it.
 */
export const movement = (draft: Draft): void => {
  const { state, ctx } = draft
  const { balances, seenFacts } = state
  if (balances.length < 2 || !alive(draft)) return
  const { windowDays } = ctx.playbook.source.movement
  const limits = thresholdsOf(draft)
  const open = findStanding(draft, 'ESC_MOVE', '')
  const fresh = open && isFresh(draft, open) ? open : undefined
  const told = seenFacts[fresh ? 'movement.before' : 'movement'] ?? ''
  const latest = findMovements(balances, windowDays, limits).at(-1)
  // a balance that came late can show an older fall anew, and one told of may have lost what it was compared to
  const isNews = (mark: string): boolean => {
    if (told === '' || (open && !fresh && open.status !== 'RESOLVED')) return true
    const since = balances.filter((balance) => markOf(balance) >= told)
    return mark > told && findMovements(since, windowDays, limits).length > 0
  }
  if (!latest || !isNews(markOf(latest.to))) {
    if (fresh) withdraw(draft, told)
    return
  }
  if (!open || open.status === 'RESOLVED') seenFacts['movement.before'] = told
  seenFacts['movement'] = markOf(latest.to)
  const { to, last, high } = latest
  const tier = tierBefore(draft, high)
  const raised = raise(draft, {
    cause: 'ESC_MOVE',
    about: '',
    detail: detailOf(draft, latest),
    rule: 'ESC-MOVE',
    inputs: { fact: to.id, to: to.amount, last: last.amount, high: high.amount, highAt: high.at },
    anew: true,
    tier,
  })
  if (raised && isFresh(draft, raised)) followPolicy(draft, raised, tier)
}

/** Raised today, and nobody has answered. */
const isFresh = ({ ctx }: Draft, { status, raisedAt }: EscalationState): boolean => {
  const { dateOf } = ctx.playbook.calendar
  return status === 'OPEN' && dateOf(Date.parse(raisedAt)) === dateOf(ctx.now)
}

/** What was raised today is no large movement by the tier as it is now. */
const withdraw = (draft: Draft, told: string): void => {
  settle(draft, 'ESC_MOVE', '', say(draft.ctx, 'Not large for the tier as it is now', '按现等级不属大额异动'))
  draft.state.seenFacts['movement'] = told
}

const markOf = ({ at, id }: Balance): string => `${at}/${id}`

/**
 * The tier that a fall is measured by: what the table gives for the balance from which it fell. The tier in force may be that
 * of the fall already, and which one it is depends on what came first.
 */
const tierBefore = (draft: Draft, high: Balance): string | null => {
  const { state, ctx } = draft
  const scheme = leadingOf(state, ctx)
  const { amount } = high
  const before = scheme && tierFor(ctx, scheme, { ...inputsOf(draft, scheme), amount, balance: amount })
  return before?.tier ?? state.rating?.tier ?? null
}

/** Thresholds by tier from the playbook's table, which gives yuan and percent. */
const thresholdsOf = (draft: Draft): ((high: Balance) => Thresholds | null) => {
  const { source, tables } = draft.ctx.playbook
  const table = tables.get(source.movement.table)
  const { percentFrom } = source.movement
  const byTier = new Map<string | null, Thresholds | null>()
  return (high) => {
    if (!table) return null
    const tier = tierBefore(draft, high)
    let limits = byTier.get(tier)
    if (limits === undefined) {
      const { value } = evaluate(table, { tier })
      const { minFall, minFallPercent } = isPlain(value) ? value : {}
      limits = {
        minFall: typeof minFall === 'number' ? Math.round(minFall * 100) : null,
        minFallPercent: typeof minFallPercent === 'number' ? minFallPercent : null,
        percentFrom,
      }
      byTier.set(tier, limits)
    }
    return limits
  }
}

const detailOf = ({ ctx }: Draft, { to, last, high }: Movement): string => {
  const { calendar, source } = ctx.playbook
  const on = ({ at }: Balance): string => calendar.dateOf(Date.parse(at))
  const fall = (from: Balance): [string, string, string] => {
    const by = from.amount - to.amount
    return [yuan(from.amount), yuan(by), percent(by, from.amount)]
  }
  const [lastAmount, lastFall, lastShare] = fall(last)
  const [highAmount, highFall, highShare] = fall(high)
  const { windowDays } = source.movement
  return say(
    ctx,
    `Balance ${yuan(to.amount)} yuan on ${on(to)}. Against the one before, ${lastAmount} on ${on(last)}: ` +
      `down ${lastFall} (${lastShare}). Against the highest of ${windowDays} days, ${highAmount} on ${on(high)}: ` +
      `down ${highFall} (${highShare}).`,
    `${on(to)} 余额 ${yuan(to.amount)} 元。较上次（${on(last)}，${lastAmount} 元）减少 ${lastFall} 元（${lastShare}）；` +
      `较 ${windowDays} 天内最高（${on(high)}，${highAmount} 元）减少 ${highFall} 元（${highShare}）。`,
  )
}
