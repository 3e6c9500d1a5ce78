import type { RecordSnapshot } from '../../../schemas/events/index.ts'
import { fullName } from '../full-name.ts'
import type { CallResult, Member, Page } from '../port.ts'
import { call, type Server } from './client.ts'
import { pluralOf } from './names.ts'
import { snapshotOf } from './records.ts'

const PAGE = 200
type Row = Record<string, unknown>

interface Listing {
  rows: Row[]
  next: string | null
}

const list = async (
  crm: Server,
  plural: string,
  filter: string | null,
  order: string,
  after: string | null,
): Promise<CallResult<Listing>> => {
  const query = new URLSearchParams({ limit: String(PAGE), depth: '0', order_by: order })
  if (filter) query.set('filter', filter)
  if (after) query.set('starting_after', after)
  const result = await call(crm, 'GET', `/rest/${plural}?${query}`)
  if (!result.ok) return result
  const body = result.value.body as {
    data?: Record<string, Row[]>
    pageInfo?: { hasNextPage?: boolean; endCursor?: string | null }
  }
  const rows = body.data?.[plural]
  if (!Array.isArray(rows))
    return { ok: false, failure: { kind: 'unreachable', message: `the answer holds no list of ${plural}` } }
  return { ok: true, value: { rows, next: body.pageInfo?.hasNextPage ? (body.pageInfo.endCursor ?? null) : null } }
}

const unknownObject = (object: string) => ({
  ok: false as const,
  failure: { kind: 'refused' as const, status: 0, message: `Ladder doesn't know the object ${object}` },
})

const snapshots = (object: string, rows: Row[]): RecordSnapshot[] =>
  rows.map((row) => snapshotOf(object, row)).filter((record) => record !== undefined)

/**
 * Living records first, then the soft-deleted ones, which Twenty lists only when asked for: a cursor that begins with `d`
 * stands in the second list.
 */
export const changedSince = async (
  crm: Server,
  object: string,
  since: string,
  cursor: string | null,
): Promise<CallResult<Page>> => {
  const plural = pluralOf(object)
  if (!plural) return unknownObject(object)
  const deleted = cursor?.startsWith('d') ?? false
  const filter = `updatedAt[gte]:"${since}"${deleted ? ',deletedAt[is]:NOT_NULL' : ''}`
  const result = await list(crm, plural, filter, 'updatedAt', cursor?.slice(1) || null)
  if (!result.ok) return result
  const { rows, next } = result.value
  return {
    ok: true,
    value: { records: snapshots(object, rows), next: next ? `${deleted ? 'd' : 'l'}${next}` : deleted ? null : 'd' },
  }
}

/** Ids of living records, a page a call. */
export const listIds = async (
  crm: Server,
  object: string,
  cursor: string | null,
): Promise<CallResult<{ ids: string[]; next: string | null }>> => {
  const plural = pluralOf(object)
  if (!plural) return unknownObject(object)
  const result = await list(crm, plural, null, 'id', cursor)
  if (!result.ok) return result
  return { ok: true, value: { ids: result.value.rows.map((row) => String(row.id)), next: result.value.next } }
}

/** Records by id, those that exist: at most a page of them. */
export const readRecords = async (
  crm: Server,
  object: string,
  ids: string[],
): Promise<CallResult<RecordSnapshot[]>> => {
  const plural = pluralOf(object)
  if (!plural) return unknownObject(object)
  if (ids.length === 0) return { ok: true, value: [] }
  const filter = `id[in]:[${ids
    .slice(0, PAGE)
    .map((id) => `"${id}"`)
    .join(',')}]`
  const result = await list(crm, plural, filter, 'id', null)
  return result.ok ? { ok: true, value: snapshots(object, result.value.rows) } : result
}

/** The workspace's members with their e-mail: roles of the playbook name people by it. */
export const listMembers = async (crm: Server): Promise<CallResult<Member[]>> => {
  const result = await list(crm, 'workspaceMembers', null, 'id', null)
  if (!result.ok) return result
  const members = result.value.rows.map((row) => {
    const name = row.name as { firstName?: string; lastName?: string } | null
    return {
      id: String(row.id),
      email: String(row.userEmail ?? '').toLowerCase(),
      name: fullName(name?.firstName, name?.lastName) ?? '',
    }
  })
  return { ok: true, value: members }
}
