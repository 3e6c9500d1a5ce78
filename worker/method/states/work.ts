import type { Ref } from '../../../schemas/events/index.ts'
import type { Role } from '../../../schemas/playbook/index.ts'
import type { Clock } from './escalation.ts'

/** A task that Ladder made, by its key. */
export interface TaskState {
  status: 'OPEN' | 'CLOSED'
  /** ISO instant. */
  due: string
  /** What `due` was reckoned from, where it is so many working minutes: it is reckoned again when working time has changed. */
  clock?: Clock
  /** The escalation, campaign or development that it serves. */
  about: string
  /** The person that Ladder gave it to last; a change by hand is left alone until this changes. */
  assignee?: string | null
  /** For whom it is: who holds the role gets it, also when that becomes somebody else. */
  role?: Role
  /** The development whose manager it is for. */
  development?: string
  /** Closed because its reason had gone, not by a person. */
  closedBy?: 'LADDER'
}

/** `LEFT`: people see to it themselves, or the day had passed before Ladder knew. */
export interface NextVisit {
  on: string
  step: string
  status: 'MADE' | 'CANCELLED' | 'LEFT'
}

/** What core banking noted of a customer. `stamp`: its newest word; `shown`: the one that its record shows. */
export interface Occurred {
  occasion: string
  /** ISO date. */
  on: string
  /** ISO instant. */
  at: string
  text: string
  open: boolean
  stamp: string
  shown?: string
}

/** One measurement of a promised service (ESC-PROMISE), in the promise's unit. */
export interface Measured {
  id: string
  at: string
  code: string
  value: number
  kept: boolean
}

/** A campaign's guest list. `chosen`: who was put on it, in order; `reserve`: who moves up next. */
export interface GuestList {
  chosen: Ref[]
  reserve: { ref: Ref; company: string | null }[]
  /** Seats by the template. */
  size: number | null
  /** The day on which customers were asked last (ISO date). */
  askedOn: string | null
  /** Companies (record ids) of persons on the list. */
  people: string[]
}

/** Guests of a campaign, counted: by what was asked and answered, who came, what they brought. `balanceWon` in fen. */
export interface GuestTally {
  /** Invited, confirmed or declined. */
  invited: number
  confirmed: number
  declined: number
  /** All but those who declined. */
  expected: number
  attended: number
  friends: number
  leads: number
  products: number
  balanceWon: number
}
