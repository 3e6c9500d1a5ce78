import { ladderKey, parseRef } from '../../../schemas/events/keys.ts'
import { evaluate } from '../../rules/index.ts'
import type { Draft } from '../draft.ts'
import type { Context } from '../context.ts'
import { alive, isLiving, raise } from '../escalations/raise.ts'
import { settle } from '../escalations/settle.ts'
import type { SubjectState } from '../state.ts'
import { closeTask, moveTask, openTask } from '../tasks.ts'
import { isPlain } from './evaluate.ts'
import { forRules, inputsOf } from './inputs.ts'
import { customerName, say } from './text.ts'

/** How many RMs the playbook's table wants for a customer (TIER-RM); 0 when it says nothing of it. */
export const rmsNeeded = (draft: Draft): number => {
  const { rms } = draft.ctx.playbook
  const { object } = parseRef(draft.state.ref)
  if (!rms || object !== 'person') return 0
  const { value } = evaluate(rms.table, forRules(inputsOf(draft, rms)))
  const count = isPlain(value) ? value['rms'] : value
  return typeof count === 'number' && count > 0 ? Math.min(3, Math.round(count)) : 0
}

/** RMs on the record, each person once. */
const rmsOf = (draft: Draft): Set<string> => {
  const { object, id } = parseRef(draft.state.ref)
  const fields = draft.record(object, id)?.fields ?? {}
  const named = [fields['ladderRm'], fields['ladderRm2'], fields['ladderRm3']]
  return new Set(named.filter((one): one is string => typeof one === 'string' && one !== ''))
}

/**
 * Each VIP has a dedicated RM, a very large one two or three (TIER-RM): while some are missing, the sub-branch president has a
 * task to name them; when its day is over, whether somebody ticked it or not, it is escalated.
 */
export const rms = (draft: Draft): void => {
  const { state, ctx } = draft
  const source = ctx.playbook.source.rms
  if (!source || !alive(draft)) return
  const needed = rmsNeeded(draft)
  const stem = ladderKey(state.ref, 'rms', '')
  const missing = Math.max(0, needed - rmsOf(draft).size)
  const key = missing > 0 ? `${stem}${needed}` : null
  const over = say(ctx, 'Named, or no longer needed', '已指定或不再需要')
  for (const [other, task] of Object.entries(state.tasks)) {
    if (!other.startsWith(stem) || other === key) continue
    closeTask(draft, other, { rule: 'TIER-RM', text: over })
    // ticked by a person: it is asked anew when somebody is missing again
    task.closedBy = 'LADDER'
  }
  if (key === null) return settle(draft, 'TIER_RM', '', over)
  const anew = say(ctx, 'Asked anew', '重新安排')
  const { calendar } = ctx.playbook
  const due = new Date(calendar.closing(calendar.addWorkingDays(calendar.dateOf(ctx.now), source.days))).toISOString()
  const isAnew = state.tasks[key]?.closedBy === 'LADDER'
  openTask(draft, {
    key,
    kind: 'RATING',
    title: say(
      ctx,
      `Name ${needed} RM(s) for ${customerName(draft)}`,
      `为 ${customerName(draft)} 指定 ${needed} 名客户经理`,
    ),
    body: say(
      ctx,
      `A customer of this value has ${needed} RM(s) of its own; ${missing} missing. Fields: Relationship manager, second, third.`,
      `该客户须有 ${needed} 名专属客户经理，尚缺 ${missing} 名。请填写“客户经理”及第二、第三客户经理。`,
    ),
    due,
    role: 'SUB_BRANCH_PRESIDENT',
    about: '',
    rule: 'TIER-RM',
    again: true,
  })
  if (isAnew) moveTask(draft, key, due, { rule: 'TIER-RM', text: anew })
  const late = lateAt(state, ctx, key)
  if (late === null || late > ctx.now) return settle(draft, 'TIER_RM', '', anew)
  const detail = say(
    ctx,
    `${missing} of ${needed} RM(s) not named in time`,
    `应配 ${needed} 名客户经理，逾期尚缺 ${missing} 名`,
  )
  raise(draft, { cause: 'TIER_RM', about: '', detail, rule: 'TIER-RM', inputs: { needed, missing } })
}

/** When the task to name RMs is late, in working time (epoch ms); null when Ladder closed it, or never made it. */
const lateAt = ({ tasks }: SubjectState, { playbook }: Context, key: string): number | null => {
  const task = tasks[key]
  return !task || task.closedBy === 'LADDER' ? null : playbook.calendar.nextWorkingInstant(Date.parse(task.due))
}

/** When missing RMs are escalated; null when none are missing, or they were told of (TIER-RM). */
export const rmsDue = (state: SubjectState, ctx: Context): number | null => {
  if (!ctx.playbook.rms || !state.ref.startsWith('person:') || !isLiving(state)) return null
  const stem = ladderKey(state.ref, 'rms', '')
  const dues = Object.keys(state.tasks).flatMap((key) => (key.startsWith(stem) ? (lateAt(state, ctx, key) ?? []) : []))
  const isRaised = Object.values(state.escalations).some(({ cause, standing }) => standing && cause === 'TIER_RM')
  return isRaised || dues.length === 0 ? null : Math.min(...dues)
}
