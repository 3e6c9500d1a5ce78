import type { Draft } from '../draft.ts'
import type { EscalationState } from '../state.ts'
import { assigneeOf, openTask, runsOut } from '../tasks.ts'
import { isOfTiers } from '../tiers/standings.ts'
import { customerName, roleName, say } from '../tiers/text.ts'

/** Joint action (ESC-MOVE): each role that somebody holds has a task, due in working time from now. */
export const startJoint = (draft: Draft, escalation: EscalationState, tier: string | null): void => {
  const { ctx } = draft
  const { calendar, source } = ctx.playbook
  const { cause, key, detail } = escalation
  const plan = source.joint.find(
    ({ causes, tiers }) => causes.includes(cause) && isOfTiers(draft.state, ctx, tiers, tier),
  )
  const from = calendar.nextWorkingInstant(ctx.now)
  const keys: string[] = []
  for (const { role, title, minutes } of plan?.work ?? []) {
    if (assigneeOf(draft, role) === null) continue
    const task = `${key}${JOINT}${role}`
    keys.push(task)
    openTask(draft, {
      key: task,
      kind: 'ESCALATION',
      title: `${say(ctx, title.en, title.zh)}${say(ctx, ': ', '：')}${customerName(draft)}`,
      body: detail,
      due: runsOut(calendar, { from, minutes }),
      clock: { from, minutes },
      role,
      about: `${key}/joint`,
      rule: 'ESC-MOVE',
    })
  }
  if (keys.length > 0) escalation.joint = keys
}

const JOINT = '/joint/'

/** Who hasn't reported yet, by name of the role; nobody where there is no joint action. */
export const silentIn = ({ state, ctx }: Draft, { joint = [] }: EscalationState): string[] =>
  joint.flatMap((key) => {
    const task = state.tasks[key]
    const isReported = task === undefined || (task.status === 'CLOSED' && task.closedBy !== 'LADDER')
    return isReported ? [] : [roleName(ctx, key.slice(key.lastIndexOf('/') + 1))]
  })

/** When the last report is due, ISO instant; null when nothing is waited for, or its lateness was told. */
export const reportsDue = (
  tasks: Draft['state']['tasks'],
  { joint = [], jointLate }: EscalationState,
): string | null => {
  const open = jointLate ? [] : joint.flatMap((key) => (tasks[key]?.status === 'OPEN' ? [tasks[key].due] : []))
  return open.reduce<string | null>((last, due) => (last === null || due > last ? due : last), null)
}
