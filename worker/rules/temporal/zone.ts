/** What clocks on the wall show in a zone: IANA names by what the runtime knows of them, and offsets such as `+08:00`. */

const DAY_MS = 86_400_000
const MOST_MS = 8.64e15
const OFFSET = /^([+-])([01]\d|2[0-3])(?::?([0-5]\d))?$/
const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const kept = formats.get(zone)
  if (kept) return kept
  // throws a RangeError for a zone that there isn't
  const format = new Intl.DateTimeFormat('en-US-u-hc-h23', {
    timeZone: zone,
    calendar: 'gregory',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(zone, format)
  return format
}

/** Milliseconds by which clocks in the zone are ahead of UTC, at a moment (epoch ms). Throws RangeError for no zone. */
export const offsetAt = (ms: number, zone: string): number => {
  if (Math.abs(ms) > MOST_MS) throw new RangeError('moment out of range')
  const fixed = OFFSET.exec(zone)
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0)) * 60_000
  if (zone === 'UTC') return 0
  const second = Math.floor(ms / 1000) * 1000
  const shown = new Map(
    formatOf(zone)
      .formatToParts(second)
      .map(({ type, value }) => [type, value]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(shown.get(type))
  const year = shown.get('era') === 'BC' || shown.get('era') === 'B' ? 1 - part('year') : part('year')
  const wall = new Date(0)
  wall.setUTCFullYear(year, part('month') - 1, part('day'))
  wall.setUTCHours(part('hour'), part('minute'), part('second'))
  return wall.getTime() - second
}

/**
 * The moment (epoch ms) at which clocks show a time, itself told in ms as if it were UTC. One that clocks show twice is the first;
 * one that they leave out is as if they had not been set yet.
 */
export const momentOf = (wall: number, zone: string): number => {
  const before = offsetAt(Math.max(wall - DAY_MS, -MOST_MS), zone)
  const after = offsetAt(Math.min(wall + DAY_MS, MOST_MS), zone)
  const found = [wall - before, wall - after].filter((ms) => wall - offsetAt(ms, zone) === ms)
  const moment = found.length > 0 ? Math.min(...found) : wall - before
  if (Math.abs(moment) > MOST_MS) throw new RangeError('moment out of range')
  return moment
}
