import { ok, type Result } from '../problem.ts'
import { isUnmade } from './carrier.ts'
import type { HubspotClient } from './client.ts'
import type { Label, ObjectState, Pipeline, Property, Results } from './metadata.ts'
import { pathOf, type Shape } from '../../../worker/crm/hubspot/layout.ts'
import { t } from '../said/index.ts'

/** What is there of an object that isn't made yet. */
const NOTHING: ObjectState = { properties: [], archived: [], groups: [], pipelines: [] }

/** An object in paths; one that isn't carried is a bug here. */
export const pathFor = (shape: Shape, object: string): string => {
  const path = pathOf(shape, object)
  if (path === undefined) throw new Error(t`${object} is not carried`)
  return path
}

/** Everything that the account has of one object's definition. */
export const readObject = async (client: HubspotClient, shape: Shape, object: string): Promise<Result<ObjectState>> => {
  const objectType = pathFor(shape, object)
  if (isUnmade(objectType)) return ok(NOTHING)
  const params = { objectType }
  const read = async (archived: string) => client.call<Results<Property>>('properties', { params, query: { archived } })
  const properties = await read('false')
  if (!properties.ok) return properties
  const archived = await read('true')
  if (!archived.ok) return archived
  const groups = await client.call<Results<{ name: string; archived?: boolean }>>('groups', { params })
  if (!groups.ok) return groups
  let pipelines: Pipeline[] = []
  if (object === 'development') {
    const found = await client.call<Results<Pipeline>>('pipelines', { params })
    if (!found.ok) return found
    pipelines = found.value.results.filter((one) => one.archived !== true)
  }
  return ok({
    properties: properties.value.results.filter((one) => one.archived !== true),
    archived: archived.value.results,
    groups: groups.value.results.filter((one) => one.archived !== true).map(({ name }) => name),
    pipelines,
  })
}

/** The labels between two objects, seen from the first. */
export const readLabels = async (
  client: HubspotClient,
  shape: Shape,
  from: string,
  to: string,
): Promise<Result<Label[]>> => {
  const params = { from: pathFor(shape, from), to: pathFor(shape, to) }
  if (isUnmade(params.from) || isUnmade(params.to)) return ok([])
  const read = await client.call<Results<Label>>('labels', { params })
  return read.ok ? ok(read.value.results) : read
}
