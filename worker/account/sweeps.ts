import type { Page } from '../crm/port.ts'
import type { ReadAnswer } from '../courier/index.ts'
import type { Sql } from '../shell/sql.ts'
import type { Delivered } from './delivery.ts'
import { changed, type Incoming } from './unpack.ts'

interface Sweep {
  object: string
  since: string
  high: string
  cursor: string | null
  phase: 'changed' | 'ids'
  next_at: number
  rounds: number
  scan_at: number
  fault: string
  /** When this round began, and when the newest change was seen first: by Ladder's clock, epoch ms. */
  round_at: number
  high_at: number
}

export interface SweepDeps {
  changedSince(object: string, since: string, cursor: string | null): Promise<ReadAnswer<Page>>
  ids(object: string, cursor: string | null): Promise<ReadAnswer<{ ids: string[]; next: string | null }>>
  read(object: string, ids: string[]): Promise<ReadAnswer<Page['records']>>
  deliver(events: Incoming[]): Promise<Delivered>
  count(name: string, by: number): void
  /** Epoch ms. Records made before are taken as they stand on the first round. */
  connectedAt: number
  everyMs: number
}

/** Commits may come late, and indexes behind: a round looks this far back again. */
const OVERLAP_MS = 2 * 60_000
/**
 * What was the newest for so long, and was read twice, is read no more: an account where nothing happens would be asked for
 * its last bulk load each time. Measured by Ladder's clock alone, so that it doesn't matter how the CRM's goes.
 */
const SETTLED_MS = 10 * 60_000
const DAY_MS = 24 * 60 * 60_000
const EPOCH = '1970-01-01T00:00:00.000Z'
const READ_MOST = 100

