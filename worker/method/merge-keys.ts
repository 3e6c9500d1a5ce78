import type { Decision, LadderEvent, Ref } from '../../schemas/events/index.ts'
import { ladderKey } from '../../schemas/events/keys.ts'
import type { SubjectState } from './state.ts'

/**
 * Keys after a merge. Rules name work by their own subject (`company:<winner>/contact/…`), but the CRM has it under the name of
 * the one that was merged (`company:<loser>/contact/…`), and a key is never changed. So work that came with a merge keeps two
 * names: the rules' and the CRM's. `state.renamed` leads from one to the other, at the edge of the core and nowhere else.
 */

/** Work that rules find again by its key. Escalations and ratings are found by what they are about. */
const RENAMED = [
  'contact',
  'stage',
  'stage-warning',
  'objection',
  'visit',
  'visit-task',
  'campaign',
  'guest',
  'holding',
  'rms',
  'occasion',
  'visit-by',
  'referral',
]

/**
 * What the keys of a merged subject are called from now on: old name → new one. `doubles`: those whose new name `own` has
 * itself; they stay as they are.
 */
export const renameKeys = (
  own: SubjectState,
  other: SubjectState,
): { names: Map<string, string>; doubles: string[] } => {
  const taken = new Set(keysOf(own))
  const names = new Map<string, string>()
  const doubles: string[] = []
  for (const key of keysOf(other)) {
    const rest = key.slice(other.ref.length + 1)
    if (!key.startsWith(`${other.ref}/`) || !RENAMED.includes(rest.slice(0, rest.indexOf('/')))) continue
    const name = `${own.ref}/${rest}`
    if (taken.has(name)) doubles.push(key)
    else names.set(key, name)
  }
  return { names, doubles }
}

const keysOf = ({ ref, tasks, holdings, launched, nextVisits = {}, occurred = {} }: SubjectState): string[] => [
  ...Object.keys(nextVisits).map((id) => ladderKey(ref, 'visit', id)),
  ...Object.keys(tasks),
  ...Object.keys(holdings).map((number) => ladderKey(ref, 'holding', number)),
  ...Object.values(launched),
  ...Object.keys(occurred).map((id) => ladderKey(ref, 'occasion', id)),
]

/** An event in the names that the rules know. */
export const heard = (state: SubjectState, event: LadderEvent): LadderEvent => {
  if (!state.merged) return event
  if (event.type === 'campaign.opened') {
    const mine = (refs: Ref[]): Ref[] => refs.map((ref) => (state.merged?.[ref] === undefined ? ref : state.ref))
    const { guests, list } = event.campaign
    return { ...event, campaign: { ...event.campaign, guests: mine(guests), ...(list ? { list: mine(list) } : {}) } }
  }
  if (event.type !== 'record.changed') return event
  const { record } = event
  const key = record.fields['ladderKey']
  const name = Object.entries(state.renamed ?? {}).find(([, kept]) => kept === key)?.[0]
  return name === undefined ? event : { ...event, record: { ...record, fields: { ...record.fields, ladderKey: name } } }
}

/** Decisions in the names that the CRM knows. */
export const named = ({ renamed }: SubjectState, decisions: Decision[]): Decision[] =>
  renamed
    ? decisions.map((one) => (one.do === 'upsert' ? { ...one, key: renamed[one.key] ?? one.key } : one))
    : decisions
