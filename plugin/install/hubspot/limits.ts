import type { Answer, HubspotClient } from './client.ts'

/** How much of something an account may have, and has. */
export interface Limit {
  limit: number
  usage: number
}

/** What HubSpot tells of an account's limits. Undefined: it doesn't tell, and Ladder goes on without knowing. */
export interface Limits {
  customObjects: Limit | undefined
  /** Whether HubSpot refused to say how many custom objects there may be: no edition or no scope for them. */
  customObjectsDenied: boolean
  /** Pipelines of deals, or of all custom objects together. */
  dealPipelines: Limit | undefined
  customPipelines: Limit | undefined
  /** Properties by object type id. */
  properties: ReadonlyMap<string, Limit>
  /** Association labels by `<from type id> <to type id>`. */
  labels: ReadonlyMap<string, Limit>
  /** What could not be asked, for a person. */
  unknown: string[]
}

interface Typed extends Limit {
  objectTypeId: string
}
interface Overall {
  overallLimit?: number
  overallUsage?: number
}
interface Pair extends Limit {
  fromObjectType?: { objectTypeId?: string }
  toObjectType?: { objectTypeId?: string }
}

const isLimit = (value: Partial<Limit> | undefined): value is Limit =>
  typeof value?.limit === 'number' && typeof value.usage === 'number'

const overallOf = (value: Overall | undefined): Limit | undefined => {
  const found = { limit: value?.overallLimit, usage: value?.overallUsage } as Partial<Limit>
  return isLimit(found) ? found : undefined
}

/** How much of a limit is left; undefined: not known. */
export const roomOf = (limit: Limit | undefined): number | undefined => limit && Math.max(0, limit.limit - limit.usage)

/** Asks for the limits that an installation runs into. A refusal is no fault: it is told, and the rest goes on. */
export const readLimits = async (client: HubspotClient): Promise<Limits> => {
  const unknown: string[] = []
  const told = <T>(what: string, answer: Answer<T>): T | undefined => {
    if (answer.ok) return answer.value
    unknown.push(`${what} (HTTP ${answer.refused.status})`)
    return undefined
  }
  const objects = await client.call<Partial<Limit>>('objectLimit')
  const pipelines = told(
    'pipelines',
    await client.call<{ customObjectTypes?: Overall; hubspotDefinedObjectTypes?: Typed[] }>('pipelineLimit'),
  )
  const properties = told('properties', await client.call<{ byObjectType?: Typed[] }>('propertyLimit'))
  const labels = told('association labels', await client.call<{ results?: Pair[] }>('labelLimit'))
  const customObjects = told('custom objects', objects)
  return {
    customObjects: isLimit(customObjects) ? customObjects : undefined,
    customObjectsDenied: !objects.ok && objects.refused.status === 403,
    dealPipelines: pipelines?.hubspotDefinedObjectTypes?.find(({ objectTypeId }) => objectTypeId === '0-3'),
    customPipelines: overallOf(pipelines?.customObjectTypes),
    properties: new Map((properties?.byObjectType ?? []).map((one) => [one.objectTypeId, one])),
    labels: new Map(
      (labels?.results ?? []).map((one) => [
        `${one.fromObjectType?.objectTypeId} ${one.toObjectType?.objectTypeId}`,
        one,
      ]),
    ),
    unknown,
  }
}
