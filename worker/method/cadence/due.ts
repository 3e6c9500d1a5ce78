import type { CompiledPlaybook, Context } from '../context.ts'
import type { SubjectState } from '../state.ts'
import { lastContactOn } from './contacts.ts'

/** Contacts a year of the tier in force; null when none are asked for. */
export const contactsPerYear = ({ rating }: SubjectState): number | null =>
  rating?.contactsPerYear != null && rating.contactsPerYear > 0 ? rating.contactsPerYear : null

/** Contacts count from the first rating, or from the next one when the customer wasn't rated for a while. */
export const beginCadence = (state: SubjectState, today: string): void => {
  if (state.unratedOn !== undefined && state.unratedOn !== today) state.cadenceFrom = null
  delete state.unratedOn
  state.cadenceFrom ??= today
}

/** When the next contact of a customer is due, as ISO date; null when its tier asks for none. */
export const contactDue = (state: SubjectState, ctx: Context): string | null => {
  const perYear = contactsPerYear(state)
  if (perYear === null) return null
  const from = lastContactOn(state, ctx) ?? state.cadenceFrom
  return from === null ? null : nextContact(ctx, from, perYear)
}

/**
 * `perYear` contacts a year from the last one, or from the first rating (TIER-CONTACT): on the workday on or before that day,
 * and always later than the last one.
 */
export const nextContact = ({ playbook }: Context, from: string, perYear: number): string =>
  remember(playbook, `${perYear}/${from}`, () => {
    const { calendar } = playbook
    const day =
      12 % perYear === 0
        ? calendar.addMonths(from, 12 / perYear)
        : calendar.addDays(from, Math.max(1, Math.floor(365 / perYear)))
    const due = calendar.workdayOnOrBefore(day)
    return due > from ? due : calendar.addWorkingDays(from, 1)
  })

/** When the task of a contact is made, and from when on it is overdue: both in working time. Epoch milliseconds. */
export const contactInstants = ({ playbook }: Context, due: string): { lead: number; overdue: number } =>
  remember(playbook, due, () => {
    const { calendar, source } = playbook
    return {
      lead: calendar.opening(calendar.addWorkingDays(due, -source.cadence.leadDays)),
      overdue: calendar.nextWorkingInstant(calendar.closing(due)),
    }
  })

/** Many customers share a date, so what follows from it is worked out once a playbook. */
const remember = <T>(playbook: CompiledPlaybook, key: string, work: () => T): T => {
  let known = memory.get(playbook)
  if (!known || known.size > 20_000) memory.set(playbook, (known = new Map()))
  if (!known.has(key)) known.set(key, work())
  return known.get(key) as T
}
const memory = new WeakMap<CompiledPlaybook, Map<string, unknown>>()
