import type { Fields, RecordSnapshot, Ref } from '../../../schemas/events/index.ts'
import { subjectOfKey } from '../../../schemas/events/keys.ts'
import type { Change } from '../model-crm.ts'
import type { Shell } from '../shell.ts'
import type { Report } from './report.ts'

/** Since when the clock of a level runs (epoch ms), and the working minutes that had gone by before a pause. */
interface Clock {
  since: number
  before: number
}

/** Escalations as people see them: each open one climbs within the working time of its level (ESC-LADDER). */
export class Escalations {
  readonly #shell: Shell
  readonly #report: Report
  readonly #bySubject = new Map<Ref, Map<string, RecordSnapshot>>()
  readonly #running = new Map<string, Clock>()
  /** Working minutes that a paused one has used. */
  readonly #used = new Map<string, number>()

  constructor(shell: Shell, report: Report) {
    this.#shell = shell
    this.#report = report
  }

  changed({ record, before }: Change): void {
    const { fields, deleted } = record
    const key = String(fields['ladderKey'])
    const owner = subjectOfKey(key)
    if (owner === undefined) return
    const mine = this.#bySubject.get(owner) ?? new Map<string, RecordSnapshot>()
    this.#bySubject.set(owner, mine.set(key, record))
    const { now } = this.#shell
    const { status } = fields
    if (deleted || status !== 'OPEN') {
      const clock = this.#running.get(key)
      this.#running.delete(key)
      if (status !== 'PAUSED') this.#used.delete(key)
      else if (clock) this.#used.set(key, clock.before + this.#minutes(owner, clock.since, now))
    } else if (stepOf(fields) !== stepOf(before?.fields)) {
      this.#running.set(key, { since: now, before: this.#used.get(key) ?? 0 })
      this.#used.delete(key)
    }
  }

  #minutes(ref: Ref, from: number, to: number): number {
    return this.#report.calendar(ref).workingMinutesBetween(from, to)
  }

  check(): void {
    for (const [key, { since, before }] of this.#running) {
      const owner = subjectOfKey(key) ?? ''
      const one = this.#shell.states.get(owner)?.escalations[key]
      const allowance = one?.levels[one.level - 1]?.allowanceMinutes
      if (allowance === undefined) continue
      const worked = before + this.#minutes(owner, since, this.#shell.now)
      if (worked > allowance)
        this.#report.say('allowance', owner, `${key}, level ${one?.level ?? 0}: past its ${allowance} working minutes`)
    }
  }

  /** Whether one of that cause was raised on that date or later; a person may have resolved it meanwhile. */
  isTold(ref: Ref, cause: string, since: string, development: string | null): boolean {
    for (const { fields } of this.#bySubject.get(ref)?.values() ?? [])
      if (
        fields['cause'] === cause &&
        (development === null || fields['development'] === development) &&
        String(fields['raisedAt']).slice(0, 10) >= since
      )
        return true
    return false
  }
}

/** What a step on the ladder changes: with it the clock begins. */
const stepOf = (fields: Fields | undefined): string =>
  JSON.stringify(['status', 'level', 'repeats', 'assignee', 'ladder'].map((name) => fields?.[name] ?? null))
