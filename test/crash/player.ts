import type { World } from '../e2e/harness.ts'
import { ACCOUNT } from '../e2e/harness.ts'
import type { Moment, Script } from './script.ts'

const IN_FLIGHT = 10

/** Plays a script against a world, as the CRM's people and core banking would. */
export class Player {
  readonly #bank: World
  readonly #script: Script
  /** The next fact of each customer. */
  readonly #next: number[]
  acknowledged = 0
  resent = 0
  #onAck: () => void = () => undefined

  constructor(bank: World, script: Script) {
    this.#bank = bank
    this.#script = script
    this.#next = script.facts.map(() => 0)
  }

  get waiting(): number {
    return this.#script.facts.reduce((sum, list, index) => sum + list.length - (this.#next[index] ?? 0), 0)
  }

  async begin(): Promise<void> {
    await this.#bank.twenty.store.insert('company', this.#script.companies)
    await this.#bank.quiet()
  }

  /** Sends up to `most` facts, several at once; what isn't acknowledged stays and is sent again another time. */
  async send(most: number): Promise<void> {
    const turn = this.#script.facts
      .map((list, index) => ({ index, left: list.length - (this.#next[index] ?? 0) }))
      .filter(({ left }) => left > 0)
      .sort((a, b) => b.left - a.left)
      .slice(0, most)
    const queue = turn.map(({ index }) => index)
    await Promise.all(
      Array.from({ length: IN_FLIGHT }, async () => {
        for (let index = queue.shift(); index !== undefined; index = queue.shift()) await this.#sendOne(index)
      }),
    )
  }

  async #sendOne(index: number): Promise<void> {
    const fact = this.#script.facts[index]?.[this.#next[index] ?? 0]
    if (!fact) return
    const status = await this.#bank.facts([fact]).then(
      async (response) => {
        await response.arrayBuffer()
        return response.status
      },
      () => 0,
    )
    if (status === 202) {
      this.#next[index] = (this.#next[index] ?? 0) + 1
      this.acknowledged++
      this.#onAck()
    } else if (status === 0 || status >= 500) this.resent++
    else throw new Error(`a sound fact was answered ${status}`)
  }

  /** Edits of one slice in the CRM, which is always there. */
  async edit(slice: number): Promise<void> {
    for (const edit of this.#script.edits) {
      if (edit.slice === slice) await this.#bank.rest(edit.method, edit.path, edit.body)
    }
  }

  /** One slice of the load, in the midst of which the runtime dies; then it is started again. */
  async dieIn(slice: number, facts: number, moment: Moment): Promise<void> {
    const { twenty } = this.#bank
    let dead = false
    const die = (): void => {
      if (!dead) process.kill(this.#bank.ladder.pid, 'SIGKILL')
      dead = true
    }
    let acks = 0
    this.#onAck = () => {
      if (moment.at === 'ack' && ++acks === moment.n) die()
    }
    let writes = 0
    if (moment.at === 'write') {
      twenty.failNext({
        cut: true,
        // only Ladder writes in batches: edits of people go one by one
        match: ({ path }) => {
          if (dead || !path.startsWith('/rest/batch/')) return false
          if (++writes < moment.n) return false
          die()
          return !moment.carriedOut
        },
      })
    }
    const timer = moment.at === 'time' ? setTimeout(die, moment.ms) : undefined
    await Promise.all([this.send(facts), this.edit(slice)])
    // a moment that did not come while there was something to send: it has until all is done
    if (!dead && moment.at !== 'time') await this.#settle()
    clearTimeout(timer)
    die()
    twenty.clearFaults()
    this.#onAck = () => undefined
    await this.#bank.restartLadder('SIGKILL')
  }

  /** Runs what is due now; the runtime may die meanwhile. */
  async #settle(): Promise<void> {
    await this.#bank.admin.call('POST', `/accounts/${ACCOUNT}/settle`, {
      until: new Date(this.#bank.now()).toISOString(),
    })
  }

  /** Sends all that is left, and lets all follow. */
  async finish(): Promise<void> {
    while (this.waiting > 0) await this.send(this.#script.facts.length)
    await this.#bank.quiet()
  }

  /** What a sweep and a comparison of ids find, and all that follows. */
  async sweep(): Promise<void> {
    await this.#bank.admin.call('POST', `/accounts/${ACCOUNT}/sweep`, { ids: true })
    await this.#bank.quiet()
  }
}
