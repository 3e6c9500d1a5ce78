import type { RecordSnapshot, Ref } from '../../../schemas/events/index.ts'
import type { Change } from '../model-crm.ts'
import type { Shell } from '../shell.ts'
import type { Escalations } from './escalations.ts'
import type { Report } from './report.ts'

/** A date by which something has to be done, as its record shows it. */
interface Due {
  record: RecordSnapshot
  /** Whose it is. */
  ref: Ref
  /** ISO date. */
  on: string
  /** When the record came to show it, epoch ms. */
  setAt: number
  /** The first date that was missed, as long as none has been met. */
  missed: string | null
}

/** The field of a record that says when something has to be done, and what is raised when it isn't. */
const DATES = {
  company: { field: 'ladderNextContactDue', cause: 'ESC_CADENCE', invariant: 'overdue' },
  person: { field: 'ladderNextContactDue', cause: 'ESC_CADENCE', invariant: 'overdue' },
  development: { field: 'stageDue', cause: 'ESC_STALL', invariant: 'stalled' },
} as const

const isDated = (object: string): object is keyof typeof DATES => object in DATES

/** Next contacts and allowances of stages: rated customers have one, and none passes unheard. */
export class Dates {
  readonly #shell: Shell
  readonly #report: Report
  readonly #escalations: Escalations
  readonly #dues = new Map<string, Due>()
  /** Those due on a date, by date. */
  readonly #days = new Map<string, Set<Due>>()
  readonly #changed = new Set<RecordSnapshot>()
  readonly #living = new Set<string>()

  constructor(shell: Shell, report: Report, escalations: Escalations) {
    this.#shell = shell
    this.#report = report
    this.#escalations = escalations
  }

  changed({ record, before }: Change): void {
    const { object, id, fields, deleted } = record
    if (!isDated(object)) return
    const place = `${object}:${id}`
    if (object !== 'development') {
      if (deleted) this.#living.delete(place)
      else this.#living.add(place)
      if (before) this.#changed.delete(before)
      this.#changed.add(record)
    }
    const value = deleted ? null : fields[DATES[object].field]
    const on = typeof value === 'string' ? value : null
    const known = this.#dues.get(place)
    if (known && known.on === on) {
      known.record = record
      return
    }
    if (known) this.#days.get(known.on)?.delete(known)
    if (on === null) {
      this.#dues.delete(place)
      return
    }
    const { company, person } = fields
    const owner = typeof company === 'string' ? `company:${company}` : `person:${String(person)}`
    const ref = object === 'development' ? owner : place
    const isLate = on < this.#today()
    const due = { record, ref, on, setAt: this.#shell.now, missed: isLate ? (known?.missed ?? on) : null }
    this.#dues.set(place, due)
    const day = this.#days.get(on) ?? new Set()
    this.#days.set(on, day.add(due))
  }

  #today(): string {
    return this.#shell.playbook.calendar.dateOf(this.#shell.now)
  }

  /** Gives how many customers there are. */
  check(): number {
    for (const record of this.#changed) this.#hasNext(record)
    this.#changed.clear()
    const today = this.#today()
    for (const [on, dues] of this.#days) {
      if (on >= today) continue
      for (const due of dues) this.#isHeard(due)
    }
    return this.#living.size
  }

  #hasNext({ object, id, fields, deleted }: RecordSnapshot): void {
    const { ladderTier: tier = null, ladderContactsPerYear: perYear = null, ladderNextContactDue: due = null } = fields
    if (deleted || tier === null || typeof perYear !== 'number' || perYear <= 0 || due !== null) return
    this.#report.say('next-contact', `${object}:${id}`, `${String(tier)}, ${perYear} contacts a year, none is due`)
  }

  /** The day has ended, and somebody was at work since then and since the date is known: so it was told. */
  #isHeard(due: Due): void {
    const { record, ref, on, setAt } = due
    const { object, id } = record
    if (!isDated(object)) return
    const calendar = this.#report.calendar(ref)
    if (calendar.nextWorkingInstant(Math.max(calendar.closing(on), setAt)) > this.#shell.now) return
    due.missed ??= on
    const { cause, invariant } = DATES[object]
    const isStage = object === 'development'
    if (this.#escalations.isTold(ref, cause, due.missed, isStage ? id : null)) return
    const what = isStage ? `development ${id}` : 'the next contact'
    this.#report.say(invariant, ref, `${what} was due on ${on}, nobody was told`)
  }
}
