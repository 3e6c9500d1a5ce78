import * as bodies from '../bodies/marketing.ts'
import { invalid, notFound } from '../refusal.ts'
import { batchAnswer } from '../records/batch.ts'
import { findRow } from '../records/find.ts'
import { plannedCreate, siteOf } from '../records/write.ts'
import type { Call, Route } from '../server/route.ts'
import { param, route } from '../server/route.ts'
import { fixed } from '../server/scopes.ts'
import { instant } from '../time.ts'
import type { RecordRow } from '../types.ts'
import { countersOf, stateOf } from './counters.ts'
import type { AttendanceState, MarketingEvent } from './events.ts'
import { eventNamed } from './rest.ts'

const ROOT = '/marketing/marketing-events/2026-09'
const reads = fixed('crm.objects.marketing_events.read')
const writes = fixed('crm.objects.marketing_events.write')
const STATES: Record<string, AttendanceState> = { register: 'REGISTERED', attend: 'ATTENDED', cancel: 'CANCELLED' }

function stateNamed(call: Call): AttendanceState {
  const state = STATES[param(call, 'state')]
  if (!state) throw invalid(`subscriberState is register, attend or cancel, not ${param(call, 'state')}`)
  return state
}

interface Told {
  interactionDateTime: number
  properties?: Record<string, string> | undefined
}

function tell(call: Call, event: MarketingEvent, contact: RecordRow, told: Told): void {
  const state = stateNamed(call)
  if (state !== 'ATTENDED' && Object.keys(told.properties ?? {}).length > 0) {
    throw invalid('Only those who attend have properties: joinedAt and leftAt')
  }
  const known = event.attendance.get(contact.id) ?? new Map<AttendanceState, number>()
  event.attendance.set(contact.id, known.set(state, told.interactionDateTime))
}

function breakdown(call: Call, event: MarketingEvent): object {
  const contacts = siteOf(call, 'contacts').type
  const wanted = call.query.get('state')
  const only = call.query.get('contactIdentifier')
  const results = [...event.attendance].flatMap(([contactId, told]) => {
    const [attendanceState, occurredAt] = stateOf(event, told, call.state.now())
    const { email = '', firstname, lastname } = contacts.records.get(contactId)?.properties ?? {}
    if (wanted !== null && wanted !== attendanceState) return []
    if (only !== null && only !== contactId && only !== email) return []
    const { objectId, externalAccountId, externalEventId, fields } = event
    const name = String(fields['eventName'] ?? '')
    const associations = {
      contact: { contactId, email, firstname, lastname },
      marketingEvent: { marketingEventId: objectId, name, externalAccountId, externalEventId },
    }
    const id = `${objectId}-${contactId}`
    return [{ id, createdAt: instant(occurredAt), associations, properties: { attendanceState, occurredAt } }]
  })
  return { total: results.length, results }
}

export const attendanceRoutes: Route[] = [
  route(
    `POST ${ROOT}/attendance/:externalEventId/:state/email-create`,
    {
      scopes: writes,
      body: bodies.byEmail,
      published: ['inputs.*.contactProperties', 'inputs.*.properties'],
      answers: { 200: bodies.attendedByEmail },
    },
    (call, { inputs }) => {
      const event = eventNamed(call)
      const site = siteOf(call, 'contacts')
      const results = inputs.map(({ email, contactProperties = {}, ...told }) => {
        const known = findRow(site.type, email, 'email')
        const contact = known ?? plannedCreate(site, { ...contactProperties, email }, [])()
        tell(call, event, contact, told)
        return { vid: Number(contact.id), email }
      })
      return batchAnswer(call, 200, results, [])
    },
  ),

  route(
    `POST ${ROOT}/attendance/:externalEventId/:state/create`,
    {
      scopes: writes,
      body: bodies.byContact,
      published: ['inputs.*.properties'],
      answers: { 200: bodies.attendedByContact },
    },
    (call, { inputs }) => {
      const event = eventNamed(call)
      const { type } = siteOf(call, 'contacts')
      const results = inputs.map(({ vid, ...told }) => {
        const contact = findRow(type, String(vid))
        if (!contact) throw notFound(`No contact ${vid}`)
        tell(call, event, contact, told)
        return { vid }
      })
      return batchAnswer(call, 200, results, [])
    },
  ),

  route(
    `POST ${ROOT}/events/:externalEventId/:state/email-upsert`,
    {
      scopes: writes,
      body: bodies.byEmail,
      published: ['inputs.*.contactProperties', 'inputs.*.properties'],
      answers: { 204: null },
    },
    (call, { inputs }) => {
      const event = eventNamed(call)
      const { type } = siteOf(call, 'contacts')
      for (const { email, interactionDateTime, properties } of inputs) {
        const contact = findRow(type, email, 'email')
        if (contact) tell(call, event, contact, { interactionDateTime, properties })
      }
      return { status: 204, body: null }
    },
  ),

  route(
    `GET ${ROOT}/participations/:externalAccountId/:externalEventId`,
    { scopes: reads, answers: { 200: bodies.participations } },
    (call) => {
      const event = eventNamed(call, param(call, 'externalAccountId'))
      return { status: 200, body: countersOf(event, call.state.now()) }
    },
  ),

  route(
    `GET ${ROOT}/participations/:externalAccountId/:externalEventId/breakdown`,
    { scopes: reads, answers: { 200: bodies.breakdown } },
    (call) => ({ status: 200, body: breakdown(call, eventNamed(call, param(call, 'externalAccountId'))) }),
  ),
]
