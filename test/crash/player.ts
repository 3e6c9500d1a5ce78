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
  /** Record ids by object and name: a CRM makes them as it likes. */
  readonly #ids = new Map<string, string>()
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
    for (const company of this.#script.companies)
      this.#ids.set(`company ${company.name}`, await this.#bank.crm.create('company', company))
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
    const { crm } = this.#bank
    for (const edit of this.#script.edits) {
      if (edit.slice !== slice) continue
      const { object, name, fields } = edit
      if (edit.do === 'change') await crm.update(object, this.#idOf(object, name), fields)
      else {
        const relation = object === 'task' ? 'ladderCompany' : 'company'
        const id = await crm.create(object, { ...fields, [relation]: this.#idOf('company', edit.of ?? '') })
        this.#ids.set(`${object} ${name}`, id)
      }
    }
  }

  #idOf(object: string, name: string): string {
    const id = this.#ids.get(`${object} ${name}`)
    if (id === undefined) throw new Error(`no ${object} ${name} was made`)
    return id
  }

  /** One slice of the load, in the midst of which the runtime dies; then it is started again. */
  async dieIn(slice: number, facts: number, moment: Moment): Promise<void> {
    const { crm } = this.#bank
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
      crm.beforeWrite(() => {
        if (dead || ++writes < moment.n) return false
        die()
        return !moment.carriedOut
      })
    }
    const timer = moment.at === 'time' ? setTimeout(die, moment.ms) : undefined
    await Promise.all([this.send(facts), this.edit(slice)])
    // a moment that did not come while there was something to send: it has until all is done
    if (!dead && moment.at !== 'time') await this.#settle()
    clearTimeout(timer)
    die()
    crm.clearFaults()
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
    await this.#bank.sweep({ ids: true })
  }
}
