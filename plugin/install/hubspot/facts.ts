import type { HubspotLayout } from '../../../worker/crm/hubspot/layout.ts'
import { schemaName } from '../../../worker/crm/hubspot/names.ts'
import { fail, ok, type Problem, type Result } from '../problem.ts'
import { PRIORITY, type Room } from './carrier.ts'
import type { HubspotClient } from './client.ts'
import { readLimits, roomOf, type Limits } from './limits.ts'
import type { Pipeline, Results, Schema } from './metadata.ts'
import { pipelinePayloads } from './payloads.ts'
import { t } from '../said/index.ts'

/** Which account this is, what it may have, and which of Ladder's objects are there. */
export interface Facts {
  portalId: number
  timeZone: string
  accountType: string
  edition: HubspotLayout['edition']
  /** Host of the account's pages. */
  uiDomain: string
  limits: Limits
  room: Room
  /** Ladder's objects that are in the bin: their names are taken until they are gone for good. */
  archived: ReadonlyMap<string, string>
  /** Custom objects that are there, by type id. */
  schemas: ReadonlyMap<string, Schema>
  /** Objects of the owner with a name that Ladder needs. */
  clashes: Problem[]
}

interface Details {
  portalId?: number
  accountType?: string
  timeZone?: string
  uiDomain?: string
}

/** HubSpot doesn't say the edition; the calls that a day has tell it. */
const readEdition = async (client: HubspotClient, limits: Limits): Promise<Facts['edition']> => {
  if ((limits.customObjects?.limit ?? 0) > 0) return 'enterprise'
  const read = await client.call<Results<{ usageLimit?: number }>>('usage')
  const limit = read.ok ? read.value.results[0]?.usageLimit : undefined
  if (limit === undefined) return undefined
  return limit >= 1_000_000 ? 'enterprise' : limit >= 500_000 ? 'professional' : 'starter'
}

/** Ladder's objects show themselves by name and by the property that is their title. */
const isOwn = (schema: Schema): boolean => schema.primaryDisplayProperty === 'ladder_name'

const byObject = (schemas: readonly Schema[]): Map<string, Schema> => {
  const named = new Map(schemas.map((schema) => [schema.name, schema]))
  return new Map(
    PRIORITY.flatMap((object) => {
      const schema = named.get(schemaName(object))
      return schema ? [[object, schema] as const] : []
    }),
  )
}

const idsOf = (schemas: ReadonlyMap<string, Schema>): Map<string, string> =>
  new Map(
    [...schemas].filter(([, schema]) => isOwn(schema)).map(([object, { objectTypeId }]) => [object, objectTypeId]),
  )

const clashesIn = (schemas: ReadonlyMap<string, Schema>, uiDomain: string): Problem[] =>
  [...schemas.values()]
    .filter((schema) => !isOwn(schema))
    .map(({ name, objectTypeId }) => ({
      what: t`an object called ${name} is there already, and it isn't Ladder's`,
      where: t`object ${name} (${objectTypeId})`,
      todo: t`An object's name can't be changed: delete it (https://${uiDomain}, Settings → Data management), or take --carrier deal.`,
    }))

const hasPipeline = async (client: HubspotClient): Promise<boolean> => {
  const read = await client.call<Results<Pipeline>>('pipelines', { params: { objectType: 'deals' } })
  const own = new Set(pipelinePayloads('deal', 'en').map(({ pipelineId }) => pipelineId))
  return read.ok && read.value.results.some(({ id, archived }) => own.has(id) && archived !== true)
}

/** Asks who the account is and what it may have. Also finds out that the token is no good. */
export const readFacts = async (client: HubspotClient): Promise<Result<Facts>> => {
  const details = await client.call<Details>('details')
  if (!details.ok) return { ok: false, problem: details.problem }
  const { portalId, accountType = '', timeZone = '', uiDomain = 'app.hubspot.com' } = details.value ?? {}
  if (typeof portalId !== 'number')
    return fail(t`${client.url} looks like no HubSpot: it tells no portal`, client.url, 'Check --url, or leave it out.')
  const limits = await readLimits(client)
  const read = async (archived: string): Promise<Schema[] | undefined> => {
    const answer = await client.call<Results<Schema>>('schemas', { query: { archived } })
    return answer.ok ? answer.value.results : undefined
  }
  const there = await read('false')
  const schemas = byObject(there ?? [])
  const own = idsOf(schemas)
  const allowed = there !== undefined && !limits.customObjectsDenied && limits.customObjects?.limit !== 0
  return ok({
    portalId,
    accountType,
    edition: await readEdition(client, limits),
    timeZone,
    uiDomain,
    limits,
    room: { free: roomOf(limits.customObjects), allowed, own, hasDeals: await hasPipeline(client) },
    archived: allowed ? idsOf(byObject((await read('true')) ?? [])) : new Map(),
    schemas: new Map((there ?? []).map((schema) => [schema.objectTypeId, schema])),
    clashes: clashesIn(schemas, uiDomain),
  })
}
