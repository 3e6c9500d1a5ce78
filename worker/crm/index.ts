import type { RecordSnapshot } from '../../schemas/events/index.ts'
import {
  followedObjects as followedInHubspot,
  hubspot,
  rawRecord,
  snapshotOf as hubspotSnapshot,
} from './hubspot/index.ts'
import { limitsOf as limitsOfHubspot } from './hubspot/limits.ts'
import type { Crm, CrmAccess, CrmConnection, CrmDeps, CrmLimits, CrmPlace } from './port.ts'
import { followedObjects as followedInTwenty, snapshotOf as twentySnapshot, twenty } from './twenty/index.ts'

/** The adapter of a connection's CRM. */
export const connect = (connection: CrmConnection, deps: CrmDeps): Crm =>
  connection.kind === 'twenty' ? twenty(connection, deps) : hubspot(connection, deps)

/** Twenty's own default limit is 100 calls a minute. */
const TWENTY_CALLS = 90

/** The limits of a CRM: those that the admin has set, else what its edition is known to take. */
export const limitsOf = (
  place: CrmPlace,
  callsPerMinute?: number | undefined,
  dailyLimit?: number | undefined,
): CrmLimits => {
  if (place.kind === 'hubspot') return limitsOfHubspot(place.layout, callsPerMinute, dailyLimit)
  const perMinute = callsPerMinute ?? TWENTY_CALLS
  return {
    calls: { perMinute, burst: perMinute },
    searches: null,
    daily: dailyLimit ?? null,
    timeZone: 'Asia/Shanghai',
  }
}

/** A raw record of a CRM in neutral form; undefined when it isn't one that Ladder follows. */
export const snapshotOf = (
  place: CrmPlace,
  object: string,
  raw: Record<string, unknown>,
): RecordSnapshot | undefined => {
  if (place.kind === 'twenty') return twentySnapshot(object, raw)
  const record = rawRecord(raw)
  return record && hubspotSnapshot(place.layout, object, record)
}

/** Objects that are followed by webhook and sweep in this CRM. */
export const followedObjects = (place: CrmPlace): readonly string[] =>
  place.kind === 'twenty' ? followedInTwenty : followedInHubspot(place.layout)

/** A connection without its secret. */
export const placeOf = (connection: CrmAccess): CrmPlace =>
  connection.kind === 'twenty'
    ? { kind: 'twenty', url: connection.url }
    : { kind: 'hubspot', url: connection.url, layout: connection.layout }
