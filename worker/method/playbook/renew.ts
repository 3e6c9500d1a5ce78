import type { Playbook } from '../../../schemas/playbook/index.ts'

/** Lists of a playbook by what tells their members apart. */
const LISTS = {
  pipelines: (one) => one.code,
  tables: (one) => one.code,
  schemes: (one) => one.id,
  campaigns: (one) => one.code,
  audiences: (one) => one.code,
  escalations: (one) => one.id,
  occasions: (one) => one.code,
  promises: (one) => one.code,
  leaderVisits: (one) => one.code,
  joint: (one) => one.causes.join('+'),
} satisfies { [List in keyof Playbook]?: Playbook[List] extends (infer One)[] ? (one: One) => string : never }
type List = keyof typeof LISTS

const lists = Object.keys(LISTS) as List[]
const membersOf = (playbook: Playbook, list: List): { name: string; member: unknown }[] => {
  const nameOf = LISTS[list] as (one: unknown) => string
  return playbook[list].map((member) => ({ name: `${list}.${nameOf(member)}`, member }))
}
const layoutsOf = ({ documents }: Playbook) =>
  documents.layouts.map((member) => ({ name: `documents.${member.code}`, member }))

/** What calls what by its code. */
const CALLS: Record<string, string> = {
  schemes: 'tables',
  rms: 'tables',
  campaigns: 'audiences',
  audiences: 'audiences',
  pipelines: 'documents',
}

/** Parts by name: `occasions.ILLNESS`, `documents.VALUE_REPORT`, `rms`. */
const partsOf = (playbook: Playbook): Map<string, unknown> =>
  new Map([
    ...lists.flatMap((list) => membersOf(playbook, list)).map(({ name, member }) => [name, member] as const),
    ...layoutsOf(playbook).map(({ name, member }) => [name, member] as const),
    ...(playbook.rms ? [['rms', playbook.rms] as const] : []),
  ])

/** Parts that one playbook has and a kept one doesn't: what came since it was made, or what its bank took out. */
export const lackingParts = (own: Playbook, offered: Playbook): string[] => {
  const has = partsOf(own)
  return [...partsOf(offered).keys()].filter((name) => !has.has(name))
}

/**
 * A kept playbook with some parts that it lacks; nothing of its own is changed. `wanted`: names of parts, or of whole lists
 * (`occasions`). What a wanted part calls by name comes with it: a scheme's table, a saved audience, a layout. `unknown`: names
 * that aren't on offer.
 */
export const withParts = (
  own: Playbook,
  offered: Playbook,
  wanted: readonly string[],
): { playbook: Playbook; added: string[]; unknown: string[] } => {
  const lacking = lackingParts(own, offered)
  const fits = (name: string, wish: string): boolean => name === wish || name.startsWith(`${wish}.`)
  const unknown = wanted.filter((wish) => !lacking.some((name) => fits(name, wish)))
  const added = new Set(lacking.filter((name) => wanted.some((wish) => fits(name, wish))))
  const parts = partsOf(offered)
  // a set that grows while it is gone through: what is called may call something itself
  for (const name of added) {
    const text = JSON.stringify(parts.get(name))
    for (const other of lacking) {
      const [list = '', code = ''] = other.split('.')
      if (CALLS[name.split('.')[0] ?? ''] === list && new RegExp(`\\b${code}\\b`).test(text)) added.add(other)
    }
  }
  const merged = Object.fromEntries(
    lists.map((list) => [list, inOrder(membersOf(own, list), membersOf(offered, list), added)]),
  ) as Pick<Playbook, List>
  const layouts = inOrder(layoutsOf(own), layoutsOf(offered), added) as Playbook['documents']['layouts']
  const playbook = { ...own, ...merged, documents: { ...own.documents, layouts } }
  return {
    playbook: added.has('rms') ? { ...playbook, rms: offered.rms } : playbook,
    added: lacking.filter((name) => added.has(name)),
    unknown,
  }
}

interface Named {
  name: string
  member: unknown
}

/** Each added member stands before the first of its own list that follows it where it is offered: of policies the first counts. */
const inOrder = (own: Named[], offered: Named[], added: ReadonlySet<string>): unknown[] => {
  const all = [...own]
  for (const [index, one] of offered.entries()) {
    if (!added.has(one.name)) continue
    const later = new Set(offered.slice(index + 1).map(({ name }) => name))
    const at = all.findIndex(({ name }) => later.has(name))
    all.splice(at < 0 ? all.length : at, 0, one)
  }
  return all.map(({ member }) => member)
}
