import type { Rate } from '../crm/port.ts'
import type { Meta } from '../shell/meta.ts'

/** Where it is kept. */
type Values = Pick<Meta, 'get' | 'set'>

interface Bucket {
  tokens: number
  at: number
  pausedUntil: number
  strikes: number
}

/** Longest pause after a limit or an unreachable CRM. */
const LONGEST_PAUSE_MS = 5 * 60_000
const FIRST_PAUSE_MS = 2_000

/**
 * Keeps inside one limit of the CRM: a token bucket, and a pause after a refusal that grows with each one and is spread by
 * chance, so that several clients don't come back at the same instant. All times are epoch milliseconds, passed in.
 */
export class Limiter {
  readonly #meta: Values
  readonly #name: string
  readonly #random: () => number

  constructor(meta: Values, name = 'bucket', random: () => number = Math.random) {
    this.#meta = meta
    this.#name = name
    this.#random = random
  }

  #bucket(now: number, { perMinute, burst }: Rate): Bucket {
    const kept = this.#meta.get<Bucket>(this.#name) ?? { tokens: burst, at: now, pausedUntil: 0, strikes: 0 }
    // a clock that was set back must not stop the bucket from filling until it has caught up
    const gained = (Math.max(0, now - kept.at) * perMinute) / 60_000
    return { ...kept, tokens: Math.min(burst, kept.tokens + gained), at: now }
  }

  /** From when one call may be taken: `now`, or later. `reserve`: calls that must stay for more urgent work. */
  freeAt(now: number, rate: Rate, reserve = 0): number {
    const bucket = this.#bucket(now, rate)
    if (bucket.pausedUntil > now) return bucket.pausedUntil
    return bucket.tokens >= 1 + reserve
      ? now
      : now + Math.ceil(((1 + reserve - bucket.tokens) * 60_000) / rate.perMinute)
  }

  /** Takes one call, whether there is room or not: `freeAt` says so before. */
  take(now: number, rate: Rate): void {
    const bucket = this.#bucket(now, rate)
    this.#meta.set(this.#name, { ...bucket, tokens: bucket.tokens - 1 })
  }

  /** No calls before this instant; 0 when there is no pause. */
  pausedUntil(): number {
    return this.#meta.get<Bucket>(this.#name)?.pausedUntil ?? 0
  }

  forgetPause(): void {
    const bucket = this.#meta.get<Bucket>(this.#name)
    if (bucket) this.#meta.set(this.#name, { ...bucket, pausedUntil: 0, strikes: 0 })
  }

  /** The CRM answered well: the next pause begins small again. */
  relax(): void {
    const bucket = this.#meta.get<Bucket>(this.#name)
    if (bucket && bucket.strikes > 0) this.#meta.set(this.#name, { ...bucket, strikes: 0 })
  }

  /** No calls before the instant that is returned. `wait`: how long the CRM asked for, if it did. */
  pause(now: number, rate: Rate, wait: number | null): number {
    const bucket = this.#bucket(now, rate)
    const pausedUntil = now + Math.ceil(wait ?? this.backoff(bucket.strikes))
    this.#meta.set(this.#name, { ...bucket, tokens: 0, pausedUntil, strikes: Math.min(bucket.strikes + 1, 16) })
    return pausedUntil
  }

  /** As `pause`, but a wait that the CRM asks for grows too when it is not enough. */
  pauseAtLeast(now: number, rate: Rate, wait: number): number {
    const { strikes } = this.#bucket(now, rate)
    return this.pause(now, rate, Math.max(wait, this.backoff(strikes)))
  }

  /** How long (ms) to wait after so many failures in a row: doubled each time, five minutes at most, spread by chance. */
  backoff(strikes: number): number {
    return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** strikes) * (0.5 + this.#random() / 2)
  }
}
