import { parseRef } from '../../../schemas/events/keys.ts'
import type { OpenedCampaign } from '../../../schemas/events/index.ts'
import type { Context } from '../context.ts'
import type { SubjectState } from '../state.ts'
import { newsUntil } from './news.ts'
import { phasesDue } from './phases.ts'
import { overAt } from './series.ts'

/** When a campaign has something to do next, epoch ms: customers asked, news over, a phase counted, the next meeting. */
export const campaignsDue = (state: SubjectState, ctx: Context): number | null => {
  const { object, id } = parseRef(state.ref)
  const opened = object === 'campaign' ? state.campaigns[id] : undefined
  if (!opened || opened.cancelled || state.records['campaign']?.[id]?.deleted !== false) return null
  const ends = opened.stale ? null : newsUntil(state, ctx, opened)
  const next = state.plan?.repeat && !state.launched['next'] ? overAt(ctx, opened.heldOn) : null
  const dues = [ends, next, asksAt(state, ctx, opened), phasesDue(state, ctx, opened)]
  const later = dues.filter((due) => due !== null && due > ctx.now) as number[]
  return later.length === 0 ? null : Math.min(...later)
}

/** The next workday on which customers may be asked whether they fit, while it is before the day itself. */
const asksAt = (
  { list, plan }: SubjectState,
  { playbook: { calendar }, now }: Context,
  { heldOn, until }: OpenedCampaign,
): number | null => {
  if (!list || list.reserve.length > 0 || plan?.posts || plan?.phases) return null
  const today = calendar.dateOf(now)
  const next = calendar.workdayOnOrAfter(calendar.addDays(today, 1))
  const isBefore = until ? calendar.opening(next) < Date.parse(until) : next < calendar.dateOf(Date.parse(heldOn))
  return isBefore ? calendar.opening(next) : null
}
