import type { Fields, RecordSnapshot } from '../../schemas/events/index.ts'
import { parseRef } from '../../schemas/events/keys.ts'
import type { Role } from '../../schemas/playbook/index.ts'
import type { WorkingCalendar } from './calendar/index.ts'
import type { Draft } from './draft.ts'
import type { Clock } from './state.ts'
import { actingFor, holderOf, ownerIn } from './org/index.ts'
import { say } from './tiers/text.ts'

export type TaskKind =
  'CALL' | 'CONTACT' | 'STAGE' | 'CAMPAIGN' | 'ESCALATION' | 'RATING' | 'CONTROL' | 'WEEK' | 'OCCASION' | 'VISIT'

export interface NewTask {
  /** From `ladderKey`: what the task stands for. One key, one task, for ever. */
  key: string
  kind: TaskKind
  /** In the playbook's language. */
  title: string
  body?: string
  /** ISO instant. */
  due: string
  role: Role
  /** Who does it, where that is known already (CRM user); else whoever holds the role. */
  assignee?: string | null
  /** Due so many working minutes from an instant on: moves with working time. */
  clock?: Clock
  /** The escalation, campaign or development that it serves. */
  about: string
  /** Method id for the why, such as DEV-A03. */
  rule: string
  /** Record ids. */
  development?: string
  campaign?: string
  /** Opens it again if Ladder closed it because its reason had gone, and the reason is back. Never after a person closed it. */
  again?: boolean
}

/**
 * Makes a task once. Asked again by the same key: an open task follows a new person in charge, a closed or deleted one stays
 * as it is (unless `again`), so nobody finds a task back that they have dealt with.
 */
export const openTask = (draft: Draft, task: NewTask): void => {
  const known = draft.state.tasks[task.key]
  const assignee = task.assignee === undefined ? assigneeOf(draft, task.role, task.development) : task.assignee
  const why = draft.why(task.rule, { text: task.title })
  if (!known) {
    const { due, about, role, development, clock } = task
    // who was named stays: only whoever holds the role may become somebody else
    const held = task.assignee === undefined ? { role, ...(development ? { development } : {}) } : {}
    draft.state.tasks[task.key] = { status: 'OPEN', due, about, assignee, ...held, ...(clock ? { clock } : {}) }
    draft.upsert('task', task.key, { ...fieldsOf(draft, task), assigneeId: assignee }, why)
    return
  }
  if (known.status === 'CLOSED') {
    if (!task.again || known.closedBy !== 'LADDER') return
    known.status = 'OPEN'
    delete known.closedBy
    write(draft, task.key, { status: 'TODO' }, task.rule, task.title)
  }
  if ((known.assignee ?? null) !== assignee) {
    known.assignee = assignee
    write(draft, task.key, { assigneeId: assignee }, task.rule, task.title)
  }
}

/** Closes an open task whose reason has gone. Without effect on one that is closed or was never made. */
export const closeTask = (draft: Draft, key: string, why: { rule: string; text: string }): void => {
  const known = draft.state.tasks[key]
  if (known?.status !== 'OPEN') return
  known.status = 'CLOSED'
  known.closedBy = 'LADDER'
  write(draft, key, { status: 'DONE' }, why.rule, why.text)
}

/** Moves the due date of an open task (ISO instant); what a person set stays until Ladder's own date moves. */
export const moveTask = (draft: Draft, key: string, due: string, why: { rule: string; text: string }): void => {
  const known = draft.state.tasks[key]
  if (!known || known.due === due) return
  known.due = due
  if (known.status === 'OPEN') write(draft, key, { dueAt: due }, why.rule, why.text)
}

/** The CRM's record of a task that Ladder made, once it was seen. */
export const taskRecord = (draft: Draft, key: string): RecordSnapshot | undefined =>
  Object.values(draft.state.records['task'] ?? {}).find((record) => record.fields['ladderKey'] === key)

/** When a clock has run out, ISO instant. */
export const runsOut = (calendar: WorkingCalendar, { from, minutes }: Clock): string =>
  new Date(calendar.addWorkingMinutes(calendar.nextWorkingInstant(from), minutes)).toISOString()

/** CRM user in charge: RM is the development's, else the customer's owner; other roles come from the playbook's map. */
export const assigneeOf = (draft: Draft, role: Role, development?: string): string | null => {
  const rm = role === 'RM' && development !== undefined ? draft.record('development', development)?.fields['rm'] : null
  return typeof rm === 'string' && rm !== '' ? actingFor(draft.ctx, rm) : holderOf(draft, role)
}

/** The subject's owner: `accountOwnerId` of a company, `ladderRm` of a person, `owner` of a campaign; else null. */
export const ownerOf = ({ state }: Draft): string | null => ownerIn(state)

/**
 * Open tasks follow when somebody else is in charge (new holder, absence, other branch); who was set by hand stays till then.
 * Those that are due in working minutes follow when working time has changed.
 */
export const followOpen = (draft: Draft): void => {
  const { tasks } = draft.state
  for (const key in tasks) {
    const task = tasks[key]
    if (task?.status !== 'OPEN') continue
    if (task.clock) {
      const text = say(draft.ctx, 'Working time has changed', '工作时间已调整')
      moveTask(draft, key, runsOut(draft.ctx.playbook.calendar, task.clock), { rule: 'ESC-LADDER', text })
    }
    if (task.role === undefined) continue
    const assignee = assigneeOf(draft, task.role, task.development)
    if (assignee === task.assignee) continue
    task.assignee = assignee
    const text = say(draft.ctx, 'Somebody else is in charge', '责任人已变更')
    write(draft, key, { assigneeId: assignee }, 'ESC-LADDER', text)
  }
}

const fieldsOf = (draft: Draft, task: NewTask): Fields => {
  const { object, id } = parseRef(draft.state.ref)
  const of = (name: string): string | null => (object === name ? id : null)
  return {
    title: task.title,
    body: task.body ?? '',
    status: 'TODO',
    dueAt: task.due,
    ladderKind: task.kind,
    ladderRole: task.role,
    ladderCompany: of('company'),
    ladderPerson: of('person'),
    ladderDevelopment: task.development ?? of('development'),
    ladderCampaign: task.campaign ?? of('campaign'),
  }
}

/** Writes to a task that exists. A deleted one isn't touched: an upsert by key would bring it back. */
const write = (draft: Draft, key: string, fields: Fields, rule: string, text: string): void => {
  const record = taskRecord(draft, key)
  if (record?.deleted) return
  if (record) Object.assign(record.fields, fields)
  draft.upsert('task', key, fields, draft.why(rule, { text }))
}
