import type { Crm, CrmDeps } from '../port.ts'
import type { HubspotConnection } from './layout.ts'

export { followedObjects } from './layout.ts'
export { rawRecord, snapshotOf } from './records.ts'

const notYet = async () => ({
  ok: false as const,
  failure: { kind: 'refused' as const, status: 0, message: 'not yet' },
})

/** The CRM port on HubSpot's dated API. */
export const hubspot = (_connection: HubspotConnection, _deps: CrmDeps): Crm => ({
  plan: () => ({ batches: [], notCarried: [] }),
  send: notYet,
  changedSince: notYet,
  ids: notYet,
  read: notYet,
  members: notYet,
})
