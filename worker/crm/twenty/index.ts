import { isDocument, planDocuments } from '../documents.ts'
import type { Crm, CrmDeps, TwentyConnection } from '../port.ts'
import { sendDocument } from './documents.ts'
import { planBatches } from './plan.ts'
import { changedSince, listIds, listMembers, readRecords } from './reads.ts'
import { sendBatch } from './write.ts'

export { followedObjects } from './names.ts'
export { snapshotOf } from './records.ts'

/** The CRM port on Twenty's REST API (server 2.31 and newer). */
export const twenty = ({ url, token }: TwentyConnection, deps: CrmDeps): Crm => {
  const server = { url, token, spend: deps.spend }
  return {
    plan: (writes) => {
      const records = planBatches(writes.filter((write) => !isDocument(write)))
      return { batches: [...records, ...planDocuments(writes)], notCarried: [] }
    },
    send: (batch) => (isDocument(batch) ? sendDocument(server, deps.files, batch) : sendBatch(server, batch)),
    changedSince: (object, since, cursor) => changedSince(server, object, since, cursor),
    ids: (object, cursor) => listIds(server, object, cursor),
    read: (object, ids) => readRecords(server, object, ids),
    members: () => listMembers(server),
  }
}
