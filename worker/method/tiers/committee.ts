import type { Fields, RatingRun, RecordSnapshot } from '../../../schemas/events/index.ts'
import { roleSchema, type Scheme } from '../../../schemas/playbook/index.ts'
import { beginCadence } from '../cadence/due.ts'
import type { Draft } from '../draft.ts'
import { isGiven } from '../papers/read.ts'
import type { CompiledScheme, Context } from '../context.ts'
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

/**
 * Proposes a rating to the grade committee (等级管理委员会): it takes effect when its record is set to APPROVED. What a run
 * proposes is answered together, so it has no task of its own.
 */
export const propose = (draft: Draft, scheme: Scheme, standing: Standing, rating: Rating, cause: RatingCause): void => {
  const { ctx } = draft
  const { calendar, source } = ctx.playbook
  const lead = roleSchema.safeParse(rating.leads[0])
  const role = lead.success && assigneeOf(draft, lead.data) !== null ? lead.data : 'VICE_PRESIDENT'
  const oldTier = standing.rating?.tier ?? null
  standing.proposed = rating
  recordRating(draft, scheme, oldTier, rating, cause, 'PROPOSED')
  if (rating.run !== undefined) return
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

/** Takes back what was proposed, or decided for a later day, and new facts have overtaken. */
export const withdraw = (draft: Draft, standing: Standing, rating: Rating): void => {
  const text = say(draft.ctx, 'Overtaken by new facts', '已被新情况取代')
  standing.proposed = null
  delete standing.scheduled
  write(draft, rating, { approval: 'REJECTED', approvedBy: BY_LADDER }, text)
  closeTask(draft, taskKey(rating), { rule: 'TIER-RERATE', text })
}

/** Takes over the committee's answer from the record of the proposal; a deleted record is a no. */
export const followApproval = (draft: Draft, { source }: CompiledScheme, standing: Standing): void => {
  const { ctx } = draft
  const { proposed } = standing
  const record = proposed ? ratingRecord(draft, proposed) : undefined
  if (!proposed || !record) return
  const { approval, effectiveOn: wished } = record.fields
  if (record.deleted || approval === 'REJECTED') refuse(draft, standing, proposed)
  else if (approval === 'APPROVED') {
    if (isAnonymous(record.fields)) return askWho(draft, proposed)
    const on = ctx.playbook.calendar.dateOf(Date.parse(record.at))
    approve(draft, source, standing, proposed, typeof wished === 'string' && wished > on ? wished : on)
  }
}

/** Each rating keeps who approved it, and why (TIER-RERATE). */
const isAnonymous = ({ approvedBy, reason }: Fields): boolean => !isGiven(approvedBy) || !isGiven(reason)

/** An approval without a name or a reason is put back: the record says what it lacks. */
const askWho = (draft: Draft, proposed: Rating): void => {
  const text = say(
    draft.ctx,
    'Not approved yet: say who approves and why (Approved by, Reason), then set Approval again.',
    '尚未生效：请填写审批人与审批理由，再设置“审批”。',
  )
  write(draft, proposed, { approval: 'PROPOSED', notice: text }, text)
}

/** The committee's answer to what a run proposed, given for many customers in one go, with who and why. */
export const answerRun = (draft: Draft, { source }: CompiledScheme, standing: Standing, run: RatingRun): void => {
  const { proposed } = standing
  const { step, tiers, by: approvedBy, reason } = run
  if (proposed?.run !== run.id || (tiers.length > 0 && !tiers.includes(proposed.tier))) return
  write(draft, proposed, { approval: step, approvedBy, reason }, reason)
  const today = draft.ctx.playbook.calendar.dateOf(draft.ctx.now)
  if (step === 'REJECTED') refuse(draft, standing, proposed)
  else approve(draft, source, standing, proposed, proposed.effectiveOn > today ? proposed.effectiveOn : today)
}

const refuse = (draft: Draft, standing: Standing, proposed: Rating): void => {
  const text = say(draft.ctx, 'The committee answered', '委员会已答复')
  standing.proposed = null
  standing.refused = { tier: proposed.tier, inputs: proposed.inputs }
  closeTask(draft, taskKey(proposed), { rule: 'TIER-RERATE', text })
}

const approve = (draft: Draft, scheme: Scheme, standing: Standing, proposed: Rating, effectiveOn: string): void => {
  const text = say(draft.ctx, 'The committee answered', '委员会已答复')
  standing.proposed = null
  closeTask(draft, taskKey(proposed), { rule: 'TIER-RERATE', text })
  const told = isGiven(ratingRecord(draft, proposed)?.fields['notice'])
  write(draft, proposed, { effectiveOn, ...(told ? { notice: null } : {}) }, text)
  putInForce(draft, scheme, standing, { ...proposed, effectiveOn })
}

/** Puts a rating in force, or keeps it until its day. */
export const putInForce = (draft: Draft, scheme: Scheme, standing: Standing, rating: Rating): void => {
  const { state, ctx } = draft
  if (rating.effectiveOn > ctx.playbook.calendar.dateOf(ctx.now)) {
    standing.scheduled = rating
    return
  }
  delete standing.scheduled
  standing.rating = rating
  if (scheme.leading) beginCadence(state, rating.effectiveOn)
  if (rating.tier === scheme.run?.exit?.to) partTask(draft, scheme, rating)
}

/** When what was decided for a later day takes effect: the opening of that day, or of the first workday after it. */
export const effectDue = ({ scheduled }: Standing, { playbook }: Context): number | null => {
  const { calendar } = playbook
  return scheduled ? calendar.opening(calendar.workdayOnOrAfter(scheduled.effectiveOn)) : null
}

/** To let a customer go is work of a person, within the law (TIER-SERVE). */
const partTask = (draft: Draft, { texts }: Scheme, { key, tier }: Rating): void => {
  const { ctx } = draft
  const { calendar, source } = ctx.playbook
  const due = calendar.closing(calendar.addWorkingDays(calendar.dateOf(ctx.now), source.allowances.committeeDays))
  const text = texts[tier]
  openTask(draft, {
    key: `${key}/exit`,
    kind: 'RATING',
    title: say(ctx, `Part with ${customerName(draft)}, lawfully`, `依法退出：${customerName(draft)}`),
    ...(text ? { body: say(ctx, text.en, text.zh) } : {}),
    due: new Date(due).toISOString(),
    role: 'RM',
    about: key,
    rule: 'TIER-SERVE',
  })
}

const write = (draft: Draft, rating: Rating, fields: Fields, text: string): void => {
  const record = ratingRecord(draft, rating)
  if (record?.deleted) return
  if (record) Object.assign(record.fields, fields)
  draft.upsert('tierRating', rating.key, fields, draft.why('TIER-RERATE', { text }))
}

/** Whether the committee refused the same tier on the same inputs before. */
export const isRejected = (
  draft: Draft,
  scheme: Scheme,
  { refused }: Standing,
  { tier, inputs }: Pick<Rating, 'tier' | 'inputs'>,
): boolean =>
  (refused?.tier === tier && sameInputs(refused.inputs, inputs)) ||
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
