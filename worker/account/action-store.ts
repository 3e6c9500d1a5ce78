import type { Fields } from '../../schemas/events/index.ts'
import type { ActionName } from '../../schemas/actions/index.ts'
import type { Sql } from '../shell/sql.ts'

/** What a workflow asked for: checked, with its values as text. */
export interface Deed {
  callbackId: string
  name: ActionName
  /** Neutral object and record id. */
  object: string
  id: string
  inputs: Record<string, string>
}

/** Callback ids of what people do on a card, with who does it: no workflow waits for it. */
export const cardCallback = (user: string, requestId: string): string => `card/${user}/${requestId}`
export const isOfCard = (callbackId: string): boolean => callbackId.startsWith('card/')

/** Outputs of an action as they travel: all text. */
export type Outputs = Record<string, string>

interface Row {
  callback_id: string
  deed: string
  at: number
  step: string
  answer: string | null
  told: Told
  tries: number
}

/** `no`: the caller got the answer itself. `waits`: its workflow was told to wait. `yes`: and then how it ended. */
type Told = 'no' | 'waits' | 'yes'

export interface StoredAction {
  deed: Deed
  /** When it came, epoch ms. */
  at: number
  /** What was done of it already, so that a crash does nothing twice. */
  step: Fields
  answer: Outputs | null
  told: Told
  tries: number
}

/** How long an answer is kept for a call that is sent again. */
const KEEP_MS = 30 * 24 * 60 * 60_000

/** Actions by their callback id: one row each, from before anything is done until long after it was answered. */
export class ActionStore {
  static readonly table = `
   CREATE TABLE action (callback_id TEXT PRIMARY KEY, deed TEXT NOT NULL, at INTEGER NOT NULL, step TEXT NOT NULL DEFAULT '{}', answer TEXT, told TEXT NOT NULL DEFAULT 'no', tries INTEGER NOT NULL DEFAULT 0, next_at INTEGER) WITHOUT ROWID;
   CREATE INDEX action_due ON action (next_at) WHERE next_at IS NOT NULL;
   CREATE INDEX action_at ON action (at);`
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** Keeps an action unless it is known. `nextAt`: when it is looked at again if nobody finishes it before. */
  take(deed: Deed, at: number, nextAt: number): StoredAction {
    this.#sql.run('DELETE FROM action WHERE at < ? AND next_at IS NULL', at - KEEP_MS)
    this.#sql.run(
      'INSERT INTO action (callback_id, deed, at, next_at) VALUES (?, ?, ?, ?) ON CONFLICT (callback_id) DO NOTHING',
      deed.callbackId,
      JSON.stringify(deed),
      at,
      nextAt,
    )
    return this.get(deed.callbackId) ?? { deed, at, step: {}, answer: null, told: 'no', tries: 0 }
  }

  get(callbackId: string): StoredAction | undefined {
    const row = this.#sql.one<Row>('SELECT * FROM action WHERE callback_id = ?', callbackId)
    if (!row) return undefined
    const answer = row.answer === null ? null : (JSON.parse(row.answer) as Outputs)
    return {
      deed: JSON.parse(row.deed) as Deed,
      at: row.at,
      step: parse(row.step),
      answer,
      told: row.told,
      tries: row.tries,
    }
  }

  /** Remembers what was done, in one transaction with it. */
  keepStep(callbackId: string, step: Fields, work: () => void): void {
    this.#sql.together(() => {
      work()
      this.#sql.run('UPDATE action SET step = ? WHERE callback_id = ?', JSON.stringify(step), callbackId)
    })
  }

  /** It has ended. A workflow that waits is told at `now`; nobody else has to be. */
  finish(callbackId: string, answer: Outputs, now: number): void {
    this.#sql.run(
      "UPDATE action SET answer = ?, tries = 0, next_at = CASE told WHEN 'waits' THEN ? END WHERE callback_id = ? AND answer IS NULL",
      JSON.stringify(answer),
      now,
      callbackId,
    )
  }

  /** It is looked at again at `nextAt` (epoch ms). */
  later(callbackId: string, nextAt: number): void {
    this.#sql.run('UPDATE action SET next_at = ?, tries = tries + 1 WHERE callback_id = ?', nextAt, callbackId)
  }

  /** The caller was told to wait. */
  waits(callbackId: string): void {
    this.#sql.run("UPDATE action SET told = 'waits' WHERE callback_id = ? AND told = 'no'", callbackId)
  }

  /** Whoever waited knows how it ended, or waits no more. */
  told(callbackId: string): void {
    this.#sql.run("UPDATE action SET told = 'yes', next_at = NULL WHERE callback_id = ?", callbackId)
  }

  /** What was asked for a record, and answered, is forgotten: it may name a person. */
  forget(object: string, id: string): void {
    const query = "DELETE FROM action WHERE json_extract(deed, '$.object') = ? AND json_extract(deed, '$.id') = ?"
    this.#sql.run(query, object, id)
  }

  due(now: number, most: number): string[] {
    return this.#sql
      .all<{ callback_id: string }>(
        'SELECT callback_id FROM action WHERE next_at <= ? ORDER BY next_at LIMIT ?',
        now,
        most,
      )
      .map((row) => row.callback_id)
  }

  nextDue(): number | null {
    return (
      this.#sql.one<{ at: number | null }>('SELECT min(next_at) AS at FROM action WHERE next_at IS NOT NULL')?.at ??
      null
    )
  }
}

const parse = (json: string): Fields => JSON.parse(json) as Fields
