import type {
  Gathered,
  OpenedCampaign,
  RecordChanged,
  RecordGone,
  RecordSnapshot,
  Ref,
} from '../../schemas/events/index.ts'
import { same, type Draft } from './draft.ts'
import { absorb } from './merge.ts'
import { hearOccasion } from './occasions/wide.ts'
import { observeFact } from './tiers/facts.ts'
import { concerns } from './tiers/run.ts'

/**
 * Puts an event into the state. False: nothing new is known, so no rule has to look. Histories may come in any order and
 * more than once: a snapshot counts by its `at`, a fact by its id, never by when it arrived.
 */
export const observe = (draft: Draft): boolean => {
  const { event } = draft
  switch (event.type) {
    case 'record.changed':
      return recordChanged(draft, event)
    case 'record.gone':
      return recordGone(draft, event)
    case 'fact':
      return observeFact(draft, event)
    case 'campaign.opened':
      return campaignOpened(draft, event.campaign)
    case 'occasion.called':
      return hearOccasion(draft, event.occasion)
    case 'subject.merged':
      return absorb(draft, event)
    case 'gathered':
      return answered(draft, event)
    case 'rating.run':
      return concerns(draft.state, draft.ctx, event.run)
    case 'time.passed':
      return true
  }
}

const recordChanged = (draft: Draft, event: RecordChanged): boolean => {
  const { record } = event
  const records = (draft.state.records[record.object] ??= {})
  const seen = records[record.id]
  if (seen) {
    const order = compareInstants(record.at, seen.at)
    if (order < 0 || (order === 0 && event.via !== 'sweep')) return false
    if (sameRecord(seen, record)) {
      // kept, so that an older change that comes late isn't taken for a newer one
      draft.touched = order !== 0
      seen.at = record.at
      return false
    }
  }
  const fresh = { ...record, fields: { ...record.fields } }
  keepBefore(draft, record.object, record.id, seen)
  records[record.id] = fresh
  if (record.object === 'task') followTask(draft, fresh)
  return true
}

/** Counts of guests are kept by what changed. */
const keepBefore = (draft: Draft, object: string, id: string, before: RecordSnapshot | undefined): void => {
  if (object === 'participation' && !draft.places.has(id)) draft.places.set(id, before)
}

/** What is left of a destroyed record keeps late news of it from bringing it back. */
const recordGone = (draft: Draft, event: RecordGone): boolean => {
  const { object, recordId, at } = event
  const records = (draft.state.records[object] ??= {})
  const seen = records[recordId]
  if (seen && (seen.deleted ? compareInstants(at, seen.at) <= 0 : compareInstants(at, seen.at) < 0)) return false
  const { ladderKey = null } = seen?.fields ?? {}
  const gone = { object, id: recordId, at, createdAt: seen?.createdAt ?? at, deleted: true, fields: { ladderKey } }
  keepBefore(draft, object, recordId, seen)
  records[recordId] = gone
  if (object === 'task') followTask(draft, gone)
  return true
}

/**
 * Keeps the state of Ladder's own tasks in step with what people did to them. What Ladder closed itself stays closed: an open
 * one seen afterwards is the echo of its making.
 */
const followTask = (draft: Draft, record: RecordSnapshot): void => {
  const key = record.fields['ladderKey']
  const task = typeof key === 'string' ? draft.state.tasks[key] : undefined
  if (!task || task.closedBy === 'LADDER') return
  task.status = record.deleted || record.fields['status'] === 'DONE' ? 'CLOSED' : 'OPEN'
}

const campaignOpened = (draft: Draft, campaign: OpenedCampaign): boolean => {
  const { ref, campaigns } = draft.state
  const seen = campaigns[campaign.id]
  const mine = (refs: Ref[]): Ref[] => refs.filter((one) => one === ref)
  // who else is a guest is no matter of this one's
  const own = { ...campaign, guests: mine(campaign.guests), ...(campaign.list ? { list: mine(campaign.list) } : {}) }
  const order = seen ? compareInstants(own.at, seen.at) || (own.turn ?? 0) - (seen.turn ?? 0) : 1
  if (order < 0 || JSON.stringify(seen) === JSON.stringify(own)) return false
  campaigns[campaign.id] = own
  return true
}

/** Two ISO instants; the usual form is compared as text. Negative when `a` is earlier. */
const compareInstants = (a: string, b: string): number => {
  if (a === b) return 0
  if (a.length === 24 && b.length === 24 && a.endsWith('Z') && b.endsWith('Z')) return a < b ? -1 : 1
  return Date.parse(a) - Date.parse(b) || 0
}

const sameRecord = (a: RecordSnapshot, b: RecordSnapshot): boolean => {
  if (a.deleted !== b.deleted) return false
  for (const name in b.fields) if (!same(a.fields[name], b.fields[name])) return false
  for (const name in a.fields) if (!(name in b.fields) && !same(a.fields[name], null)) return false
  return true
}

/** An answer counts once, and only when it was asked for. */
const answered = ({ state }: Draft, { id }: Gathered): boolean => {
  const { [id]: query, ...others } = state.asked ?? {}
  state.asked = others
  return query !== undefined
}
