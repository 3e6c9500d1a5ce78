import { isDocument } from '../documents.ts'
import { type CallResult, type Crm, type CrmDeps, noScript } from '../port.ts'
import { calls } from './calls.ts'
import { Portal } from './client.ts'
import { isPicture, pictureOf, sendPicture } from './events.ts'
import { readJournal } from './journal.ts'
import { Keys } from './keys.ts'
import type { HubspotConnection } from './layout.ts'
import { sendLinks } from './links.ts'
import { listMembers } from './owners.ts'
import { planBatches, relationOfStep } from './plan.ts'
import { readRecords } from './read.ts'
import { changedSince, listIds } from './sweep.ts'
import { sendRecords } from './write.ts'

export { followedObjects } from './layout.ts'
export { limitsOf } from './limits.ts'
export { rawRecord, snapshotOf } from './records.ts'

/** The CRM port on HubSpot's dated API. One adapter a run: it remembers the records that the run has made. */
export const hubspot = (connection: HubspotConnection, deps: CrmDeps): Crm => {
  const portal = new Portal(connection, deps)
  const keys = new Keys(portal)
  const begun = <T>(work: () => T): T => {
    portal.begin()
    return work()
  }
  const attach: Crm['send'] = async (batch) =>
    (await deps.documents?.())?.sendToHubspot(portal, keys, () => listMembers(portal), batch) ?? noScript
  const send: Crm['send'] = (batch) => {
    if (isPicture(batch)) return sendPicture(portal, batch)
    if (isDocument(batch)) return attach(batch)
    const relation = relationOfStep(batch)
    return relation === undefined ? sendRecords(portal, keys, batch) : sendLinks(portal, keys, batch, relation)
  }
  const { appAccess } = deps
  return {
    ...(appAccess
      ? { journal: (from) => readJournal(new Portal(connection, { ...deps, access: appAccess }), connection.url, from) }
      : {}),
    plan: (writes) => planBatches(connection.layout, writes, deps.known),
    send: (batch) => begun(() => send(batch)),
    changedSince: (object, since, cursor) => begun(() => changedSince(portal, object, since, cursor)),
    ids: (object, cursor) => begun(() => listIds(portal, object, cursor)),
    read: (object, ids) => begun(() => readRecords(portal, object, ids)),
    members: () => begun(() => listMembers(portal)),
    picture: (records) => (connection.layout.marketingEvents ? pictureOf(records) : []),
    completeAction: (callbackId, outputs) => begun(() => completeAction(portal, callbackId, outputs)),
  }
}

/** Tells a workflow that waits how its action ended. A hundred or more of them are told one by one: they end at their own times. */
const completeAction = async (
  portal: Portal,
  callback: string,
  outputFields: Record<string, string>,
): Promise<CallResult<null>> => {
  const result = await portal.call(calls.completeAction, {
    words: { callback },
    json: { outputFields, typedOutputs: {} },
  })
  return result.ok ? { ok: true, value: null } : result
}
