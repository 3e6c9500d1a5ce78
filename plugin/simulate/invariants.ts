import type { Decision, Fields, LadderEvent, RecordSnapshot, Ref } from '../../schemas/events/index.ts'
import { BANK, subjectOfKey } from '../../schemas/events/keys.ts'
import type { WorkingCalendar } from '../../worker/method/calendar/index.ts'
import { contextOf } from '../../worker/method/org/context.ts'
import { type Change, idOfKey } from './model-crm.ts'
import type { Root, Shell, Watch } from './shell.ts'

/** What must hold on every day, each by the method id that it serves. */
export const INVARIANTS = {
  'next-contact': { rule: 'TIER-CONTACT', text: 'a rated customer has a next contact' },
  overdue: { rule: 'ESC-CADENCE', text: 'an overdue contact has an escalation' },
  stalled: { rule: 'ESC-STALL', text: 'a stage beyond its allowance has an escalation' },
  allowance: { rule: 'ESC-LADDER', text: 'no escalation is past its allowance without climbing' },
  history: { rule: 'TIER-RERATE', text: 'a tier has its rating on record' },
  twice: { rule: 'ESC-LADDER', text: 'no task is made twice' },
  'working-time': { rule: 'ESC-LADDER', text: 'what time alone brings about happens in working time' },
} as const
export type Invariant = keyof typeof INVARIANTS

/** Something that did not hold: of whom, on which day. */
export interface Broken {
  invariant: Invariant
  /** Method id. */
  rule: string
  customer: Ref
  /** ISO date. */
  day: string
  text: string
}

/** The field of a record that says when something has to be done. */
const DATES: Readonly<Record<string, string>> = {
  company: 'ladderNextContactDue',
  person: 'ladderNextContactDue',
  development: 'stageDue',
}
const MOST_KEPT = 200

/**
 * Looks at what people see in the CRM, after each change and at the end of each day, and says what should not be. It knows
 * the rules from the method alone, not from their code.
 */
export class Invariants implements Watch {
  readonly broken: Broken[] = []
  count = 0
  checks = 0
  readonly #shell: Shell
  /** Escalations by subject: those that aren't resolved and the last of each cause. */
  readonly #escalations = new Map<Ref, Map<string, RecordSnapshot>>()
  /** When each open escalation was last told to somebody, epoch ms. */
  readonly #told = new Map<string, number>()
  /** The rating that was recorded last, by customer. */
  readonly #ratings = new Map<Ref, RecordSnapshot>()
  /** When a date that something is due on was set, epoch ms, by record. */
  readonly #setAt = new Map<string, number>()
  /** The first date of an overdue contact that hasn't been made since. */
  readonly #overdueSince = new Map<Ref, string>()
  /** What was said once about a customer isn't said again on each later day. */
  readonly #said = new Set<string>()

  constructor(shell: Shell) {
    this.#shell = shell
  }

