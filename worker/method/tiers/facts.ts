import type { Fact, FactData } from '../../../schemas/events/index.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import { insertBalance, pruneBalances } from '../escalations/movement-window.ts'
import { noteOccasion, noteUsage } from '../occasions/facts.ts'
import { measure } from '../occasions/promises.ts'
import { totalsOf } from '../merge-facts.ts'
import { learn } from './attributes.ts'
import type { Balance, SubjectState } from '../state.ts'

/**
 * Puts a fact of core banking into the state; false when it tells nothing new. Balances are kept by id in the order in which
 * they happened; of all else the newest counts, by (at, id), whenever it comes.
 */
export const observeFact = (draft: Draft, fact: Fact): boolean => {
  const { state, ctx } = draft
  const at = instantText(fact.at)
  if (at === null) return false
  const stamp = `${at}/${fact.id}`
  const { data } = fact
  switch (data.kind) {
    case 'balance.changed':
      return balanceChanged(state, fact.customerNo, { id: fact.id, at, amount: data.amount }, ctx)
    case 'holding.opened':
    case 'holding.matured':
    case 'holding.closed':
      return holdingChanged(state, data, at, stamp)
    case 'account.dormant':
      if (!newest(state, data.kind, stamp)) return false
      state.profile.dormant = data.dormant
      return true
    case 'account.usage':
      if (!newest(state, data.kind, stamp)) return false
      return noteUsage(state, ctx.playbook.source.occasions, data.transactions, at)
    case 'service.measured':
      return measure(state, ctx, { id: fact.id, at, ...data })
    case 'complaint.received':
    case 'complaint.answered':
    case 'fee.due':
    case 'fee.paid':
    case 'risk.found':
    case 'risk.closed':
    case 'occasion.noted':
    case 'occasion.closed':
      return noteOccasion(state, data, at, stamp, ctx.playbook.calendar.dateOf(Date.parse(at)))
    case 'customer.profile': {
      const gold = data.gold !== undefined && newest(state, 'profile.gold', stamp)
      const contact = data.lastContactOn !== undefined && newest(state, 'profile.lastContactOn', stamp)
      if (gold) state.profile.gold = data.gold ?? null
      if (contact) state.profile.lastContactOn = data.lastContactOn ?? null
      const values = data.attributes ?? {}
      return learn(state, { stamp, values }) || gold || contact
    }
  }
}

/** ISO instant in UTC with milliseconds, so that instants compare as text; null for what is none. */
const instantText = (at: string): string | null => {
  const ms = Date.parse(at)
  if (!Number.isFinite(ms)) return null
  return USUAL.test(at) ? at : new Date(ms).toISOString()
}

const USUAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

const newest = (state: SubjectState, kind: string, stamp: string): boolean => {
  const seen = state.seenFacts[kind]
  if (seen !== undefined && seen >= stamp) return false
  state.seenFacts[kind] = stamp
  return true
}

const balanceChanged = (state: SubjectState, customerNo: string, fresh: Balance, ctx: Context): boolean => {
  const balances = state.accounts ? (state.accounts[customerNo] ??= []) : state.balances
  if (!Number.isFinite(fresh.amount) || balances.some(({ id }) => id === fresh.id)) return false
  insertBalance(balances, fresh)
  pruneBalances(balances, ctx.playbook.source.movement.windowDays)
  if (state.accounts) state.balances = totalsOf(state.accounts)
  return balances.includes(fresh)
}

type Holding = SubjectState['holdings'][string]
type HoldingData = Extract<FactData, { holding: string }>

const RANK = { OPEN: 0, MATURED: 1, CLOSED: 2 }

/** A holding's terms come from the newest opening, its status from the newest of all its facts. */
const holdingChanged = (state: SubjectState, data: HoldingData, at: string, stamp: string): boolean => {
  if (!newest(state, `${data.kind}/${data.holding}`, stamp)) return false
  const status = data.kind === 'holding.opened' ? 'OPEN' : data.kind === 'holding.matured' ? 'MATURED' : 'CLOSED'
  const day = data.kind === 'holding.opened' ? data.openedOn : data.on
  const fresh: Holding = { product: '', amount: 0, openedOn: day, maturesOn: null, status, at }
  const holding = (state.holdings[data.holding] ??= fresh)
  if (data.kind === 'holding.opened') {
    const { product, amount, openedOn, maturesOn = null } = data
    Object.assign(holding, { product, amount, openedOn, maturesOn })
  }
  if (at > holding.at || (at === holding.at && RANK[status] >= RANK[holding.status])) {
    Object.assign(holding, { status, at })
  }
  return true
}
