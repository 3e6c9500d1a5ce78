import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { objectDef } from '../../../schemas/model/index.ts'
import { toTwenty } from '../../../worker/crm/twenty/records.ts'
import { idOfKey } from '../../../worker/crm/twenty/uuid.ts'
import { recordsOf, type MethodRecord } from '../../../worker/method/playbook/records.ts'
import type { TwentyClient } from './client.ts'
import { changed, failed, type Step } from '../step.ts'
import type { Context } from './context.ts'
import { ok, type Result } from '../problem.ts'
import { t } from '../said/index.ts'

/** Twenty takes up to 200 records in a call. */
const BATCH = 200
const PAGE = 200

export type Row = Record<string, unknown> & { id: string }

interface PageBody {
  data: Record<string, Row[]>
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

/** Living and soft-deleted ones: a filter on `deletedAt` is what makes Twenty list the latter. */
const ALL = 'or(deletedAt%5Bis%5D:NULL,deletedAt%5Bis%5D:NOT_NULL)'

/** All records of an object page by page, soft-deleted ones included. */
export async function* allRecords(client: TwentyClient, plural: string): AsyncGenerator<Result<Row[]>> {
  let after = ''
  for (;;) {
    const page = await client.rest<PageBody>('GET', `/rest/${plural}?limit=${PAGE}&filter=${ALL}${after}`)
    if (!page.ok) {
      yield page
      return
    }
    yield ok(page.value.data[plural] ?? [])
    const { hasNextPage, endCursor } = page.value.pageInfo
    if (!hasNextPage || !endCursor) return
    after = `&starting_after=${encodeURIComponent(endCursor)}`
  }
}

/** The method's records as the default playbook has them. */
export const methodRecords = (): MethodRecord[] => recordsOf(defaultPlaybook)

const keysOf = async (client: TwentyClient, plural: string): Promise<Result<Set<string>>> => {
  const keys = new Set<string>()
  for await (const page of allRecords(client, plural)) {
    if (!page.ok) return page
    for (const row of page.value) if (typeof row.ladderKey === 'string') keys.add(row.ladderKey)
  }
  return ok(keys)
}

/** Method records that are not in the CRM, by plural. One that an admin deleted counts as there: it isn't brought back. */
export const missingRecords = async (client: TwentyClient): Promise<Result<Map<string, MethodRecord[]>>> => {
  const missing = new Map<string, MethodRecord[]>()
  const wanted = Map.groupBy(methodRecords(), ({ object }) => objectDef(object)?.plural ?? object)
  for (const [plural, records] of wanted) {
    const keys = await keysOf(client, plural)
    if (!keys.ok) return keys
    const absent = records.filter(({ key }) => !keys.value.has(key))
    if (absent.length > 0) missing.set(plural, absent)
  }
  return ok(missing)
}

/** A method record as Twenty takes it. Its id follows from its key, as with all that Ladder makes. */
const rowOf = async ({ object, key, fields }: MethodRecord): Promise<Record<string, unknown>> => ({
  ...(await toTwenty(object, fields)),
  id: await idOfKey(key),
  ladderKey: key,
})

/**
 * Makes the method's records where they are missing, and touches no other: an admin's edits stay. In a plan of a first
 * install, the objects aren't there yet (`isNew`), so all are missing.
 */
export const recordsStep = async (context: Context, isNew: boolean, write: boolean): Promise<Step> => {
  const name = "Make the method's records"
  const { client, progress } = context
  const all = methodRecords()
  if (isNew && !write)
    return {
      name,
      state: 'planned',
      lines: [t`make ${all.length} records of the default playbook`],
      calls: [...new Set(all.map(({ object }) => `POST /rest/batch/${objectDef(object)?.plural ?? object}`))],
    }
  progress("Looking which of the method's records are there")
  const missing = await missingRecords(client)
  if (!missing.ok) return failed(name, missing.problem)
  if (missing.value.size === 0) return { name, state: 'unchanged', lines: [t`all ${all.length} are there`] }
  const lines: string[] = []
  const calls: string[] = []
  for (const [plural, records] of missing.value) {
    lines.push(t`make ${records.length} ${plural}`)
    calls.push(`POST /rest/batch/${plural}`)
    for (let from = 0; write && from < records.length; from += BATCH) {
      const rows = await Promise.all(records.slice(from, from + BATCH).map(rowOf))
      const made = await client.rest('POST', `/rest/batch/${plural}`, rows)
      if (!made.ok) return failed(name, made.problem)
    }
  }
  return { name, state: changed(write), lines, calls }
}
