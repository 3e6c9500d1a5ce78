import type { Fields, RecordSnapshot, Ref } from '../../schemas/events/index.ts'
import { refOf } from '../../schemas/events/keys.ts'
import { same } from '../method/draft.ts'
import type { Parts } from './parts.ts'
import type { Settings } from './settings.ts'
import { bookName, shardOf } from './shards.ts'

/** One line of an attendance list: who, by customer number or by name as on the guest list, and what happened. */
export interface AttendanceRow {
  customer?: string | undefined
  name?: string | undefined
  came: boolean
  friend?: string | undefined
  friendPhone?: string | undefined
}

export interface AttendanceReport {
  /** Places that were changed, and those that said so already. */
  changed: number
  same: number
  /** Lines that name nobody on the guest list, or more than one: as written. */
  unknown: string[]
  ambiguous: string[]
}

/**
 * Enters who came to a campaign (`id` of its record) into the guests' places in the CRM (CAMP-*); what follows from it comes
 * with the CRM's own word of the change. `absent`: whoever said yes and isn't in the list didn't come. The same list again
 * changes nothing. Null when there is no such campaign.
 */
export const enterAttendance = async (
  parts: Parts,
  settings: Settings,
  id: string,
  rows: AttendanceRow[],
  absent: boolean,
): Promise<AttendanceReport | null> => {
  const ref = refOf('campaign', id)
  const book = parts.env.BOOK.getByName(bookName(settings.account, shardOf(ref, settings.shards)))
  const state = await book.subject(ref)
  if (!state?.campaigns[id]) return null
  const places = Object.values(state.records['participation'] ?? {}).filter(({ deleted }) => !deleted)
  const report: AttendanceReport = { changed: 0, same: 0, unknown: [], ambiguous: [] }
  const wanted = new Map<string, Fields>()
  for (const row of rows) {
    const found = findPlaces(parts, places, row)
    const [place] = found
    const who = row.customer ?? row.name ?? ''
    if (!place) report.unknown.push(who)
    else if (found.length > 1) report.ambiguous.push(who)
    else wanted.set(place.id, fieldsOf(row))
  }
  if (absent)
    for (const { id: place, fields } of places)
      if (!wanted.has(place) && fields.invite === 'CONFIRMED' && fields.attendance !== 'CAME')
        wanted.set(place, { attendance: 'ABSENT' })
  for (const place of places) {
    const fields = wanted.get(place.id)
    if (!fields) continue
    const changes = Object.entries(fields).filter(([name, value]) => !same(place.fields[name] ?? null, value))
    if (changes.length === 0) report.same++
    else {
      report.changed++
      write(parts, place, Object.fromEntries(changes))
    }
  }
  parts.audit('attendance', { campaign: id, ...report })
  return report
}

const write = (parts: Parts, { object, id }: RecordSnapshot, fields: Fields): void =>
  parts.outbox.add(
    { id: `attendance/${id}/${parts.clock.now()}`, object, recordId: id, fields },
    { event: 'attendance', playbook: parts.playbooks.active()?.version ?? 0, rule: 'CAMP-ATTENDANCE' },
  )

const findPlaces = (parts: Parts, places: RecordSnapshot[], { customer, name }: AttendanceRow): RecordSnapshot[] => {
  if (customer !== undefined) {
    const ref: Ref | undefined = parts.router.customer(customer)
    return places.filter(
      ({ fields }) =>
        ref !== undefined && [`person:${String(fields.person)}`, `company:${String(fields.company)}`].includes(ref),
    )
  }
  return places.filter(({ fields }) => typeof fields.name === 'string' && fields.name.trim() === name?.trim())
}

const fieldsOf = ({ came, friend, friendPhone }: AttendanceRow): Fields => ({
  attendance: came ? 'CAME' : 'ABSENT',
  ...(friend === undefined ? {} : { broughtFriend: true, friendName: friend }),
  ...(friendPhone === undefined ? {} : { friendPhone }),
})
