import type { Meta } from '../shell/meta.ts'

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
 * Keeps inside the CRM's limit: a token bucket, and a pause after a refusal that grows with each one and is spread by chance, so
 * that several clients don't come back at the same instant. All times are epoch milliseconds, passed in.
 */
export class Limiter {
  readonly #meta: Meta
  readonly #random: () => number

  constructor(meta: Meta, random: () => number = Math.random) {
    this.#meta = meta
    this.#random = random
  }

  #bucket(now: number, perMinute: number): Bucket {
    const kept = this.#meta.get<Bucket>('bucket') ?? { tokens: perMinute, at: now, pausedUntil: 0, strikes: 0 }
    // a clock that was set back must not stop the bucket from filling until it has caught up
    const gained = (Math.max(0, now - kept.at) * perMinute) / 60_000
    return { ...kept, tokens: Math.min(perMinute, kept.tokens + gained), at: now }
  }

  /** Takes one call; else says from when to try again. `reserve`: calls that must stay for more urgent work. */
  take(now: number, perMinute: number, reserve = 0): { ok: true } | { ok: false; until: number } {
    const bucket = this.#bucket(now, perMinute)
    if (bucket.pausedUntil > now) return { ok: false, until: bucket.pausedUntil }
    if (bucket.tokens < 1 + reserve) {
      this.#meta.set('bucket', bucket)
      return { ok: false, until: now + Math.ceil(((1 + reserve - bucket.tokens) * 60_000) / perMinute) }
    }
    this.#meta.set('bucket', { ...bucket, tokens: bucket.tokens - 1 })
    return { ok: true }
  }

  /** The CRM answered well: the next pause begins small again. */
  relax(): void {
    const bucket = this.#meta.get<Bucket>('bucket')
    if (bucket && bucket.strikes > 0) this.#meta.set('bucket', { ...bucket, strikes: 0 })
  }

  /** No calls before the instant that is returned. `wait`: how long the CRM asked for, if it did. */
  pause(now: number, perMinute: number, wait: number | null): number {
    const bucket = this.#bucket(now, perMinute)
    const grown = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** bucket.strikes)
    const pausedUntil = now + Math.ceil(wait ?? grown * (0.5 + this.#random() / 2))
    this.#meta.set('bucket', { ...bucket, tokens: 0, pausedUntil, strikes: Math.min(bucket.strikes + 1, 16) })
    return pausedUntil
  }
}
