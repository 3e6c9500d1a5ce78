import type { ReadAnswer } from '../courier/index.ts'
import type { JournalRead } from '../crm/port.ts'
import type { Meta } from '../shell/meta.ts'
import type { Sql } from '../shell/sql.ts'

export interface JournalDeps {
  read(from: 'latest' | 'earliest' | { after: string }): Promise<ReadAnswer<JournalRead>>
  /** The place is lost: what was told since can be found by reading the CRM alone. */
  lost(): void
}

/** How far the journal is read. `absent`: this account doesn't have it, and `fault` says why. */
export interface JournalStatus {
  state: 'new' | 'on' | 'absent'
  /** The place to go on from; null before the first page. */
  after: string | null
  fault: string
  /** Epoch ms. */
  nextAt: number
}

interface Kept extends JournalStatus {
  /** Where to begin without a place: an empty journal is read from its oldest page on. */
  end: 'latest' | 'earliest'
}

const EVERY_MS = 60_000
/** An account that doesn't have it is asked again tomorrow. */
const ABSENT_MS = 24 * 60 * 60_000
/** Events in one row of the inbox. */
const MOST_EVENTS = 1000

/**
 * Reads on in the CRM's journal of changes, a further source beside webhooks and sweeps. Its events go into the inbox in one
 * transaction with the place that they lead to, so that none is left out, whenever the process ends.
 */
export class Journal {
  readonly #sql: Sql
  readonly #meta: Meta

  constructor(sql: Sql, meta: Meta) {
    this.#sql = sql
    this.#meta = meta
  }

  get #kept(): Kept | undefined {
    return this.#meta.get<Kept>('journal')
  }

  #keep(kept: Kept): void {
    this.#meta.set('journal', kept)
  }

  /** Asks whether the account has it, now. A place that is known stays. */
  begin(now: number): void {
    this.#keep({ state: 'new', after: null, end: 'latest', fault: '', ...this.#kept, nextAt: now })
  }

  /** When (epoch ms) to read on. A time that is more than a day ahead is one of a clock that was set back since. */
  nextDue(now: number): number | null {
    const at = this.#kept?.nextAt
    return at === undefined ? null : at > now + ABSENT_MS ? now : at
  }

  status(): JournalStatus | null {
    const kept = this.#kept
    return kept ? { state: kept.state, after: kept.after, fault: kept.fault, nextAt: kept.nextAt } : null
  }

  /** One page. Returns whether there may be another. */
  async step({ read, lost }: JournalDeps, now: number): Promise<boolean> {
    const kept = this.#kept
    if (!kept || (this.nextDue(now) ?? 0) > now) return false
    const { after } = kept
    const answer = await read(after === null ? kept.end : { after })
    if (!answer.ok) {
      this.#wait(kept, answer.failure, now)
      return false
    }
    const { value } = answer
    if (value.state === 'lost') {
      lost()
      this.#keep({ ...kept, after: null, end: 'latest' })
      return true
    }
    if (value.state === 'end') {
      this.#keep({
        ...kept,
        state: 'on',
        fault: '',
        end: after === null ? 'earliest' : kept.end,
        nextAt: now + EVERY_MS,
      })
      return false
    }
    this.#sql.together(() => {
      for (let from = 0; from < value.events.length; from += MOST_EVENTS) {
        const text = JSON.stringify(value.events.slice(from, from + MOST_EVENTS))
        const body = Uint8Array.from(new TextEncoder().encode(text))
        this.#sql.run("INSERT INTO inbox (source, body, at) VALUES ('journal', ?, ?)", body.buffer, now)
      }
      this.#keep({ ...kept, state: 'on', fault: '', after: value.offset })
    })
    return true
  }

  #wait(kept: Kept, failure: Extract<ReadAnswer<never>, { ok: false }>['failure'], now: number): void {
    const { kind, message } = failure
    if (kind === 'auth' || kind === 'refused')
      return this.#keep({ ...kept, state: 'absent', fault: message, nextAt: now + ABSENT_MS })
    this.#keep({ ...kept, fault: message, nextAt: kind === 'later' ? failure.until : now + EVERY_MS })
  }
}
