import type { Decision, Fields, LadderEvent, RecordSnapshot, Why } from '../../schemas/events/index.ts'
import type { Context } from './context.ts'
import type { SubjectState } from './state.ts'

/**
 * A decision in the making: the state that rules change, and what they decided. Field updates of one record are joined, so
 * several rules make one write. Rules may only reach the outside through here.
 */
export class Draft {
  readonly state: SubjectState
  readonly event: LadderEvent
  /** With the calendar of the subject's branch once its event has been observed. */
  ctx: Context
  readonly decisions: Decision[] = []
  /** Something has to be kept although it is no news: a later time of the same content. */
  touched = false
  /** Places on a guest list that the event brought: record id → as it was before. */
  readonly places: Map<string, RecordSnapshot | undefined>

  constructor(state: SubjectState, event: LadderEvent, ctx: Context, places?: Draft['places']) {
    this.state = state
    this.event = event
    this.ctx = ctx
    this.places = places ?? new Map()
  }

  /** Why a rule of the method decided so. */
  why(rule: string, more: Pick<Why, 'row' | 'inputs' | 'text'> = {}): Why {
    return { event: this.event.id, playbook: this.ctx.playbook.version, rule, ...more }
  }

  /** Makes or updates a Ladder record by its key. Several upserts of one key become one. */
  upsert(object: string, key: string, fields: Fields, why: Why): void {
    const earlier = this.decisions.find((one) => one.do === 'upsert' && one.key === key)
    if (earlier?.do === 'upsert') Object.assign(earlier.fields, fields)
    else this.decisions.push({ do: 'upsert', object, key, fields: { ...fields }, why })
  }

  /**
   * Sets those fields of a people's record that differ from what was last seen, and remembers them as seen: the webhook of
   * our own write then finds nothing changed, which ends loops.
   */
  update(object: string, id: string, fields: Fields, why: Why): void {
    const seen = this.record(object, id)
    const changed = Object.entries(fields).filter(([name, value]) => !same(seen?.fields[name] ?? null, value ?? null))
    if (changed.length === 0) return
    const fresh = Object.fromEntries(changed)
    if (seen) Object.assign(seen.fields, fresh)
    const earlier = this.decisions.find((one) => one.do === 'update' && one.id === id && one.object === object)
    if (earlier?.do === 'update') Object.assign(earlier.fields, fresh)
    else this.decisions.push({ do: 'update', object, id, fields: fresh, why })
  }

  /** Asks something of all customers; the answer comes once, as the event `gathered`. Asked again by the same id: nothing. */
  gather(query: string, id: string, params: Fields, why: Why): void {
    const asked = (this.state.asked ??= {})
    if (asked[id] !== undefined) return
    asked[id] = query
    this.decisions.push({ do: 'gather', gather: { id, ref: this.state.ref, query, params }, why })
  }

  /** Keeps a trace of something weighed that needs no write. */
  note(why: Why): void {
    this.decisions.push({ do: 'note', why })
  }

  record(object: string, id: string): RecordSnapshot | undefined {
    return this.state.records[object]?.[id]
  }

  /** Living records of an object. */
  recordsOf(object: string): RecordSnapshot[] {
    return Object.values(this.state.records[object] ?? {}).filter((record) => !record.deleted)
  }
}

/** Equality of neutral values; an empty text, an empty list, no and null are the same: CRMs mix them. */
export const same = (a: unknown, b: unknown): boolean => {
  if (a === b) return true
  const left = blank(a) ? null : a
  const right = blank(b) ? null : b
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object') return left === right
  return JSON.stringify(left) === JSON.stringify(right)
}

const blank = (value: unknown): boolean =>
  value == null || value === '' || value === false || (Array.isArray(value) && value.length === 0)
