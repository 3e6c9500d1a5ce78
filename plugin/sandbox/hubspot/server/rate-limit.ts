import { randomUUID } from 'node:crypto'
import type { Portal } from '../portal.ts'
import { Refusal } from '../refusal.ts'
import { startOfDay } from '../time.ts'
import type { Edition, Token } from '../types.ts'
import type { Route } from './route.ts'

/** Calls that an app may make; each can be left out to be what the edition grants. */
export interface RateLimit {
  /** In any 10 s. */
  tenSeconds?: number
  /** In a day of the account's time zone. */
  daily?: number
  /** Searches in any second. */
  search?: number
}

const WINDOW_MS = 10_000
const GRANTED: Record<Edition, Required<RateLimit>> = {
  starter: { tenSeconds: 100, daily: 250_000, search: 5 },
  professional: { tenSeconds: 190, daily: 625_000, search: 5 },
  enterprise: { tenSeconds: 190, daily: 1_000_000, search: 5 },
}

interface Usage {
  calls: number[]
  searches: number[]
  day: number
  today: number
}

function refused(policyName: string, name: string): Refusal {
  return new Refusal(429, 'RATE_LIMITS', `You have reached your ${name} limit.`, {
    errorType: 'RATE_LIMIT',
    policyName,
    requestId: randomUUID(),
  })
}

/** Counts calls by account, as HubSpot does: a rolling 10 s, a day, and a second for search. */
export class RateLimiter {
  readonly #limit: RateLimit | null
  readonly #now: () => number
  readonly #usage = new Map<number, Usage>()

  constructor(limit: RateLimit | null, now: () => number) {
    this.#limit = limit
    this.#now = now
  }

  /** Takes one call, or refuses it with 429; gives the headers that tell what is left. Search gets none. */
  take(portal: Portal, token: Token, budget: Route['budget']): Record<string, string> {
    if (this.#limit === null) return {}
    const limit = this.limits(portal)
    const usage = this.#of(portal)
    const now = this.#now()
    if (usage.today >= limit.daily) throw refused('DAILY', 'daily')
    if (budget === 'search') {
      usage.searches = usage.searches.filter((at) => at > now - 1_000)
      if (usage.searches.length >= limit.search) throw refused('SECONDLY', 'secondly')
      usage.searches.push(now)
      usage.today++
      return {}
    }
    usage.calls = usage.calls.filter((at) => at > now - WINDOW_MS)
    if (usage.calls.length >= limit.tenSeconds) throw refused('TEN_SECONDLY_ROLLING', 'ten_secondly_rolling')
    usage.calls.push(now)
    usage.today++
    const headers: Record<string, string> = {
      'X-HubSpot-RateLimit-Max': String(limit.tenSeconds),
      'X-HubSpot-RateLimit-Remaining': String(limit.tenSeconds - usage.calls.length),
      'X-HubSpot-RateLimit-Interval-Milliseconds': String(WINDOW_MS),
    }
    if (token.kind === 'static') {
      headers['X-HubSpot-RateLimit-Daily'] = String(limit.daily)
      headers['X-HubSpot-RateLimit-Daily-Remaining'] = String(limit.daily - usage.today)
    }
    return headers
  }

  limits(portal: Portal): Required<RateLimit> {
    return { ...GRANTED[portal.edition], ...this.#limit }
  }

  /** Calls of today that were let in. */
  today(portal: Portal): number {
    return this.#of(portal).today
  }

  #of(portal: Portal): Usage {
    const day = startOfDay(this.#now(), portal.timeZone)
    let usage = this.#usage.get(portal.id)
    if (!usage) this.#usage.set(portal.id, (usage = { calls: [], searches: [], day, today: 0 }))
    if (usage.day !== day) Object.assign(usage, { day, today: 0 })
    return usage
  }
}
