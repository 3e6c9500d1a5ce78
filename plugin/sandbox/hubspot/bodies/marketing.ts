import { z } from 'zod'
import { batchAnswer, batchOf, time } from './common.ts'

const fields = {
  eventName: z.string().min(1),
  eventOrganizer: z.string().min(1),
  eventType: z.string().optional(),
  eventDescription: z.string().optional(),
  eventUrl: z.string().optional(),
  startDateTime: z.string().optional(),
  endDateTime: z.string().optional(),
  eventCancelled: z.boolean().optional(),
  eventCompleted: z.boolean().optional(),
  customProperties: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional(),
}
export const create = z.strictObject({
  externalAccountId: z.string().min(1),
  externalEventId: z.string().min(1),
  ...fields,
})
export type EventCreate = z.infer<typeof create>
export const update = z.strictObject(fields).partial()
export const batchUpsert = batchOf(create)
export const complete = z.strictObject({ startDateTime: z.string(), endDateTime: z.string() })

const shown = {
  ...fields,
  customProperties: z.array(z.never()),
  objectId: z.string().optional(),
  startDateTime: time.optional(),
  endDateTime: time.optional(),
}
export const brief = z.strictObject(shown)
const dated = { id: z.string(), createdAt: time, updatedAt: time }
export const stored = z.strictObject({ ...shown, ...dated })
export const batchStored = batchAnswer(stored)
const counters = {
  registrants: z.number().int(),
  attendees: z.number().int(),
  cancellations: z.number().int(),
  noShows: z.number().int(),
}
export const read = z.strictObject({ ...shown, ...dated, externalEventId: z.string(), ...counters })

const told = { interactionDateTime: z.number().int(), properties: z.record(z.string(), z.string()).optional() }
export const byEmail = batchOf(
  z.strictObject({ email: z.email(), contactProperties: z.record(z.string(), z.string()).optional(), ...told }),
)
export const byContact = batchOf(z.strictObject({ vid: z.number().int(), ...told }))
export const attendedByEmail = batchAnswer(z.strictObject({ vid: z.number().int(), email: z.string() }))
export const attendedByContact = batchAnswer(z.strictObject({ vid: z.number().int() }))
const count = z.number().int()
export const participations = z.strictObject({ registered: count, attended: count, cancelled: count, noShows: count })

const participation = z.strictObject({
  id: z.string(),
  createdAt: time,
  associations: z.strictObject({
    contact: z.strictObject({
      contactId: z.string(),
      email: z.string(),
      firstname: z.string().optional(),
      lastname: z.string().optional(),
    }),
    marketingEvent: z.strictObject({
      marketingEventId: z.string(),
      name: z.string(),
      externalAccountId: z.string(),
      externalEventId: z.string(),
    }),
  }),
  properties: z.strictObject({
    attendanceState: z.enum(['REGISTERED', 'ATTENDED', 'CANCELLED', 'NO_SHOW', 'EMPTY']),
    occurredAt: z.number().int(),
  }),
})
export const breakdown = z.strictObject({ total: count, results: z.array(participation) })
