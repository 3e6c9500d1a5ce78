/** A place in a playbook: `['tables', 0, 'code']`. */
export type Path = readonly (string | number)[]

/** `tables[0].code` as a path; the document itself is `playbook`. */
export const pathFrom = (text: string): (string | number)[] =>
  text === 'playbook'
    ? []
    : [...text.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) =>
        index === undefined ? (name ?? '') : Number(index),
      )

/** What stands at a place; undefined where there is nothing. */
export const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inside, part) =>
      typeof inside === 'object' && inside !== null ? (inside as Record<string | number, unknown>)[part] : undefined,
    value,
  )

/** The same with another value at a place; undefined takes a member away. What lies beside it stays the very same. */
export const put = (value: unknown, path: Path, next: unknown): unknown => {
  const [first, ...rest] = path
  if (first === undefined) return next
  if (Array.isArray(value)) return value.map((one: unknown, index) => (index === first ? put(one, rest, next) : one))
  const members = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const inner = put(members[first], rest, next)
  if (inner !== undefined) return { ...members, [first]: inner }
  return Object.fromEntries(Object.entries(members).filter(([name]) => name !== String(first)))
}

/** A list with one of its items at another place. */
export const moved = <T>(list: readonly T[], from: number, to: number): T[] => {
  const next = list.filter((_, index) => index !== from)
  const one = list[from]
  if (one !== undefined) next.splice(to, 0, one)
  return next
}
