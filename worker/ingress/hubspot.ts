import type { Hint } from '../../schemas/events/hints.ts'
import { type HubspotEvent, hubspotEventKey, hubspotEventSchema } from '../../schemas/events/hubspot-webhook.ts'

/** HubSpot sends at most 100 events a call. More than this is not HubSpot. */
export const MOST_HUBSPOT_EVENTS = 1000

/** The events of a parsed body; null when it is none of a HubSpot webhook. A single event counts as an array of one. */
export const hubspotEvents = (body: unknown): Record<string, unknown>[] | null => {
  const list: unknown[] = Array.isArray(body) ? body : [body]
  return list.length <= MOST_HUBSPOT_EVENTS && list.every(isObject) ? list : null
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is needed to understand a delivery for one account. */
export interface HubspotReader {
  portalId: number
  /** The neutral object of a type id; undefined when Ladder doesn't follow it. */
  objectOf(typeId: string): string | undefined
  /** When the delivery came, epoch ms: for an event that doesn't say when it happened. */
  receivedAt: number
}

/** Why events were left out, by name of the counter. */
export type LeftOut = 'unreadable' | 'other-portal' | 'duplicate' | 'ignored'

export interface HubspotRead {
  hints: Hint[]
  leftOut: Record<LeftOut, number>
}

/** An event can't have happened later than this after it came: then its clock is wrong. */
const AHEAD_MS = 60 * 60_000

/** What the events of a verified delivery ask Ladder to look at. Each is read by itself: one odd event costs no other. */
export const readHubspot = (body: unknown, reader: HubspotReader): HubspotRead => {
  const leftOut: Record<LeftOut, number> = { unreadable: 0, 'other-portal': 0, duplicate: 0, ignored: 0 }
  const seen = new Set<string>()
  const hints: Hint[] = []
  for (const raw of hubspotEvents(body) ?? []) {
    const parsed = hubspotEventSchema.safeParse(raw)
    const key = parsed.success ? hubspotEventKey(parsed.data) : ''
    const found = parsed.success ? hintsOf(parsed.data, reader) : []
    if (!parsed.success) leftOut.unreadable++
    else if (parsed.data.portalId !== reader.portalId) leftOut['other-portal']++
    else if (seen.has(key)) leftOut.duplicate++
    else if (found.length === 0) leftOut.ignored++
    else {
      seen.add(key)
      hints.push(...found)
    }
  }
  return { hints, leftOut }
}

/** Type ids of the objects that older subscriptions and associations name by word. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['contact', '0-1'],
  ['company', '0-2'],
  ['deal', '0-3'],
  ['ticket', '0-5'],
  ['task', '0-27'],
  ['meeting', '0-47'],
])

const hintsOf = (event: HubspotEvent, reader: HubspotReader): Hint[] => {
  const [word = '', what] = event.subscriptionType.split('.')
  const type = event.objectTypeId ?? WORDS.get(word.toLowerCase())
  const object = type === undefined ? undefined : reader.objectOf(type)
  const id = event.objectId
  const at = instantOf(event, reader)
  switch (what) {
    case 'creation':
    case 'propertyChange':
    case 'deletion':
    case 'restore':
      return touched(object, id, at, what === 'deletion' || what === 'restore')
    case 'associationChange':
      return associated(event, type, reader, at)
    case 'merge':
      return object === undefined ? [] : merged(event, object, at)
    case 'privacyDeletion':
      return object === undefined || id === undefined ? [] : [{ type: 'record.erased', object, recordId: id, at }]
    default:
      return []
  }
}

const instantOf = ({ occurredAt }: HubspotEvent, { receivedAt }: HubspotReader): string =>
  new Date(occurredAt === undefined || occurredAt > receivedAt + AHEAD_MS ? receivedAt : occurredAt).toISOString()

const touched = (object: string | undefined, id: string | undefined, at: string, turned: boolean): Hint[] =>
  object === undefined || id === undefined ? [] : [{ type: 'record.touched', object, recordId: id, at, turned }]

/** Both sides of an association: which of them keeps the relation is the model's matter. */
const associated = (event: HubspotEvent, type: string | undefined, reader: HubspotReader, at: string): Hint[] => {
  const [, from = '', to = ''] = /^([A-Z]+)_TO_([A-Z]+)/.exec(event.associationType ?? '') ?? []
  const objectOf = (typeId: string | undefined): string | undefined => typeId && reader.objectOf(typeId)
  return [
    ...touched(
      objectOf(event.fromObjectTypeId ?? WORDS.get(from.toLowerCase()) ?? type),
      event.fromObjectId ?? event.objectId,
      at,
      false,
    ),
    ...touched(objectOf(event.toObjectTypeId ?? WORDS.get(to.toLowerCase())), event.toObjectId, at, false),
  ]
}

/** Where a merge makes a new record, the one that was meant to stay is gone as well. */
const merged = (event: HubspotEvent, object: string, at: string): Hint[] => {
  const { primaryObjectId, newObjectId, mergedObjectIds = [], objectId } = event
  const winner = newObjectId ?? primaryObjectId ?? objectId
  if (winner === undefined) return []
  const named = [primaryObjectId, ...mergedObjectIds].filter((id) => id !== undefined)
  const losers = [...new Set(named)].filter((id) => id !== winner)
  return losers.length === 0
    ? touched(object, winner, at, false)
    : [{ type: 'records.merged', object, winner, losers, at }]
}
