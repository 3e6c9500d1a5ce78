import type { AssociationType } from '../types.ts'

type Pair = [from: string, to: string, there: number, back: number]

/** The kinds of link without a label that HubSpot brings, with the ids they have everywhere. */
const PLAIN: Pair[] = [
  ['0-1', '0-2', 279, 280],
  ['0-1', '0-3', 4, 3],
  ['0-2', '0-3', 342, 341],
  ['0-27', '0-1', 204, 203],
  ['0-27', '0-2', 192, 191],
  ['0-27', '0-3', 216, 215],
  ['0-46', '0-1', 202, 201],
  ['0-46', '0-2', 190, 189],
  ['0-46', '0-3', 214, 213],
  ['0-47', '0-1', 200, 199],
  ['0-47', '0-2', 188, 187],
  ['0-47', '0-3', 212, 211],
  ['0-1', '0-1', 449, 449],
  ['0-2', '0-2', 450, 450],
  ['0-3', '0-3', 451, 451],
]

/** The company that a contact or a deal belongs to first. */
const PRIMARY: Pair[] = [
  ['0-1', '0-2', 1, 2],
  ['0-3', '0-2', 5, 6],
]

/** Of contact to company: the one that `associatedcompanyid` shows. */
export const PRIMARY_COMPANY = 1

function both([from, to, there, back]: Pair, label: string | null, now: number): AssociationType[] {
  const base = { category: 'HUBSPOT_DEFINED', label, createdAt: now } as const
  const way = (typeId: number, inverse: number, from: string, to: string): AssociationType => {
    return { ...base, typeId, inverse, from, to, name: `${from}_to_${to}` }
  }
  if (there === back) return [way(there, back, from, to)]
  return [way(there, back, from, to), way(back, there, to, from)]
}

export function associationTypes(now: number): AssociationType[] {
  return [...PLAIN.flatMap((pair) => both(pair, null, now)), ...PRIMARY.flatMap((pair) => both(pair, 'Primary', now))]
}
