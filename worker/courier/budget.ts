import type { Meta } from '../shell/meta.ts'

/** Where it is kept. */
type Values = Pick<Meta, 'get' | 'set'>

interface Day {
  /** ISO date in the account's zone. */
  day: string
  used: number
  /** Calls left, by the CRM's own word when it was last heard less what was used since; null before the first. */
  left: number | null
}

/** Calls of the day as they stand. */
export interface BudgetStatus {
  day: string
  used: number
  limit: number
  left: number
}

/** Parts of a day's calls that are kept: by reads for writes, and by both for others who use the account. */
const KEPT = { read: 0.1, write: 0.02 }
const DAY_MS = 24 * 60 * 60_000

/** Local date and time of day (ms since midnight) of an instant in an IANA zone. */
const localOf = (now: number, timeZone: string): { day: string; sinceMidnight: number } => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(now)
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.find((part) => part.type === type)?.value ?? '0'
  const seconds = (Number(of('hour')) * 60 + Number(of('minute'))) * 60 + Number(of('second'))
  return { day: `${of('year')}-${of('month')}-${of('day')}`, sinceMidnight: seconds * 1000 + (now % 1000) }
}

/** A day's calls where the CRM limits them. Others use the account too: its own word counts for more than Ladder's tally. */
export class Budget {
  readonly #meta: Values

  constructor(meta: Values) {
    this.#meta = meta
  }

  #day(now: number, timeZone: string): Day {
    const { day } = localOf(now, timeZone)
    const kept = this.#meta.get<Day>('day')
    return kept?.day === day ? kept : { day, used: 0, left: null }
  }

  /** From when (epoch ms) a call may be made: `now`, or the next midnight. */
  freeAt(now: number, limit: number, timeZone: string, who: keyof typeof KEPT): number {
    const { left } = this.status(now, limit, timeZone)
    return left > limit * KEPT[who] ? now : this.midnight(now, timeZone)
  }

  /** Counts a call. */
  take(now: number, timeZone: string): void {
    const { day, used, left } = this.#day(now, timeZone)
    this.#meta.set('day', { day, used: used + 1, left: left === null ? null : left - 1 } satisfies Day)
  }

  /** The CRM's own word of how many are left. */
  heard(now: number, timeZone: string, left: number): void {
    this.#meta.set('day', { ...this.#day(now, timeZone), left } satisfies Day)
  }

  /** The account's next midnight, epoch ms. On a day of changing clocks an hour off at most: it is looked at again then. */
  midnight(now: number, timeZone: string): number {
    return now + DAY_MS - localOf(now, timeZone).sinceMidnight
  }

  status(now: number, limit: number, timeZone: string): BudgetStatus {
    const { day, used, left } = this.#day(now, timeZone)
    return { day, used, limit, left: Math.max(0, Math.min(limit - used, left ?? limit)) }
  }
}
