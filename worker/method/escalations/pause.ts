import type { RecordSnapshot } from '../../../schemas/events/index.ts'
import type { Draft } from '../draft.ts'
import type { EscalationState } from '../state.ts'
import { userOf } from '../org/index.ts'
import { moveTask, runsOut } from '../tasks.ts'
import { say } from '../tiers/text.ts'
import { timeOf } from './history.ts'
import { levelFields, notify, openTasks, personOf, startClock, writeEscalation } from './notify.ts'
import { closeTasks } from './resolve.ts'

type Pause = 'PAUSED' | 'SNOOZED'

export const isPause = (status: unknown): status is Pause => status === 'PAUSED' || status === 'SNOOZED'

/**
 * A person pauses (with a reason) or snoozes until some time (ESC-LADDER). Paused, the clock stops and goes on afterwards with
 * what was left; snoozed, the same level is told anew then, with its whole allowance. Without a reason or a time to come it
 * stays as it was, and its history says why.
 */
export const pause = (draft: Draft, escalation: EscalationState, record: RecordSnapshot, status: Pause): void => {
  const { ctx } = draft
  const { pausedUntil, pauseReason } = record.fields
  const until = Date.parse(String(pausedUntil ?? ''))
  const reason = typeof pauseReason === 'string' ? pauseReason.trim() : ''
  const at = Number.isFinite(until) ? new Date(until).toISOString() : ''
  if (escalation.status === status && (at === '' || escalation.paused?.until === at)) return
  const isRight = until > ctx.now && (status === 'SNOOZED' || reason !== '')
  if (!isRight || escalation.status === 'RESOLVED') {
    const text = say(ctx, 'Not stopped: give a reason, and a time to come', '未停表：请填写原因和未来的截止时间')
    const fields = { status: escalation.status, pausedUntil: escalation.paused?.until ?? null }
    return writeEscalation(draft, escalation.key, fields, 'ESC-LADDER', text)
  }
  const { calendar } = ctx.playbook
  const stopped = escalation.paused
  const left =
    escalation.climbsAt === null ? null : calendar.workingMinutesBetween(ctx.now, Date.parse(escalation.climbsAt))
  escalation.paused = {
    at: record.at,
    until: at,
    left: status === 'SNOOZED' ? null : (stopped?.left ?? (left === null ? null : Math.max(0, left))),
    from: stopped?.from ?? (escalation.status === 'ACKNOWLEDGED' ? 'ACKNOWLEDGED' : 'OPEN'),
  }
  escalation.status = status
  escalation.climbsAt = null
  const how = status === 'PAUSED' ? say(ctx, 'Paused until', '暂停至') : say(ctx, 'Snoozed until', '稍后提醒：')
  const text = `${how} ${timeOf(ctx, until)}${reason === '' ? '' : say(ctx, `: ${reason}`, `：${reason}`)}`
  writeEscalation(draft, escalation.key, { status, climbsAt: null }, 'ESC-LADDER', text)
}

/** What an escalation waits for, ISO instant: its allowance, or the end of its pause; null for nothing. */
export const waitsFor = ({ status, climbsAt, paused }: EscalationState): string | null =>
  status === 'OPEN' ? climbsAt : isPause(status) ? (paused?.until ?? null) : null

/** A pause is over: in working time, so that nobody is told at night. */
export const wake = (draft: Draft, escalation: EscalationState): void => {
  const { status, paused } = escalation
  const { ctx } = draft
  const { calendar } = ctx.playbook
  if (!isPause(status) || !paused || Date.parse(paused.until) > ctx.now || !calendar.isWorking(ctx.now)) return
  if (status === 'SNOOZED') return reopen(draft, escalation, say(ctx, 'Time of the reminder', '到提醒时间'))
  const over = say(ctx, 'The pause is over', '暂停结束，继续计时')
  delete escalation.paused
  escalation.status = paused.from
  if (paused.from === 'OPEN' && paused.left !== null) {
    escalation.clock = { from: ctx.now, minutes: paused.left }
    escalation.climbsAt = runsOut(calendar, escalation.clock)
    for (const { key } of openTasks(draft, escalation))
      moveTask(draft, key, escalation.climbsAt, { rule: 'ESC-LADDER', text: over })
  }
  const fields = { status: paused.from, climbsAt: escalation.climbsAt, pausedUntil: null, pauseReason: null }
  writeEscalation(draft, escalation.key, fields, 'ESC-LADDER', over)
}

/** A person hands it to somebody else, who has the whole allowance of the level. The field is emptied again. */
export const reassign = (draft: Draft, escalation: EscalationState, record: RecordSnapshot): void => {
  const { ctx } = draft
  const email = record.fields['reassignTo']
  if (typeof email !== 'string' || email.trim() === '') return
  const to = userOf(ctx.members, email)
  const unknown = say(ctx, `Not reassigned: the CRM has no user ${email}`, `未转派：CRM 中没有用户 ${email}`)
  writeEscalation(draft, escalation.key, { reassignTo: null }, 'ESC-LADDER', to === undefined ? unknown : undefined)
  if (to === undefined || escalation.status === 'RESOLVED' || to === personOf(draft, escalation)) return
  escalation.assigned = to
  reopen(draft, escalation, say(ctx, `Reassigned to ${email}`, `已转派给 ${email}`))
}

/** The clock begins anew on the level as it stands; answers given before don't count any more. */
export const reopen = (draft: Draft, escalation: EscalationState, text: string): void => {
  closeTasks(draft, escalation, text, false)
  for (const task of Object.values(draft.state.tasks)) if (task.about === escalation.key) task.closedBy = 'LADDER'
  Object.assign(escalation, { status: 'OPEN', acknowledgedAt: null, resolvedAt: null })
  delete escalation.paused
  startClock(draft, escalation)
  const opened = { status: 'OPEN', acknowledgedAt: null, resolvedAt: null, pausedUntil: null, pauseReason: null }
  writeEscalation(draft, escalation.key, { ...opened, ...levelFields(draft, escalation) }, 'ESC-LADDER', text)
  notify(draft, escalation)
}
