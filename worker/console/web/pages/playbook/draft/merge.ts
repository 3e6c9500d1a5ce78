import { canonical } from '../../../../../method/playbook/hash.ts'
import { pathOf } from '../../../../../method/playbook/issues.ts'

/** Members by which the items of a list are told apart. */
const NAMES = ['code', 'id', 'kind', 'role', 'on', 'name'] as const

const same = (a: unknown, b: unknown): boolean => canonical(a ?? null) === canonical(b ?? null)
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The name of each item, where all have one of their own. */
const namesOf = (list: readonly unknown[]): string[] | null => {
  for (const member of NAMES) {
    const names = list.map((one) => (isPlain(one) && typeof one[member] === 'string' ? one[member] : ''))
    if (names.every((name) => name !== '') && new Set(names).size === names.length) return names
  }
  return null
}

export interface Merged {
  value: unknown
  /** Places that both changed, each in its own way: what is here was kept. */
  conflicts: string[]
}

/**
 * What two people made of the same playbook, as one: what only one of them changed is taken from that one. Where both changed
 * the same place, `mine` stays and the place is told.
 */
export const merge = (base: unknown, mine: unknown, theirs: unknown, path: (string | number)[] = []): Merged => {
  if (same(mine, theirs) || same(base, theirs)) return { value: mine, conflicts: [] }
  if (same(base, mine)) return { value: theirs, conflicts: [] }
  if (isPlain(base) && isPlain(mine) && isPlain(theirs)) return mergeMembers(base, mine, theirs, path)
  if (Array.isArray(base) && Array.isArray(mine) && Array.isArray(theirs)) {
    const names = [base, mine, theirs].map(namesOf)
    const [was, now, other] = names
    if (was && now && other) return mergeLists([base, was], [mine, now], [theirs, other], path)
  }
  return { value: mine, conflicts: [pathOf(path)] }
}

const mergeMembers = (
  base: Record<string, unknown>,
  mine: Record<string, unknown>,
  theirs: Record<string, unknown>,
  path: (string | number)[],
): Merged => {
  const conflicts: string[] = []
  const value: Record<string, unknown> = {}
  for (const name of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const one = merge(base[name], mine[name], theirs[name], [...path, name])
    if (one.value !== undefined) value[name] = one.value
    conflicts.push(...one.conflicts)
  }
  return { value, conflicts }
}

type Named = readonly [list: readonly unknown[], names: readonly string[]]

/** In the order of `mine`; what is new in `theirs` comes after what it follows there. */
const mergeLists = (base: Named, mine: Named, theirs: Named, path: (string | number)[]): Merged => {
  const item = ([list, names]: Named, name: string): unknown => list[names.indexOf(name)]
  const order = [...mine[1]]
  theirs[1].forEach((name, index) => {
    if (order.includes(name)) return
    const before = order.indexOf(theirs[1][index - 1] ?? '')
    order.splice(before + 1, 0, name)
  })
  const conflicts: string[] = []
  const value: unknown[] = []
  for (const name of order) {
    const one = merge(item(base, name), item(mine, name), item(theirs, name), [...path, value.length])
    if (one.value !== undefined) value.push(one.value)
    conflicts.push(...one.conflicts)
  }
  return { value, conflicts }
}
