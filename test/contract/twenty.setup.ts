import { gzipSync } from 'node:zlib'
import type { SeedMember, TwentySandbox } from '../../plugin/sandbox/twenty/index.ts'
import type { JsonObject } from '../../plugin/sandbox/twenty/types.ts'
import type { Recording } from './twenty.recordings.ts'

/** Companies that the lists of `records/` counted. */
const COMPANIES_LISTED = 1055

/** How many of the companies that no page shows have an owner. */
const OWNED = 399

/** Fields that seeded companies don't have yet, or that nobody can write. */
const LATER = new Set(['searchVector', 'deletedAt', 'erpId', 'customerTier', 'cdTier', 'developmentStageId'])

type Fields = Record<string, unknown>

function rowsOf(recording: Recording): Fields[] {
  const body = recording.response.body as { data?: Record<string, unknown> } | null
  const rows = body?.data?.['companies']
  return Array.isArray(rows) ? (rows as Fields[]) : []
}

/** Companies that were there before the first recorded one, as far as the recorded pages show them. */
export function seededCompanies(recordings: Recording[], replayed: ReadonlySet<string>): JsonObject[] {
  const found = new Map<string, JsonObject>()
  for (const recording of recordings) {
    for (const row of rowsOf(recording)) {
      const id = String(row['id'])
      if (replayed.has(id) || String(row['createdAt']) > '2026-11-21T23:48:29') continue
      const kept = Object.entries(row).filter(([name]) => !LATER.has(name))
      found.set(id, { ...Object.fromEntries(kept), updatedAt: row['createdAt'] } as JsonObject)
    }
  }
  return [...found.values()]
}

/** Ids of all records that the replay itself makes. */
export function replayedIds(recordings: Recording[]): Set<string> {
  const ids = new Set<string>()
  for (const { request, response } of recordings) {
    if (request.method !== 'POST') continue
    const data = (response.body as { data?: Record<string, unknown> } | null)?.data ?? {}
    for (const value of Object.values(data).flat()) {
      const id = (value as Fields | null)?.['id']
      if (typeof id === 'string') ids.add(id)
    }
  }
  return ids
}

/** The members whom recorded companies name as owner or author. */
export function membersOf(companies: JsonObject[]): SeedMember[] {
  const ids = new Set(companies.map((company) => company['accountOwnerId']).filter((id) => typeof id === 'string'))
  return [...ids].map((id, at) => ({ id, firstName: 'Member', lastName: String(at), email: `member${at}@example.com` }))
}

/** Fills up with companies that no page shows, so that counts are those of the recordings. */
export async function fillCompanies(sandbox: TwentySandbox, count: number): Promise<void> {
  const at = '2026-11-21T23:44:00.000Z'
  const owner = sandbox.store.list('workspaceMember')[0]?.['id'] ?? null
  const filler = Array.from({ length: Math.max(0, count) }, (_, index) => ({
    // last in the order of ids, so that pages show what they showed
    id: `ffffffff-ffff-4fff-8fff-${String(index).padStart(12, '0')}`,
    name: `filler-${index}`,
    accountOwnerId: index < OWNED ? owner : null,
    createdAt: at,
    updatedAt: at,
  }))
  await sandbox.store.insert('company', filler)
}

/** How many companies the replay of `records/` adds before its lists are read. */
export function companiesMissing(sandbox: TwentySandbox, recordings: Recording[]): number {
  const listed = recordings.findIndex(({ name }) => name.startsWith('records/074'))
  const made = replayedIds(
    recordings.slice(0, listed).filter(({ response }) => !('createDevStage' in dataOf(response.body))),
  )
  return COMPANIES_LISTED - made.size - sandbox.store.count('company')
}

function dataOf(body: unknown): Fields {
  return (body as { data?: Fields } | null)?.data ?? {}
}

function tarEntry(name: string, content: string): Buffer {
  const header = Buffer.alloc(512)
  const size = Buffer.byteLength(content)
  header.write(name, 0)
  header.write('0000644\0', 100)
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        ', 148)
  header.write('0', 156)
  header.write('ustar\u000000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc((512 - (size % 512)) % 512)])
}

/** The upload that `app:publish --private` makes, for a manifest and a version. */
export function uploadForm(query: string, manifest: unknown, version: string): FormData {
  const tar = Buffer.concat([
    tarEntry('package/manifest.json', JSON.stringify(manifest)),
    tarEntry('package/package.json', JSON.stringify({ name: 'app', version })),
    Buffer.alloc(1024),
  ])
  const form = new FormData()
  form.append('operations', JSON.stringify({ query, variables: { file: null, universalIdentifier: null } }))
  form.append('map', JSON.stringify({ 0: ['variables.file'] }))
  form.append('0', new Blob([new Uint8Array(gzipSync(tar))], { type: 'application/gzip' }), 'app.tar.gz')
  return form
}
