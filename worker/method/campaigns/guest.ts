import type { OpenedCampaign, RecordSnapshot } from '../../../schemas/events/index.ts'
import { ladderKey, parseRef } from '../../../schemas/events/keys.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import { audienceOf } from '../playbook/compile.ts'
import { customerName, say } from '../tiers/text.ts'
import { audienceContext } from './audience.ts'
import { dueOf, keepWork } from './timeline.ts'

/** A customer as a guest of each campaign that it was told of (CAMP-S1 to CAMP-S5). */
export const guest = (draft: Draft): void => {
  for (const opened of Object.values(draft.state.campaigns)) follow(draft, opened)
}

/**
 * Until the day, who fits the audience rule is put on the guest list, once. Guests' tasks follow what is on their record:
 * declined, came, absent, brought a friend. Whoever a person took off the list stays off.
 */
const follow = (draft: Draft, opened: OpenedCampaign): void => {
  const { state, ctx } = draft
  const { object, id } = parseRef(state.ref)
  const record = draft.record(object, id)
  const seats = Object.values(state.records['participation'] ?? {}).filter(
    ({ fields }) => fields['campaign'] === opened.id || fields['ladderKey'] === placeKey(draft, opened),
  )
  const over = ctx.now >= Date.parse(opened.heldOn)
  const named = opened.guests.includes(state.ref)
  if (!state.launched[opened.id] && seats.length === 0 && record?.deleted === false && !opened.cancelled && !over) {
    const fits = opened.subject === (object === 'company' ? 'COMPANY' : 'PERSON') && invites(draft, opened)
    if (fits) invite(draft, opened)
  }
  const place = seats.find(({ deleted }) => !deleted)
  const waiting = seats.length === 0 && (state.launched[opened.id] !== undefined || named)
  const isGuest = record?.deleted === false && !opened.cancelled && (place !== undefined || waiting)
  keepWork(
    draft,
    opened.id,
    opened.templateCode,
    isGuest ? wantedOf(draft, opened, place) : [],
    say(ctx, 'No longer called for', '已不需要'),
  )
  // a campaign that passed this customer by is forgotten: all customers are told of every campaign
  const passedBy = over || opened.subject !== (object === 'company' ? 'COMPANY' : 'PERSON')
  if (passedBy && !named && seats.length === 0 && !state.launched[opened.id])
    state.campaigns = Object.fromEntries(Object.entries(state.campaigns).filter(([key]) => key !== opened.id))
}

const placeKey = ({ state }: Draft, { id }: OpenedCampaign): string => ladderKey(state.ref, 'guest', id)

const rules = new Map<string, ReturnType<typeof audienceOf>>()

/** Rules of campaigns that run are few: each is compiled once. */
const invites = ({ state, ctx }: { state: Draft['state']; ctx: Context }, { audience }: OpenedCampaign): boolean => {
  let rule = rules.get(audience)
  if (!rule) {
    if (rules.size >= 200) rules.clear()
    rule = audienceOf(audience)
    rules.set(audience, rule)
  }
  return rule(audienceContext(state, ctx))
}

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
      invite: 'TO_INVITE',
      attendance: 'UNKNOWN',
    },
    draft.why(opened.templateCode, { row: opened.audience, inputs: audienceContext(draft.state, draft.ctx) }),
  )
}

/** The tasks that a guest calls for, as its place on the list stands. */
const wantedOf = (draft: Draft, opened: OpenedCampaign, place: RecordSnapshot | undefined) => {
  const { state, ctx } = draft
  const { invite = null, attendance = null, broughtFriend = null } = place?.fields ?? {}
  const name = customerName(draft)
  return opened.tasks
    .filter(({ when, day }) => {
      if (when === 'DAY') return !(invite === 'DECLINED' && day <= 0)
      return when === 'BROUGHT_FRIEND' ? broughtFriend === true : attendance === when
    })
    .map((task) => ({
      key: ladderKey(state.ref, 'campaign', opened.id, task.key),
      task,
      title: say(ctx, `${name}: ${task.title} (${opened.name})`, `${name}：${task.title}（${opened.name}）`),
      due: dueOf(ctx, opened.heldOn, task.day),
    }))
}
