import type { GatheredRow } from '../../../schemas/events/index.ts'
import { BANK, ladderKey } from '../../../schemas/events/keys.ts'
import { addDays, dayOf, weekdayOf } from '../calendar/dates.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import type { SubjectState } from '../state.ts'
import { openTask } from '../tasks.ts'
import { say } from '../tiers/text.ts'

/**
 * Weekly lists (ESC-WEEK): once a week all customers are asked, and each RM gets the list for the team meeting
 * (营销碰头会), the sub-branch president the list of what to follow up. A week that began before Ladder did has no list.
 */
export const week = (draft: Draft): void => {
  const { state, ctx, event } = draft
  if (event.type === 'gathered' && event.query === 'weekly') handOut(draft, String(event.params['week']), event.rows)
  const monday = mondayOf(ctx)
  if (state.weekOf === undefined) state.weekOf = monday
  const at = meetingOf(ctx, monday)
  if (state.weekOf >= monday || at === null || at > ctx.now) return
  state.weekOf = monday
  const params = { week: monday, until: addDays(monday, 6), most: ctx.playbook.source.weekly.most }
  draft.gather('weekly', ladderKey(BANK, 'week', monday), params, draft.why('ESC-WEEK'))
}

/** When the lists of this week, or else of the next weeks, are due. */
export const weekDue = (state: SubjectState, ctx: Context): number | null => {
  if (state.weekOf === undefined) return ctx.now
  for (let weeks = 0; weeks <= MOST_WEEKS; weeks++) {
    const monday = addDays(mondayOf(ctx), weeks * 7)
    const at = monday > state.weekOf ? meetingOf(ctx, monday) : null
    if (at !== null) return at
  }
  return null
}

/** No country is on holiday for longer. */
const MOST_WEEKS = 5

const mondayOf = ({ playbook, now }: Context): string => {
  const today = playbook.calendar.dateOf(now)
  return addDays(today, 1 - weekdayOf(dayOf(today)))
}

/** The meeting of a week, epoch ms: on its weekday or the next workday; null in a week that has none from there on. */
const meetingOf = ({ playbook }: Context, monday: string): number | null => {
  const { weekday, at } = playbook.source.weekly
  const date = playbook.calendar.workdayOnOrAfter(addDays(monday, weekday - 1))
  return date > addDays(monday, 6) ? null : playbook.calendar.instantOf(date, at)
}

const handOut = (draft: Draft, monday: string, rows: GatheredRow[]): void => {
  const { ctx } = draft
  forgetBefore(draft.state, addDays(monday, -7))
  const give = (who: string, title: string, of: GatheredRow[], person: { assignee: string } | null): void => {
    if (of.length === 0) return
    openTask(draft, {
      key: ladderKey(BANK, 'week', monday, who),
      kind: 'WEEK',
      title,
      body: [...of.map(lineOf), ...cutNote(ctx, of)].join('\n'),
      due: new Date(ctx.playbook.calendar.closing(ctx.playbook.calendar.dateOf(ctx.now))).toISOString(),
      role: person ? 'RM' : 'SUB_BRANCH_PRESIDENT',
      about: '',
      rule: 'ESC-WEEK',
      ...person,
    })
  }
  for (const rm of new Set(rows.map((row) => String(row['rm'])))) {
    if (rm === '') continue
    const title = say(ctx, `Team meeting, week of ${monday}`, `营销碰头会清单（${monday} 周）`)
    give(
      rm,
      title,
      rows.filter((row) => row['rm'] === rm),
      { assignee: rm },
    )
  }
  const title = say(ctx, `Follow-up list, week of ${monday}`, `每周跟进清单（${monday} 周）`)
  give(
    'president',
    title,
    rows.filter((row) => row['kind'] !== 'CONTACT'),
    null,
  )
}

const lineOf = ({ name, tier, text }: GatheredRow): string => `- ${String(name)}（${String(tier)}）：${String(text)}`

const cutNote = (ctx: Context, rows: GatheredRow[]): string[] => {
  const { most } = ctx.playbook.source.weekly
  return rows.length < most
    ? []
    : [say(ctx, `Only the first ${most} of each RM are shown.`, `每位客户经理只列前 ${most} 条。`)]
}

/** Lists of weeks before that one are the CRM's alone: the bank's state stays small. */
const forgetBefore = (state: SubjectState, monday: string): void => {
  const least = ladderKey(BANK, 'week', monday)
  const isOld = (key: string): boolean => key.startsWith(ladderKey(BANK, 'week', '')) && key < least
  state.tasks = Object.fromEntries(Object.entries(state.tasks).filter(([key]) => !isOld(key)))
  const records = Object.entries(state.records['task'] ?? {})
  state.records['task'] = Object.fromEntries(records.filter(([, { fields }]) => !isOld(String(fields['ladderKey']))))
}
