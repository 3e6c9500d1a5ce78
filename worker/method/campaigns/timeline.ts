import type { GuestTask } from '../../../schemas/events/index.ts'
import type { CampaignTemplate, Role } from '../../../schemas/playbook/index.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import { closeTask, moveTask, openTask } from '../tasks.ts'
import { say } from '../tiers/text.ts'

/** A template's work, in the language of the playbook: once for the campaign, or for each guest with the follow-up. */
export const workOf = (
  ctx: Context,
  { timeline, followUp }: CampaignTemplate,
): { campaign: GuestTask[]; guest: GuestTask[] } => {
  const tasks = timeline.map(({ day, role, per, title }, index) => ({
    per,
    task: { key: `day-${index + 1}`, when: 'DAY' as const, day, role, title: say(ctx, title.en, title.zh) },
  }))
  const after = followUp.map(({ when, day, role, title }, index) => ({
    key: `after-${index + 1}`,
    when,
    day,
    role,
    title: say(ctx, title.en, title.zh),
  }))
  return {
    campaign: tasks.filter(({ per }) => per === 'campaign').map(({ task }) => task),
    guest: [...tasks.filter(({ per }) => per === 'guest').map(({ task }) => task), ...after],
  }
}

/** When a task is due: closing time of the day itself, or so many working days before or after it (ISO instant). */
export const dueOf = (ctx: Context, heldOn: string, day: number): string => {
  const { calendar } = ctx.playbook
  const date = calendar.dateOf(Date.parse(heldOn))
  return new Date(calendar.closing(day === 0 ? date : calendar.addWorkingDays(date, day))).toISOString()
}

export interface Wanted {
  key: string
  task: GuestTask
  title: string
  due: string
}

/** Brings the tasks of a campaign on this subject to what is wanted: each is made once, moves with the day, or is closed. */
export const keepWork = (draft: Draft, campaign: string, rule: string, wanted: Wanted[], reason: string): void => {
  for (const { key, task, title, due } of wanted) {
    openTask(draft, {
      key,
      kind: 'CAMPAIGN',
      title,
      due,
      role: task.role as Role,
      about: campaign,
      rule,
      campaign,
      again: true,
    })
    moveTask(draft, key, due, { rule, text: title })
  }
  const keys = new Set(wanted.map(({ key }) => key))
  for (const [key, { about }] of Object.entries(draft.state.tasks)) {
    if (about === campaign && !keys.has(key)) closeTask(draft, key, { rule, text: reason })
  }
}
