import type { RecordSnapshot } from '../../../schemas/events/index.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import type { EscalationState, SubjectState } from '../state.ts'
import { closeTask, moveTask, runsOut } from '../tasks.ts'
import { say } from '../tiers/text.ts'
import { levelText } from './history.ts'
import { reportsDue, silentIn } from './joint.ts'
import { heldLevel, levelFields, notify, openTasks, personOf, startClock, writeEscalation } from './notify.ts'
import { isPause, pause, reassign, reopen, waitsFor, wake } from './pause.ts'
import { alive, isLiving } from './raise.ts'
import { resolve } from './resolve.ts'
import { isSettling } from './settle.ts'

export { raise, type Raising } from './raise.ts'
export { settle } from './settle.ts'

/**
 * The ladder of every escalation (ESC-LADDER): what people answered is taken first, so that nobody is told again after an
 * answer; then those whose time is up climb one level, in working time only.
 */
export const escalations = (draft: Draft): void => {
  if (!alive(draft)) return endAll(draft)
  followRecords(draft)
  const { now, playbook } = draft.ctx
  for (const key in draft.state.escalations) {
    const one = draft.state.escalations[key]
    if (one === undefined || one.status === 'RESOLVED') continue
    followPerson(draft, one)
    wake(draft, one)
    if (followJoint(draft, one)) continue
    if (one.status !== 'OPEN') continue
    followCalendar(draft, one)
    followTasks(draft, one)
    const due = one.status === 'OPEN' && one.climbsAt !== null && Date.parse(one.climbsAt) <= now
    if (due && playbook.calendar.isWorking(now)) climb(draft, one)
  }
}

/** The least instant at which an open escalation may climb, or a paused one goes on: its time is up, and somebody is at work. */
export const escalationsDue = (state: SubjectState, ctx: Context): number | null => {
  if (!isLiving(state)) return null
  let least: number | null = null
  for (const key in state.escalations) {
    const one = state.escalations[key]
    const at = one && (waitsFor(one) ?? (one.status === 'ACKNOWLEDGED' ? reportsDue(state.tasks, one) : null))
    if (at == null) continue
    const due = ctx.playbook.calendar.nextWorkingInstant(Date.parse(at))
    if (least === null || due < least) least = due
  }
  return least
}

/** Silence: the next level that somebody holds is told; at the top it is told again and again. */
const climb = (draft: Draft, escalation: EscalationState): void => {
  const { ctx } = draft
  const next = Math.min(escalation.level + 1, escalation.levels.length)
  delete escalation.assigned
  if (escalation.level < escalation.levels.length) {
    escalation.level = heldLevel(draft, escalation.levels, next, escalation.development)
  } else escalation.repeats++
  const text = say(ctx, 'No answer within the allowance: ', '时限内未答复：') + levelText(draft, escalation, next)
  startClock(draft, escalation)
  writeEscalation(draft, escalation.key, levelFields(draft, escalation), 'ESC-LADDER', text)
  notify(draft, escalation)
}

/** Working time has changed while its clock runs: a day off that was entered later, another branch (ESC-LADDER). */
const followCalendar = (draft: Draft, escalation: EscalationState): void => {
  const { climbsAt, clock } = escalation
  const anew = clock && climbsAt !== null ? runsOut(draft.ctx.playbook.calendar, clock) : climbsAt
  if (anew === null || anew === climbsAt) return
  escalation.climbsAt = anew
  const text = say(draft.ctx, 'Working time has changed', '工作时间已调整')
  writeEscalation(draft, escalation.key, { climbsAt: anew }, 'ESC-LADDER', text)
  for (const { key } of openTasks(draft, escalation)) moveTask(draft, key, anew, { rule: 'ESC-LADDER', text })
}

/**
 * Joint action: closed when each role has reported. One that is late although somebody acknowledged is told one level up,
 * once. True when nothing is left to do.
 */
const followJoint = (draft: Draft, escalation: EscalationState): boolean => {
  const { ctx, state } = draft
  if (!escalation.joint) return false
  const silent = silentIn(draft, escalation)
  if (silent.length === 0) {
    resolve(draft, escalation, new Date(ctx.now).toISOString(), say(ctx, 'Each role has reported', '各方均已反馈'))
    return true
  }
  const due = escalation.status === 'ACKNOWLEDGED' ? reportsDue(state.tasks, escalation) : null
  if (due === null || Date.parse(due) > ctx.now || !ctx.playbook.calendar.isWorking(ctx.now)) return false
  escalation.jointLate = true
  for (const task of Object.values(state.tasks)) if (task.about === escalation.key) task.closedBy = 'LADDER'
  Object.assign(escalation, { status: 'OPEN', acknowledgedAt: null })
  writeEscalation(draft, escalation.key, { status: 'OPEN', acknowledgedAt: null }, 'ESC-MOVE', missing(draft, silent))
  climb(draft, escalation)
  return true
}

