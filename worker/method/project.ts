import type { Fields } from '../../schemas/events/index.ts'
import { ladderKey, parseRef } from '../../schemas/events/keys.ts'
import { lastContactOn } from './cadence/contacts.ts'
import { contactDue, contactsPerYear } from './cadence/due.ts'
import type { CompiledScheme } from './context.ts'
import type { Draft } from './draft.ts'
import { promiseCounts } from './occasions/promises.ts'
import { alive } from './escalations/raise.ts'
import { contributionOf } from './tiers/attributes.ts'
import { orderKey } from './tiers/order.ts'
import { rmsNeeded } from './tiers/rms.ts'
import { leadingOf, schemesOf, seenStanding } from './tiers/standings.ts'
import { say, tierName, yuan } from './tiers/text.ts'

/**
 * Puts what Ladder knows of a customer onto its record (TIER-CONTACT, TIER-CORP): only what differs from what the CRM shows,
 * so a field that is Ladder's own and was edited by hand is put back.
 */
export const project = (draft: Draft): void => {
  const { state, ctx } = draft
  const { object, id } = parseRef(state.ref)
  if ((object !== 'company' && object !== 'person') || !alive(draft)) return
  const { rating, balances, profile } = state
  const balance = balances.at(-1)
  const promises = promiseCounts(state)
  const fields: Fields = {
    ladderTierWhy: whyOf(draft),
    ladderTierSince: rating?.effectiveOn ?? null,
    ladderNextRatingOn: state.nextRatingOn,
    ladderBalance: balance?.amount ?? null,
    ladderBalanceAt: balance?.at ?? null,
    ladderDormant: profile.dormant,
    ladderContactsPerYear: contactsPerYear(state),
    ladderLastContactOn: lastContactOn(state, ctx),
    ladderNextContactDue: contactDue(state, ctx),
    ladderContribution: contributionOf(state),
    ladderOrderKey: shownOrder(orderKey(state, ctx)),
    ladderPromisesKept: promises.kept,
    ladderPromisesBroken: promises.broken,
  }
  if (object === 'person') fields['ladderRmsNeeded'] = rmsNeeded(draft) || null
  for (const scheme of schemesOf(state, ctx)) Object.assign(fields, resultsOf(draft, scheme))
  const leading = leadingOf(state, ctx)?.source.id ?? 'TIER-CONTACT'
  draft.update(object, id, fields, draft.why(leading, rating ? { row: rating.row } : {}))
  projectHoldings(draft)
}

/** Of whom nothing is known nothing is shown: a CRM is full of such people, and none of them needs a write. */
const shownOrder = (key: number): number | null => (key === 15 ? null : key)

/** A scheme's result, and what it means for the customer (TIER-SERVE, TIER-CLASS). */
const resultsOf = ({ state, ctx }: Draft, scheme: CompiledScheme): Fields => {
  const { field, textField, texts } = scheme.source
  const tier = seenStanding(state, scheme)?.rating?.tier ?? null
  const text = tier === null ? undefined : texts[tier]
  return { [field]: tier, ...(textField === null ? {} : { [textField]: text ? say(ctx, text.en, text.zh) : null }) }
}

/** Row and inputs of the rating in force, for people. */
const whyOf = ({ state, ctx }: Draft): string | null => {
  const { rating } = state
  if (!rating) return null
  const { amount, gold } = rating.inputs
  const [en, zh] =
    typeof amount === 'number' ? [`${yuan(amount)} yuan`, `${yuan(amount)} 元`] : ['balance not known', '余额未知']
  const tier = tierName(ctx, rating.tier)
  return say(
    ctx,
    `${en}${gold === true ? ', gold by decision' : ''}: row ${rating.row} (v${rating.playbook}) gives ${tier}`,
    `${zh}${gold === true ? '，认定黄金' : ''}：命中 ${rating.row}（v${rating.playbook}）→ ${tier}`,
  )
}

/** Holdings as core banking told them, when one changed or the customer has just become known. */
const projectHoldings = (draft: Draft): void => {
  const { state, event } = draft
  const changed = event.type === 'fact' && 'holding' in event.data ? event.data.holding : null
  const { object, id } = parseRef(state.ref)
  const known = event.type === 'record.changed' && event.record.object === object && event.record.id === id
  if (changed === null && !known) return
  const written = new Set(Object.values(state.records['holding'] ?? {}).map(({ fields }) => fields['ladderKey']))
  for (const number in state.holdings) {
    const holding = state.holdings[number]
    const key = ladderKey(state.ref, 'holding', number)
    if (!holding || (changed === null ? written.has(key) : changed !== number)) continue
    const { product, amount, openedOn, maturesOn, status } = holding
    draft.upsert(
      'holding',
      key,
      {
        name: product === '' ? number : product,
        company: object === 'company' ? id : null,
        person: object === 'person' ? id : null,
        product,
        amount,
        openedOn,
        maturesOn,
        status,
      },
      draft.why('ESC-INNER'),
    )
  }
}
