import type { OpenedCampaign, RecordSnapshot } from '../../../schemas/events/index.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import type { SubjectState } from '../state.ts'

/**
 * News is news for so many working hours (CAMP-EVT). True once they are over: nothing goes out any more. What nobody checked
 * for the bank's image until then is cancelled.
 */
export const news = (draft: Draft, record: RecordSnapshot, opened: OpenedCampaign): boolean => {
  const end = newsUntil(draft.state, draft.ctx, opened)
  if (end === null || draft.ctx.now < end) return false
  if (isUnchecked(record))
    draft.update('campaign', record.id, { status: 'CANCELLED' }, draft.why(opened.templateCode, { text: 'stale' }))
  return true
}

/** Still being prepared, and not checked. */
const isUnchecked = ({ fields, deleted }: RecordSnapshot): boolean =>
  !deleted && fields['status'] === 'PLANNED' && fields['imageChecked'] !== true

/** Until when it is news, epoch ms; null for a campaign that is none. */
export const newsUntil = (
  { plan }: SubjectState,
  { playbook }: Context,
  { begunAt }: Pick<OpenedCampaign, 'begunAt'>,
): number | null =>
  plan?.newsHours === undefined || begunAt === undefined
    ? null
    : playbook.calendar.addWorkingMinutes(Date.parse(begunAt), plan.newsHours * 60)
