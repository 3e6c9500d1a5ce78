import { LABELS_A_PAIR } from '../account/limits.ts'
import * as bodies from '../bodies/associations.ts'
import type { Portal } from '../portal.ts'
import { typeNamed } from '../portal.ts'
import { conflict, invalid, notFound } from '../refusal.ts'
import type { Call, Route } from '../server/route.ts'
import { param, route } from '../server/route.ts'
import { ofPair } from '../server/scopes.ts'
import type { AssociationType, ObjectType } from '../types.ts'
import { plainKind } from './links.ts'

const ROOT = '/crm/associations/2026-09/:from/:to/labels'

export function pairOf(call: Call): { from: ObjectType; to: ObjectType } {
  return { from: typeNamed(call.portal, param(call, 'from')), to: typeNamed(call.portal, param(call, 'to')) }
}

/** A kind of link as the API shows it; the plain one has no label. */
export function renderKind({ category, typeId, label }: AssociationType): object {
  return label === null ? { category, typeId } : { category, typeId, label }
}

function own(portal: Portal, from: ObjectType, to: ObjectType): AssociationType[] {
  return portal.associationTypes.filter((kind) => kind.from === from.id && kind.to === to.id)
}

/** Adds a label between two objects, one kind for each direction; between records of one object with a pair of names two. */
function add(call: Call, name: string, label: string, inverseLabel = label): AssociationType[] {
  const { portal, state } = call
  const { from, to } = pairOf(call)
  plainKind(portal, from, to)
  if (!/^[a-zA-Z][a-zA-Z0-9_]*$/.test(name)) throw invalid(`The name "${name}" is not allowed`)
  const there = own(portal, from, to)
  const taken = there.find((kind) => kind.name === name || kind.label?.toLowerCase() === label.toLowerCase())
  if (taken) throw conflict(`A label '${taken.name}' already exists between these objects.`)
  const labelled = there.filter((kind) => kind.category === 'USER_DEFINED' && kind.label !== null)
  if (labelled.length >= LABELS_A_PAIR) throw invalid(`Two objects have at most ${LABELS_A_PAIR} labels between them`)
  const base = { category: 'USER_DEFINED', createdAt: state.now(), name } as const
  const typeId = portal.nextAssociationTypeId++
  const single = from === to && inverseLabel === label
  const inverse = single ? typeId : portal.nextAssociationTypeId++
  const kind = { ...base, typeId, inverse, from: from.id, to: to.id, label }
  portal.associationTypes.push(kind)
  if (single) return [kind]
  const back = { ...base, typeId: inverse, inverse: typeId, from: to.id, to: from.id, label: inverseLabel }
  portal.associationTypes.push(back)
  return [kind, back]
}

function named(call: Call, typeId: number): AssociationType {
  const { from, to } = pairOf(call)
  const kind = own(call.portal, from, to).find((one) => one.typeId === typeId)
  if (!kind) throw notFound(`No label ${typeId}`)
  if (kind.category !== 'USER_DEFINED' || kind.label === null) throw invalid(`${typeId} can't be changed`)
  return kind
}

/** Takes a label away, and the links that had it. */
function remove(portal: Portal, kind: AssociationType): void {
  const gone = [kind.typeId, kind.inverse]
  portal.associationTypes = portal.associationTypes.filter(({ typeId }) => !gone.includes(typeId))
  for (const others of portal.links.values())
    for (const kinds of others.values()) for (const id of gone) kinds.delete(id)
}

export const labelRoutes: Route[] = [
  route(`GET ${ROOT}`, { scopes: ofPair('read'), answers: { 200: bodies.kinds } }, (call) => {
    const { from, to } = pairOf(call)
    return { status: 200, body: { results: own(call.portal, from, to).map(renderKind) } }
  }),

  route(
    `POST ${ROOT}`,
    { scopes: ofPair('write'), body: bodies.labelCreate, answers: { 200: bodies.kinds } },
    (call, { name, label, inverseLabel }) => {
      return { status: 200, body: { results: add(call, name, label, inverseLabel).map(renderKind) } }
    },
  ),

  route(
    `PUT ${ROOT}`,
    { scopes: ofPair('write'), body: bodies.labelUpdate, answers: { 204: null } },
    (call, { associationTypeId, label, inverseLabel }) => {
      const kind = named(call, associationTypeId)
      kind.label = label
      const back = call.portal.associationTypes.find(({ typeId }) => typeId === kind.inverse)
      if (back && inverseLabel !== undefined) back.label = inverseLabel
      return { status: 204, body: null }
    },
  ),

  route(`DELETE ${ROOT}/:typeId`, { scopes: ofPair('write'), answers: { 204: null } }, (call) => {
    remove(call.portal, named(call, Number(param(call, 'typeId'))))
    return { status: 204, body: null }
  }),
]
