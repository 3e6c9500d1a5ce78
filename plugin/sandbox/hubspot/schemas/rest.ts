import * as bodies from '../bodies/schemas.ts'
import type { Portal } from '../portal.ts'
import { findType, typeNamed } from '../portal.ts'
import { renderProperty } from '../properties/define.ts'
import { invalid, missingScopes, notFound } from '../refusal.ts'
import type { Call, Route, Scopes } from '../server/route.ts'
import { param, route } from '../server/route.ts'
import { instant } from '../time.ts'
import type { AssociationType, CustomSchema, ObjectType } from '../types.ts'
import { defineObject, definePair } from './define.ts'

const ROOT = '/crm-object-schemas/2026-09/schemas'

/** Only Enterprise grants the scopes of custom objects, whatever the token says. */
function needs(access: 'read' | 'write'): (call: Call) => Scopes {
  return ({ portal }) => {
    if (portal.edition !== 'enterprise') throw missingScopes([`crm.schemas.custom.${access}`])
    return access === 'read'
      ? [['crm.schemas.custom.read', 'crm.schemas.custom.write']]
      : [['crm.schemas.custom.write']]
  }
}

function custom(portal: Portal, name: string): { type: ObjectType; schema: CustomSchema } {
  const type = typeNamed(portal, name)
  if (!type.custom) throw invalid(`${name} is no custom object`)
  return { type, schema: type.custom }
}

function common(portal: Portal, type: ObjectType, schema: CustomSchema): object {
  const { description, primaryDisplayProperty, createdAt, updatedAt, archivedAt, ...shown } = schema
  return {
    id: type.id.slice(2),
    objectTypeId: type.id,
    fullyQualifiedName: `p${portal.id}_${schema.name}`,
    ...shown,
    ...(description === null ? {} : { description }),
    ...(primaryDisplayProperty === null ? {} : { primaryDisplayProperty }),
    archived: archivedAt !== null,
    createdAt: instant(createdAt),
    updatedAt: instant(updatedAt),
  }
}

function renderPair({ typeId, from, to, name, createdAt }: AssociationType): object {
  const at = instant(createdAt)
  return { id: String(typeId), fromObjectTypeId: from, toObjectTypeId: to, name, createdAt: at, updatedAt: at }
}

function render(portal: Portal, type: ObjectType, schema: CustomSchema): object {
  const pairs = portal.associationTypes.filter((kind) => kind.label === null && [kind.from, kind.to].includes(type.id))
  return {
    ...common(portal, type, schema),
    properties: [...type.properties.values()].filter((meta) => meta.archivedAt === null).map(renderProperty),
    associations: pairs.map(renderPair),
  }
}

/** Archives the definition of an object that has no records; with `archived=true` its name is free again. */
function remove(call: Call): void {
  const name = param(call, 'objectType')
  const purge = call.query.get('archived') === 'true'
  const known = purge ? call.portal.types.get(name) : findType(call.portal, name)
  if (!known?.custom) throw notFound(`No custom object ${name}`)
  const left = [...known.records.values()].filter((row) => row.archivedAt === null).length
  if (left > 0) throw invalid(`The object still has ${left} records: delete them first`)
  known.custom.archivedAt ??= call.state.now()
  call.portal.associationTypes = call.portal.associationTypes.filter(
    ({ from, to }) => from !== known.id && to !== known.id,
  )
  if (purge) call.portal.types.delete(known.id)
}

export const schemaRoutes: Route[] = [
  route(`GET ${ROOT}`, { scopes: needs('read'), answers: { 200: bodies.schemas } }, ({ portal, query }) => {
    const archived = query.get('archived') === 'true'
    const results = [...portal.types.values()].flatMap((type) =>
      type.custom && (type.custom.archivedAt !== null) === archived ? [render(portal, type, type.custom)] : [],
    )
    return { status: 200, body: { results } }
  }),

  route(
    `POST ${ROOT}`,
    {
      scopes: needs('write'),
      body: bodies.create,
      published: [
        'allowsSensitiveProperties',
        'associatedObjects',
        'searchableProperties',
        'secondaryDisplayProperties',
      ],
      answers: { 201: bodies.schema },
    },
    ({ portal, state }, body) => {
      const type = defineObject(portal, body, state.now())
      const { schema } = custom(portal, type.id)
      return { status: 201, body: render(portal, type, schema) }
    },
  ),

  route(
    `POST ${ROOT}/batch/read`,
    { scopes: needs('read'), body: bodies.batchRead, answers: { 200: bodies.schemas } },
    ({ portal }, { inputs }) => {
      const found = inputs.map((name) => custom(portal, name))
      return { status: 200, body: { results: found.map(({ type, schema }) => render(portal, type, schema)) } }
    },
  ),

  route(`GET ${ROOT}/:objectType`, { scopes: needs('read'), answers: { 200: bodies.schema } }, (call) => {
    const { type, schema } = custom(call.portal, param(call, 'objectType'))
    return { status: 200, body: render(call.portal, type, schema) }
  }),

  route(
    `PATCH ${ROOT}/:objectType`,
    {
      scopes: needs('write'),
      body: bodies.update,
      published: ['clearDescription'],
      answers: { 200: bodies.definition },
    },
    (call, { clearDescription = false, restorable: _restorable, ...body }) => {
      const { type, schema } = custom(call.portal, param(call, 'objectType'))
      const named = [body.primaryDisplayProperty ?? [], body.requiredProperties ?? [], body.searchableProperties ?? []]
      const missing = named.flat().find((name) => type.properties.get(name)?.archivedAt !== null)
      if (missing !== undefined) throw invalid(`"${missing}" is no property of the object`)
      Object.assign(schema, body, { updatedAt: call.state.now() })
      if (clearDescription) schema.description = null
      type.required = schema.requiredProperties
      return { status: 200, body: { ...common(call.portal, type, schema), portalId: call.portal.id } }
    },
  ),

  route(`DELETE ${ROOT}/:objectType`, { scopes: needs('write'), answers: { 204: null } }, (call) => {
    remove(call)
    return { status: 204, body: null }
  }),

  route(
    `POST ${ROOT}/:objectType/associations`,
    { scopes: needs('write'), body: bodies.associationCreate, answers: { 201: bodies.association } },
    (call, { fromObjectTypeId, toObjectTypeId, name }) => {
      const from = typeNamed(call.portal, fromObjectTypeId)
      const to = typeNamed(call.portal, toObjectTypeId)
      if (!from.custom && !to.custom) throw invalid('One of the two objects must be a custom one')
      return { status: 201, body: renderPair(definePair(call.portal, from, to, name, call.state.now())) }
    },
  ),

  route(`DELETE ${ROOT}/:objectType/associations/:id`, { scopes: needs('write'), answers: { 204: null } }, (call) => {
    const kinds = call.portal.associationTypes
    const kind = kinds.find((one) => String(one.typeId) === param(call, 'id') && one.category === 'USER_DEFINED')
    if (!kind) throw notFound(`No association ${param(call, 'id')}`)
    call.portal.associationTypes = kinds.filter((one) => one !== kind && one.typeId !== kind.inverse)
    return { status: 204, body: null }
  }),
]
