import type { Batch, Crm, CrmLimits, Failure } from '../crm/port.ts'
import type { Joined } from './letters.ts'
import { Round, type RoundDeps } from './round.ts'
import type { Spending } from './spending.ts'

/** What a dispatch works with. */
export interface Dispatch extends RoundDeps {
  spending: Spending
  limits: CrmLimits
  crm: Crm
}

/** Letters looked at in one go: some ten calls. */
const ROUND = 2_000
/** After a refusal for want of rights: a person must act, nothing is dropped. */
const AUTH_PAUSE_MS = 60_000
/** Tries after which a batch that brings no answer is suspected to hold what the CRM can't digest. */
const SUSPECT_TRIES = 3
/** Suspects that may fail one after another in a round, once the CRM has shown that it answers. */
const MOST_SUSPECTS = 8

/**
 * Sends all that may go at `now`. A batch that the CRM refuses is halved until the bad record stands alone; that one is dead
 * after some tries, the others get through. Stops where the CRM's limit, silence or want of rights says so.
 */
export const dispatch = async (deps: Dispatch, now: number): Promise<void> => {
  if ((deps.meta.get<number>('resume') ?? 0) > now) return
  for (;;) {
    const letters = deps.letters.due(now, ROUND)
    if (letters.length === 0) return
    if (!(await new Sending(deps, letters, now).run())) return
  }
}

const isSuspect = (letters: Joined[]): boolean => letters.some(({ tries }) => tries >= SUSPECT_TRIES)

/**
 * One round. A CRM that is down and a record that brings it down look alike from a single call. So what has failed some times
 * goes last: when others get through, or the CRM answers a question, it is halved, in lots that stay apart, and what fails
 * alone waits alone. While nothing gets through, all wait together, one failed call a pause.
 */
class Sending {
  readonly #deps: Dispatch
  readonly #now: number
  readonly #round: Round
  readonly #queue: Batch[]
  /** Whether the CRM answered in this round, and how many batches have failed since it did. */
  #isAlive = false
  #inARow = 0

  constructor(deps: Dispatch, letters: Joined[], now: number) {
    this.#deps = deps
    this.#now = now
    this.#round = new Round(deps, letters, now)
    const batches = this.#round.plan(deps.crm)
    const suspects = batches.filter((batch) => isSuspect(this.#round.lettersOf(batch)))
    this.#queue = [...batches.filter((batch) => !suspects.includes(batch)), ...suspects]
  }

  /** Whether there may be more to send at once. */
  async run(): Promise<boolean> {
    const { crm, sql, spending, meta } = this.#deps
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const batch = this.#round.ready(next)
      if (batch.writes.length === 0) continue
      this.#round.guard(batch)
      const result = await crm.send(batch)
      if (result.ok || result.failure.kind !== 'unreachable') this.#round.unguard(batch)
      if (result.ok) {
        this.#isAlive = true
        this.#inARow = 0
        spending.relax()
        meta.set('resume', 0)
        const [first] = result.value.refused
        if (first) meta.set('fault', { at: this.#now, kind: 'refused', message: first.reason })
        sql.together(() => this.#round.settle(batch, result.value))
      } else if (!(await this.#failed(batch, result.failure))) return false
    }
    return true
  }

  /** Whether the round may go on. */
  async #failed(batch: Batch, failure: Failure): Promise<boolean> {
    const { meta, spending, limits } = this.#deps
    if (failure.kind === 'later') return this.#stop(failure.until)
    meta.count(`crm_${failure.kind}`)
    meta.set('fault', { at: this.#now, kind: failure.kind, message: failure.message })
    switch (failure.kind) {
      case 'limit':
        return this.#stop(spending.pause(this.#now, limits, failure))
      case 'auth':
        return this.#stop(this.#now + AUTH_PAUSE_MS)
      case 'refused':
        if (batch.writes.length > 1) this.#queue.unshift(...halves(batch))
        else for (const letter of this.#round.lettersOf(batch)) this.#round.refused(letter, failure.message)
        return true
      case 'unreachable':
        return this.#silent(batch, failure)
    }
  }

  async #silent(batch: Batch, told: Extract<Failure, { kind: 'unreachable' }>): Promise<boolean> {
    const { spending, limits, sql, present } = this.#deps
    // a wait begins with the failure, not with the round
    const failure = told.waitMs ? { ...told, waitMs: told.waitMs + Math.max(0, present() - this.#now) } : told
    const letters = this.#round.lettersOf(batch)
    const suspect = isSuspect(letters)
    this.#inARow++
    // suspects go last: behind one there are but suspects, and nobody else will show whether the CRM is there
    if (suspect && !this.#isAlive && (batch.writes.length > 1 || this.#queue.length > 0))
      this.#isAlive = await this.#answers()
    const isLast = suspect && batch.writes.length === 1 && this.#queue.length === 0
    if (isLast || (this.#isAlive && this.#inARow < (suspect ? MOST_SUSPECTS : 2))) {
      if (suspect && batch.writes.length > 1) sql.together(() => this.#takeApart(batch, failure))
      else sql.together(() => letters.forEach((letter) => this.#putOff(letter, failure)))
      return true
    }
    const until = spending.pauseForSilence(this.#now, limits, failure.waitMs ?? null)
    sql.together(() => letters.forEach((letter) => this.#round.silent(letter, until, failure.message)))
    return this.#stop(until)
  }

  #putOff(letter: Joined, { waitMs, message }: Extract<Failure, { kind: 'unreachable' }>): void {
    const wait = Math.max(waitMs ?? 0, this.#deps.spending.backoff(letter.tries))
    this.#round.silent(letter, this.#now + Math.ceil(wait), message)
  }

  /** The halves go at the end of this round, or later where they must wait, and by themselves in those to come. */
  #takeApart(batch: Batch, failure: Extract<Failure, { kind: 'unreachable' }>): void {
    for (const half of halves(batch)) {
      const letters = this.#round.lettersOf(half)
      this.#deps.letters.setApart(letters)
      if (batch.settleMs === undefined) this.#queue.push(half)
      else letters.forEach((letter) => this.#putOff(letter, failure))
    }
  }

  /** Whether the CRM answers a question at all. */
  async #answers(): Promise<boolean> {
    return (await this.#deps.crm.members()).ok
  }

  #stop(until: number): false {
    this.#deps.meta.set('resume', until)
    return false
  }
}

const halves = (batch: Batch): Batch[] => {
  const { writes } = batch
  const middle = Math.ceil(writes.length / 2)
  return [
    { ...batch, writes: writes.slice(0, middle) },
    { ...batch, writes: writes.slice(middle) },
  ]
}
