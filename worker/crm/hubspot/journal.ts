import type { CallResult, JournalRead } from '../port.ts'
import { calls } from './calls.ts'
import { listIn, noList, type Portal, TIMEOUT_MS } from './client.ts'

/** What the journal calls a happening, and how webhooks name it. */
const KINDS: Partial<Record<string, string>> = {
  CREATE: 'creation',
  UPDATE: 'propertyChange',
  SNAPSHOT: 'propertyChange',
  DELETE: 'deletion',
  RESTORE: 'restore',
  MERGE: 'merge',
  ASSOCIATION_ADDED: 'associationChange',
  ASSOCIATION_REMOVED: 'associationChange',
  GDPR_DELETE: 'privacyDeletion',
}

/** HubSpot's files hold 5 MB; more than this is none of them. */
const MOST_BYTES = 32 * 1024 * 1024

/** The next page of the app's journal of this account. Its file is fetched from where it lies, without a token. */
export const readJournal = async (
  portal: Portal,
  apiUrl: string,
  from: 'latest' | 'earliest' | { after: string },
): Promise<CallResult<JournalRead>> => {
  portal.begin()
  const query = { installPortalId: String(portal.layout.portalId) }
  const isNext = typeof from === 'object'
  const found = isNext
    ? await portal.call(calls.journalNext, { words: { offset: from.after }, query })
    : await portal.call(calls.journalEnd, { words: { end: from }, query })
  if (!found.ok) {
    const { failure } = found
    return isNext && failure.kind === 'refused' && failure.status === 404
      ? { ok: true, value: { state: 'lost' } }
      : found
  }
  if (found.value === null) return { ok: true, value: { state: 'end' } }
  const { url, currentOffset: offset } = found.value as { url?: unknown; currentOffset?: unknown }
  if (typeof url !== 'string' || typeof offset !== 'string') return noList('place of a file')
  const file = await fetchFile(url, apiUrl)
  if (!file.ok) return file
  const events = listIn(file.value, 'journalEvents')
  return events ? { ok: true, value: { state: 'page', offset, events: eventsOf(events) } } : noList('events')
}

/** A file that can't be had now is asked for again: its next address is a new one. */
const fetchFile = async (address: string, apiUrl: string): Promise<CallResult<unknown>> => {
  const fault = (message: string) => ({ ok: false as const, failure: { kind: 'unreachable' as const, message } })
  try {
    const url = new URL(address)
    if (url.protocol !== 'https:' && url.origin !== new URL(apiUrl).origin)
      return fault('the journal’s file is not at https')
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (!response.ok || Number(response.headers.get('content-length')) > MOST_BYTES)
      return fault(`the journal’s file: HTTP ${response.status}`)
    return { ok: true, value: await response.json() }
  } catch {
    return fault('the journal’s file can’t be read')
  }
}

/** Events as webhooks would tell them. Of changes to one record the last one is enough; what means nothing is left out. */
const eventsOf = (raws: Record<string, unknown>[]): object[] => {
  const events = new Map<string, object>()
  for (const [index, raw] of raws.entries()) {
    const kind = KINDS[String(raw.action)]
    if (kind === undefined) continue
    const { portalId, objectTypeId, objectId, primaryObjectId, mergedObjectIds, newObjectId } = raw
    const at = typeof raw.occurredAt === 'number' ? raw.occurredAt : Date.parse(String(raw.occurredAt))
    const ends =
      kind === 'associationChange'
        ? {
            fromObjectTypeId: raw.fromObjectTypeId ?? objectTypeId,
            fromObjectId: raw.fromObjectId ?? objectId,
            toObjectTypeId: raw.toObjectTypeId ?? raw.associatedObjectTypeId,
            toObjectId: raw.toObjectId ?? raw.associatedObjectId,
          }
        : { objectTypeId, objectId, primaryObjectId, mergedObjectIds, newObjectId }
    const isChange = kind === 'creation' || kind === 'propertyChange'
    events.set(isChange ? `${String(objectTypeId)}/${String(objectId)}` : String(index), {
      subscriptionType: `object.${kind}`,
      portalId,
      ...(Number.isFinite(at) ? { occurredAt: at } : {}),
      ...ends,
    })
  }
  return [...events.values()]
}