/** Reads each object for changes that no webhook told of, and once a day compares ids, which finds what was destroyed. */
export class Sweeps {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** Plans a first round of each object now. Those that run already stay as they are. */
  begin(objects: readonly string[], now: number): void {
    for (const object of objects) {
      this.#sql.run(
        "INSERT INTO sweep (object, since, high, cursor, phase, next_at, scan_at) VALUES (?, ?, ?, NULL, 'changed', ?, ?) ON CONFLICT (object) DO NOTHING",
        object,
        EPOCH,
        EPOCH,
        now,
        now + DAY_MS,
      )
    }
  }

  /** All objects now; `ids`: with the comparison of ids. */
  hurry(now: number, ids: boolean): void {
    this.#sql.run(`UPDATE sweep SET next_at = ?${ids ? ', scan_at = ?' : ''}`, now, ...(ids ? [now] : []))
  }

  nextDue(): number | null {
    return this.#sql.one<{ at: number | null }>('SELECT min(next_at) AS at FROM sweep')?.at ?? null
  }

  /** Whether each of these objects was read through at least once. */
  allRead(objects: readonly string[]): boolean {
    const read = this.#sql.all<{ object: string }>('SELECT object FROM sweep WHERE rounds > 0').map((row) => row.object)
    return objects.every((object) => read.includes(object))
  }

  status(): { object: string; since: string; rounds: number; fault: string }[] {
    return this.#sql.all('SELECT object, since, rounds, fault FROM sweep ORDER BY object')
  }

  /** One page of what is due. Returns false when nothing is due or the CRM has no room; true when it may go on. */
  async step(deps: SweepDeps, now: number): Promise<boolean> {
    const sweep = this.#sql.one<Sweep>('SELECT * FROM sweep WHERE next_at <= ? ORDER BY next_at, object LIMIT 1', now)
    if (!sweep) return false
    return sweep.phase === 'ids' ? this.#idsStep(deps, sweep, now) : this.#changedStep(deps, sweep, now)
  }

  /** Reads one object up to now before its turn comes: others rest on it. */
  async catchUp(object: string, deps: SweepDeps, now: number): Promise<void> {
    this.#sql.run("UPDATE sweep SET next_at = ? WHERE object = ? AND phase = 'changed'", now, object)
    for (let going = true; going;) {
      const due = "SELECT * FROM sweep WHERE object = ? AND phase = 'changed' AND next_at <= ?"
      const sweep = this.#sql.one<Sweep>(due, object, now)
      going = sweep !== undefined && (await this.#changedStep(deps, sweep, now))
    }
  }

  async #changedStep(deps: SweepDeps, sweep: Sweep, now: number): Promise<boolean> {
    const answer = await deps.changedSince(sweep.object, sweep.since, sweep.cursor)
    if (!answer.ok) return this.#wait(sweep, answer.failure, now)
    const { records, next } = answer.value
    const first = sweep.rounds === 0
    const delivered = await deps.deliver(
      records.map((record) => changed(record, 'sweep', first && Date.parse(record.createdAt) < deps.connectedAt)),
    )
    if (!delivered.ok) return this.#wait(sweep, { kind: 'later', until: now + 5_000 }, now)
    if (!first) deps.count('sweep_found', delivered.news)
    // a time after the round began may be a client's invention, and others may have changed since: the cursor stays before it
    const began = sweep.cursor === null ? now : sweep.round_at
    const most = new Date(began).toISOString()
    const newest = records.reduce((high, { at }) => {
      const seen = at < most ? at : most
      return seen > high ? seen : high
    }, sweep.high)
    const moved = newest > sweep.high ? now : sweep.high_at
    this.#sql.run(
      "UPDATE sweep SET cursor = ?, high = ?, high_at = ?, round_at = ?, fault = '' WHERE object = ?",
      next,
      newest,
      moved,
      began,
      sweep.object,
    )
    if (!next) this.#endRound(deps, { ...sweep, high: newest, high_at: moved }, now)
    return true
  }

  #endRound(deps: SweepDeps, sweep: Sweep, now: number): void {
    const { high } = sweep
    const isSettled = now - sweep.high_at >= SETTLED_MS
    const since = high === EPOCH ? EPOCH : new Date(Date.parse(high) + (isSettled ? 1 : -OVERLAP_MS)).toISOString()
    const scan = sweep.scan_at <= now && sweep.object !== 'taskTarget'
    if (scan) this.#sql.run('DELETE FROM scanned WHERE object = ?', sweep.object)
    this.#sql.run(
      'UPDATE sweep SET since = ?, rounds = rounds + 1, phase = ?, next_at = ? WHERE object = ?',
      since,
      scan ? 'ids' : 'changed',
      scan ? now : now + deps.everyMs,
      sweep.object,
    )
  }

  async #idsStep(deps: SweepDeps, sweep: Sweep, now: number): Promise<boolean> {
    const answer = await deps.ids(sweep.object, sweep.cursor)
    if (!answer.ok) return this.#wait(sweep, answer.failure, now)
    for (const id of answer.value.ids)
      this.#sql.run('INSERT INTO scanned (object, id) VALUES (?, ?) ON CONFLICT DO NOTHING', sweep.object, id)
    if (answer.value.next) {
      this.#sql.run('UPDATE sweep SET cursor = ? WHERE object = ?', answer.value.next, sweep.object)
      return true
    }
    return this.#compare(deps, sweep, now)
  }

  /** What Ladder knows and the CRM lists no more is gone; what the CRM lists and Ladder never saw is read. */
  async #compare(deps: SweepDeps, sweep: Sweep, now: number): Promise<boolean> {
    const { object } = sweep
    const ids = (query: string): string[] => this.#sql.all<{ id: string }>(query, object).map((row) => row.id)
    const missing = ids(
      'SELECT id FROM link WHERE object = ? AND NOT EXISTS (SELECT 1 FROM scanned WHERE scanned.object = link.object AND scanned.id = link.id)',
    )
    const unseen = ids(
      'SELECT id FROM scanned WHERE object = ? AND NOT EXISTS (SELECT 1 FROM link WHERE link.object = scanned.object AND link.id = scanned.id)',
    )
    // made or destroyed while the pages were read: the CRM is asked again before anything is taken for gone
    const doubtful = missing.slice(0, READ_MOST)
    const still = doubtful.length > 0 ? await deps.read(object, doubtful) : ({ ok: true, value: [] } as const)
    if (!still.ok) return this.#wait(sweep, still.failure, now)
    // what lies in the CRM's bin is deleted and may come back; what isn't even there is gone
    const binned = still.value.filter((record) => record.deleted || record.merged)
    const living = new Set(still.value.flatMap(({ id, merged = [] }) => [id, ...merged]))
    const found =
      unseen.length > 0 && object !== 'taskTarget'
        ? await deps.read(object, unseen.slice(0, READ_MOST))
        : ({ ok: true, value: [] } as const)
    if (!found.ok) return this.#wait(sweep, found.failure, now)
    const at = new Date(now).toISOString()
    const gone: Incoming[] = doubtful
      .filter((id) => !living.has(id))
      .map((recordId) => ({
        type: 'record.gone',
        id: `${object}/${recordId}/gone`,
        via: 'sweep',
        object,
        recordId,
        at,
      }))
    const delivered = await deps.deliver([
      ...gone,
      ...[...binned, ...found.value].map((record) => changed(record, 'sweep')),
    ])
    if (!delivered.ok) return this.#wait(sweep, { kind: 'later', until: now + 5_000 }, now)
    for (const id of living)
      this.#sql.run('INSERT INTO scanned (object, id) VALUES (?, ?) ON CONFLICT DO NOTHING', object, id)
    const asked = unseen.slice(0, READ_MOST)
    for (const id of asked) this.#sql.run('DELETE FROM scanned WHERE object = ? AND id = ?', object, id)
    deps.count('sweep_found', delivered.news)
    if (missing.length > READ_MOST || unseen.length > READ_MOST) return true
    this.#sql.run('DELETE FROM scanned WHERE object = ?', object)
    this.#sql.run(
      "UPDATE sweep SET cursor = NULL, phase = 'changed', fault = '', next_at = ?, scan_at = ? WHERE object = ?",
      now + deps.everyMs,
      now + DAY_MS,
      object,
    )
    return true
  }

  #wait(sweep: Sweep, failure: { kind: string; until?: number; message?: string }, now: number): boolean {
    const until = failure.until ?? now + 60_000
    this.#sql.run(
      'UPDATE sweep SET next_at = ?, fault = ? WHERE object = ?',
      until,
      failure.kind === 'later' ? '' : (failure.message ?? failure.kind),
      sweep.object,
    )
    // an object that fails doesn't keep the others from being read; a full limit does
    return failure.kind !== 'later'
  }
}
