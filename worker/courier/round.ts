import type { Batch, Crm, Sent, Write, Written } from '../crm/port.ts'
import type { Meta } from '../shell/meta.ts'
import type { Sql } from '../shell/sql.ts'
import type { News } from './index.ts'
import type { Joined, Letters } from './letters.ts'

/** Tries of a refused record before it is dead: a refusal may be a race (two upserts of one key at once). */
export const REFUSED_TRIES = 3
/** Tries while a record can't be written and the CRM doesn't refuse it, with pauses of up to five minutes: about eight hours. */
export const SILENT_TRIES = 100
const RETRY_MS = 5_000

/**
 * Parts of letters that are written while others of theirs still wait for room: id of a letter's write → the letters that it
 * was joined from, and ids of the parts. Without it a round that finds room for one part would write that one again and
 * again. In memory: what is forgotten is written once more.
 */
export type Parts = Map<string, { of: string; ids: Set<string> }>

/** What a round works with. */
export interface RoundDeps {
  sql: Sql
  meta: Meta
  letters: Letters
  parts: Parts
  /** The present instant, epoch ms: a round takes its time. */
  present: () => number
}

const letterOf = (writeId: string): string => writeId.split('+')[0] ?? writeId

/** Letters that go out together: which parts of each are still open, and which wait again. */
export class Round {
  readonly #deps: RoundDeps
  readonly #now: number
  readonly #byId: Map<string, Joined>
  readonly #open = new Map<string, number>()
  /** Settled or put off in this round: no further part of them goes out. */
  readonly #over = new Set<Joined>()

  constructor(deps: RoundDeps, letters: Joined[], now: number) {
    this.#deps = deps
    this.#now = now
    this.#byId = new Map(letters.map((letter) => [letter.write.id, letter]))
  }

