import type { Fields, RecordSnapshot } from '../../../schemas/events/index.ts'
import type { Batch, CallResult, Sent, Write } from '../port.ts'
import { calls } from './calls.ts'
import { chunks, listIn, noList, type Portal } from './client.ts'

/**
 * Campaigns as HubSpot's marketing events, their guests as registered, attended or cancelled: so that marketing sees them and
 * may build lists of them. A picture only: what counts are the campaign's own records.
 */
const EVENT = 'marketingEvent'
const ATTENDANCE = 'attendance'

/** All events of Ladder are of this account of an outside system, as HubSpot calls it. */
const ACCOUNT = 'ladder'
/** HubSpot asks for the name of an organiser. */
const ORGANISER = 'Ladder'

/** Whether a write draws that picture. */
export const isPicture = ({ object }: Pick<Write, 'object'>): boolean => object === EVENT || object === ATTENDANCE

const eventIdOf = (campaign: string): string => `campaign-${campaign}`

/** What a guest's record says of taking part; null while it says nothing yet. */
const stateOf = ({ invite, attendance }: Fields): 'register' | 'attend' | 'cancel' | null =>
  attendance === 'CAME' ? 'attend' : invite === 'CONFIRMED' ? 'register' : invite === 'DECLINED' ? 'cancel' : null

const eventOf = ({ id, fields }: RecordSnapshot): Write[] => {
  const { name, heldOn, status, theme } = fields
  if (typeof heldOn !== 'string') return []
  const picture: Fields = {
    externalAccountId: ACCOUNT,
    externalEventId: eventIdOf(id),
    eventName: typeof name === 'string' && name !== '' ? name : eventIdOf(id),
    eventOrganizer: ORGANISER,
    startDateTime: heldOn,
    eventCancelled: status === 'CANCELLED',
    // the published specification calls these two required, HubSpot itself does without
    customProperties: [],
    ...(typeof theme === 'string' && theme !== '' ? { eventType: theme } : {}),
  }
  return [{ id: `event/${id}`, object: EVENT, key: `event/${id}`, fields: picture }]
}

const attendanceOf = ({ id, at, fields }: RecordSnapshot): Write[] => {
  const { campaign, person } = fields
  const state = stateOf(fields)
  if (state === null || typeof campaign !== 'string' || typeof person !== 'string') return []
  const told: Fields = { event: eventIdOf(campaign), state, contact: person, at }
  return [{ id: `attendance/${id}`, object: ATTENDANCE, key: `attendance/${id}`, fields: told }]
}

/** The picture of these records; a company's guest has none: HubSpot knows contacts alone. */
export const pictureOf = (records: readonly RecordSnapshot[]): Write[] =>
  records.flatMap((record) =>
    record.deleted
      ? []
      : record.object === 'campaign'
        ? eventOf(record)
        : record.object === 'participation'
          ? attendanceOf(record)
          : [],
  )

/** Events first, then who takes part, by event and state: a call for each. */
export const planPicture = (writes: Write[]): Batch[] => {
  const events = writes.filter(({ object }) => object === EVENT)
  const guests = Map.groupBy(
    writes.filter(({ object }) => object === ATTENDANCE),
    ({ fields }) => `${String(fields.event)} ${String(fields.state)}`,
  )
  return [
    ...chunks(events, calls.events.most).map((part) => ({ object: EVENT, writes: part })),
    ...[...guests.values()].flatMap((group) =>
      chunks(group, calls.attendance.most).map((part) => ({ object: ATTENDANCE, writes: part })),
    ),
  ]
}

/** Sends one batch of the picture: all of it or none. */
export const sendPicture = async (portal: Portal, { object, writes }: Batch): Promise<CallResult<Sent>> => {
  const result =
    object === EVENT
      ? await portal.call(calls.events, { json: { inputs: writes.map(({ fields }) => fields) } })
      : await sendAttendance(portal, writes)
  if (!result.ok) {
    // the event isn't there yet: its guests wait for it
    const waits = object === ATTENDANCE && result.failure.kind === 'refused' && result.failure.status === 404
    return waits ? { ok: true, value: { written: [], refused: [] } } : result
  }
  if (!listIn(result.value, 'results')) return noList('marketing events')
  const written = writes.map(({ id, key = '' }) => ({ id, recordId: key, gone: false }))
  return { ok: true, value: { written, refused: [] } }
}

const sendAttendance = (portal: Portal, writes: Write[]): Promise<CallResult<unknown>> => {
  const { event = '', state = '' } = writes[0]?.fields ?? {}
  return portal.call(calls.attendance, {
    words: { event: String(event), state: String(state) },
    query: { externalAccountId: ACCOUNT },
    json: {
      inputs: writes.map(({ fields }) => ({
        vid: Number(fields.contact),
        interactionDateTime: Date.parse(String(fields.at)),
        properties: {},
      })),
    },
  })
}
