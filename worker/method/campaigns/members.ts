import type { Ref } from '../../../schemas/events/index.ts'

const kept = new WeakMap<readonly Ref[], Set<Ref>>()

/** Who stands on a list that has each once; kept with the list, which grows at its end together with it. */
export const membersOf = (list: readonly Ref[]): Set<Ref> => {
  const known = kept.get(list)
  if (known?.size === list.length) return known
  const members = new Set(list)
  kept.set(list, members)
  return members
}
