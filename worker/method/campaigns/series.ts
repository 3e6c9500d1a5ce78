import type { OpenedCampaign, RecordSnapshot } from '../../../schemas/events/index.ts'
import { ladderKey } from '../../../schemas/events/keys.ts'
import { DAY_MS } from '../calendar/dates.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'

/**
 * A club meets again (CAMP-INT): when a meeting is over, the next one is made from it, once, so many weeks later at the same
 * time; on a free day that wasn't meant, the next workday. Its guests and the friends whom they brought are asked first.
 */
export const nextMeeting = (draft: Draft, { id, fields }: RecordSnapshot, opened: OpenedCampaign): void => {
  const { state, ctx } = draft
  const repeat = state.plan?.repeat
  const meeting = typeof fields['meeting'] === 'number' ? fields['meeting'] : 1
  if (!repeat || meeting >= repeat.times || opened.cancelled || state.launched['next']) return
  if (ctx.now < overAt(ctx, opened.heldOn)) return
  const heldOn = new Date(laterBy(ctx, opened.heldOn, repeat.weeks)).toISOString()
  const key = ladderKey(state.ref, 'next')
  state.launched['next'] = key
  const { theme = '', place = '', size = null, template = null, owner = null } = fields
  const date = ctx.playbook.calendar.dateOf(Date.parse(heldOn))
  draft.upsert(
    'campaign',
    key,
    {
      name: `${opened.name.replace(/ \d{4}-\d{2}-\d{2}$/, '')} ${date}`,
      template,
      templateCode: opened.templateCode,
      heldOn,
      status: 'PLANNED',
      owner,
      theme,
      place,
      size,
      series: id,
      meeting: meeting + 1,
    },
    draft.why(opened.templateCode, { inputs: { heldOn } }),
  )
}

/** When a campaign's day is over, epoch ms: at the next opening after closing time, or after its own time if that is later. */
export const overAt = ({ playbook: { calendar } }: Context, heldOn: string): number => {
  const at = Date.parse(heldOn)
  return calendar.nextWorkingInstant(Math.max(at, calendar.closing(calendar.dateOf(at))))
}

/** So many weeks later at the same time of the day; held on a workday, it stays on one. */
const laterBy = ({ playbook: { calendar } }: Context, heldOn: string, weeks: number): number => {
  const at = Date.parse(heldOn)
  const from = calendar.dateOf(at)
  const date = calendar.addDays(from, weeks * 7)
  const moved = calendar.isWorkday(from) ? calendar.workdayOnOrAfter(date) : date
  return at + Math.round((calendar.opening(moved) - calendar.opening(from)) / DAY_MS) * DAY_MS
}
