import type { Value } from '../../../schemas/events/index.ts'
import { parseRef } from '../../../schemas/events/keys.ts'
import { attributeField, type AttributeName, type Attributes } from '../../../schemas/model/attributes.ts'
import { isDate } from '../calendar/dates.ts'
import type { SubjectState } from '../state.ts'

/** What one fact told of a customer and no newer one told anew. `stamp`: its `at/id`. */
export interface Told {
  stamp: string
  values: Attributes
}

/**
 * Takes over what a fact tells of a customer; of each attribute the newest word counts, in whatever order they come. False
 * when it tells nothing new.
 */
export const learn = (state: SubjectState, { stamp, values }: Told): boolean => {
  const known = state.attributes ?? []
  const fresh = entries(values).filter(([name]) => !known.some((one) => one.stamp >= stamp && name in one.values))
  if (fresh.length === 0) return false
  const names = new Set(fresh.map(([name]) => name))
  const kept = known
    .map((one) => ({ ...one, values: Object.fromEntries(entries(one.values).filter(([name]) => !names.has(name))) }))
    .filter((one) => entries(one.values).length > 0)
  const all = [...kept, { stamp, values: Object.fromEntries(fresh) }]
  state.attributes = all.sort((a, b) => (a.stamp < b.stamp ? -1 : 1))
  return true
}

const entries = (values: Attributes) => Object.entries(values).filter(([, value]) => value !== undefined)

/** An attribute as core banking told it, else as people wrote it on the record; money in fen, null when not known. */
export const attributeOf = (state: SubjectState, name: AttributeName): Value => {
  const told = state.attributes?.find(({ values }) => name in values)
  if (told) return told.values[name] ?? null
  const { object, id } = parseRef(state.ref)
  const value = state.records[object]?.[id]?.fields[attributeField(name)] ?? null
  return typeof value === 'string' && value.trim() === '' ? null : value
}

/** Money of an attribute in fen, null when not known. */
const fen = (state: SubjectState, name: AttributeName): number | null => {
  const value = attributeOf(state, name)
  return typeof value === 'number' ? value : null
}

const sum = (one: number | null, other: number | null): number | null =>
  one === null && other === null ? null : (one ?? 0) + (other ?? 0)

/** Average daily balance in local and foreign currency together, in fen (TIER-VALUE). */
export const avgBalanceOf = (state: SubjectState): number | null =>
  sum(fen(state, 'avgBalanceLocal'), fen(state, 'avgBalanceForeign'))

/** Revenue less cost in fen: what the customer brings; null when neither is known (TIER-VALUE). */
export const contributionOf = (state: SubjectState): number | null => {
  const cost = fen(state, 'cost')
  return sum(fen(state, 'revenue'), cost === null ? null : -cost)
}

/** Full years of an individual's life on a day. */
export const ageOf = (state: SubjectState, today: string): number | null => {
  const born = attributeOf(state, 'birthOn')
  if (!isDate(born) || born > today) return null
  return Number(today.slice(0, 4)) - Number(born.slice(0, 4)) - (today.slice(5) < born.slice(5) ? 1 : 0)
}
