import type { InboxRow } from '../ingress/receive.ts'
import type { Sql } from '../shell/sql.ts'
import { Recent } from './recent.ts'

/**
 * Keeps deliveries as rows of the inbox. Those that come at once are kept by one commit: a disk takes as long to make many
 * rows safe as one, and each sender waits for it. Nothing is said to any of them before.
 */
export class Intake {
  readonly #sql: Sql
  readonly #onKept: () => Promise<void>
  #recent = new Recent()
  #waiting: InboxRow[] = []
  #keeping: Promise<void> | undefined

  /** `onKept` asks for the alarm that unpacks; it ends before a delivery counts as kept. */
  constructor(sql: Sql, onKept: () => Promise<void>) {
    this.#sql = sql
    this.#onKept = onKept
  }

  /** Resolves when the row is in storage: also that of a delivery that came before and waits still. Fails when it isn't. */
  async keep(row: InboxRow): Promise<void> {
    if (this.#recent.isNew(row.dedupe, row.at)) {
      this.#waiting.push(row)
      this.#keeping ??= this.#keepAll()
    }
    await this.#keeping
  }

  /** The account is another one now: what is sent again isn't known. */
  forget(): void {
    this.#recent = new Recent()
  }

  async #keepAll(): Promise<void> {
    // a turn of the event loop, in which all that has come in already gets here
    await scheduler.wait(0)
    const rows = this.#waiting
    this.#waiting = []
    this.#keeping = undefined
    try {
      this.#sql.together(() => {
        for (const { source, body, at } of rows)
          this.#sql.run('INSERT INTO inbox (source, body, at) VALUES (?, ?, ?)', source, body.buffer, at)
      })
      await this.#onKept()
    } catch (error) {
      // sent again, each is new again
      for (const { dedupe } of rows) this.#recent.drop(dedupe)
      throw error
    }
  }
}
