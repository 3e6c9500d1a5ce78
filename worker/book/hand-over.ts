import type { Broadcast, Gather } from '../../schemas/events/index.ts'
import type { Env } from '../shell/env.ts'
import type { Outbox } from '../shell/outbox.ts'
import type { Sql } from '../shell/sql.ts'

/** What a Book decided and others do: writes to the Courier, word to all and questions to the Account. Each at least once. */
export class HandOver {
  readonly #sql: Sql
  readonly #outbox: Outbox

  constructor(sql: Sql, outbox: Outbox) {
    this.#sql = sql
    this.#outbox = outbox
  }

  waits(): boolean {
    return (
      this.#outbox.size() > 0 ||
      this.#sql.one('SELECT 1 FROM broadcast LIMIT 1') !== undefined ||
      this.#sql.one('SELECT 1 FROM asked LIMIT 1') !== undefined
    )
  }

  async run({ COURIER, ACCOUNT }: Env, account: string, sender: string): Promise<void> {
    const courier = COURIER.getByName(account)
    await this.#outbox.flush((parcel) => courier.enqueue(sender, parcel))
    for (const row of this.#sql.all<{ seq: number; event: string }>('SELECT seq, event FROM broadcast ORDER BY seq')) {
      await ACCOUNT.getByName(account).broadcast(JSON.parse(row.event) as Broadcast)
      this.#sql.run('DELETE FROM broadcast WHERE seq = ?', row.seq)
    }
    for (const row of this.#sql.all<{ seq: number; gather: string }>('SELECT seq, gather FROM asked ORDER BY seq')) {
      await ACCOUNT.getByName(account).gather(JSON.parse(row.gather) as Gather)
      this.#sql.run('DELETE FROM asked WHERE seq = ?', row.seq)
    }
  }
}