  decided(ref: Ref, event: LadderEvent, decisions: readonly Decision[], root: Root): void {
    for (const decision of decisions) {
      if (decision.do !== 'upsert') continue
      const { object, key, fields } = decision
      const makes =
        object === 'task' ? 'title' in fields : object === 'escalation' && ('raisedAt' in fields || 'level' in fields)
      if (!makes) continue
      const at = new Date(this.#shell.now).toISOString()
      if (root === 'time' && !this.#isTime(ref))
        this.#report('working-time', ref, `${object} ${key} at ${at}, by ${event.id}`)
      if (object === 'task' && this.#shell.crm.get('task', idOfKey(key)))
        this.#report('twice', ref, `task ${key} was made before`)
    }
  }

  changed({ record, before }: Change): void {
    const { object, fields } = record
    if (object === 'escalation') this.#follow(record, before)
    const date = DATES[object]
    if (date && fields[date] !== before?.fields[date]) this.#setAt.set(`${object}:${record.id}`, this.#shell.now)
    if (object === 'tierRating') {
      const owner = subjectOfKey(String(fields['ladderKey']))
      if (owner !== undefined && isInForce(fields)) this.#ratings.set(owner, record)
    }
    if (object !== 'company' && object !== 'person') return
    const tier = fields['ladderTier'] ?? null
    if (tier === null || tier === (before?.fields['ladderTier'] ?? null)) return
    const ref = `${object}:${record.id}`
    const rated = this.#ratings.get(ref)?.fields['newTier']
    if (rated !== tier)
      this.#report('history', ref, `the tier is ${String(tier)}, the last rating ${String(rated ?? 'none')}`)
  }

  #follow(record: RecordSnapshot, before: RecordSnapshot | undefined): void {
    const { fields, deleted } = record
    const key = String(fields['ladderKey'])
    const owner = subjectOfKey(key)
    if (owner === undefined) return
    const mine = this.#escalations.get(owner) ?? new Map<string, RecordSnapshot>()
    this.#escalations.set(owner, mine.set(key, record))
    const steps = (one: Fields | undefined): string =>
      JSON.stringify([one?.['status'], one?.['level'], one?.['repeats']])
    if (deleted || fields['status'] !== 'OPEN') this.#told.delete(key)
    else if (steps(fields) !== steps(before?.fields)) this.#told.set(key, this.#shell.now)
  }

  /** What people find at the end of a day. */
  check(): void {
    for (const object of ['company', 'person'])
      for (const { id, fields, deleted } of this.#shell.crm.records(object)) {
        if (deleted) continue
        this.checks++
        this.#customer(`${object}:${id}`, fields)
      }
    this.#stages()
    for (const [key, told] of this.#told) this.#climbs(key, told)
    this.#tasks()
  }

  #customer(ref: Ref, fields: Fields): void {
    const { ladderTier: tier = null, ladderContactsPerYear: perYear = null, ladderNextContactDue: due = null } = fields
    if (tier !== null && this.#ratings.get(ref)?.fields['newTier'] !== tier)
      this.#report('history', ref, `the tier ${String(tier)} has no rating`)
    if (tier !== null && typeof perYear === 'number' && perYear > 0 && due === null)
      this.#report('next-contact', ref, `${String(tier)}, ${perYear} contacts a year, none is due`)
    if (typeof due !== 'string' || !this.#isPast(ref, due, ref)) {
      this.#overdueSince.delete(ref)
      return
    }
    const since = this.#overdueSince.get(ref) ?? due
    this.#overdueSince.set(ref, since)
    if (!this.#isTold(ref, 'ESC_CADENCE', since, null))
      this.#report('overdue', ref, `contact was due on ${due}, nobody was told`)
  }

  /** Whether the day has ended, and the bank was open since then and since the date is known. `of`: the record that has it. */
  #isPast(ref: Ref, due: string, of: string): boolean {
    const calendar = this.#calendar(ref)
    const from = Math.max(calendar.closing(due), this.#setAt.get(of) ?? 0)
    return due < calendar.dateOf(this.#shell.now) && calendar.nextWorkingInstant(from) <= this.#shell.now
  }

  /** An escalation of that cause raised after the date; a person may have resolved it meanwhile. */
  #isTold(ref: Ref, cause: string, after: string, development: string | null): boolean {
    for (const { fields } of this.#escalations.get(ref)?.values() ?? [])
      if (
        fields['cause'] === cause &&
        (development === null || fields['development'] === development) &&
        String(fields['raisedAt']).slice(0, 10) >= after
      )
        return true
    return false
  }

  #stages(): void {
    for (const { id, fields, deleted } of this.#shell.crm.records('development')) {
      const { stageDue, company, person } = fields
      if (deleted || typeof stageDue !== 'string') continue
      const ref = typeof company === 'string' ? `company:${company}` : `person:${String(person)}`
      if (this.#isPast(ref, stageDue, `development:${id}`) && !this.#isTold(ref, 'ESC_STALL', stageDue, id))
        this.#report('stalled', ref, `development ${id} was due on ${stageDue}, nobody was told`)
    }
  }

  /** Working time since somebody was told of an open escalation is at most what its level has. */
  #climbs(key: string, told: number): void {
    const owner = subjectOfKey(key) ?? ''
    const one = this.#shell.states.get(owner)?.escalations[key]
    const allowance = one?.levels[one.level - 1]?.allowanceMinutes
    if (allowance === undefined) return
    const worked = this.#calendar(owner).workingMinutesBetween(told, this.#shell.now)
    if (worked > allowance)
      this.#report(
        'allowance',
        owner,
        `${key}: ${Math.round(worked)} working minutes of ${allowance}, level ${one?.level ?? 0}`,
      )
  }

  /** No two open tasks say the same of the same matter, and no customer has two contacts to make. */
  #tasks(): void {
    const seen = new Map<string, string>()
    for (const { fields } of this.#shell.crm.open('task')) {
      const key = String(fields['ladderKey'] ?? '')
      const owner = subjectOfKey(key)
      if (owner === undefined) continue
      const {
        ladderKind: kind,
        title,
        dueAt,
        ladderRole: role,
        ladderCampaign: campaign = null,
        ladderDevelopment: development = null,
        assigneeId: assignee = null,
      } = fields
      const what =
        kind === 'CONTACT'
          ? [owner, kind]
          : kind === 'ESCALATION'
            ? [key.slice(0, key.lastIndexOf('/'))]
            : [owner, kind, title, dueAt, role, campaign, development, assignee]
      const same = JSON.stringify(what)
      const other = seen.get(same)
      if (other === undefined) seen.set(same, key)
      else this.#report('twice', owner, `${other} and ${key} are open for one thing`)
    }
  }

  /** Working time; for what the bank does at an hour that its playbook names, such as the weekly lists, a workday. */
  #isTime(ref: Ref): boolean {
    const calendar = this.#calendar(ref)
    const { now } = this.#shell
    return ref === BANK ? calendar.isWorkday(calendar.dateOf(now)) : calendar.isWorking(now)
  }

  /** Working time where the customer's branch is. */
  #calendar(ref: Ref): WorkingCalendar {
    const state = this.#shell.states.get(ref)
    const { ctx } = this.#shell
    return (state ? contextOf(state, ctx) : ctx).playbook.calendar
  }

  #report(invariant: Invariant, customer: Ref, text: string): void {
    const mark = `${invariant} ${customer} ${text}`
    if (this.#said.has(mark)) return
    this.#said.add(mark)
    this.count++
    const day = this.#shell.playbook.calendar.dateOf(this.#shell.now)
    if (this.broken.length < MOST_KEPT)
      this.broken.push({ invariant, rule: INVARIANTS[invariant].rule, customer, day, text })
  }
}

/** A proposal is no rating yet. */
const isInForce = ({ approval, effectiveOn = null }: Fields): boolean =>
  effectiveOn !== null && approval !== 'PROPOSED' && approval !== 'REJECTED'
