import type { GuestTask, OpenedCampaign } from '../../../schemas/events/index.ts'
import type { CampaignPlan, CampaignTemplate, Role } from '../../../schemas/playbook/index.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import { closeTask, moveTask, openTask } from '../tasks.ts'
import { say } from '../tiers/text.ts'

/** A template's work, in the language of the playbook: once for the campaign, or for each guest with the follow-up. */
export const workOf = (
  ctx: Context,
  { timeline, followUp, plan }: CampaignTemplate,
): { campaign: GuestTask[]; guest: GuestTask[] } => {
  const tasks = timeline.map(({ day, role, per, title, at, hours }, index) => ({
    per,
    task: {
      ...{ key: `day-${index + 1}`, when: 'DAY' as const, day, role, title: say(ctx, title.en, title.zh) },
      ...(at === undefined ? {} : { at }),
      ...(hours === undefined ? {} : { hours }),
    },
  }))
  const after = followUp.map(({ when, day, role, title }, index) => ({
    key: `after-${index + 1}`,
    when,
    day,
    role,
    title: say(ctx, title.en, title.zh),
  }))
  return {
    campaign: [...tasks.filter(({ per }) => per === 'campaign').map(({ task }) => task), ...postsOf(ctx, plan)],
    guest: [...tasks.filter(({ per }) => per === 'guest').map(({ task }) => task), ...after],
  }
}

/** Posts of a plan at their times, each segment's kinds of content in turn (CAMP-MIC). */
const postsOf = (ctx: Context, plan: CampaignPlan | undefined): GuestTask[] => {
  const { days = 0, times = [], segments = [] } = plan?.posts ?? {}
  return segments.flatMap(({ name, role, kinds }, segment) =>
    Array.from({ length: days * times.length }, (_, index): GuestTask => {
      const day = Math.floor(index / times.length)
      const at = times[index % times.length] ?? ''
      const { en, zh } = kinds[index % kinds.length]?.text ?? name
      const title = say(ctx, `Post for ${name.en}: ${en}`, `${name.zh}推送：${zh}`)
      return {
        key: `post-${segment + 1}-${day + 1}-${at.replace(':', '')}`,
        when: 'DAY',
        day,
        role,
        title,
        at,
        workdays: true,
      }
    }),
  )
}

/**
 * When a task is due (ISO instant): closing time of the day itself, or so many working days before or after it; at its own
 * time of that day; or so many working hours after the campaign began.
 */
export const dueOf = (
  ctx: { playbook: Pick<Context['playbook'], 'calendar'> },
  { heldOn, begunAt = heldOn }: Pick<OpenedCampaign, 'heldOn' | 'begunAt'>,
  { day, at, hours, workdays }: Pick<GuestTask, 'day' | 'at' | 'hours' | 'workdays'>,
): string => {
  const { calendar } = ctx.playbook
  if (hours !== undefined) return new Date(calendar.addWorkingMinutes(Date.parse(begunAt), hours * 60)).toISOString()
  const held = calendar.dateOf(Date.parse(heldOn))
  const first = workdays ? calendar.workdayOnOrAfter(held) : held
  const date = day === 0 ? first : calendar.addWorkingDays(first, day)
  return new Date(at === undefined ? calendar.closing(date) : calendar.instantOf(date, at)).toISOString()
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
