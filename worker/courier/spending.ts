import type { CrmDeps, CrmLimits, Failure } from '../crm/port.ts'
import type { Meta } from '../shell/meta.ts'
import { Budget, type BudgetStatus } from './budget.ts'
import { Limiter } from './limiter.ts'

/** Calls at once that must be left before one is made: reads leave room for writes, a write for the few that finish it. */
const RESERVE = { read: 15, write: 3 }

/** Every call to the CRM is charged here: to its rate, to that of searches, to the day. Times are epoch ms, passed in. */
export class Spending {
  readonly #meta: Meta
  readonly #calls: Limiter
  readonly #searches: Limiter
  readonly #budget: Budget

  constructor(meta: Meta, random?: () => number) {
    this.#meta = meta
    this.#calls = new Limiter(meta, 'bucket', random)
    this.#searches = new Limiter(meta, 'searches', random)
    this.#budget = new Budget(meta)
  }

  /** The tills of an adapter that works at `now` for writes, or for reads, which leave room for writes. */
  tills(now: number, limits: CrmLimits, who: 'read' | 'write'): Pick<CrmDeps, 'spend' | 'heard'> {
    const { timeZone } = limits
    return {
      spend: (call) => {
        const until = call === 'urgent' ? now : this.#freeAt(now, limits, who, call === 'search')
        if (until > now) return { ok: false, until }
        this.#calls.take(now, limits.calls)
        if (call === 'search' && limits.searches) this.#searches.take(now, limits.searches)
        if (limits.daily !== null) this.#budget.take(now, timeZone)
        this.#meta.count('crm_calls')
        return { ok: true }
      },
      heard: (left) => this.#budget.heard(now, timeZone, left),
    }
  }

  #freeAt(now: number, limits: CrmLimits, who: 'read' | 'write', isSearch: boolean): number {
    const { calls, searches, daily, timeZone } = limits
    return Math.max(
      this.#calls.freeAt(now, calls, Math.min(RESERVE[who], calls.burst / 4)),
      isSearch && searches ? this.#searches.freeAt(now, searches) : now,
      daily === null ? now : this.#budget.freeAt(now, daily, timeZone, who),
    )
  }

  /** The CRM refused a call for its limit: from when (epoch ms) to try again. */
  pause(now: number, limits: CrmLimits, failure: Extract<Failure, { kind: 'limit' }>): number {
    if (failure.of === 'search' && limits.searches) return this.#searches.pause(now, limits.searches, failure.waitMs)
    const untilMidnight = this.#budget.midnight(now, limits.timeZone) - now
    const wait = failure.of === 'day' ? (failure.waitMs ?? untilMidnight) : failure.waitMs
    return this.#calls.pause(now, limits.calls, wait)
  }

  /** The CRM wasn't reached. `wait`: what it asks for, if it said anything. */
  pauseForSilence(now: number, limits: CrmLimits, wait: number | null): number {
    return this.#calls.pauseAtLeast(now, limits.calls, wait ?? 0)
  }

  /** The CRM answered well. */
  relax(call: 'call' | 'search' = 'call'): void {
    this.#calls.relax()
    if (call === 'search') this.#searches.relax()
  }

  /** How long (ms) one record waits that fails alone, after so many tries. */
  backoff(tries: number): number {
    return this.#calls.backoff(tries)
  }

  /** No call at all before this instant (epoch ms). */
  pausedUntil(): number {
    return this.#calls.pausedUntil()
  }

  /** Pauses end now. */
  forgetPauses(): void {
    this.#calls.forgetPause()
    this.#searches.forgetPause()
  }

  /** The day's calls; null where the CRM doesn't limit them. */
  budget(now: number, { daily, timeZone }: CrmLimits): BudgetStatus | null {
    return daily === null ? null : this.#budget.status(now, daily, timeZone)
  }
}
