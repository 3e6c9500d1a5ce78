import { NOTED, type ClosedKind, type FactData, type NotedKind } from '../../../schemas/events/index.ts'
import type { OccasionKind } from '../../../schemas/playbook/index.ts'
import type { SubjectState } from '../state.ts'

type Noted = Extract<FactData, { kind: NotedKind | ClosedKind }>

/**
 * What core banking notes of a customer or tells to be over (ESC-COMPL, ESC-INNER, ESC-RISK). The newest word counts by (at, id),
 * whichever comes first. `today`: the ISO date on which it was.
 */
export const noteOccasion = (state: SubjectState, data: Noted, at: string, stamp: string, today: string): boolean => {
  const id = `${data.occasion}-${data.ref}`
  const known = state.occurred?.[id]
  const open = data.kind in NOTED
  if (known && known.stamp >= stamp) return false
  const { on, text } = data as Extract<Noted, { kind: NotedKind }>
  const told = open || !known ? { on: on ?? today, at, text: text ?? '' } : {}
  const before = known ?? { on: today, at, text: '' }
  state.occurred = { ...state.occurred, [id]: { ...before, ...told, occasion: data.occasion, stamp, open } }
  return true
}

/** How much an account is used: little since when, as long as it stays so (ESC-SLEEP). */
export const noteUsage = (
  state: SubjectState,
  kinds: readonly OccasionKind[],
  transactions: number,
  at: string,
): boolean => {
  const least = kinds.find(({ code }) => code === 'LOW_USE')?.least
  const isLow = least !== undefined && transactions < least
  const lowSince = state.usage?.lowSince ?? at
  state.usage = isLow ? { transactions, lowSince } : { transactions }
  return true
}
