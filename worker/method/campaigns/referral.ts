import type { OpenedCampaign, RecordSnapshot } from '../../../schemas/events/index.ts'
import { ladderKey, parseRef } from '../../../schemas/events/keys.ts'
import type { Draft } from '../draft.ts'
import { hashOf } from '../playbook/hash.ts'
import { openTask, ownerOf } from '../tasks.ts'
import { customerName, say } from '../tiers/text.ts'

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/**
 * A friend whom a guest brought or named is a lead (CAMP-REF): a person of its own with source and who referred, in the care of
 * the guest's RM, made once for each place on a list. It goes by a number that begins with REF until core banking has one.
 */
export const friendOf = (draft: Draft, opened: OpenedCampaign, { fields }: RecordSnapshot): void => {
  const { state } = draft
  const name = textOf(fields['friendName'])
  const mark = `friend/${opened.id}`
  if (fields['broughtFriend'] !== true || name === '' || state.launched[mark]) return
  const number = `REF-${hashOf(ladderKey(state.ref, 'friend', opened.id)).slice(0, 12)}`
  state.launched[mark] = number
  draft.upsert(
    'person',
    number,
    {
      name,
      ladderRm: ownerOf(draft),
      ladderSource: 'REFERRAL',
      ladderReferral: `${opened.templateCode}/${opened.id}`,
      ladderReferredBy: customerName(draft),
      ladderReferralPhone: textOf(fields['friendPhone']),
    },
    draft.why('CAMP-REF', { text: opened.name }),
  )
}

/** The first contact with somebody who was referred (CAMP-REF), within so many working days. */
const CONTACT_DAYS = 2

/** Whoever was referred, by a customer or by staff, gets a first call, once (CAMP-REF). */
export const welcome = (draft: Draft): void => {
  const { ctx } = draft
  const { ref } = draft.state
  const { object, id } = parseRef(ref)
  const record = draft.record(object, id)
  const guest = textOf(record?.fields['ladderReferredBy'])
  const by = guest || (record?.fields['ladderSource'] === 'STAFF' ? say(ctx, 'staff', '员工') : '')
  if (!record || record.deleted || by === '' || record.fields['ladderDoNotContact'] === true) return
  const { calendar } = ctx.playbook
  // staff may say so of somebody whom the CRM has had for long
  const from = guest === '' ? ctx.now : Date.parse(record.createdAt)
  const due = calendar.closing(calendar.addWorkingDays(calendar.dateOf(from), CONTACT_DAYS))
  const name = customerName(draft)
  const phone = textOf(record.fields['ladderReferralPhone'])
  openTask(draft, {
    key: ladderKey(ref, 'referral'),
    kind: 'CALL',
    title: say(ctx, `First contact: ${name}, referred by ${by}`, `首次联系：${name}（${by}推荐）`),
    body: phone === '' ? '' : say(ctx, `Phone: ${phone}`, `电话：${phone}`),
    due: new Date(due).toISOString(),
    role: 'RM',
    about: '',
    rule: 'CAMP-REF',
  })
}
