import * as bodies from '../bodies/properties.ts'
import { typeNamed } from '../portal.ts'
import { notFound } from '../refusal.ts'
import { batchAnswer } from '../records/batch.ts'
import type { Call, Route } from '../server/route.ts'
import { param, route } from '../server/route.ts'
import { ofType } from '../server/scopes.ts'
import type { ObjectType, PropertyMeta } from '../types.ts'
import { archiveProperty, changeProperty, defineProperty, renderProperty } from './define.ts'

const ROOT = '/crm/properties/2026-09/:objectType'
const reads = ofType('schemas', 'read')
const writes = ofType('schemas', 'write')

function typeOf(call: Call): ObjectType {
  return typeNamed(call.portal, param(call, 'objectType'))
}

function named(type: ObjectType, name: string, archived: boolean): PropertyMeta {
  const meta = type.properties.get(name)
  if (!meta || (meta.archivedAt !== null) !== archived) throw notFound(`No property ${name}`)
  return meta
}

export const propertyRoutes: Route[] = [
  route(`GET ${ROOT}`, { scopes: reads, answers: { 200: bodies.properties } }, (call) => {
    const archived = call.query.get('archived') === 'true'
    const all = [...typeOf(call).properties.values()].filter((meta) => (meta.archivedAt !== null) === archived)
    return { status: 200, body: { results: all.map(renderProperty) } }
  }),

  route(`POST ${ROOT}`, { scopes: writes, body: bodies.create, answers: { 201: bodies.property } }, (call, body) => {
    const meta = defineProperty(typeOf(call), body, call.state.now())
    return { status: 201, body: renderProperty(meta) }
  }),

  route(
    `POST ${ROOT}/batch/create`,
    { scopes: writes, body: bodies.batchCreate, answers: { 200: bodies.batchProperties } },
    (call, { inputs }) => {
      const type = typeOf(call)
      const made = inputs.map((input) => defineProperty(type, input, call.state.now()))
      return batchAnswer(call, 200, made.map(renderProperty), [])
    },
  ),

  route(
    `POST ${ROOT}/batch/read`,
    {
      scopes: reads,
      body: bodies.batchRead,
      published: ['archived', 'dataSensitivity'],
      answers: { 200: bodies.batchProperties },
    },
    (call, { inputs, archived = false }) => {
      const type = typeOf(call)
      const found = inputs.flatMap(({ name }) => {
        const meta = type.properties.get(name)
        return meta && (meta.archivedAt !== null) === archived ? [renderProperty(meta)] : []
      })
      return batchAnswer(call, 200, found, [])
    },
  ),

  route(
    `POST ${ROOT}/batch/archive`,
    { scopes: writes, body: bodies.batchNames, answers: { 204: null } },
    (call, { inputs }) => {
      const type = typeOf(call)
      for (const { name } of inputs) archiveProperty(type, name, call.state.now())
      return { status: 204, body: null }
    },
  ),

  route(`GET ${ROOT}/:propertyName`, { scopes: reads, answers: { 200: bodies.property } }, (call) => {
    const archived = call.query.get('archived') === 'true'
    return { status: 200, body: renderProperty(named(typeOf(call), param(call, 'propertyName'), archived)) }
  }),

  route(
    `PATCH ${ROOT}/:propertyName`,
    { scopes: writes, body: bodies.update, answers: { 200: bodies.property } },
    (call, body) => {
      const type = typeOf(call)
      const meta = named(type, param(call, 'propertyName'), false)
      return { status: 200, body: renderProperty(changeProperty(type, meta, body, call.state.now())) }
    },
  ),

  route(`DELETE ${ROOT}/:propertyName`, { scopes: writes, answers: { 204: null } }, (call) => {
    archiveProperty(typeOf(call), param(call, 'propertyName'), call.state.now())
    return { status: 204, body: null }
  }),
]
