import type { OpenedCampaign, RecordSnapshot } from '../../../schemas/events/index.ts'
import { ladderKey, parseRef } from '../../../schemas/events/keys.ts'
import type { Draft } from '../draft.ts'
import { customerName, say } from '../tiers/text.ts'
import { audienceContext } from './audience.ts'
import { mayInvite } from './consent.ts'
import { isOver } from './list.ts'
import { friendOf } from './referral.ts'
import { dueOf, keepWork } from './timeline.ts'
import { won } from './won.ts'

/** A customer as a guest of each campaign that it was told of (CAMP-*). */
export const guest = (draft: Draft): void => {
  for (const opened of Object.values(draft.state.campaigns)) follow(draft, opened)
}

/**
 * Who is on the list of a campaign gets a place, once. Guests' tasks follow what is on their record: declined, came, absent,
 * brought a friend. Whoever a person took off the list stays off; who withdraws consent is left alone at once.
 */
const follow = (draft: Draft, opened: OpenedCampaign): void => {
  const { state, ctx } = draft
  const { object, id } = parseRef(state.ref)
  const alive = draft.record(object, id)?.deleted === false
  const seats = Object.values(state.records['participation'] ?? {}).filter(
    ({ fields }) => fields['campaign'] === opened.id || fields['ladderKey'] === placeKey(draft, opened),
  )
  const over = isOver(opened, ctx.now)
  const named = opened.guests.includes(state.ref)
  const listed = opened.list?.includes(state.ref) === true
  const launched = (): boolean => state.launched[opened.id] !== undefined
  const invited = listed && !launched() && seats.length === 0 && alive && !opened.cancelled && !over
  if (invited) invite(draft, opened)
  const place = seats.find(({ deleted }) => !deleted)
  const willing = mayInvite(state, ctx)
  if (place && alive && !willing && !over) decline(draft, opened, place)
  const waiting = seats.length === 0 && (launched() || named)
  const isGuest = alive && willing && !opened.cancelled && (place !== undefined || waiting)
  const reason = say(ctx, 'No longer called for', '已不需要')
  keepWork(draft, opened.id, opened.templateCode, isGuest ? wantedOf(draft, opened, place) : [], reason)
  if (isGuest && place) {
    friendOf(draft, opened, place)
    won(draft, opened, place)
  }
  // a campaign that passed this customer by is forgotten
  if (!listed && !named && seats.length === 0 && !launched()) {
    const { [opened.id]: passed, ...others } = state.campaigns
    state.campaigns = passed ? others : state.campaigns
  }
}

const placeKey = ({ state }: Draft, { id }: OpenedCampaign): string => ladderKey(state.ref, 'guest', id)

/** A place on the list; of somebody who can't be invited any more, a declined one, so that the next moves up. */
const invite = (draft: Draft, opened: OpenedCampaign): void => {
  const { object, id } = parseRef(draft.state.ref)
  const key = placeKey(draft, opened)
  draft.state.launched[opened.id] = key
  draft.upsert(
    'participation',
    key,
    {
      name: customerName(draft),
      campaign: opened.id,
      company: object === 'company' ? id : null,
      person: object === 'person' ? id : null,
      invite: mayInvite(draft.state, draft.ctx) ? 'TO_INVITE' : 'DECLINED',
      attendance: 'UNKNOWN',
    },
    draft.why(opened.templateCode, { row: opened.audience, inputs: audienceContext(draft.state, draft.ctx) }),
  )
}

const decline = (draft: Draft, { templateCode }: OpenedCampaign, { id, fields }: RecordSnapshot): void => {
  if (fields['invite'] === 'DECLINED') return
  const text = say(draft.ctx, 'Consent withdrawn', '客户撤回营销同意')
  draft.update('participation', id, { invite: 'DECLINED', outcome: text }, draft.why(templateCode, { text }))
}

/** The tasks that a guest calls for, as its place on the list stands. What was to go out as news doesn't when it is none. */
const wantedOf = (draft: Draft, opened: OpenedCampaign, place: RecordSnapshot | undefined) => {
  const { state, ctx } = draft
  const { invite = null, attendance = null, broughtFriend = null } = place?.fields ?? {}
  const name = customerName(draft)
  return opened.tasks
    .filter(({ when, day, hours }) => {
      if (when === 'DAY') return !(invite === 'DECLINED' && day <= 0) && !(opened.stale && hours !== undefined)
      return when === 'BROUGHT_FRIEND' ? broughtFriend === true : attendance === when
    })
    .map((task) => ({
      key: ladderKey(state.ref, 'campaign', opened.id, task.key),
      task,
      title: say(ctx, `${name}: ${task.title} (${opened.name})`, `${name}：${task.title}（${opened.name}）`),
      due: dueOf(ctx, opened, task),
    }))
}
