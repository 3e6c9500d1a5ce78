import type { AttendanceState, MarketingEvent } from './events.ts'

/** What a contact did last about an event; who registered and didn't come is a no-show when it is over. */
export function stateOf(
  event: MarketingEvent,
  told: Map<AttendanceState, number>,
  now: number,
): [AttendanceState | 'NO_SHOW', number] {
  const attended = told.get('ATTENDED')
  if (attended !== undefined) return ['ATTENDED', attended]
  const registered = told.get('REGISTERED') ?? 0
  const cancelled = told.get('CANCELLED')
  if (cancelled !== undefined && cancelled >= registered) return ['CANCELLED', cancelled]
  const end = Date.parse(String(event.fields['endDateTime'] ?? ''))
  const over = event.fields['eventCompleted'] === true || end <= now
  return [over ? 'NO_SHOW' : 'REGISTERED', registered]
}

/** How many registered, came, said no, and stayed away. Whoever came has registered. */
export function countersOf(
  event: MarketingEvent,
  now: number,
): { registered: number; attended: number; cancelled: number; noShows: number } {
  const states = [...event.attendance.values()].map((told) => stateOf(event, told, now)[0])
  const count = (state: string): number => states.filter((one) => one === state).length
  const [attended, cancelled, noShows] = [count('ATTENDED'), count('CANCELLED'), count('NO_SHOW')]
  return { registered: states.length - cancelled, attended, cancelled, noShows }
}
