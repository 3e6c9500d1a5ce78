import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import type { HubspotLayout, Shape } from '../../../worker/crm/hubspot/layout.ts'
import { isCarried } from '../../../worker/crm/hubspot/layout.ts'
import { keyPropertyOf } from '../../../worker/crm/hubspot/names.ts'
import { toHubspot, type HubspotRecord } from '../../../worker/crm/hubspot/records.ts'
import { recordsOf, type MethodRecord } from '../../../worker/method/playbook/records.ts'
import { ok, type Result } from '../problem.ts'
import { failed, type Step } from '../step.ts'
import { pathFor } from './account.ts'
import { isUnmade } from './carrier.ts'
import type { HubspotClient } from './client.ts'
import type { Context } from './context.ts'
import type { Results } from './metadata.ts'
import { startWork } from './work.ts'
import { t } from '../said/index.ts'

/** HubSpot takes so many records in a call, and gives as many on a page. */
const BATCH = 100

/** A record of the export: its links too, where they were asked for. */
export interface Row extends HubspotRecord {
  associations?: Record<string, { results: { id: string; type: string }[] }>
}

/** All records of an object page by page, those in the bin last. `associations`: objects whose links are read too. */
export async function* allRecords(
  client: HubspotClient,
  objectType: string,
  properties: readonly string[],
  associations: readonly string[] = [],
): AsyncGenerator<Result<Row[]>> {
  for (const archived of ['false', 'true']) {
    let after: string | undefined
    do {
      const query = {
        limit: String(BATCH),
        archived,
        properties: properties.join(','),
        // the links of what is in the bin are gone
        ...(associations.length > 0 && archived === 'false' ? { associations: associations.join(',') } : {}),
        ...(after === undefined ? {} : { after }),
      }
      const page = await client.call<Results<Row>>('list', { params: { objectType }, query })
      if (!page.ok) {
        yield page
        return
      }
      yield ok(page.value.results)
      after = page.value.paging?.next?.after
    } while (after !== undefined)
  }
}

/** The method's records of the default playbook for which the account has a place. */
export const methodRecords = (shape: Shape): MethodRecord[] =>
  recordsOf(defaultPlaybook).filter(({ object }) => isCarried(shape, object))

/** Method records that are not in the CRM, by object. One that an admin archived counts as there: it isn't brought back. */
export const missingRecords = async (
  client: HubspotClient,
  shape: Shape,
): Promise<Result<Map<string, MethodRecord[]>>> => {
  const missing = new Map<string, MethodRecord[]>()
  for (const [object, records] of Map.groupBy(methodRecords(shape), (record) => record.object)) {
    const objectType = pathFor(shape, object)
    const key = keyPropertyOf(object)
    const keys = new Set<string>()
    if (!isUnmade(objectType))
      for await (const page of allRecords(client, objectType, [key])) {
        if (!page.ok) return page
        for (const { properties } of page.value) if (properties[key]) keys.add(properties[key])
      }
    const absent = records.filter((record) => !keys.has(record.key))
    if (absent.length > 0) missing.set(object, absent)
  }
  return ok(missing)
}

interface Batch {
  errors?: { message?: string }[]
}

const inputOf = (layout: HubspotLayout, { object, key, fields }: MethodRecord): object => ({
  id: key,
  idProperty: keyPropertyOf(object),
  properties: { ...toHubspot(layout, object, fields).properties, [keyPropertyOf(object)]: key },
  objectWriteTraceId: key,
})

/** Makes the method's records where they are missing, and touches no other: an admin's edits stay. */
export const recordsStep = async (
  { client, progress }: Context,
  layout: HubspotLayout,
  write: boolean,
): Promise<Step> => {
  const name = "Make the method's records"
  const all = methodRecords(layout)
  if (all.length === 0) return { name, state: 'unchanged', lines: ['none: the playbook stays in Ladder'] }
  progress("Looking which of the method's records are there")
  const missing = await missingRecords(client, layout)
  if (!missing.ok) return failed(name, missing.problem)
  const work = startWork(client, name, write)
  for (const [object, records] of missing.value) {
    work.line(t`make ${records.length} of ${object}`)
    const params = { objectType: pathFor(layout, object) }
    for (let from = 0; from < records.length; from += BATCH) {
      const inputs = records.slice(from, from + BATCH).map((record) => inputOf(layout, record))
      const made = await work.attempt<Batch>('upsert', { params, body: { inputs } }, () => false)
      const [error] = made?.ok === true ? (made.value.errors ?? []) : []
      if (error)
        work.fail({ what: t`HubSpot refuses a record: ${error.message ?? '?'}`, where: object, todo: 'Run it again.' })
    }
  }
  return work.step(t`all ${all.length} are there`)
}
