/** A signed delivery is refused when it is older than five minutes, either way: the same one can't come after ten. */
const WINDOW_MS = 10 * 60_000
const MOST = 10_000

/**
 * The keys of deliveries that were kept lately, so that one that is sent again isn't kept twice. In memory alone: after a
 * restart the second one is kept as well, and does nothing when it is unpacked, because events end at what is known already.
 */
export class Recent {
  readonly #at = new Map<string, number>()

  /** False when the key was seen within the window; remembers it. `now`: epoch ms. */
  isNew(key: string, now: number): boolean {
    const seen = this.#at.get(key)
    if (seen !== undefined && Math.abs(now - seen) <= WINDOW_MS) return false
    this.#at.delete(key)
    this.#at.set(key, now)
    this.#forget(now)
    return true
  }

  /** Takes a key back: what it stands for wasn't kept. */
  drop(key: string): void {
    this.#at.delete(key)
  }

  /** The oldest go first: those out of the window, and those that are too many. A few at a time. */
  #forget(now: number): void {
    for (const [key, at] of this.#at) {
      if (this.#at.size <= MOST && now - at <= WINDOW_MS) return
      this.#at.delete(key)
    }
  }
}
