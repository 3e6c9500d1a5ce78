/** How long a name that isn't an account's is taken for unknown before the list is asked again, ms. */
const ASK_AGAIN_MS = 1_000

/**
 * Remembers which accounts there are, so that a delivery for any other name wakes no object and makes nothing on disk. The
 * list is asked at most once a second for names that aren't on it; a known name costs nothing. While no answer is there each
 * asks for itself: after a start the first deliveries come at once, and none may be taken for unknown.
 */
export class KnownAccounts {
  #names: ReadonlySet<string> = new Set()
  #askedAt = Number.NEGATIVE_INFINITY

  /** `list` reads the accounts that are connected; `now` is epoch ms. Fails when the list can't be read; at once when it needn't be. */
  has(name: string, list: () => Promise<string[]>, now: number): boolean | Promise<boolean> {
    if (this.#names.has(name)) return true
    return now - this.#askedAt < ASK_AGAIN_MS ? false : this.#ask(name, list, now)
  }

  async #ask(name: string, list: () => Promise<string[]>, now: number): Promise<boolean> {
    this.#names = new Set(await list())
    this.#askedAt = now
    return this.#names.has(name)
  }

  /** The list has changed. */
  forget(): void {
    this.#askedAt = Number.NEGATIVE_INFINITY
  }
}

/** The accounts as this isolate knows them. */
export const knownAccounts = new KnownAccounts()
