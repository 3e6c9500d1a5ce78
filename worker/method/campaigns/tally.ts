import type { RecordSnapshot } from '../../../schemas/events/index.ts'
import type { Draft } from '../draft.ts'
import type { GuestTally } from '../state.ts'

const NONE: GuestTally = {
  ...{ invited: 0, confirmed: 0, declined: 0, expected: 0, attended: 0, friends: 0 },
  ...{ leads: 0, products: 0, balanceWon: 0 },
}

/**
 * Counts the guests of a campaign, and gives the places that are news: those that the event brought, whose part in the counts is
 * exchanged, so that an answer costs the same however many guests there are. With any other event all are counted again.
 */
export const newsOfGuests = (draft: Draft, campaign: string): RecordSnapshot[] => {
  const { state, places } = draft
  const isGuest = (record: RecordSnapshot | undefined): record is RecordSnapshot =>
    record !== undefined && !record.deleted && record.fields['campaign'] === campaign
  const tally = state.tally
  if (!tally || !state.campaigns[campaign] || places.size === 0) {
    const all = draft.recordsOf('participation').filter(isGuest)
    state.tally = { ...NONE }
    for (const place of all) count(state.tally, place, 1)
    return all
  }
  const fresh: RecordSnapshot[] = []
  for (const [id, before] of places) {
    const place = draft.record('participation', id)
    if (isGuest(before)) count(tally, before, -1)
    if (!isGuest(place)) continue
    count(tally, place, 1)
    fresh.push(place)
  }
  return fresh
}

const count = (tally: GuestTally, { fields }: RecordSnapshot, by: 1 | -1): void => {
  const { invite, attendance, broughtFriend, lead, products, balanceWon } = fields
  const one = (holds: boolean): number => (holds ? by : 0)
  const sum = (value: unknown): number => (typeof value === 'number' ? value * by : 0)
  tally.invited += one(invite === 'INVITED' || invite === 'CONFIRMED' || invite === 'DECLINED')
  tally.confirmed += one(invite === 'CONFIRMED')
  tally.declined += one(invite === 'DECLINED')
  tally.expected += one(invite === 'TO_INVITE' || invite === 'INVITED' || invite === 'CONFIRMED')
  tally.attended += one(attendance === 'CAME')
  tally.friends += one(broughtFriend === true)
  tally.leads += one(lead === true)
  tally.products += sum(products)
  tally.balanceWon += sum(balanceWon)
}
