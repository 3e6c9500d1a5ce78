/** A time as HubSpot writes it: ISO 8601 in UTC, without a fraction when there is none. */
export function instant(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z')
}

const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d))?$/

/** Ms since 1970 of what a caller wrote: ms themselves or ISO 8601; null when it is neither. */
export function readTime(text: string): number | null {
  if (/^-?\d{1,15}$/.test(text)) return Number(text)
  if (!ISO.test(text)) return null
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}

/** Making one of these takes longer than all else that a call does. */
const clocks = new Map<string, Intl.DateTimeFormat>()
const clockOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = clocks.get(timeZone)
  if (known) return known
  const numeric = { hour: 'numeric', minute: 'numeric', second: 'numeric' } as const
  const clock = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...numeric })
  clocks.set(timeZone, clock)
  return clock
}

/** Midnight today in a time zone, in ms since 1970. */
export function startOfDay(ms: number, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(ms)
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0)
  const passed = (of('hour') * 3600 + of('minute') * 60 + of('second')) * 1000 + (((ms % 1000) + 1000) % 1000)
  return ms - passed
}

/** How far a time zone is from UTC, in ms, at a time. */
export function offsetOf(ms: number, timeZone: string): number {
  const local = new Date(ms).toLocaleString('sv-SE', { timeZone })
  return Date.parse(`${local.replace(' ', 'T')}Z`) - Math.floor(ms / 1000) * 1000
}
