import { isDocument, planDocuments } from '../documents.ts'
import { type Crm, type CrmDeps, noScript, type TwentyConnection } from '../port.ts'
import { planBatches } from './plan.ts'
import { changedSince, listIds, listMembers, readRecords } from './reads.ts'
import { sendBatch } from './write.ts'

export { followedObjects } from './names.ts'
export { snapshotOf } from './records.ts'

/** The CRM port on Twenty's REST API (server 2.31 and newer). */
export const twenty = ({ url, token }: TwentyConnection, deps: CrmDeps): Crm => {
  const server = { url, token, spend: deps.spend }
  const members: Crm['members'] = () => listMembers(server)
  const attach: Crm['send'] = async (batch) =>
    (await deps.documents?.())?.sendToTwenty(server, deps.files, members, batch) ?? noScript
  return {
    plan: (writes) => {
      const records = planBatches(writes.filter((write) => !isDocument(write)))
      return { batches: [...records, ...planDocuments(writes)], notCarried: [] }
    },
    send: (batch) => (isDocument(batch) ? attach(batch) : sendBatch(server, batch)),
    changedSince: (object, since, cursor) => changedSince(server, object, since, cursor),
    ids: (object, cursor) => listIds(server, object, cursor),
    read: (object, ids) => readRecords(server, object, ids),
    members,
  }
}
