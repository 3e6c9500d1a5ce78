import type { Fields, OpenedCampaign, RecordSnapshot } from '../../../schemas/events/index.ts'
import { ladderKey, parseRef, refOf } from '../../../schemas/events/keys.ts'
import { same, type Draft } from '../draft.ts'
import { hashOf } from '../playbook/hash.ts'
import { say } from '../tiers/text.ts'
import { dueOf, keepWork, workOf } from './timeline.ts'

/**
 * A campaign with its work, its guests' figures, and the word to all customers (CAMP-S1 to CAMP-S5). It keeps the template
 * that it was opened with. Cancelled or deleted, its work is closed; held on another day, its work moves.
 */
export const campaign = (draft: Draft): void => {
  const { id } = parseRef(draft.state.ref)
  const record = draft.record('campaign', id)
  if (!record) return
  const guests = draft.recordsOf('participation').filter(({ fields }) => fields['campaign'] === id)
  const opened = open(draft, record, guests)
  if (opened) {
    const wanted = opened.cancelled
      ? []
      : (draft.state.timeline ?? []).map((task) => ({
          key: ladderKey(draft.state.ref, 'task', task.key),
          task,
          title: `${opened.name}${say(draft.ctx, ': ', '：')}${task.title}`,
          due: dueOf(draft.ctx, opened.heldOn, task.day),
        }))
    keepWork(draft, id, opened.templateCode, wanted, say(draft.ctx, 'Campaign cancelled', '活动已取消'))
  }
  if (!record.deleted) figures(draft, record, guests, opened)
}

/** Opens a campaign once its day and template are known, and tells every customer of it and of what changes. */
const open = (draft: Draft, record: RecordSnapshot, guests: RecordSnapshot[]): OpenedCampaign | undefined => {
  const { state, ctx } = draft
  const { id, fields } = record
  const known = state.campaigns[id]
  const at = Date.parse(String(fields['heldOn'] ?? ''))
  const cancelled = record.deleted || fields['status'] === 'CANCELLED'
  const code = typeof fields['templateCode'] === 'string' ? fields['templateCode'] : ''
  const template = ctx.playbook.campaigns.get(code)?.source
  if (!known && (cancelled || !template || !Number.isFinite(at))) return undefined
  const heldOn = Number.isFinite(at) ? new Date(at).toISOString() : (known?.heldOn ?? '')
  const name = typeof fields['name'] === 'string' && fields['name'] !== '' ? fields['name'] : (known?.name ?? code)
  const byHand = guests.filter((guest) => !guest.fields['ladderKey']).flatMap(({ fields: guest }) => refsOf(guest))
  const fresh = known ?? begin(draft, id, code)
  if (!fresh) return undefined
  const opened: OpenedCampaign = {
    ...fresh,
    name,
    heldOn,
    cancelled,
    guests: [...new Set([...fresh.guests, ...byHand])].sort(),
  }
  if (known && same(known, opened)) return known
  opened.at = record.at
  state.campaigns[id] = opened
  const event = {
    type: 'campaign.opened',
    id: `${state.ref}/opened/${record.at}/${hashOf(opened)}`,
    campaign: opened,
  } as const
  draft.decisions.push({ do: 'broadcast', event, why: draft.why(opened.templateCode, { text: name }) })
  return opened
}

/** What a campaign takes from its template for good. */
const begin = (draft: Draft, id: string, code: string): OpenedCampaign | undefined => {
  const template = draft.ctx.playbook.campaigns.get(code)?.source
  if (!template) return undefined
  const work = workOf(draft.ctx, template)
  draft.state.timeline = work.campaign
  const { subject, audience } = template
  const blank = { at: '', name: '', heldOn: '', cancelled: false, guests: [] }
  return { id, templateCode: code, ...blank, subject, audience, tasks: work.guest }
}

const refsOf = ({ company, person }: Fields): string[] => [
  ...(typeof person === 'string' && person !== '' ? [refOf('person', person)] : []),
  ...(typeof company === 'string' && company !== '' ? [refOf('company', company)] : []),
]

/** Invited, confirmed, attended, friends: counted from the guest list. */
const figures = (
  draft: Draft,
  record: RecordSnapshot,
  guests: RecordSnapshot[],
  opened: OpenedCampaign | undefined,
): void => {
  const count = (holds: (fields: Fields) => boolean): number => guests.filter(({ fields }) => holds(fields)).length
  const invite = (...codes: string[]) => count((fields) => codes.includes(String(fields['invite'])))
  const fields: Fields = {
    invited: invite('INVITED', 'CONFIRMED', 'DECLINED'),
    confirmed: invite('CONFIRMED'),
    attended: count(({ attendance }) => attendance === 'CAME'),
    friends: count(({ broughtFriend }) => broughtFriend === true),
    notice: noticeOf(draft, record, invite('TO_INVITE', 'INVITED', 'CONFIRMED'), opened),
  }
  draft.update('campaign', record.id, fields, draft.why(opened?.templateCode ?? 'CAMP-S'))
}

const noticeOf = (
  draft: Draft,
  { fields }: RecordSnapshot,
  list: number,
  opened: OpenedCampaign | undefined,
): string => {
  const { ctx } = draft
  if (!opened) {
    if (fields['status'] === 'CANCELLED') return ''
    return say(
      ctx,
      'Not begun: choose a template that is in force, and give “Held on”.',
      '尚未启动：请选择生效的活动模板，并填写“举办时间”。',
    )
  }
  const { size } = fields
  if (typeof size !== 'number' || list <= size) return ''
  return say(
    ctx,
    `${list} guests are on the list for ${size} seats: narrow the list, or find a larger place.`,
    `名单 ${list} 人，场地 ${size} 人：请缩减名单或更换场地。`,
  )
}
