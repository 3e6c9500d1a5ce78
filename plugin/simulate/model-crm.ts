import type { Decision, Fields, RecordSnapshot, Value } from '../../schemas/events/index.ts'
import { same } from '../../worker/method/draft.ts'

/** What the CRM tells of a change: the record as it is, and as it was (undefined: it is new). */
export interface Change {
  record: RecordSnapshot
  before: RecordSnapshot | undefined
}

/** The id of the record with a ladderKey: keys of other records may name it, and a slash there ends a name. */
export const idOfKey = (key: string): string => key.replaceAll('/', '~')

/** What people have before them until it is done. */
const OPENED: readonly ('task' | 'escalation')[] = ['task', 'escalation']

/**
 * A CRM as far as Ladder sees it: records by object and id, changed by people and by Ladder's decisions. The id of a
 * record of Ladder's follows from its key, so an upsert finds it again.
 */
export class ModelCrm {
  readonly #objects = new Map<string, Map<string, RecordSnapshot>>()
  readonly #open = new Map<string, Map<string, RecordSnapshot>>(OPENED.map((object) => [object, new Map()]))
  readonly #now: () => number

  /** `now`: epoch ms. Times of one record never repeat, however often it is changed at one instant. */
  constructor(now: () => number) {
    this.#now = now
  }

  get(object: string, id: string): RecordSnapshot | undefined {
    return this.#objects.get(object)?.get(id)
  }

  records(object: string): Iterable<RecordSnapshot> {
    return this.#objects.get(object)?.values() ?? []
  }

  /** Living records that are neither done nor resolved; a copy, so that the CRM may be changed meanwhile. */
  open(object: (typeof OPENED)[number]): RecordSnapshot[] {
    return [...(this.#open.get(object)?.values() ?? [])]
  }

  /** Takes fields; null when nothing has changed, as a CRM then tells nobody. */
  save(object: string, id: string, fields: Fields, deleted = false): Change | null {
    const before = this.get(object, id)
    if (before?.deleted === deleted && isSame(before.fields, fields)) return null
    const now = this.#now()
    const at = new Date(before ? Math.max(now, Date.parse(before.at) + 1) : now).toISOString()
    const record: RecordSnapshot = {
      object,
      id,
      at,
      createdAt: before?.createdAt ?? at,
      deleted,
      fields: { ...before?.fields, ...fields },
    }
    put(this.#objects, object).set(id, record)
    const { status } = record.fields
    if (deleted || status === 'DONE' || status === 'RESOLVED') this.#open.get(object)?.delete(id)
    else this.#open.get(object)?.set(id, record)
    return { record, before }
  }

  /** Does what Ladder decided to write. A record that a person deleted is not brought back by an update. */
  write(decision: Decision): Change | null {
    if (decision.do === 'upsert') {
      const { object, key, fields } = decision
      return this.save(object, idOfKey(key), { ...resolved(fields), ladderKey: key })
    }
    if (decision.do !== 'update') return null
    const { object, id, fields } = decision
    return this.save(object, id, resolved(fields), this.get(object, id)?.deleted)
  }
}

const put = <T>(map: Map<string, Map<string, T>>, key: string): Map<string, T> => {
  let inner = map.get(key)
  if (!inner) map.set(key, (inner = new Map()))
  return inner
}

const isSame = (before: Fields, fields: Fields): boolean => {
  for (const name in fields) if (!same(before[name] ?? null, fields[name] ?? null)) return false
  return true
}

/** Relations that name a Ladder record by its key name it by its id. */
const resolved = (fields: Fields): Fields => {
  const done: Fields = {}
  for (const name in fields) done[name] = withId(fields[name] ?? null)
  return done
}

const withId = (value: Value): Value => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const { key } = value
  return typeof key === 'string' && Object.keys(value).length === 1 ? idOfKey(key) : value
}
