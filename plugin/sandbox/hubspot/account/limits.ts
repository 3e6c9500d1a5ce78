import * as bodies from '../bodies/account.ts'
import type { Portal } from '../portal.ts'
import { findType } from '../portal.ts'
import type { Route } from '../server/route.ts'
import { route } from '../server/route.ts'
import { ALL_SCOPES } from '../server/scopes.ts'
import type { Edition, ObjectType } from '../types.ts'

const ROOT = '/crm/limits/2026-09'
/** Any scope of the CRM is enough to ask. */
const scopes = (): string[][] => [ALL_SCOPES.filter((scope) => scope.startsWith('crm.'))]

export const PIPELINES: Record<Edition, number> = { starter: 2, professional: 15, enterprise: 100 }
export const LABELS_A_PAIR = 50
const PROPERTIES = 1_000
const RECORDS: Record<Edition, number> = { starter: 1_000_000, professional: 15_000_000, enterprise: 15_000_000 }
const CUSTOM_RECORDS = 500_000

type Count = (type: ObjectType) => number

function naming(type: ObjectType): { objectTypeId: string; singularLabel: string; pluralLabel: string } {
  const { singular = type.singular, plural = type.names[2] ?? type.singular } = type.custom?.labels ?? {}
  return { objectTypeId: type.id, singularLabel: singular, pluralLabel: plural }
}

function share(usage: number, limit: number): number {
  return limit === 0 ? 0 : Math.round((usage / limit) * 10_000) / 100
}

function types(portal: Portal, custom: boolean): ObjectType[] {
  return [...portal.types.values()].filter(
    (type) => (type.custom !== null) === custom && type.custom?.archivedAt == null,
  )
}

function overall(types: ObjectType[], limit: number, count: Count): object {
  const byObjectType = types.map((type) => ({ ...naming(type), usage: count(type) }))
  const usage = byObjectType.reduce((sum, one) => sum + one.usage, 0)
  return { overallLimit: limit, overallUsage: usage, overallPercentage: share(usage, limit), byObjectType }
}

function limited(types: ObjectType[], limit: number, count: Count): object[] {
  return types.map((type) => {
    const usage = count(type)
    return { ...naming(type), limit, usage, percentage: share(usage, limit) }
  })
}

const customProperties: Count = (type) =>
  [...type.properties.values()].filter((meta) => !meta.hubspotDefined && meta.archivedAt === null).length
const alive: Count = (type) => [...type.records.values()].filter((row) => row.archivedAt === null).length

export const limitRoutes: Route[] = [
  route(`GET ${ROOT}/custom-object-types`, { scopes, answers: { 200: bodies.customObjectTypes } }, ({ portal }) => {
    const usage = types(portal, true).length
    const limit = portal.customObjectLimit
    return { status: 200, body: { limit, usage, percentage: share(usage, limit) } }
  }),

  route(`GET ${ROOT}/custom-properties`, { scopes, answers: { 200: bodies.customProperties } }, ({ portal }) => {
    const all = [...types(portal, false), ...types(portal, true)]
    const body = { ...overall(all, PROPERTIES * all.length, customProperties), byObjectType: [] as object[] }
    body.byObjectType = limited(all, PROPERTIES, customProperties)
    return { status: 200, body }
  }),

  route(
    `GET ${ROOT}/calculated-properties`,
    { scopes, answers: { 200: bodies.calculatedProperties } },
    ({ portal }) => {
      const calculated: Count = (type) =>
        [...type.properties.values()].filter((meta) => meta.calculationFormula !== undefined).length
      return { status: 200, body: overall([...types(portal, false), ...types(portal, true)], 25, calculated) }
    },
  ),

  route(`GET ${ROOT}/pipelines`, { scopes, answers: { 200: bodies.byKind } }, ({ portal }) => {
    const count: Count = (type) => type.pipelines.size
    const withPipelines = types(portal, false).filter((type) => type.singular === 'deal')
    const body = {
      customObjectTypes: overall(types(portal, true), PIPELINES.enterprise, count),
      hubspotDefinedObjectTypes: limited(withPipelines, PIPELINES[portal.edition], count),
    }
    return { status: 200, body }
  }),

  route(`GET ${ROOT}/records`, { scopes, answers: { 200: bodies.byKind } }, ({ portal }) => {
    const body = {
      customObjectTypes: overall(types(portal, true), portal.customObjectLimit > 0 ? CUSTOM_RECORDS : 0, alive),
      hubspotDefinedObjectTypes: limited(types(portal, false), RECORDS[portal.edition], alive),
    }
    return { status: 200, body }
  }),

  route(`GET ${ROOT}/associations/labels`, { scopes, answers: { 200: bodies.labels } }, ({ portal, query }) => {
    const pairs = new Map<string, string[]>()
    for (const kind of portal.associationTypes) {
      if (kind.category !== 'USER_DEFINED' || kind.label === null) continue
      const pair = `${kind.from} ${kind.to}`
      pairs.set(pair, [...(pairs.get(pair) ?? []), kind.label])
    }
    const only = (key: string): ObjectType | undefined => findType(portal, query.get(key) ?? '')
    const results = [...pairs].flatMap(([pair, allLabels]) => {
      const [from, to] = pair.split(' ').map((id) => portal.types.get(id))
      if (!from || !to) return []
      if ((only('fromObjectTypeId') ?? from) !== from || (only('toObjectTypeId') ?? to) !== to) return []
      const usage = allLabels.length
      const counted = { limit: LABELS_A_PAIR, usage, percentage: share(usage, LABELS_A_PAIR) }
      return [{ ...counted, allLabels, fromObjectType: naming(from), toObjectType: naming(to) }]
    })
    return { status: 200, body: { results } }
  }),
]
