import * as bodies from '../bodies/associations.ts'
import type { InputError } from '../bodies/common.ts'
import { invalid, Refusal } from '../refusal.ts'
import { batchAnswer } from '../records/batch.ts'
import type { Site } from '../records/commit.ts'
import { siteOf } from '../records/write.ts'
import type { Call, Route } from '../server/route.ts'
import { param, route } from '../server/route.ts'
import { ofPair } from '../server/scopes.ts'
import type { Outgoing } from '../server/http.ts'
import type { AssociationType, ObjectType } from '../types.ts'
import { pairOf, renderKind } from './labels.ts'
import { endOf, kindById, kindsOf, link, linksOf, plainKind, unlink } from './links.ts'
import type { End } from './links.ts'

const BATCH = '/crm/associations/2026-09/:from/:to/batch'
const ONE = '/crm/objects/2026-09/:from/:fromId/associations'
/** A read of one record gives so many links a page. */
const PAGE = 1_000

interface Pair {
  site: Site
  from: ObjectType
  to: ObjectType
}

function pair(call: Call): Pair {
  return { site: siteOf(call, param(call, 'from')), ...pairOf(call) }
}

function linkTold(site: Site, from: End, to: End, kinds: AssociationType[]): object {
  link(site, from, to, kinds)
  return {
    fromObjectId: from.id,
    fromObjectTypeId: from.type.id,
    toObjectId: to.id,
    toObjectTypeId: to.type.id,
    labels: kinds.flatMap(({ label }) => label ?? []),
  }
}

function plainTold(site: Site, from: End, to: End): object[] {
  const kind = plainKind(site.portal, from.type, to.type)
  const back = plainKind(site.portal, to.type, from.type)
  link(site, from, to, [kind])
  const told = (one: End, other: End, { category, typeId }: AssociationType): object => ({
    from: { id: one.id },
    to: { id: other.id },
    associationSpec: { associationCategory: category, associationTypeId: typeId },
  })
  return [told(from, to, kind), told(to, from, back)]
}

/** Each input by itself: those whose records aren't there are told in a 207. */
function eachPair<Input>(call: Call, inputs: Input[], run: (input: Input) => object[]): Outgoing {
  const errors: InputError[] = []
  const results = inputs.flatMap((input) => {
    try {
      return run(input)
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 404) throw error
      const { category, message } = error
      errors.push({ status: 'error', category, message, context: {}, errors: [], links: {} })
      return []
    }
  })
  return batchAnswer(call, 200, results, errors)
}

function readOne(call: Call, from: ObjectType, to: ObjectType, id: string, after: string | undefined): object[] {
  const all = [...linksOf(call.portal, { type: from, id }, to)].sort(([one], [other]) => Number(one) - Number(other))
  const shown = all.filter(([other]) => Number(other) > Number(after ?? 0))
  if (shown.length === 0) return []
  const entries = shown.slice(0, PAGE).map(([toObjectId, kinds]) => ({
    toObjectId,
    associationTypes: [...kinds].flatMap((typeId) => {
      const kind = kindById(call.portal, from, to, typeId)
      return kind ? [renderKind(kind)] : []
    }),
  }))
  const last = entries.at(-1)
  const page = last && shown.length > PAGE ? { paging: { next: { after: last.toObjectId } } } : {}
  return [{ from: { id }, to: entries, ...page }]
}

const reads = ofPair('read')
const writes = ofPair('write')

export const associationRoutes: Route[] = [
  route(
    `POST ${BATCH}/create`,
    { scopes: writes, body: bodies.batchLink, answers: { 200: bodies.batchLabels, 207: bodies.batchLabels } },
    (call, { inputs }) => {
      const { site, from, to } = pair(call)
      return eachPair(call, inputs, (input) => {
        const kinds = kindsOf(site.portal, from, to, input.types)
        return [linkTold(site, endOf(from, input.from.id), endOf(to, input.to.id), kinds)]
      })
    },
  ),

  route(
    `POST ${BATCH}/associate/default`,
    { scopes: writes, body: bodies.batchPlain, answers: { 200: bodies.batchPlains, 207: bodies.batchPlains } },
    (call, { inputs }) => {
      const { site, from, to } = pair(call)
      return eachPair(call, inputs, (input) => plainTold(site, endOf(from, input.from.id), endOf(to, input.to.id)))
    },
  ),

  route(
    `POST ${BATCH}/read`,
    { scopes: reads, body: bodies.batchRead, answers: { 200: bodies.batchReads } },
    (call, { inputs }) => {
      const { from, to } = pairOf(call)
      const results = inputs.flatMap(({ id, after }) => readOne(call, from, to, id, after))
      return batchAnswer(call, 200, results, [])
    },
  ),

  route(
    `POST ${BATCH}/archive`,
    { scopes: writes, body: bodies.batchUnlink, answers: { 200: bodies.batchNothing } },
    (call, { inputs }) => {
      const { site, from, to } = pair(call)
      for (const input of inputs) {
        for (const { id } of input.to) unlink(site, { type: from, id: input.from.id }, { type: to, id }, null)
      }
      return batchAnswer(call, 200, [], [])
    },
  ),

  route(
    `POST ${BATCH}/labels/archive`,
    { scopes: writes, body: bodies.batchLink, answers: { 200: bodies.batchNothing } },
    (call, { inputs }) => {
      const { site, from, to } = pair(call)
      for (const input of inputs) {
        const kinds = input.types.flatMap((spec) => kindById(site.portal, from, to, spec.associationTypeId) ?? [])
        if (kinds.length !== input.types.length) throw invalid('An association type is not known')
        unlink(site, { type: from, id: input.from.id }, { type: to, id: input.to.id }, kinds)
      }
      return batchAnswer(call, 200, [], [])
    },
  ),

  route(`PUT ${ONE}/default/:to/:toId`, { scopes: writes, answers: { 200: bodies.batchPlains } }, (call) => {
    const { site, from, to } = pair(call)
    return batchAnswer(
      call,
      200,
      plainTold(site, endOf(from, param(call, 'fromId')), endOf(to, param(call, 'toId'))),
      [],
    )
  }),

  route(
    `PUT ${ONE}/:to/:toId`,
    { scopes: writes, body: bodies.specs, answers: { 201: bodies.pairLabels } },
    (call, specs) => {
      const { site, from, to } = pair(call)
      const kinds = kindsOf(site.portal, from, to, specs)
      const body = linkTold(site, endOf(from, param(call, 'fromId')), endOf(to, param(call, 'toId')), kinds)
      return { status: 201, body }
    },
  ),

  route(`DELETE ${ONE}/:to/:toId`, { scopes: writes, answers: { 204: null } }, (call) => {
    const { site, from, to } = pair(call)
    unlink(site, { type: from, id: param(call, 'fromId') }, { type: to, id: param(call, 'toId') }, null)
    return { status: 204, body: null }
  }),
]
