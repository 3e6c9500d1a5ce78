import type { RecordSnapshot } from '../../../schemas/events/index.ts'
import { roleSchema, type Scheme } from '../../../schemas/playbook/index.ts'
import { beginCadence } from '../cadence/due.ts'
import type { Draft } from '../draft.ts'
import type { CompiledScheme } from '../context.ts'
import type { Rating, Standing } from '../state.ts'
import { assigneeOf, closeTask, openTask } from '../tasks.ts'
import { isPlain } from './evaluate.ts'
import { sameInputs } from './inputs.ts'
import { recordRating, type RatingCause } from './record.ts'
import { customerName, say, tierName } from './text.ts'

/** Set as `approvedBy` of a proposal that Ladder took back: that isn't the committee's no. */
const BY_LADDER = 'Ladder'

/** Whether a move of tier waits for the grade committee; first ratings and confirmations are moves too. */
export const asksCommittee = ({ approval, committeeTiers }: Scheme, from: string | null, to: string): boolean =>
  approval === 'committee' &&
  (committeeTiers.length === 0 ||
    (from !== to && [from, to].some((one) => one !== null && committeeTiers.includes(one))))

/** Proposes a rating to the grade committee (等级管理委员会): it takes effect when its record is set to APPROVED. */
export const propose = (draft: Draft, scheme: Scheme, standing: Standing, rating: Rating, cause: RatingCause): void => {
  const { ctx } = draft
  const { calendar, source } = ctx.playbook
  const lead = roleSchema.safeParse(rating.leads[0])
  const role = lead.success && assigneeOf(draft, lead.data) !== null ? lead.data : 'VICE_PRESIDENT'
  const oldTier = standing.rating?.tier ?? null
  standing.proposed = rating
  recordRating(draft, scheme, oldTier, rating, cause, 'PROPOSED')
  const [from, to] = [tierName(ctx, oldTier), tierName(ctx, rating.tier)]
  const due = calendar.closing(calendar.addWorkingDays(calendar.dateOf(ctx.now), source.allowances.committeeDays))
  openTask(draft, {
    key: taskKey(rating),
    kind: 'RATING',
    title: say(
      ctx,
      `Approve tier: ${customerName(draft)} ${from} → ${to}`,
      `审批等级：${customerName(draft)} ${from} → ${to}`,
    ),
    due: new Date(due).toISOString(),
    role,
    about: rating.key,
    rule: 'TIER-RERATE',
  })
}

/** Takes a proposal back that new facts have overtaken. */
export const withdraw = (draft: Draft, standing: Standing, proposed: Rating): void => {
  const text = say(draft.ctx, 'Overtaken by new facts', '已被新情况取代')
  standing.proposed = null
  const fields = { approval: 'REJECTED', approvedBy: BY_LADDER }
  const record = ratingRecord(draft, proposed)
  if (record) Object.assign(record.fields, fields)
  if (!record?.deleted) draft.upsert('tierRating', proposed.key, fields, draft.why('TIER-RERATE', { text }))
  closeTask(draft, taskKey(proposed), { rule: 'TIER-RERATE', text })
}

/** Takes over the committee's answer from the record of the proposal; a deleted record is a no. */
export const followApproval = (draft: Draft, { source }: CompiledScheme, standing: Standing): void => {
  const { state, ctx } = draft
  const { proposed } = standing
  const record = proposed ? ratingRecord(draft, proposed) : undefined
  if (!proposed || !record) return
  const { approval } = record.fields
  if (!record.deleted && approval !== 'APPROVED' && approval !== 'REJECTED') return
  standing.proposed = null
  const text = say(ctx, 'The committee answered', '委员会已答复')
  closeTask(draft, taskKey(proposed), { rule: 'TIER-RERATE', text })
  if (record.deleted || approval === 'REJECTED') return
  const effectiveOn = ctx.playbook.calendar.dateOf(Date.parse(record.at))
  standing.rating = { ...proposed, effectiveOn }
  if (source.leading) beginCadence(state, effectiveOn)
  Object.assign(record.fields, { effectiveOn })
  draft.upsert('tierRating', proposed.key, { effectiveOn }, draft.why('TIER-RERATE', { text }))
}

/** Whether the committee refused the same tier on the same inputs before. */
export const isRejected = (draft: Draft, scheme: Scheme, { tier, inputs }: Rating): boolean =>
  draft.recordsOf('tierRating').some(({ fields }) => {
    const seen = fields['inputs']
    return (
      fields['approval'] === 'REJECTED' &&
      fields['approvedBy'] !== BY_LADDER &&
      fields['scheme'] === scheme.id &&
      fields['newTier'] === tier &&
      isPlain(seen) &&
      sameInputs(seen, inputs)
    )
  })

const taskKey = ({ key }: Rating): string => `${key}/task`

const ratingRecord = (draft: Draft, { key }: Rating): RecordSnapshot | undefined =>
  Object.values(draft.state.records['tierRating'] ?? {}).find(({ fields }) => fields['ladderKey'] === key)
