import { ladderKey, parseRef } from '../../../schemas/events/keys.ts'
import { evaluate } from '../../rules/index.ts'
import type { Draft } from '../draft.ts'
import { alive } from '../escalations/raise.ts'
import { closeTask, openTask } from '../tasks.ts'
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
 * task to name them.
 */
export const rms = (draft: Draft): void => {
  const { state, ctx } = draft
  const source = ctx.playbook.source.rms
  if (!source || !alive(draft)) return
  const needed = rmsNeeded(draft)
  const stem = ladderKey(state.ref, 'rms', '')
  const missing = Math.max(0, needed - rmsOf(draft).size)
  const key = missing > 0 ? `${stem}${needed}` : null
  for (const other of Object.keys(state.tasks))
    if (other.startsWith(stem) && other !== key)
      closeTask(draft, other, { rule: 'TIER-RM', text: say(ctx, 'Named, or no longer needed', '已指定或不再需要') })
  if (key === null) return
  const { calendar } = ctx.playbook
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
    due: new Date(calendar.closing(calendar.addWorkingDays(calendar.dateOf(ctx.now), source.days))).toISOString(),
    role: 'SUB_BRANCH_PRESIDENT',
    about: '',
    rule: 'TIER-RM',
    again: true,
  })
}
