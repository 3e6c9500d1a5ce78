import { addDays, dayOf, weekdayOf } from '../calendar/dates.ts'
import type { WorkingCalendar } from '../calendar/index.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import type { SubjectState } from '../state.ts'
import { listKey, WEEKLY_QUERY } from './keys.ts'
import { handOut } from './lists.ts'

/**
 * Weekly lists (ESC-WEEK): once a week, at each branch's hour, its customers are asked; each RM gets the list for the team
 * meeting (营销碰头会), the sub-branch president the list of what to follow up. A week that began before Ladder did has no list.
 */
export const week = (draft: Draft): void => {
  const { state, ctx, event } = draft
  if (event.type === 'gathered' && event.query === WEEKLY_QUERY) handOut(draft, event)
  const weeks = (state.weeks ??= {})
  for (const branch of branchesOf(ctx)) {
    const { calendar } = placeOf(ctx, branch)
    const monday = mondayOf(calendar, ctx.now)
    const last = (weeks[branch] ??= monday)
    const at = meetingOf(ctx, branch, monday)
    if (last >= monday || at === null || at > ctx.now) continue
    weeks[branch] = monday
    forgetBefore(state, branch, addDays(monday, -7))
    ask(draft, branch, monday)
  }
}

const ask = (draft: Draft, branch: string, monday: string): void => {
  const { most } = draft.ctx.playbook.source.weekly
  const params = {
    branch,
    week: monday,
    until: addDays(monday, 6),
    most,
    on: addDays(monday, -1),
    against: addDays(monday, -8),
  }
  draft.gather(WEEKLY_QUERY, listKey(branch, monday), params, draft.why('ESC-WEEK'))
}

/** When the lists of this week, or else of the next weeks, are due. */
export const weekDue = ({ weeks = {} }: SubjectState, ctx: Context): number | null => {
  let least: number | null = null
  for (const branch of branchesOf(ctx)) {
    const at = nextMeeting(ctx, branch, weeks[branch])
    if (at !== null && (least === null || at < least)) least = at
  }
  return least
}

const nextMeeting = (ctx: Context, branch: string, last: string | undefined): number | null => {
  if (last === undefined) return ctx.now
  const first = mondayOf(placeOf(ctx, branch).calendar, ctx.now)
  for (let ahead = 0; ahead <= MOST_WEEKS; ahead++) {
    const monday = addDays(first, ahead * 7)
    const at = monday > last ? meetingOf(ctx, branch, monday) : null
    if (at !== null) return at
  }
  return null
}

/** No country is on holiday for longer. */
const MOST_WEEKS = 5

/** The branches by code, and '' for customers of none. */
const branchesOf = ({ playbook }: Context): string[] => ['', ...playbook.source.branches.map(({ code }) => code)]

/** A branch's calendar and hour. */
const placeOf = ({ playbook }: Context, branch: string): { calendar: WorkingCalendar; weekday: number; at: string } => {
  const { weekly, branches } = playbook.source
  const own = branches.find(({ code }) => code === branch)?.weekly
  const { calendar } = playbook.branches.get(branch) ?? playbook
  return { calendar, weekday: own?.weekday ?? weekly.weekday, at: own?.at ?? weekly.at }
}

const mondayOf = (calendar: WorkingCalendar, now: number): string => {
  const today = calendar.dateOf(now)
  return addDays(today, 1 - weekdayOf(dayOf(today)))
}

/** The meeting of a week, epoch ms: on its weekday or the next workday; null in a week that has none from there on. */
const meetingOf = (ctx: Context, branch: string, monday: string): number | null => {
  const { calendar, weekday, at } = placeOf(ctx, branch)
  const date = calendar.workdayOnOrAfter(addDays(monday, weekday - 1))
  return date > addDays(monday, 6) ? null : calendar.instantOf(date, at)
}

/** Lists of weeks before that one are the CRM's alone: the bank's state stays small. */
const forgetBefore = (state: SubjectState, branch: string, monday: string): void => {
  const least = listKey(branch, monday)
  const isOld = (key: string): boolean => key.startsWith(listKey(branch, '')) && key < least
  state.tasks = Object.fromEntries(Object.entries(state.tasks).filter(([key]) => !isOld(key)))
  const records = Object.entries(state.records['task'] ?? {})
  state.records['task'] = Object.fromEntries(records.filter(([, { fields }]) => !isOld(String(fields['ladderKey']))))
}
