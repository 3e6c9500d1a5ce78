const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi
const DATE = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g

/** Names whose values are made by the server anew each time. */
const MASKED = new Set(['position', 'searchVector', 'token', 'secret', 'applicationId', 'context'])

/** Ids of the recordings → ids of the sandbox, learned from answers that are alike but for them. */
export class IdMap {
  readonly #ids = new Map<string, string>()

  learn(recorded: string, own: string): void {
    if (!this.#ids.has(recorded)) this.#ids.set(recorded, own)
  }

  /** A request of the recordings with the sandbox's ids in it, cursors too. */
  translate(text: string): string {
    const cursors = text.replace(/eyJ[A-Za-z0-9+/=]+/g, (cursor) => {
      const inner = Buffer.from(cursor, 'base64').toString('utf8')
      return Buffer.from(this.#replace(inner)).toString('base64')
    })
    return this.#replace(cursors)
  }

  #replace(text: string): string {
    return text.replace(UUID, (id) => this.#ids.get(id) ?? id)
  }
}

/** Walks two answers that should be alike and learns which id of one is which of the other. */
export function learnIds(recorded: unknown, own: unknown, ids: IdMap): void {
  if (typeof recorded === 'string' && typeof own === 'string') {
    const theirs = recorded.match(UUID) ?? []
    const ours = own.match(UUID) ?? []
    if (theirs.length === ours.length) theirs.forEach((id, at) => ids.learn(id, ours[at] ?? id))
  } else if (Array.isArray(recorded) && Array.isArray(own)) {
    const pairs = pairUp(recorded, own)
    for (const [left, right] of pairs) learnIds(left, right, ids)
  } else if (isRecord(recorded) && isRecord(own)) {
    for (const [name, value] of Object.entries(recorded)) learnIds(value, own[name], ids)
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value without what differs from run to run. */
export function mask(value: unknown): unknown {
  if (typeof value === 'string') {
    return value
      .replace(/eyJ[A-Za-z0-9+/=]{20,}/g, '<cursor>')
      .replace(UUID, '<id>')
      .replace(DATE, '<date>')
      .replace(/FK_[0-9a-f]+/g, 'FK_<hash>')
      .replace(/IDX_[0-9a-f]+/g, 'IDX_<hash>')
      .replace(/workspace_[0-9a-z]+\./g, 'workspace.')
  }
  if (Array.isArray(value)) return value.map(mask)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, MASKED.has(name) && inner !== null ? '<masked>' : mask(inner)]),
  )
}

function identity(value: unknown): string | null {
  if (!isRecord(value)) return null
  const node = isRecord(value['node']) ? value['node'] : value
  for (const name of ['nameSingular', 'name', 'targetUrl', 'value']) {
    if (typeof node[name] === 'string') return `${name}=${node[name]}`
    if (isRecord(node[name])) return `${name}=${JSON.stringify(node[name])}`
  }
  return null
}

/** Members that belong together: by name where they have one, else by place. */
function pairUp(left: unknown[], right: unknown[]): [unknown, unknown][] {
  const rest = [...right]
  return left.map((item, at) => {
    const wanted = identity(item)
    const found = wanted === null ? -1 : rest.findIndex((other) => identity(other) === wanted)
    if (found >= 0) return [item, rest.splice(found, 1)[0]]
    return [item, wanted === null ? right[at] : undefined]
  })
}

/** Paths at which two masked answers differ, with both values; lists are compared without regard to order. */
export function differences(recorded: unknown, own: unknown, path = ''): string[] {
  if (Array.isArray(recorded) && Array.isArray(own)) {
    const found = recorded.length === own.length ? [] : [`${path}: ${recorded.length} members, here ${own.length}`]
    const sorted = (list: unknown[]): string => JSON.stringify(list.map((item) => JSON.stringify(item)).sort())
    if (found.length === 0 && sorted(recorded) === sorted(own)) return []
    pairUp(recorded, own).forEach(([left, right], at) => {
      const name = identity(left) ?? String(at)
      if (right !== undefined) found.push(...differences(left, right, `${path}[${name}]`))
      else found.push(`${path}[${name}]: not here`)
    })
    return found
  }
  if (isRecord(recorded) && isRecord(own)) {
    const names = new Set([...Object.keys(recorded), ...Object.keys(own)])
    return [...names].flatMap((name) => {
      const at = path === '' ? name : `${path}.${name}`
      if (!(name in own)) return [`${at}: not here (${shorten(recorded[name])})`]
      if (!(name in recorded)) return [`${at}: only here (${shorten(own[name])})`]
      return differences(recorded[name], own[name], at)
    })
  }
  return recorded === own ? [] : [`${path}: ${shorten(recorded)}, here ${shorten(own)}`]
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 160 ? `${text.slice(0, 160)}…` : text
}
