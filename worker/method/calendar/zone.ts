import { DAY_MS } from './dates.ts'

/** Wall time of one IANA zone. All instants are epoch milliseconds. */
export interface Zone {
  /** Milliseconds that the zone's clocks are ahead of UTC. */
  offsetAt(instant: number): number
  /** The instant of a wall time, given as if it were UTC. In a gap the clock has jumped: later; twice there: the first. */
  instantOf(wall: number): number
}

/** Whether the runtime knows an IANA zone by this name. */
export const isZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const zones = new Map<string, Zone>()

/** A zone by IANA name; an unknown name is read as Asia/Shanghai (a playbook's check reports it). */
export const zoneOf = (name: string): Zone => {
  const known = zones.get(name)
  if (known) return known
  const zone = makeZone(isZone(name) ? name : 'Asia/Shanghai')
  zones.set(name, zone)
  return zone
}

/** Asking `Intl` is slow, so offsets are kept a UTC day: most days have one, those with a change are asked by instant. */
const makeZone = (name: string): Zone => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const measure = (instant: number): number => {
    const parts: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000
  }
  const days = new Map<number, number | null>()
  const offsetAt = (instant: number): number => {
    const day = Math.floor(instant / DAY_MS)
    let offset = days.get(day)
    if (offset === undefined) {
      if (!Number.isFinite(instant) || Math.abs(instant) > 8e15) return 0
      const start = measure(day * DAY_MS)
      offset = start === measure((day + 1) * DAY_MS) ? start : null
      if (days.size > 4000) days.clear()
      days.set(day, offset)
    }
    return offset ?? measure(instant)
  }
  const instantOf = (wall: number): number => {
    const before = offsetAt(wall - DAY_MS)
    const after = offsetAt(wall + DAY_MS)
    if (before === after) return wall - before
    const first = wall - before
    if (offsetAt(first) === before) return first
    const second = wall - after
    return offsetAt(second) === after ? second : first
  }
  return { offsetAt, instantOf }
}
