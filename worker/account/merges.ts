import type { RecordsMerged } from '../../schemas/events/hints.ts'
import type { Ref } from '../../schemas/events/index.ts'
import { refOf } from '../../schemas/events/keys.ts'
import type { Sql } from '../shell/sql.ts'

/** `told`: not begun. `moving`: all that comes for the loser goes to the winner; its state is on its way. */
export type MergeState = 'told' | 'moving' | 'done'

export interface Merge {
  loser: Ref
  winner: Ref
  /** ISO instant. */
  at: string
  state: MergeState
}

/** Whom records were merged into. Kept for ever: keys in the CRM and late word still name those who are no more. */
export class Merges {
  static readonly table = `CREATE TABLE merge (seq INTEGER PRIMARY KEY AUTOINCREMENT, loser TEXT NOT NULL UNIQUE, winner TEXT NOT NULL, at TEXT NOT NULL, state TEXT NOT NULL);
   CREATE INDEX merge_winner ON merge (winner);`
  readonly #sql: Sql
  #known: Map<Ref, Merge> | undefined

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** The table was emptied by somebody else. */
  reload(): void {
    this.#known = undefined
  }

  #all(): Map<Ref, Merge> {
    return (this.#known ??= new Map(
      this.#sql
        .all<Merge>('SELECT loser, winner, at, state FROM merge ORDER BY seq')
        .map((merge) => [merge.loser, merge]),
    ))
  }

  /** Keeps word of a merge, once for each loser. `state`: `done` where nothing has to be moved. */
  note({ object, winner, losers, at }: RecordsMerged, state: MergeState): void {
    for (const id of losers) {
      const loser = refOf(object, id)
      if (this.#end(refOf(object, winner)) === loser) continue
      this.#sql.run(
        'INSERT INTO merge (loser, winner, at, state) VALUES (?, ?, ?, ?) ON CONFLICT (loser) DO NOTHING',
        loser,
        refOf(object, winner),
        at,
        state,
      )
      this.#known = undefined
    }
  }

  /** Where a chain of merges ends, begun or not. */
  #end(ref: Ref): Ref {
    let end = ref
    for (let next = this.#all().get(end); next; next = this.#all().get(end)) end = next.winner
    return end
  }

  has(object: string, id: string): boolean {
    return this.#all().has(refOf(object, id))
  }

  /** Who a subject is by now. A merge that hasn't begun doesn't count. */
  resolve(ref: Ref): Ref {
    const merge = this.#all().get(ref)
    return merge && merge.state !== 'told' ? this.resolve(merge.winner) : ref
  }

  /** All that were merged into a subject, directly or not. */
  into(ref: Ref): Ref[] {
    return [...this.#all().values()].filter(({ loser }) => this.resolve(loser) === ref).map(({ loser }) => loser)
  }

  /** Merges that aren't done, oldest first, each with who is left in the end. */
  open(): Merge[] {
    return [...this.#all().values()]
      .filter(({ state }) => state !== 'done')
      .map((merge) => ({ ...merge, winner: this.#end(merge.winner) }))
  }

  set({ loser, winner }: Pick<Merge, 'loser' | 'winner'>, state: MergeState): void {
    this.#sql.run('UPDATE merge SET winner = ?, state = ? WHERE loser = ?', winner, state, loser)
    this.#known = undefined
  }

  /** Nobody is to be found by these names any more. */
  forget(refs: Ref[]): void {
    for (const ref of refs) this.#sql.run('DELETE FROM merge WHERE loser = ? OR winner = ?', ref, ref)
    this.#known = undefined
  }
}
