import { Refusal } from '../refusal.ts'

export interface RateLimit {
  limit: number
  windowMs: number
}

/**
 * The token bucket of a workspace: `limit` calls, filled again evenly over `windowMs`. Every core call takes one token,
 * a batch too. What is over gets 429 without Retry-After, or HTTP 200 with LIMIT_REACHED on GraphQL.
 */
export class TokenBucket {
  readonly #rate: RateLimit | null
  readonly #now: () => number
  #tokens: number
  #at: number

  constructor(rate: RateLimit | null, now: () => number) {
    this.#rate = rate
    this.#now = now
    this.#tokens = rate?.limit ?? 0
    this.#at = now()
  }

  take(): void {
    if (!this.#rate) return
    const { limit, windowMs } = this.#rate
    const now = this.#now()
    const gained = Math.floor(((now - this.#at) * limit) / windowMs)
    if (gained > 0) {
      this.#tokens = Math.min(limit, this.#tokens + gained)
      this.#at = now
    }
    if (this.#tokens < 1) {
      throw new Refusal(429, 'HttpException', `Limit reached (${limit} tokens per ${windowMs} ms)`, {
        extensions: {
          subCode: 'LIMIT_REACHED',
          userFriendlyMessage: 'Rate limit reached. Please try again later.',
          code: 'BAD_USER_INPUT',
        },
      })
    }
    this.#tokens--
  }
}
