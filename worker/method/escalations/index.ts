import type { RecordSnapshot } from '../../../schemas/events/index.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import type { EscalationState, SubjectState } from '../state.ts'
import { closeTask } from '../tasks.ts'
import { say } from '../tiers/text.ts'
import { heldLevel, levelFields, notify, startClock, writeEscalation } from './notify.ts'
import { alive, isLiving } from './raise.ts'
import { closeTasks, resolve } from './resolve.ts'
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
    if (one?.status !== 'OPEN') continue
    followTasks(draft, one)
    const due = one.status === 'OPEN' && one.climbsAt !== null && Date.parse(one.climbsAt) <= now
    if (due && playbook.calendar.isWorking(now)) climb(draft, one)
  }
}

/** The least instant at which an open escalation may climb: its time is up, and somebody is at work. */
export const escalationsDue = (state: SubjectState, ctx: Context): number | null => {
  if (!isLiving(state)) return null
  let least: number | null = null
  for (const key in state.escalations) {
    const one = state.escalations[key]
    if (one?.status !== 'OPEN' || one.climbsAt === null) continue
    const due = ctx.playbook.calendar.nextWorkingInstant(Date.parse(one.climbsAt))
    if (least === null || due < least) least = due
  }
  return least
}

/** Silence: the next level that somebody holds is told; at the top it is told again and again. */
const climb = (draft: Draft, escalation: EscalationState): void => {
  if (escalation.level < escalation.levels.length) {
    escalation.level = heldLevel(draft, escalation.levels, escalation.level + 1, escalation.development)
  } else escalation.repeats++
  startClock(draft, escalation)
  const text = say(draft.ctx, 'No answer within the allowance', '时限内未答复')
  writeEscalation(draft, escalation.key, levelFields(draft, escalation), 'ESC-LADDER', text)
  notify(draft, escalation)
}

const RANK = { OPEN: 0, ACKNOWLEDGED: 1, RESOLVED: 2 }

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
  const status = record.fields['status']
  if (status === escalation.status || (status !== 'OPEN' && status !== 'ACKNOWLEDGED' && status !== 'RESOLVED')) return
  if (RANK[status] < RANK[escalation.status] && isEcho(escalation, record)) return
  if (status === 'RESOLVED' && isSettling(escalation, record.fields['resolvedAt'])) return
  if (status === 'RESOLVED') resolve(draft, escalation, record.at)
  else if (status === 'ACKNOWLEDGED') acknowledge(draft, escalation, record.at)
  else reopen(draft, escalation)
}

/** Whether a record shows an earlier write of Ladder and no answer of a person. */
const isEcho = ({ resolvedAt, acknowledgedAt }: EscalationState, { at, createdAt }: RecordSnapshot): boolean => {
  const answered = resolvedAt ?? acknowledgedAt
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
  const fields = { status: 'ACKNOWLEDGED', acknowledgedAt: at, resolvedAt: null, climbsAt: null }
  writeEscalation(draft, escalation.key, fields, 'ESC-LADDER', say(draft.ctx, 'Acknowledged', '已确认'))
}

/** The clock begins anew on the level as it stands; answers given before don't count any more. */
const reopen = (draft: Draft, escalation: EscalationState): void => {
  const text = say(draft.ctx, 'Opened again', '重新打开')
  closeTasks(draft, escalation, text)
  for (const task of Object.values(draft.state.tasks)) if (task.about === escalation.key) task.closedBy = 'LADDER'
  Object.assign(escalation, { status: 'OPEN', acknowledgedAt: null, resolvedAt: null })
  startClock(draft, escalation)
  const fields = { status: 'OPEN', acknowledgedAt: null, resolvedAt: null, ...levelFields(draft, escalation) }
  writeEscalation(draft, escalation.key, fields, 'ESC-LADDER', text)
  notify(draft, escalation)
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
