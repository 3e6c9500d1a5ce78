import type { SchemaCreate } from '../bodies/schemas.ts'
import type { Portal } from '../portal.ts'
import { findType } from '../portal.ts'
import { defineProperty } from '../properties/define.ts'
import { conflict, invalid, Refusal } from '../refusal.ts'
import { standardProperty, systemProperties } from '../standard/properties.ts'
import type { AssociationType, CustomSchema, ObjectType } from '../types.ts'

/** Activities can be linked to every custom object from its beginning. */
const ACTIVITIES = ['0-27', '0-46', '0-47']

/** Makes it possible to link two objects: a kind without a label in each direction. */
export function definePair(
  portal: Portal,
  from: ObjectType,
  to: ObjectType,
  name: string | undefined,
  now: number,
): AssociationType {
  const known = portal.associationTypes.find((one) => one.from === from.id && one.to === to.id && one.label === null)
  if (known) throw conflict(`An association from ${from.id} to ${to.id} already exists.`)
  const category = 'USER_DEFINED'
  const there = portal.nextAssociationTypeId++
  const back = from === to ? there : portal.nextAssociationTypeId++
  const base = { category, label: null, createdAt: now } as const
  const title = name ?? `${from.singular}_to_${to.singular}`
  const kind = { ...base, typeId: there, inverse: back, from: from.id, to: to.id, name: title }
  portal.associationTypes.push(kind)
  if (from !== to) {
    const inverse = { ...base, typeId: back, inverse: there, from: to.id, to: from.id }
    portal.associationTypes.push({ ...inverse, name: `${to.singular}_to_${from.singular}` })
  }
  return kind
}

function checkNames(portal: Portal, body: SchemaCreate): void {
  if (!/^[a-zA-Z][a-zA-Z0-9_]*$/.test(body.name)) {
    throw invalid(`The name "${body.name}" is not allowed: letters, digits and underscores, a letter first`)
  }
  if (findType(portal, body.name)) {
    throw new Refusal(409, 'OBJECT_ALREADY_EXISTS', `An object type named '${body.name}' already exists.`)
  }
  const { singular, plural } = body.labels
  if (!singular || !plural) throw invalid('labels needs a singular and a plural')
  const taken = [...portal.types.values()].find(
    (type) => type.custom?.archivedAt === null && type.custom.labels.plural === plural,
  )
  if (taken) throw conflict(`An object type with the label '${plural}' already exists.`)
}

function mustHave(body: SchemaCreate, list: string[] | undefined, what: string): void {
  const names = body.properties.map(({ name }) => name)
  const missing = (list ?? []).find((name) => !names.includes(name))
  if (missing !== undefined) throw invalid(`${what} names "${missing}", which is no property of the object`)
}

function empty(portal: Portal, body: SchemaCreate, now: number): ObjectType {
  const id = `2-${portal.nextTypeId++}`
  const name = body.name.toLowerCase()
  const times = { created: 'hs_createdate', modified: 'hs_lastmodifieddate' }
  const group = `${name}_information`
  const custom: CustomSchema = {
    name: body.name,
    labels: body.labels,
    description: body.description ?? null,
    primaryDisplayProperty: body.primaryDisplayProperty ?? body.properties[0]?.name ?? null,
    secondaryDisplayProperties: body.secondaryDisplayProperties ?? [],
    requiredProperties: body.requiredProperties,
    searchableProperties: body.searchableProperties ?? [],
    allowsSensitiveProperties: body.allowsSensitiveProperties ?? false,
    createdAt: now,
    updatedAt: now,
    archivedAt: null,
  }
  const own = [
    ...systemProperties(times, group),
    standardProperty('hs_pipeline', 'enumeration', group, [], { external: 'PIPELINE' }),
    standardProperty('hs_pipeline_stage', 'enumeration', group, [], { external: 'STAGE' }),
  ]
  return {
    id,
    singular: body.name,
    names: [id, name, `p${portal.id}_${name}`, `p_${name}`],
    custom,
    ...times,
    shown: body.requiredProperties,
    required: body.requiredProperties,
    rules: { creator: [], conditional: [] },
    properties: new Map(own.map((property) => [property.name, property])),
    groups: new Map([
      [group, { name: group, label: `${body.labels.singular ?? body.name} information`, displayOrder: 0 }],
    ]),
    pipelines: new Map(),
    records: new Map(),
    unique: new Map(),
    nextId: 20_000_000_001,
  }
}

/** Defines a custom object with its properties and what it can be linked to; nothing is left behind by a refusal. */
export function defineObject(portal: Portal, body: SchemaCreate, now: number): ObjectType {
  checkNames(portal, body)
  mustHave(body, body.requiredProperties, 'requiredProperties')
  mustHave(body, body.searchableProperties, 'searchableProperties')
  mustHave(body, body.secondaryDisplayProperties, 'secondaryDisplayProperties')
  if (body.primaryDisplayProperty !== undefined) mustHave(body, [body.primaryDisplayProperty], 'primaryDisplayProperty')
  const inUse = [...portal.types.values()].filter((type) => type.custom?.archivedAt === null).length
  if (inUse >= portal.customObjectLimit) {
    const context = { limit: [String(portal.customObjectLimit)] }
    throw new Refusal(400, 'OBJECT_LIMIT_EXCEEDED', `The account has its ${inUse} custom objects already.`, { context })
  }
  const type = empty(portal, body, now)
  const group = [...type.groups.keys()][0] ?? ''
  for (const property of body.properties) {
    defineProperty(type, { ...property, groupName: property.groupName ?? group }, now)
  }
  const others = (body.associatedObjects ?? []).map((name) => {
    const other = findType(portal, name)
    if (!other) throw invalid(`Unable to infer object type from: ${name}`)
    return other
  })
  portal.types.set(type.id, type)
  const activities = ACTIVITIES.flatMap((id) => portal.types.get(id) ?? [])
  for (const other of new Set([...others, ...activities])) definePair(portal, type, other, undefined, now)
  if (body.shouldCreateSameObjectAssociation === true) definePair(portal, type, type, undefined, now)
  return type
}
