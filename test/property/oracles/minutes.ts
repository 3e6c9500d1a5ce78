import type { Calendar } from '../../../schemas/playbook/index.ts'

const MINUTE = 60_000
const QUARTER = 15 * MINUTE

/**
 * Every minute from one date to another, worked or not: an oracle that counts. It knows the wall clock from `Intl` alone,
 * asked each quarter of an hour (no zone of the last decades changes within one), and workdays from whoever is asked.
 */
export class Minutes {
  readonly start: number
  readonly worked: Uint8Array
  /** Worked minutes before each minute. */
  readonly before: Int32Array

  constructor(from: string, to: string, source: Calendar, isWorkday: (date: string) => boolean) {
    this.start = Date.parse(`${from}T00:00:00Z`)
    const count = (Date.parse(`${to}T00:00:00Z`) - this.start) / MINUTE
    this.worked = new Uint8Array(count)
    this.before = new Int32Array(count + 1)
    const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: source.zone, dateStyle: 'short', timeStyle: 'short' })
    const clock = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
    const frames = source.hours.map((one) => [clock(one.from), one.to === '00:00' ? 1440 : clock(one.to)] as const)
    const days = new Map<string, boolean>()
    for (let quarter = 0; quarter * 15 < count; quarter++) {
      const [date = '', time = ''] = wall.format(this.start + quarter * QUARTER).split(' ')
      let works = days.get(date)
      if (works === undefined) days.set(date, (works = isWorkday(date)))
      if (!works) continue
      const first = clock(time)
      for (let minute = 0; minute < 15; minute++) {
        const at = first + minute
        if (frames.some(([opens, closes]) => at >= opens && at < closes)) this.worked[quarter * 15 + minute] = 1
      }
    }
    for (let minute = 0; minute < count; minute++)
      this.before[minute + 1] = (this.before[minute] ?? 0) + (this.worked[minute] ?? 0)
  }

  get count(): number {
    return this.worked.length
  }

  instant(minute: number): number {
    return this.start + minute * MINUTE
  }

  between(a: number, b: number): number {
    return (this.before[b] ?? NaN) - (this.before[a] ?? NaN)
  }

  /** The first worked minute at or after `from`. */
  next(from: number): number {
    let minute = from
    while (this.worked[minute] === 0) minute++
    return minute
  }

  /** The end of the minute by which so many have been worked. */
  add(from: number, minutes: number): number {
    let at = this.next(from)
    for (let left = minutes; left > 0; at++) left -= this.worked[at] ?? 1
    return at
  }
}