  /** Plans lot by lot. What the CRM has no place for is settled and counted. */
  plan(crm: Crm): Batch[] {
    const lots = Map.groupBy(this.#byId.values(), ({ lot }) => lot)
    return [...lots.entries()]
      .sort(([a], [b]) => a - b)
      .flatMap(([, letters]) => {
        const { batches, notCarried } = crm.plan(letters.map(({ write }) => write))
        this.#deps.sql.together(() => notCarried.forEach((id) => this.#leaveOut(id)))
        const open = batches
          .map((batch) => ({ ...batch, writes: batch.writes.filter((write) => !this.#isWritten(write)) }))
          .filter(({ writes }) => writes.length > 0)
        for (const { writes } of open)
          for (const { id } of writes) this.#open.set(letterOf(id), (this.#open.get(letterOf(id)) ?? 0) + 1)
        return open
      })
  }

  /** Written for these same letters in a round before. */
  #isWritten({ id }: Write): boolean {
    const done = this.#deps.parts.get(letterOf(id))
    return done?.of === this.#byId.get(letterOf(id))?.seqs.join() && done?.ids.has(id) === true
  }

  #keepPart({ write, seqs }: Joined, id: string): void {
    const of = seqs.join()
    const done = this.#deps.parts.get(write.id)
    if (done?.of === of) done.ids.add(id)
    else this.#deps.parts.set(write.id, { of, ids: new Set([id]) })
  }

  #leaveOut(id: string): void {
    const letter = this.#byId.get(id)
    if (!letter) return
    this.#over.add(letter)
    this.#deps.letters.done(letter.seqs)
    this.#deps.meta.count('not_carried', letter.seqs.length)
  }

  /** Letters of a batch. */
  lettersOf({ writes }: Batch): Joined[] {
    return writes.map(({ id }) => this.#byId.get(letterOf(id))).filter((letter) => letter !== undefined)
  }

  /** The batch without what is over in this round, and without what points to a record that is still to be made. */
  ready(batch: Batch): Batch {
    return { ...batch, writes: batch.writes.filter((write) => this.#isReady(write)) }
  }

  #isReady(write: Write): boolean {
    const letter = this.#byId.get(letterOf(write.id))
    if (!letter || this.#over.has(letter)) return false
    const waits = keysIn(write).flatMap((key) => (this.#isKnown(key) ? [] : (this.#deps.letters.waitsFor(key) ?? [])))
    if (waits.length === 0) return true
    this.#over.add(letter)
    this.#deps.letters.hold(letter.seqs, Math.max(this.#now + RETRY_MS, ...waits))
    return false
  }

  #isKnown(key: string): boolean {
    return this.#deps.sql.one('SELECT 1 FROM known WHERE key = ?', key) !== undefined
  }

  /**
   * Before a batch is sent whose answer may be lost together with this process: its letters wait until what it made can be
   * found. Stored before the call goes out.
   */
  guard(batch: Batch): void {
    if (batch.settleMs === undefined) return
    const until = this.#deps.present() + batch.settleMs
    this.#deps.sql.together(() => this.lettersOf(batch).forEach(({ seqs }) => this.#deps.letters.hold(seqs, until)))
  }

  /** The answer came. */
  unguard(batch: Batch): void {
    if (batch.settleMs === undefined) return
    this.#deps.sql.together(() => this.lettersOf(batch).forEach(({ seqs }) => this.#deps.letters.hold(seqs, this.#now)))
  }

  /** Keeps what the CRM says of a batch. */
  settle(batch: Batch, { written, refused }: Sent): void {
    const answers = new Map(written.map((one) => [one.id, one]))
    const refusals = new Map(refused.map((one) => [one.id, one.reason]))
    const again = Math.max(
      this.#now + RETRY_MS,
      batch.settleMs === undefined ? 0 : this.#deps.present() + batch.settleMs,
    )
    for (const write of batch.writes) {
      const letter = this.#byId.get(letterOf(write.id))
      if (!letter) continue
      const answer = answers.get(write.id)
      const reason = refusals.get(write.id)
      if (answer) this.#keep(letter, write.id, batch, answer)
      else if (reason === undefined) this.silent(letter, again, 'the CRM’s answer says nothing of it')
      else {
        this.#deps.meta.count('crm_refused')
        this.refused(letter, reason)
      }
    }
  }

  #keep(letter: Joined, writeId: string, batch: Batch, answer: Written): void {
    this.#remember(letter, writeId, batch.object, answer)
    const left = answer.gone ? 0 : (this.#open.get(letter.write.id) ?? 1) - 1
    this.#open.set(letter.write.id, left)
    if (left > 0) this.#keepPart(letter, writeId)
    if (left > 0 || this.#over.has(letter)) return
    this.#over.add(letter)
    this.#deps.parts.delete(letter.write.id)
    this.#deps.letters.written(letter)
  }

  #remember(letter: Joined, writeId: string, object: string, answer: Written): void {
    const { recordId } = answer
    if (answer.gone) return this.#tell({ news: 'gone', object, recordId, at: new Date(this.#now).toISOString() })
    // a customer is known by its record alone: people may change its number
    if (answer.record) return this.#tell({ news: 'record', record: answer.record })
    const { key } = letter.write
    if (key === undefined || writeId !== letter.write.id) return
    this.#deps.sql.run(
      'INSERT INTO known (key, object, record_id) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET record_id = excluded.record_id',
      key,
      object,
      recordId,
    )
  }

  #tell(news: News): void {
    this.#deps.sql.run('INSERT INTO news (news) VALUES (?)', JSON.stringify(news))
  }

  /** The CRM refuses this one. */
  refused(letter: Joined, reason: string): void {
    this.#again(letter, REFUSED_TRIES, this.#now + RETRY_MS * (letter.tries + 1), reason)
  }

  /** Whether this one was written isn't known: it goes again at `nextAt`. */
  silent(letter: Joined, nextAt: number, reason: string): void {
    this.#again(letter, SILENT_TRIES, nextAt, reason)
  }

  #again(letter: Joined, tries: number, nextAt: number, reason: string): void {
    this.#over.add(letter)
    // all of it goes again
    this.#deps.parts.delete(letter.write.id)
    if (letter.tries + 1 < tries) this.#deps.letters.later(letter.seqs, nextAt, reason)
    else {
      this.#deps.letters.bury(letter.seqs, reason)
      this.#deps.meta.count('dead_letters')
    }
  }
}

/** Ladder keys that the fields of a write point to. */
const keysIn = ({ fields }: Write): string[] =>
  Object.values(fields).flatMap((value) =>
    typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string' ? [value.key] : [],
  )
