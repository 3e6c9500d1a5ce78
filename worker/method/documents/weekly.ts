import type { Fields, Value } from '../../../schemas/events/index.ts'
import { DOCUMENT } from '../../../schemas/documents/request.ts'
import { ladderKey } from '../../../schemas/events/keys.ts'
import type { Label } from '../../../schemas/model/define.ts'
import type { Draft } from '../draft.ts'
import { hashOf } from '../playbook/hash.ts'
import { give, layoutOf, requestOf } from './index.ts'

/** One row of the meeting list or the follow-up list (ESC-WEEK). `owner`: CRM user. `due`: ISO date. */
export interface WeeklyRow {
  customer: string
  tier: string | null
  matter: string | Label
  owner: string | null
  due: string | null
  remark: string | Label
}

/** One figure as it is shown, this week and before. */
export interface WeeklyFigure {
  figure: string | Label
  now: string
  before: string
  change: string
}

/** A week of a branch or an RM. `manager`: CRM user who holds the meeting. Dates ISO, both included. */
export interface WeeklyPack {
  scope: string | Label
  manager: string | null
  from: string
  to: string
  figures: WeeklyFigure[]
  meeting: WeeklyRow[]
  followUp: WeeklyRow[]
}

/**
 * Has a weekly pack made and put onto records (ESC-WEEK), such as the task that goes with it: `{ task: { key } }`. The same
 * pack given twice is one document. False when the playbook has no layout for it.
 */
export const giveWeeklyPack = (draft: Draft, pack: WeeklyPack, records: Fields): boolean => {
  const layout = layoutOf(draft, 'WEEKLY_PACK')
  if (!layout) return false
  const { scope, manager, from, to, figures, meeting, followUp } = pack
  const values: Fields = {
    'week.scope': typeof scope === 'string' ? scope : { ...scope },
    'week.manager': manager,
    'week.from': from,
    'week.to': to,
  }
  const rows = (list: object[]): Fields[] => list.map((row) => ({ ...row }) as Record<string, Value>)
  const content = { values, lists: { figures: rows(figures), meeting: rows(meeting), followUp: rows(followUp) } }
  const key = ladderKey(draft.state.ref, DOCUMENT, layout.code, from, hashOf({ layout, content }))
  const on = draft.ctx.playbook.calendar.dateOf(draft.ctx.now)
  give(draft, key, requestOf(draft, layout, content, 1, on), records)
  return true
}
