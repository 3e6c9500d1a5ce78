import { BANK, ladderKey } from '../../../schemas/events/keys.ts'

/** The key of a branch's lists; those of one branch sort by week. */
export const listKey = (branch: string, monday: string, ...who: string[]): string =>
  ladderKey(BANK, 'week', branch || '-', monday, ...who)

/** What the bank asks each week, and the kind of the rows by which the Account adds figures to the answer. */
export const WEEKLY_QUERY = 'weekly'
export const FIGURE = 'FIGURE'
