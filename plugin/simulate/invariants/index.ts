import type { Decision, LadderEvent, Ref } from '../../../schemas/events/index.ts'
import type { Change } from '../model-crm.ts'
import type { Root, Shell, Watch } from '../shell.ts'
import { Dates } from './dates.ts'
import { Escalations } from './escalations.ts'
import { Ratings } from './ratings.ts'
import { type Broken, Report } from './report.ts'
import { Tasks } from './tasks.ts'

export { type Broken, type Invariant, INVARIANTS } from './report.ts'

/**
 * Looks at what people see in the CRM, after each change and at the end of each day, and says what should not be. It knows
 * the rules from the method alone, not from their code. What can't have changed since the day before isn't looked at again.
 */
export class Invariants implements Watch {
  /** Customers times days. */
  checks = 0
  readonly #report: Report
  readonly #escalations: Escalations
  readonly #dates: Dates
  readonly #ratings: Ratings
  readonly #tasks: Tasks

  constructor(shell: Shell) {
    this.#report = new Report(shell)
    this.#escalations = new Escalations(shell, this.#report)
    this.#dates = new Dates(shell, this.#report, this.#escalations)
    this.#ratings = new Ratings(shell, this.#report)
    this.#tasks = new Tasks(shell, this.#report)
  }

  get count(): number {
    return this.#report.count
  }

  get broken(): Broken[] {
    return this.#report.broken
  }

  decided(ref: Ref, event: LadderEvent, decisions: readonly Decision[], root: Root): void {
    this.#tasks.decided(ref, event, decisions, root)
  }

  changed(change: Change): void {
    const { object } = change.record
    if (object === 'escalation') this.#escalations.changed(change)
    else if (object === 'task') this.#tasks.changed(change)
    else {
      this.#ratings.changed(change)
      this.#dates.changed(change)
    }
  }

  /** What people find at the end of a day. */
  check(): void {
    this.checks += this.#dates.check()
    this.#escalations.check()
    this.#tasks.check()
  }
}