const missing = ({ ctx }: Draft, silent: string[]): string =>
  say(ctx, `Not reported yet: ${silent.join(', ')}`, `尚未反馈：${silent.join('、')}`)

/** It can't be closed before each role of the joint action has reported: it counts as acknowledged. */
const refuse = (draft: Draft, escalation: EscalationState, silent: string[]): void => {
  const at = new Date(draft.ctx.now).toISOString()
  if (escalation.status !== 'ACKNOWLEDGED') acknowledge(draft, escalation, at)
  writeEscalation(
    draft,
    escalation.key,
    { status: 'ACKNOWLEDGED', resolvedAt: null },
    'ESC-MOVE',
    missing(draft, silent),
  )
}

/** Its record names who is in charge now: a new holder, a deputy while somebody is absent. */
const followPerson = (draft: Draft, escalation: EscalationState): void => {
  const { assignee } = escalation
  if (assignee === undefined || assignee === personOf(draft, escalation)) return
  const text = say(draft.ctx, 'Somebody else is in charge', '责任人已变更')
  writeEscalation(draft, escalation.key, levelFields(draft, escalation), 'ESC-LADDER', text)
}

const RANK = { OPEN: 0, PAUSED: 1, SNOOZED: 1, ACKNOWLEDGED: 1, RESOLVED: 2 }

const followRecords = (draft: Draft): void => {
  const records = draft.state.records['escalation']
  for (const id in records) {
    const record = records[id]
    const key = record?.fields['ladderKey']
    const escalation = typeof key === 'string' ? draft.state.escalations[key] : undefined
    if (record && escalation) followRecord(draft, escalation, record)
  }
}

/** Takes over what a person set on the record. A step back counts only when it is later than the step that it undoes. */
const followRecord = (draft: Draft, escalation: EscalationState, record: RecordSnapshot): void => {
  if (record.deleted) {
    if (escalation.status !== 'RESOLVED') resolve(draft, escalation, record.at)
    return
  }
  reassign(draft, escalation, record)
  const status = record.fields['status']
  if (isPause(status)) return pause(draft, escalation, record, status)
  if (status === escalation.status || (status !== 'OPEN' && status !== 'ACKNOWLEDGED' && status !== 'RESOLVED')) return
  if (RANK[status] < RANK[escalation.status] && isEcho(escalation, record)) return
  if (status === 'RESOLVED' && isSettling(escalation, record.fields['resolvedAt'])) return
  const silent = status === 'RESOLVED' ? silentIn(draft, escalation) : []
  if (silent.length > 0) refuse(draft, escalation, silent)
  else if (status === 'RESOLVED') resolve(draft, escalation, record.at)
  else if (status === 'ACKNOWLEDGED') acknowledge(draft, escalation, record.at)
  else reopen(draft, escalation, say(draft.ctx, 'Opened again', '重新打开'))
}

/** Whether a record shows an earlier write of Ladder and no answer of a person. */
const isEcho = (
  { resolvedAt, acknowledgedAt, paused }: EscalationState,
  { at, createdAt }: RecordSnapshot,
): boolean => {
  const answered = resolvedAt ?? acknowledgedAt ?? paused?.at ?? null
  return at === createdAt || (answered !== null && Date.parse(at) <= Date.parse(answered))
}

/** Beginning or finishing a task of the escalation acknowledges it. */
const followTasks = (draft: Draft, escalation: EscalationState): void => {
  let first: RecordSnapshot | undefined
  for (const record of Object.values(draft.state.records['task'] ?? {})) {
    const key = record.fields['ladderKey']
    const task = typeof key === 'string' ? draft.state.tasks[key] : undefined
    if (task?.about !== escalation.key || task.closedBy === 'LADDER' || record.deleted) continue
    const status = record.fields['status']
    if ((status === 'IN_PROGRESS' || status === 'DONE') && (!first || record.at < first.at)) first = record
  }
  if (first) acknowledge(draft, escalation, first.at)
}

const acknowledge = (draft: Draft, escalation: EscalationState, at: string): void => {
  escalation.status = 'ACKNOWLEDGED'
  escalation.acknowledgedAt = at
  escalation.resolvedAt = null
  escalation.climbsAt = null
  delete escalation.paused
  const stopped = { climbsAt: null, pausedUntil: null, pauseReason: null }
  const fields = { status: 'ACKNOWLEDGED', acknowledgedAt: at, resolvedAt: null, ...stopped }
  writeEscalation(draft, escalation.key, fields, 'ESC-LADDER', say(draft.ctx, 'Acknowledged', '已确认'))
}

/** A customer that is no more: nothing about it stays open. */
const endAll = (draft: Draft): void => {
  const text = say(draft.ctx, 'The customer is deleted', '客户已删除')
  const at = new Date(draft.ctx.now).toISOString()
  for (const one of Object.values(draft.state.escalations)) {
    one.standing = false
    if (one.status !== 'RESOLVED') resolve(draft, one, at, text)
  }
  for (const key of Object.keys(draft.state.tasks)) closeTask(draft, key, { rule: 'ESC-LADDER', text })
}
