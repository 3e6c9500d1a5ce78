import { refOf } from '../../schemas/events/keys.ts'
import type { Delivered } from './delivery.ts'
import type { Parts } from './parts.ts'
import { isCustomer } from './router.ts'
import { placeOfSettings, type Settings } from './settings.ts'
import { type InboxEntry, type Incoming, joinBursts, type Told, unpack } from './unpack.ts'

/** Requests unpacked in one go, and how much they may hold together: an isolate has 128 MB. */
const PARCEL = 200
const PARCEL_BYTES = 1024 * 1024
/** Parcels in one run: the runtime ends an alarm that works for too long. What is left gets the next alarm at once. */
const MOST_PARCELS = 100
/** After something could not be read from the CRM that an event hangs on. */
const RETRY_MS = 5_000

/**
 * Unpacks what came in, oldest first: events are delivered, records that are only named are put down to be read. A request
 * goes when all of it is in one place or the other.
 */
export const unpackInbox = async (
  parts: Parts,
  settings: Settings,
  deliver: (events: Incoming[]) => Promise<Delivered>,
  now: number,
): Promise<void> => {
  for (let parcel = 0; parcel < MOST_PARCELS; parcel++) {
    const rows = nextParcel(parts, now - settings.joinMs)
    if (rows.length === 0) return
    const { events, hints, leftOut } = unpack(rows, placeOfSettings(settings))
    const delivered = events.length === 0 || (await deliver(joinBursts(events))).ok
    if (!delivered) return parts.meta.set('retryAt', now + RETRY_MS)
    parts.sql.together(() => {
      for (const hint of hints) takeHint(parts, hint, now)
      for (const row of rows) parts.sql.run('DELETE FROM inbox WHERE seq = ?', row.seq)
    })
    for (const [why, count] of Object.entries(leftOut)) if (count > 0) parts.meta.count(`hubspot.${why}`, count)
    parts.meta.count('unpacked', rows.length)
    parts.meta.set('lastEventAt', now)
  }
}

/**
 * A merged customer is told of as deleted as well, and nobody says which word comes first: its end waits so long for word of a
 * merge, or all that is open of it would be ended first.
 */
const END_WAITS_MS = 60_000

/** Keeps what a hint asks for until there is room for it. */
const takeHint = ({ touched, merges, erased, router }: Parts, hint: Told, now: number): void => {
  const { via } = hint
  if (hint.type === 'record.touched') {
    const { object, recordId, at, turned } = hint
    // the journal tells all again: what was seen since need not be read
    if (via === 'journal' && !turned && router.seenAt(object, recordId) >= at) return
    return touched.note(hint, { via, ...(turned && isCustomer(object) ? { due: now + END_WAITS_MS } : {}) })
  }
  if (hint.type === 'record.erased') return erased.ask(refOf(hint.object, hint.recordId), hint.at)
  const { object, winner, losers, at } = hint
  merges.note(hint, isCustomer(object) ? 'told' : 'done')
  // a record that a merge made is taken as it stands: it has the stage of those that it was made of
  touched.note({ object, recordId: winner, at, turned: false }, { adopt: true })
  for (const recordId of losers) {
    // a customer's state moves to the winner; of any other record the end is read like that of a deleted one
    if (isCustomer(object)) touched.forget(object, recordId)
    else touched.note({ object, recordId, at, turned: true })
  }
}

/** The oldest requests, as many as fit into a parcel; one at least. */
const nextParcel = (parts: Parts, until: number): InboxEntry[] => {
  let bytes = 0
  const heads = parts.sql.all<{ seq: number; size: number }>(
    'SELECT seq, length(body) AS size FROM inbox WHERE at <= ? ORDER BY seq LIMIT ?',
    until,
    PARCEL,
  )
  const fitting = heads.filter(({ size }, index) => (bytes += size) <= PARCEL_BYTES || index === 0)
  return fitting.flatMap(({ seq }) =>
    parts.sql.all<InboxEntry>('SELECT seq, source, body, at FROM inbox WHERE seq = ?', seq),
  )
}
