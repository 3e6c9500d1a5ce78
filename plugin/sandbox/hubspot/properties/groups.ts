import * as bodies from '../bodies/properties.ts'
import { typeNamed } from '../portal.ts'
import { conflict, invalid, notFound } from '../refusal.ts'
import type { Call, Route } from '../server/route.ts'
import { param, route } from '../server/route.ts'
import { ofType } from '../server/scopes.ts'
import type { GroupMeta, ObjectType } from '../types.ts'
import { checkName } from './rules.ts'

const ROOT = '/crm/properties/2026-09/:objectType/groups'
const reads = ofType('schemas', 'read')
const writes = ofType('schemas', 'write')

function typeOf(call: Call): ObjectType {
  return typeNamed(call.portal, param(call, 'objectType'))
}

function named(call: Call): GroupMeta {
  const group = typeOf(call).groups.get(param(call, 'groupName'))
  if (!group) throw notFound(`No property group ${param(call, 'groupName')}`)
  return group
}

function render(group: GroupMeta): object {
  return { ...group, archived: false }
}

export const groupRoutes: Route[] = [
  route(`GET ${ROOT}`, { scopes: reads, answers: { 200: bodies.groups } }, (call) => {
    return { status: 200, body: { results: [...typeOf(call).groups.values()].map(render) } }
  }),

  route(`POST ${ROOT}`, { scopes: writes, body: bodies.groupCreate, answers: { 201: bodies.group } }, (call, body) => {
    const { groups } = typeOf(call)
    checkName(body.name)
    if (groups.has(body.name)) throw conflict(`A property group named '${body.name}' already exists.`)
    const group = { name: body.name, label: body.label, displayOrder: body.displayOrder ?? -1 }
    groups.set(group.name, group)
    return { status: 201, body: render(group) }
  }),

  route(`GET ${ROOT}/:groupName`, { scopes: reads, answers: { 200: bodies.group } }, (call) => {
    return { status: 200, body: render(named(call)) }
  }),

  route(
    `PATCH ${ROOT}/:groupName`,
    { scopes: writes, body: bodies.groupUpdate, answers: { 200: bodies.group } },
    (call, body) => {
      const group = named(call)
      group.label = body.label ?? group.label
      group.displayOrder = body.displayOrder ?? group.displayOrder
      return { status: 200, body: render(group) }
    },
  ),

  route(`DELETE ${ROOT}/:groupName`, { scopes: writes, answers: { 204: null } }, (call) => {
    const type = typeOf(call)
    const { name } = named(call)
    const used = [...type.properties.values()].filter((meta) => meta.groupName === name && meta.archivedAt === null)
    if (used.length > 0) throw invalid(`The group ${name} still has ${used.length} properties`)
    type.groups.delete(name)
    return { status: 204, body: null }
  }),
]
