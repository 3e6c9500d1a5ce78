import type { SubjectState } from '../state.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import { raise } from '../escalations/raise.ts'
import { settle } from '../escalations/settle.ts'
import { customerName, say } from '../tiers/text.ts'

/**
 * Something that stalls when it isn't done in time, a stage or a control item: its last day, and the instant (epoch
 * milliseconds) of working time at which it is late.
 */
interface Deadline {
  about: string
  on: string
  at: number
  development: string | null
}

/** Deadlines of a subject: stages with an allowance, and control items that aren't done. */
export const deadlines = (state: SubjectState, { playbook }: Context): Deadline[] => {
  const { calendar } = playbook
  const deadline = (about: string, instant: number, development: string | null): Deadline => ({
    about,
    on: calendar.dateOf(instant),
    at: calendar.nextWorkingInstant(instant),
    development,
  })
  const alive = (object: string, id: string): boolean => state.records[object]?.[id]?.deleted === false
  const stages = Object.entries(state.developments).flatMap(([about, { due }]) =>
    due !== null && alive('development', about) ? [deadline(about, calendar.closing(due), about)] : [],
  )
  const items = Object.values(state.records['task'] ?? {}).flatMap(({ id, deleted, fields }) => {
    const { ladderKind, status, dueAt, ladderDevelopment } = fields
    if (deleted || ladderKind !== 'CONTROL' || status === 'DONE' || typeof dueAt !== 'string') return []
    const development = typeof ladderDevelopment === 'string' && ladderDevelopment !== '' ? ladderDevelopment : null
    return Number.isFinite(Date.parse(dueAt)) ? [deadline(id, Date.parse(dueAt), development)] : []
  })
  return [...stages, ...items]
}

/** ESC-STALL: what has passed its deadline is raised; what moved on, was done or got another date is settled. */
export const stalls = (draft: Draft): void => {
  const { state, ctx } = draft
  const late = deadlines(state, ctx).filter(({ at }) => ctx.now >= at)
  const text = say(ctx, 'It moved on.', '已推进。')
  for (const { cause, about, standing } of Object.values(state.escalations)) {
    if (cause === 'ESC_STALL' && standing && !late.some((one) => one.about === about)) {
      settle(draft, 'ESC_STALL', about, text)
    }
  }
  for (const { about, on, development } of late) {
    raise(draft, {
      cause: 'ESC_STALL',
      about,
      rule: 'ESC-STALL',
      detail: detailOf(draft, about, on),
      tail: on,
      ...(development === null ? {} : { development }),
    })
  }
}

const detailOf = (draft: Draft, about: string, date: string): string => {
  const { ctx, state } = draft
  const standing = state.developments[about]
  if (!standing) {
    const title = draft.record('task', about)?.fields['title']
    const item = typeof title === 'string' ? title : about
    return say(ctx, `Control item past its date (${date}): ${item}`, `控制项超过期限（${date}）：${item}`)
  }
  const stage = [...ctx.playbook.pipelines.values(), ctx.pipeline(standing.pipeline)]
    .flatMap((pipeline) => pipeline?.source.stages ?? [])
    .find(({ code }) => code === standing.stage)
  const found = draft.record('development', about)?.fields['name']
  const name = typeof found === 'string' && found !== '' ? found : customerName(draft)
  return say(
    ctx,
    `${name}: still in “${stage?.name.en ?? standing.stage}” after ${date}`,
    `${name}：超过 ${date} 仍处于“${stage?.name.zh ?? standing.stage}”`,
  )
}
