import type { RecordSnapshot, SubjectMerged } from '../../schemas/events/index.ts'
import { parseRef } from '../../schemas/events/keys.ts'
import type { Draft } from './draft.ts'
import { resolve } from './escalations/resolve.ts'
import { mergeFacts } from './merge-facts.ts'
import { renameKeys } from './merge-keys.ts'
import type { EscalationState, Standing, SubjectState } from './state.ts'
import { closeTask } from './tasks.ts'
import { withdraw } from './tiers/committee.ts'
import { say } from './tiers/text.ts'

/**
 * Takes over all that was known of a customer that was merged into this one: records, facts, ratings, developments,
 * escalations, tasks, campaigns. What both had is there once. The rules then look at the whole. False when it was taken over
 * before: told twice is told once.
 */
export const absorb = (draft: Draft, { from, at, state }: SubjectMerged): boolean => {
  const own = draft.state
  if (own.merged?.[from] !== undefined || from === own.ref) return false
  own.merged = { ...own.merged, [from]: at }
  if (!state) return true
  const other = structuredClone(state) as SubjectState
  Object.assign(own.merged, other.merged)

  const { names, doubles } = renameKeys(own, other)
  const nameOf = (key: string): string => names.get(key) ?? key
  keepNames(own, other, names)
  // where a record stands in both, what was worked out of it comes from the side whose record is taken
  const taken = mergeRecords(own, other, nameOf)
  mergeFacts(own, other, draft.ctx.playbook.source.movement.windowDays)
  mergeCampaigns(own, other, nameOf)
  for (const [id, development] of Object.entries(other.developments))
    if (taken.has(`development ${id}`) || !own.developments[id]) own.developments[id] = development
  if (other.nextVisits) own.nextVisits = { ...other.nextVisits, ...own.nextVisits }
  Object.assign(own.escalations, other.escalations)
  if (other.documents) own.documents = { ...other.documents, ...own.documents }
  for (const [key, task] of Object.entries(other.tasks)) own.tasks[nameOf(key)] = task
  mergeRatings(draft, other)
  closeDoubles(draft, doubles)
  return true
}

/** What the CRM calls the work that goes by another name from now on; work of an earlier merge has a third one. */
const keepNames = (own: SubjectState, other: SubjectState, names: Map<string, string>): void => {
  const kept = { ...own.renamed }
  for (const [key, name] of names) kept[name] = other.renamed?.[key] ?? key
  for (const [key, actual] of Object.entries(other.renamed ?? {})) if (!names.has(key)) kept[key] = actual
  if (Object.keys(kept).length > 0) own.renamed = kept
}

/** The newer snapshot of each record; of two of one time the living one. The record of who is no more isn't kept. */
const mergeRecords = (own: SubjectState, other: SubjectState, nameOf: (key: string) => string): Set<string> => {
  const gone = parseRef(other.ref)
  const taken = new Set<string>()
  for (const [object, records] of Object.entries(other.records)) {
    for (const [id, theirs] of Object.entries(records)) {
      if (object === gone.object && id === gone.id) continue
      const ours = own.records[object]?.[id]
      if (ours && !isNewer(theirs, ours)) continue
      const key = theirs.fields['ladderKey']
      if (typeof key === 'string') theirs.fields['ladderKey'] = nameOf(key)
      own.records[object] = { ...own.records[object], [id]: theirs }
      taken.add(`${object} ${id}`)
    }
  }
  return taken
}

const isNewer = (one: RecordSnapshot, other: RecordSnapshot): boolean => {
  const order = Date.parse(one.at) - Date.parse(other.at)
  return order > 0 || (order === 0 && !one.deleted && other.deleted)
}

const mergeCampaigns = (own: SubjectState, other: SubjectState, nameOf: (key: string) => string): void => {
  for (const [id, theirs] of Object.entries(other.campaigns)) {
    const ours = own.campaigns[id]
    if (!ours || theirs.at > ours.at) own.campaigns[id] = theirs
  }
  const mine = (refs: string[]): string[] => [...new Set(refs.map((ref) => (ref === other.ref ? own.ref : ref)))].sort()
  for (const campaign of Object.values(own.campaigns)) {
    campaign.guests = mine(campaign.guests)
    if (campaign.list) campaign.list = mine(campaign.list)
  }
  for (const [id, key] of Object.entries(other.launched)) own.launched[id] ??= nameOf(key)
}

const earlier = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other < one) ? other : one

/** The winner's tier stands until the rules rate anew; two proposals to the committee are one too many. */
const mergeRatings = (draft: Draft, other: SubjectState): void => {
  const own = draft.state
  if (own.rating) delete own.unratedOn
  else if (other.unratedOn !== undefined) own.unratedOn = other.unratedOn
  if (!own.rating && other.rating) delete own.unratedOn
  own.rating ??= other.rating
  const rated = own.rated ?? other.rated
  if (rated) own.rated = { ...rated, count: (own.rated?.count ?? 0) + (other.rated?.count ?? 0) }
  own.nextRatingOn = earlier(own.nextRatingOn, other.nextRatingOn)
  own.cadenceFrom = earlier(own.cadenceFrom, other.cadenceFrom)
  mergeProposals(draft, own, other)
  for (const [id, theirs] of Object.entries(other.schemes ?? {})) {
    const ours = ((own.schemes ??= {})[id] ??= { rating: null, proposed: null, nextRatingOn: null })
    ours.rating ??= theirs.rating
    ours.nextRatingOn = earlier(ours.nextRatingOn, theirs.nextRatingOn)
    mergeProposals(draft, ours, theirs)
  }
}

const mergeProposals = (draft: Draft, own: Standing, other: Standing): void => {
  const { proposed } = own
  if (proposed && other.proposed) withdraw(draft, own, other.proposed)
  own.proposed = proposed ?? other.proposed
}

/** No cause stands twice, and no task waits for what another one stands for already. */
const closeDoubles = (draft: Draft, tasks: string[]): void => {
  const { state, ctx } = draft
  const text = say(ctx, 'The customer was merged: this is followed up once', '客户已合并：同一事项只跟进一次')
  const standing = Map.groupBy(
    Object.values(state.escalations).filter((one) => one.standing),
    ({ cause, about }) => `${cause} ${about}`,
  )
  for (const [, ...doubles] of [...standing.values()].map((same) => same.sort(byUrgency))) {
    for (const double of doubles) {
      double.standing = false
      if (double.status !== 'RESOLVED') resolve(draft, double, new Date(ctx.now).toISOString(), text)
    }
  }
  for (const key of tasks) closeTask(draft, key, { rule: 'ESC-LADDER', text })
}

const STATUS = ['OPEN', 'SNOOZED', 'PAUSED', 'ACKNOWLEDGED', 'RESOLVED']

/** The one that must not fall silent first: unanswered, high on its ladder, raised early; else the winner's own. */
const byUrgency = (a: EscalationState, b: EscalationState): number =>
  STATUS.indexOf(a.status) - STATUS.indexOf(b.status) ||
  b.level - a.level ||
  Date.parse(a.raisedAt) - Date.parse(b.raisedAt)
