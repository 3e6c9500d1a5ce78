import type { Ref } from '../../../schemas/events/index.ts'
import type { WorkingCalendar } from '../../../worker/method/calendar/index.ts'
import { contextOf } from '../../../worker/method/org/context.ts'
import type { Shell } from '../shell.ts'

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

const MOST_KEPT = 200

/** Gathers what did not hold. What was said once about a customer isn't said again on each later day. */
export class Report {
  readonly broken: Broken[] = []
  count = 0
  readonly #shell: Shell
  readonly #said = new Set<string>()

  constructor(shell: Shell) {
    this.#shell = shell
  }

  say(invariant: Invariant, customer: Ref, text: string): void {
    const mark = `${invariant} ${customer} ${text}`
    if (this.#said.has(mark)) return
    this.#said.add(mark)
    this.count++
    if (this.broken.length >= MOST_KEPT) return
    const day = this.#shell.playbook.calendar.dateOf(this.#shell.now)
    this.broken.push({ invariant, rule: INVARIANTS[invariant].rule, customer, day, text })
  }

  /** Working time where a customer's branch is. */
  calendar(ref: Ref): WorkingCalendar {
    const state = this.#shell.states.get(ref)
    const { ctx } = this.#shell
    return (state ? contextOf(state, ctx) : ctx).playbook.calendar
  }
}
