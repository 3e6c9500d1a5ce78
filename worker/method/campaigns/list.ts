import type { Fields, GatheredRow, OpenedCampaign, RecordSnapshot, Ref } from '../../../schemas/events/index.ts'
import { ladderKey, parseRef } from '../../../schemas/events/keys.ts'
import type { Draft } from '../draft.ts'
import type { GuestList } from '../state.ts'
import { membersOf } from './members.ts'
import { spelledOut } from './named.ts'

/**
 * Who is on the guest list (CAMP-*): as many as there are seats, in working order (TIER-ORDER), one place a customer; a person
 * who is the contact of an invited company has no second one. The next in order wait: when a guest declines, one moves up, once.
 * While seats are free, customers are asked again on each working day until the day itself. `guests`: places that are news.
 * Returns who is to be put on the campaign's list.
 */
export const keepList = (
  draft: Draft,
  record: RecordSnapshot,
  opened: OpenedCampaign,
  guests: RecordSnapshot[],
): Ref[] => {
  const { state, ctx, event } = draft
  const list = (state.list ??= { chosen: [], reserve: [], size: null, askedOn: null, people: [] })
  const byHand = membersOf(opened.guests)
  const chosen = membersOf(list.chosen)
  const fresh: Ref[] = []
  const add = (ref: Ref): void => {
    if (chosen.has(ref)) return
    list.chosen.push(ref)
    chosen.add(ref)
    fresh.push(ref)
  }
  // after news of guests alone, who stands on the campaign's list need not be put there again
  const told = (): Ref[] => (opened.list && draft.places.size > 0 ? fresh : list.chosen)
  for (const { fields } of guests) for (const ref of refsOf(fields)) if (!byHand.has(ref)) add(ref)
  if (event.type === 'gathered' && event.query === 'guests') list.reserve = event.rows.map(waiting)
  if (isOver(opened, ctx.now) || opened.cancelled) return told()
  const seats = seatsOf(list, record)
  const seated = chosen.size + opened.guests.filter((ref) => !chosen.has(ref)).length
  let free = seats - (seated - (state.tally?.declined ?? 0))
  if (free > 0 && list.reserve.length > 0) free = moveUp(list, free, { chosen, byHand }, add)
  if (free > 0) ask(draft, opened, seats)
  return told()
}

/** Who waits takes the free places, in order. Returns how many are left. */
const moveUp = (
  list: GuestList,
  seats: number,
  { chosen, byHand }: { chosen: Set<Ref>; byHand: Set<Ref> },
  add: (ref: Ref) => void,
): number => {
  let free = seats
  const people = new Set(list.people)
  let taken = 0
  for (const next of list.reserve) {
    if (free <= 0) break
    taken++
    if (byHand.has(next.ref) || chosen.has(next.ref) || isDouble(next, chosen, people, byHand)) continue
    add(next.ref)
    if (next.company !== null) people.add(next.company)
    free--
  }
  list.reserve = list.reserve.slice(taken)
  list.people = [...people]
  return free
}

/** Whether nobody is asked any more: the day itself is there, or news is none any more (CAMP-EVT). */
export const isOver = ({ heldOn, until = heldOn }: OpenedCampaign, now: number): boolean => now >= Date.parse(until)

/** Seats of a campaign: as its record says, else as its template did. */
export const seatsOf = ({ size }: GuestList, { fields }: RecordSnapshot): number =>
  typeof fields['size'] === 'number' ? fields['size'] : (size ?? 0)

/** Customers are asked once a working day, and not at all on the day itself, unless it is news. */
const ask = (draft: Draft, opened: OpenedCampaign, seats: number): void => {
  const { state, ctx } = draft
  const today = ctx.playbook.calendar.dateOf(ctx.now)
  const { list } = state
  const isDay = opened.until === undefined && today >= ctx.playbook.calendar.dateOf(Date.parse(opened.heldOn))
  if (!list || list.askedOn === today || isDay) return
  list.askedOn = today
  const { id, subject, audience } = opened
  const series = draft.record('campaign', id)?.fields['series'] ?? null
  const { first } = state.plan ?? {}
  const params: Fields = { campaign: id, series, subject, rule: audience, most: seats * 2 }
  if (first !== undefined) params['first'] = spelledOut(first, ctx.playbook.source.audiences)
  draft.gather(
    'guests',
    ladderKey(state.ref, 'guests', today),
    params,
    draft.why(opened.templateCode, { row: audience }),
  )
}

const waiting = ({ ref, company }: GatheredRow): GuestList['reserve'][number] => ({
  ref,
  company: typeof company === 'string' && company !== '' ? company : null,
})

/** The company of somebody, or somebody of a company, that is on the list. */
const isDouble = (
  { ref, company }: GuestList['reserve'][number],
  chosen: Set<Ref>,
  people: Set<string>,
  byHand: Set<Ref>,
): boolean => {
  const { object, id } = parseRef(ref)
  if (object === 'company') return people.has(id)
  const firm = company === null ? '' : `company:${company}`
  return chosen.has(firm) || byHand.has(firm)
}

/** The customers of a place on the list. */
export const refsOf = ({ company, person }: RecordSnapshot['fields']): Ref[] => [
  ...(typeof person === 'string' && person !== '' ? [`person:${person}`] : []),
  ...(typeof company === 'string' && company !== '' ? [`company:${company}`] : []),
]
