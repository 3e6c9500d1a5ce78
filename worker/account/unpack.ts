import type { Hint } from '../../schemas/events/hints.ts'
import type { Fact, RecordChanged, RecordGone } from '../../schemas/events/index.ts'
import { snapshotOf } from '../crm/index.ts'
import { objectOfType } from '../crm/hubspot/layout.ts'
import type { CrmPlace } from '../crm/port.ts'
import { unpackFacts } from '../ingress/corebank.ts'
import { type LeftOut, readHubspot } from '../ingress/hubspot.ts'
import { parseTwentyWebhook } from '../ingress/twenty.ts'

/** A verified request as it was stored. */
export interface InboxEntry {
  seq: number
  source: string
  body: ArrayBuffer
  /** When it came, epoch ms. */
  at: number
}

/** What came in, before it is known whom it is about. */
export type Incoming = RecordChanged | RecordGone | Fact

/** Word of a record, with what told it: a webhook when not said. */
export type Told = Hint & { via?: 'journal' }

/** What stored requests held. */
export interface Unpacked {
  events: Incoming[]
  /** Records that are only named: they have to be read. */
  hints: Told[]
  /** How many events of HubSpot's were left out, by why. */
  leftOut: Partial<Record<LeftOut, number>>
}

/** Normalised events of stored requests, in the order in which they came. What means nothing to Ladder is left out. */
export const unpack = (entries: InboxEntry[], place: CrmPlace): Unpacked => {
  const unpacked: Unpacked = { events: [], hints: [], leftOut: {} }
  for (const { source, body, at } of entries) {
    if (source === 'corebank') unpacked.events.push(...unpackFacts(body, at))
    else if (place.kind === 'twenty') unpacked.events.push(...unpackTwenty(jsonOf(body), place))
    else {
      const { portalId } = place.layout
      const objectOf = (typeId: string) => objectOfType(place.layout, typeId)
      const { hints, leftOut } = readHubspot(jsonOf(body), { portalId, objectOf, receivedAt: at })
      unpacked.hints.push(...hints.map((hint) => (source === 'journal' ? { ...hint, via: 'journal' as const } : hint)))
      for (const why of Object.keys(leftOut) as LeftOut[])
        unpacked.leftOut[why] = (unpacked.leftOut[why] ?? 0) + leftOut[why]
    }
  }
  return unpacked
}

const jsonOf = (body: ArrayBuffer): unknown => JSON.parse(new TextDecoder().decode(body))

const unpackTwenty = (body: unknown, place: CrmPlace): Incoming[] => {
  const parsed = parseTwentyWebhook(body)
  if (!parsed.ok || !parsed.value) return []
  const { object, op, record } = parsed.value
  const snapshot = snapshotOf(place, object, record)
  if (!snapshot) return []
  if (op === 'destroyed') {
    return [
      {
        type: 'record.gone',
        id: `${object}/${snapshot.id}/gone`,
        via: 'webhook',
        object,
        recordId: snapshot.id,
        at: snapshot.at,
      },
    ]
  }
  return [changed(snapshot, 'webhook')]
}

/** The event of a record as it was seen. Its id is made of what tells it from others: object, record, time of change. */
export const changed = (record: RecordChanged['record'], via: RecordChanged['via'], adopt = false): RecordChanged => ({
  type: 'record.changed',
  id: `${record.object}/${record.id}/${record.at}`,
  via,
  record,
  ...(adopt ? { adopt } : {}),
})

/**
 * Joins bursts: of several changes to one record only the newest counts, because a record comes whole. Facts all count. The
 * place of the first stays, so that a company comes before what hangs on it.
 */
export const joinBursts = (events: Incoming[]): Incoming[] => {
  const joined = new Map<string, Incoming>()
  for (const event of events) {
    const key = keyOf(event)
    const there = joined.get(key)
    if (!there || isNewer(event, there)) joined.set(key, event)
  }
  return [...joined.values()]
}

const keyOf = (event: Incoming): string =>
  event.type === 'fact'
    ? `fact ${event.id}`
    : event.type === 'record.changed'
      ? `${event.record.object} ${event.record.id}`
      : `${event.object} ${event.recordId}`

/** A record that is gone stays gone: its destruction is the last that is heard of it. */
const isNewer = (event: Incoming, there: Incoming): boolean => {
  if (event.type === 'fact' || there.type === 'fact') return false
  if (event.type === 'record.gone') return true
  return there.type === 'record.changed' && event.record.at > there.record.at
}

/** Facts of customers that are known, in order, and those that must wait. */
export const isFact = (event: Incoming): event is Fact => event.type === 'fact'
