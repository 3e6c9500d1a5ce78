import type { Fields } from '../../../schemas/events/index.ts'

/** The tier in force of one scheme, or one that waits for approval. */
export interface Rating {
  key: string
  tier: string
  row: string
  playbook: number
  ratedOn: string
  effectiveOn: string
  inputs: Fields
  contactsPerYear: number | null
  leads: string[]
  /** The rating run that it comes from. */
  run?: string
}

/** How a customer stands in one scheme. */
export interface Standing {
  rating: Rating | null
  proposed: Rating | null
  nextRatingOn: string | null
  /** Decided, and in force from a later day on. */
  scheduled?: Rating
  /** What the committee refused last: not proposed again on the same inputs. */
  refused?: Pick<Rating, 'tier' | 'inputs'>
  /** The rating run that it was rated in last. */
  run?: string
}

/** A rating run as the bank keeps it. Dates ISO. */
export interface BankRun {
  scheme: string
  startedOn: string
  effectiveOn: string
  /** `ASKED`: who leaves is still being worked out. */
  status: 'ASKED' | 'OPEN' | 'APPROVED' | 'REJECTED'
  /** How many answers came, and how many customers are proposed to leave. */
  answers: number
  leaving: number
}
