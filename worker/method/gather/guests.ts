import type { GatheredRow } from '../../../schemas/events/index.ts'
import { parseRef } from '../../../schemas/events/keys.ts'
import { mayInvite } from '../campaigns/consent.ts'
import { takes } from '../campaigns/rule.ts'
import type { SubjectState } from '../state.ts'
import { byOrder, orderKey } from '../tiers/order.ts'
import type { Gatherer } from './index.ts'

/**
 * Who may be invited to a campaign, in working order (CAMP-*, TIER-ORDER): `subject` and `rule` say for whom it is; who has a
 * place already isn't named again. Where the campaign is a club's next meeting, those come first who belong to `series`, the
 * meeting before: its guests, and the friends whom they brought (CAMP-INT); else those whom the rule `first` takes too (CAMP-PRO).
 * At most `most` rows.
 */
export const guests: Gatherer = {
  rows(state, ctx, { campaign, series, subject, rule, first = null }) {
    if (!mayInvite(state, ctx) || placesOf(state, campaign).length > 0 || state.launched[String(campaign)]) return []
    const member = typeof series === 'string' && series !== '' && belongs(state, series)
    if (!member && !takes(state, ctx, subject, String(rule))) return []
    const { object, id } = parseRef(state.ref)
    const company = object === 'person' ? state.records[object]?.[id]?.fields['companyId'] : null
    const amount = state.balances.at(-1)?.amount ?? null
    const early = member || (typeof first === 'string' && takes(state, ctx, 'BOTH', first))
    return [{ ref: state.ref, member: early, orderKey: orderKey(state, ctx), amount, company: company ?? null }]
  },
  join: (rows, { most }) => rows.toSorted(byRank).slice(0, Number(most)),
}

/** Members of the club, or those whom the template asks first; then in working order. */
const byRank = (a: GatheredRow, b: GatheredRow): number =>
  Number(b['member'] === true) - Number(a['member'] === true) || byOrder(ordered(a), ordered(b))

const ordered = ({ ref, orderKey: key, amount }: GatheredRow): Parameters<typeof byOrder>[0] => ({
  ref,
  orderKey: Number(key),
  amount: typeof amount === 'number' ? amount : null,
})

const placesOf = (state: SubjectState, campaign: unknown) =>
  Object.values(state.records['participation'] ?? {}).filter(({ fields }) => fields['campaign'] === campaign)

const belongs = (state: SubjectState, series: string): boolean => {
  const { object, id } = parseRef(state.ref)
  const source = state.records[object]?.[id]?.fields['ladderReferral']
  if (typeof source === 'string' && source.endsWith(`/${series}`)) return true
  return placesOf(state, series).some(({ deleted, fields }) => !deleted && fields['invite'] !== 'DECLINED')
}
