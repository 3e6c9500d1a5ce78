import type { OpenedCampaign, RecordSnapshot } from '../../../schemas/events/index.ts'
import type { Draft } from '../draft.ts'

/**
 * What came of a guest who came (MEAS-CAMP): products taken up from the day on, within the days that count by the playbook, and
 * their amounts in fen; a lead when a development began in that time, or a friend was brought. It goes onto the guest's place.
 */
export const won = (draft: Draft, opened: OpenedCampaign, place: RecordSnapshot): void => {
  if (place.fields['attendance'] !== 'CAME') return
  const { state, ctx } = draft
  const { calendar, source } = ctx.playbook
  const from = calendar.dateOf(Date.parse(opened.heldOn))
  const to = calendar.addDays(from, source.outreach.winDays)
  const counts = (date: string): boolean => date >= from && date <= to
  const taken = Object.values(state.holdings).filter(({ openedOn }) => counts(openedOn))
  const begun = draft.recordsOf('development').some(({ createdAt }) => counts(calendar.dateOf(Date.parse(createdAt))))
  draft.update(
    'participation',
    place.id,
    {
      products: taken.length,
      balanceWon: taken.reduce((sum, { amount }) => sum + amount, 0),
      lead: begun || place.fields['broughtFriend'] === true,
    },
    draft.why(opened.templateCode),
  )
}
