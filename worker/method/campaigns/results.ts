import type { Fields, OpenedCampaign, RecordSnapshot } from '../../../schemas/events/index.ts'
import type { Draft } from '../draft.ts'
import { say } from '../tiers/text.ts'
import { seatsOf } from './list.ts'
import { phaseLines, progressOf } from './phases.ts'

/**
 * Results of a campaign, counted from its guests (MEAS-CAMP): invited, confirmed, attended, friends, leads, products, balance
 * won, and what a product cost. Leads, products and balance that people typed stand until a guest has any.
 */
export const figures = (draft: Draft, record: RecordSnapshot, opened: OpenedCampaign | undefined): void => {
  const tally = draft.state.tally
  if (!tally) return
  const counted: [name: string, value: number][] = [
    ['leads', tally.leads],
    ['products', tally.products],
    ['balanceWon', tally.balanceWon],
  ]
  const won = Object.fromEntries(counted.filter(([, value]) => value !== 0))
  const products = won['products'] ?? record.fields['products']
  const { cost } = record.fields
  const fields: Fields = {
    invited: tally.invited,
    confirmed: tally.confirmed,
    attended: tally.attended,
    friends: tally.friends,
    reserve: draft.state.list?.reserve.length ?? 0,
    ...won,
    costPerProduct:
      typeof cost === 'number' && typeof products === 'number' && products > 0 ? Math.round(cost / products) : null,
    ...progressOf(draft),
    notice: noticeOf(draft, record, tally.expected, opened),
  }
  draft.update('campaign', record.id, fields, draft.why(opened?.templateCode ?? 'CAMP-S'))
}

const noticeOf = (
  draft: Draft,
  { fields }: RecordSnapshot,
  guests: number,
  opened: OpenedCampaign | undefined,
): string => {
  const { ctx, state } = draft
  const { status } = fields
  if (!opened) {
    if (status === 'CANCELLED') return ''
    return status === 'PROPOSED'
      ? say(ctx, 'Proposed: set the status to “Planned” to begin.', '建议活动：将状态改为“筹备”即启动。')
      : say(
          ctx,
          'Not begun: choose a template that is in force, and give “Held on”.',
          '尚未启动：请选择生效的活动模板，并填写“举办时间”。',
        )
  }
  const lines = phaseLines(draft)
  if (state.plan?.newsHours !== undefined && fields['imageChecked'] !== true)
    lines.push(
      opened.stale
        ? say(ctx, 'No longer news: it was not checked in time.', '已失时效：未在时限内完成核对。')
        : say(ctx, "Waits for the check for the bank's image.", '待核对银行形象后方可发布。'),
    )
  const size = state.list ? seatsOf(state.list, { fields } as RecordSnapshot) : fields['size']
  if (typeof size === 'number' && guests > size)
    lines.push(
      say(
        ctx,
        `${guests} guests are on the list for ${size} seats: narrow the list, or find a larger place.`,
        `名单 ${guests} 人，场地 ${size} 人：请缩减名单或更换场地。`,
      ),
    )
  return lines.join('\n')
}
