import type { Broadcast } from '../../schemas/events/index.ts'
import type { Context } from '../method/context.ts'
import type { Sql } from '../shell/sql.ts'
import type { Subjects } from './subjects.ts'

interface Round {
  id: string
  event: string
  after: string
}

/** What every customer of a Book is told of, one thing after another: a campaign, a rating run, an outer event. */
export class Rounds {
  readonly #sql: Sql
  readonly #subjects: Subjects

  constructor(sql: Sql, subjects: Subjects) {
    this.#sql = sql
    this.#subjects = subjects
  }

  /** Told twice it is one round. */
  add(event: Broadcast): void {
    this.#sql.run(
      "INSERT INTO round (id, event, after) VALUES (?, ?, '') ON CONFLICT (id) DO NOTHING",
      event.id,
      JSON.stringify(event),
    )
  }

  next(): Round | undefined {
    return this.#sql.one('SELECT id, event, after FROM round ORDER BY id LIMIT 1')
  }

  /** Goes on: customers in order of ref, `slices` times `size` of them, each slice with its place in one transaction. */
  go(context: Context, slices: number, size: number): void {
    for (let slice = 0; slice < slices; slice++) {
      const round = this.next()
      if (!round) return
      this.#sql.together(() => this.#slice(round, context, size))
    }
  }

  #slice({ id, event: text, after }: Round, context: Context, size: number): void {
    const event = JSON.parse(text) as Broadcast
    const told = event.type === 'campaign.opened' ? event.told : undefined
    const refs = told
      ? told
          .filter((ref) => ref > after)
          .sort()
          .slice(0, size)
      : this.#subjects.refs(after, size)
    const customers = refs.filter((ref) => /^(company|person):/.test(ref) && this.#subjects.has(ref))
    this.#subjects.apply(
      customers.map((ref) => ({ ref, event })),
      context,
    )
    const last = refs.at(-1)
    if (last) this.#sql.run('UPDATE round SET after = ? WHERE id = ?', last, id)
    else this.#sql.run('DELETE FROM round WHERE id = ?', id)
  }
}
