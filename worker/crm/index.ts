import type { RecordSnapshot } from '../../schemas/events/index.ts'
import type { Crm, CrmConnection } from './port.ts'
import { followedObjects as followedInTwenty, snapshotOf as twentySnapshot, twenty } from './twenty/index.ts'

/** The adapter of a connection's CRM. */
export const connect = (connection: CrmConnection): Crm => twenty(connection)

/** A raw record of a CRM's webhook in neutral form; undefined when it isn't one that Ladder follows. */
export const snapshotOf = (
  _kind: CrmConnection['kind'],
  object: string,
  raw: Record<string, unknown>,
): RecordSnapshot | undefined => twentySnapshot(object, raw)

/** Objects that are followed by webhook and sweep in this CRM. */
export const followedObjects = (_kind: CrmConnection['kind']): readonly string[] => followedInTwenty
