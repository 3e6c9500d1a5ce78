import type { Fields } from '../../../schemas/events/index.ts'
import { parseRef } from '../../../schemas/events/keys.ts'
import { lastContactOn } from '../cadence/contacts.ts'
import { dayOf } from '../calendar/dates.ts'
import type { Context } from '../context.ts'
import type { SubjectState } from '../state.ts'
import { profileOf } from '../tiers/readers.ts'

/** What audience rules read of a customer (CAMP-AUD): see `audienceNames`. Amounts in yuan, dates ISO. */
export const audienceContext = (state: SubjectState, ctx: Context): Fields => {
  const { object, id } = parseRef(state.ref)
  const { calendar } = ctx.playbook
  const record = state.records[object]?.[id]
  const balance = state.balances.at(-1)
  const amount = balance ? balance.amount / 100 : null
  const today = calendar.dateOf(ctx.now)
  const contact = lastContactOn(state, ctx)
  const all = Object.values(state.holdings)
  const open = all.filter(({ status }) => status === 'OPEN')
  const name = record?.fields['name']
  return {
    tier: state.rating?.tier ?? null,
    amount,
    balance: amount,
    gold: state.profile.gold === true || record?.fields['ladderGold'] === true,
    dormant: state.profile.dormant === true,
    kind: object === 'company' ? 'COMPANY' : 'PERSON',
    name: typeof name === 'string' ? name : null,
    contactsPerYear: state.rating?.contactsPerYear ?? null,
    lastContactOn: contact,
    daysSinceContact: contact === null ? null : dayOf(today) - dayOf(contact),
    holdings: open.length,
    products: [...new Set(open.map(({ product }) => product))].sort(),
    yearsWithUs: yearsSince(
      [...all.map(({ openedOn }) => openedOn), record?.createdAt.slice(0, 10) ?? today].sort()[0] ?? today,
      today,
    ),
    hasDevelopment: Object.values(state.records['development'] ?? {}).some(({ deleted }) => !deleted),
    ...profileOf(state, ctx),
  }
}

/** Full years from one ISO date to another. */
const yearsSince = (from: string, to: string): number =>
  Math.max(0, Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0))
