import type { Crm, TwentyConnection } from '../port.ts'
import { planBatches } from './plan.ts'
import { changedSince, listIds, listMembers, readRecords } from './reads.ts'
import { sendBatch } from './write.ts'

export { followedObjects } from './names.ts'
export { snapshotOf } from './records.ts'

/** The CRM port on Twenty's REST API (server 2.31 and newer). */
export const twenty = (connection: TwentyConnection): Crm => ({
  plan: planBatches,
  send: (batch) => sendBatch(connection, batch),
  changedSince: (object, since, cursor) => changedSince(connection, object, since, cursor),
  ids: (object, cursor) => listIds(connection, object, cursor),
  read: (object, ids) => readRecords(connection, object, ids),
  members: () => listMembers(connection),
})
