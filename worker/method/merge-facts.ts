import { parseRef } from '../../schemas/events/keys.ts'
import { compareBalances, insertBalance, pruneBalances } from './escalations/movement-window.ts'
import { learn } from './tiers/attributes.ts'
import type { Balance, SubjectState } from './state.ts'

/** What core banking told of two customers that are one now. */
export const mergeFacts = (own: SubjectState, other: SubjectState, windowDays: number): void => {
  own.accounts = { ...accountsOf(own) }
  for (const [number, series] of Object.entries(accountsOf(other))) {
    const merged = [...(own.accounts[number] ?? [])]
    for (const balance of series) if (!merged.some(({ id }) => id === balance.id)) insertBalance(merged, balance)
    pruneBalances(merged, windowDays)
    own.accounts[number] = merged
  }
  own.balances = totalsOf(own.accounts)
  mergeHoldings(own, other)
  mergeProfile(own, other)
  for (const told of other.attributes ?? []) learn(own, told)
  for (const [kind, stamp] of Object.entries(other.seenFacts))
    if ((own.seenFacts[kind] ?? '') < stamp) own.seenFacts[kind] = stamp
  mergeOccasions(own, other)
}

/** What was noted of both: the newer word of each; what touches one touches the whole. */
const mergeOccasions = (own: SubjectState, other: SubjectState): void => {
  for (const [id, theirs] of Object.entries(other.occurred ?? {})) {
    const ours = own.occurred?.[id]
    if (!ours || ours.stamp < theirs.stamp) own.occurred = { ...own.occurred, [id]: theirs }
  }
  if (other.called) own.called = { ...other.called, ...own.called }
  const known = own.services ?? []
  const fresh = (other.services ?? []).filter(({ id }) => !known.some((one) => one.id === id))
  if (fresh.length > 0)
    own.services = [...known, ...fresh].sort((a, b) => (`${a.at}/${a.id}` < `${b.at}/${b.id}` ? -1 : 1))
  if (!own.usage && other.usage) own.usage = other.usage
}

/** Balances by customer number; those of one that was never merged are all of its own number. */
const accountsOf = (state: SubjectState): Record<string, Balance[]> => {
  if (state.accounts) return state.accounts
  const { object, id } = parseRef(state.ref)
  const number = state.records[object]?.[id]?.fields['ladderCustomerNo']
  if (state.balances.length === 0) return {}
  return { [typeof number === 'string' && number !== '' ? number : state.ref]: state.balances }
}

/** What a customer of several numbers has in all, after each change of any of them. In fen. */
export const totalsOf = (accounts: Record<string, Balance[]>): Balance[] => {
  const changes = Object.entries(accounts).flatMap(([number, series]) =>
    series.map((balance) => ({ number, ...balance })),
  )
  const latest = new Map<string, number>()
  return changes.sort(compareBalances).map(({ number, id, at, amount }) => {
    latest.set(number, amount)
    return { id, at, amount: [...latest.values()].reduce((total, one) => total + one, 0) }
  })
}

const RANK = ['OPEN', 'MATURED', 'CLOSED']

/** Of a holding that both have, terms come from the newer opening, the status from the newer fact. */
const mergeHoldings = (own: SubjectState, other: SubjectState): void => {
  for (const [number, theirs] of Object.entries(other.holdings)) {
    const ours = own.holdings[number]
    if (!ours) {
      own.holdings[number] = { ...theirs }
      continue
    }
    const opened = `holding.opened/${number}`
    const terms = (other.seenFacts[opened] ?? '') > (own.seenFacts[opened] ?? '') ? theirs : ours
    const newer =
      theirs.at > ours.at || (theirs.at === ours.at && RANK.indexOf(theirs.status) > RANK.indexOf(ours.status))
    const { product, amount, openedOn, maturesOn } = terms
    const { status, at } = newer ? theirs : ours
    own.holdings[number] = { product, amount, openedOn, maturesOn, status, at }
  }
}

/** The newer fact of each kind counts; where no fact told, what is known of either. */
const mergeProfile = (own: SubjectState, other: SubjectState): void => {
  const newer = (kind: string): boolean => (other.seenFacts[kind] ?? '') > (own.seenFacts[kind] ?? '')
  const { profile } = own
  own.profile = {
    gold: newer('profile.gold') ? other.profile.gold : (profile.gold ?? other.profile.gold),
    dormant: newer('account.dormant') ? other.profile.dormant : (profile.dormant ?? other.profile.dormant),
    lastContactOn: newer('profile.lastContactOn')
      ? other.profile.lastContactOn
      : (profile.lastContactOn ?? other.profile.lastContactOn),
  }
}
