import * as bodies from '../bodies/marketing.ts'
import { conflict, invalid, notFound } from '../refusal.ts'
import { batchAnswer } from '../records/batch.ts'
import type { Call, Route } from '../server/route.ts'
import { param, route } from '../server/route.ts'
import { fixed } from '../server/scopes.ts'
import { instant, readTime } from '../time.ts'
import { countersOf } from './counters.ts'
import type { MarketingEvent } from './events.ts'

const ROOT = '/marketing/marketing-events/2026-09/events'
const reads = fixed('crm.objects.marketing_events.read')
const writes = fixed('crm.objects.marketing_events.write')

/** The event of the path and of `externalAccountId`; a refusal when there is none. */
export function eventNamed(call: Call, account = call.query.get('externalAccountId')): MarketingEvent {
  const external = param(call, 'externalEventId')
  const found = [...call.portal.marketingEvents.values()].find(
    (event) => event.externalEventId === external && (account === null || event.externalAccountId === account),
  )
  if (!found) throw notFound(`No marketing event ${external}`)
  return found
}

type Given = Partial<bodies.EventCreate>

function fieldsOf({ customProperties: _custom, externalAccountId: _account, externalEventId: _id, ...given }: Given) {
  const fields: MarketingEvent['fields'] = {}
  for (const [name, value] of Object.entries(given)) {
    if (!name.endsWith('DateTime')) {
      fields[name] = value
      continue
    }
    const ms = readTime(String(value))
    if (ms === null) throw invalid(`${name} is no time: ${String(value)}`)
    fields[name] = instant(ms)
  }
  return fields
}

function change(call: Call, event: MarketingEvent, given: Given): MarketingEvent {
  Object.assign(event.fields, fieldsOf(given))
  event.updatedAt = call.state.now()
  return event
}

function make(call: Call, body: bodies.EventCreate): MarketingEvent {
  const { externalAccountId, externalEventId } = body
  const now = call.state.now()
  const objectId = String(400_000_001 + call.portal.marketingEvents.size)
  const identity = { objectId, externalAccountId, externalEventId }
  const event = { ...identity, fields: fieldsOf(body), attendance: new Map(), createdAt: now, updatedAt: now }
  call.portal.marketingEvents.set(objectId, event)
  return event
}

function known(call: Call, { externalAccountId, externalEventId }: bodies.EventCreate): MarketingEvent | undefined {
  return [...call.portal.marketingEvents.values()].find(
    (event) => event.externalEventId === externalEventId && event.externalAccountId === externalAccountId,
  )
}

function upsert(call: Call, body: bodies.EventCreate): MarketingEvent {
  const event = known(call, body)
  return event ? change(call, event, body) : make(call, body)
}

function brief(event: MarketingEvent): object {
  return { ...event.fields, customProperties: [], objectId: event.objectId }
}

function stored(event: MarketingEvent): object {
  const { objectId: id, createdAt, updatedAt } = event
  return { ...brief(event), id, createdAt: instant(createdAt), updatedAt: instant(updatedAt) }
}

export const marketingRoutes: Route[] = [
  route(
    `POST ${ROOT}`,
    { scopes: writes, body: bodies.create, published: ['customProperties'], answers: { 200: bodies.brief } },
    (call, body) => {
      if (known(call, body)) throw conflict(`A marketing event ${body.externalEventId} already exists.`)
      return { status: 200, body: brief(make(call, body)) }
    },
  ),

  route(
    `POST ${ROOT}/upsert`,
    {
      scopes: writes,
      body: bodies.batchUpsert,
      published: ['inputs.*.customProperties'],
      answers: { 200: bodies.batchStored },
    },
    (call, { inputs }) =>
      batchAnswer(
        call,
        200,
        inputs.map((input) => stored(upsert(call, input))),
        [],
      ),
  ),

  route(`GET ${ROOT}/:externalEventId`, { scopes: reads, answers: { 200: bodies.read } }, (call) => {
    const event = eventNamed(call)
    const { registered, attended, cancelled, noShows } = countersOf(event, call.state.now())
    const counters = { registrants: registered, attendees: attended, cancellations: cancelled, noShows }
    return { status: 200, body: { ...stored(event), externalEventId: event.externalEventId, ...counters } }
  }),

  route(
    `PUT ${ROOT}/:externalEventId`,
    { scopes: writes, body: bodies.create, published: ['customProperties'], answers: { 200: bodies.stored } },
    (call, body) => {
      if (body.externalEventId !== param(call, 'externalEventId'))
        throw invalid('externalEventId differs from the path')
      return { status: 200, body: stored(upsert(call, body)) }
    },
  ),

  route(
    `PATCH ${ROOT}/:externalEventId`,
    { scopes: writes, body: bodies.update, answers: { 200: bodies.stored } },
    (call, body) => ({ status: 200, body: stored(change(call, eventNamed(call), body)) }),
  ),

  route(`DELETE ${ROOT}/:externalEventId`, { scopes: writes, answers: { 204: null } }, (call) => {
    call.portal.marketingEvents.delete(eventNamed(call).objectId)
    return { status: 204, body: null }
  }),

  route(`POST ${ROOT}/:externalEventId/cancel`, { scopes: writes, answers: { 200: bodies.brief } }, (call) => {
    return { status: 200, body: brief(change(call, eventNamed(call), { eventCancelled: true })) }
  }),

  route(
    `POST ${ROOT}/:externalEventId/complete`,
    { scopes: writes, body: bodies.complete, answers: { 200: bodies.brief } },
    (call, body) => ({ status: 200, body: brief(change(call, eventNamed(call), { ...body, eventCompleted: true })) }),
  ),
]
