import type { Fields, Gathered, OpenedCampaign, RecordSnapshot } from '../../../schemas/events/index.ts'
import { ladderKey } from '../../../schemas/events/keys.ts'
import type { Phase } from '../../../schemas/playbook/index.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import { spelledOut } from './named.ts'
import type { SubjectState } from '../state.ts'
import { openTask } from '../tasks.ts'
import { say } from '../tiers/text.ts'

/** A phase with its days in the programme's year (ISO dates); `last`: its last workday. */
interface Span {
  phase: Phase
  from: string
  to: string
  last: string
}

/**
 * A programme in phases (CAMP-PHASE): each begins with a task for its leader; on each workday all customers are counted, how
 * many of the audience are dealt with; on its last workday a phase that is behind its target warns the branch president.
 */
export const phases = (draft: Draft, record: RecordSnapshot, opened: OpenedCampaign): void => {
  const { state, ctx, event } = draft
  if (!state.plan?.phases || opened.cancelled || record.deleted) return
  if (event.type === 'gathered' && event.query === 'audience') take(draft, event)
  const today = ctx.playbook.calendar.dateOf(ctx.now)
  const now = spansOf(state, ctx, opened.heldOn).find(({ from, to }) => from <= today && today <= to)
  if (!now) return
  const { phase, from, to, last } = now
  const key = ladderKey(state.ref, 'phase', phase.code)
  const name = say(ctx, phase.name.en, phase.name.zh)
  const task = { kind: 'CAMPAIGN', about: key, rule: opened.templateCode, campaign: record.id } as const
  const { target } = phase
  const title = say(
    ctx,
    `${opened.name}: ${name}, ${target} % by ${to}`,
    `${opened.name}：${name}，${to} 前完成 ${target}%`,
  )
  openTask(draft, { ...task, key, title, role: phase.role, due: closing(ctx, last) })
  const counted = state.progress?.[phase.code]
  if (counted?.on === today && today >= last && percentOf(counted) < target) {
    const share = percentOf(counted)
    const behind = say(
      ctx,
      `${opened.name}: ${name} is behind, ${share} % of ${target} %`,
      `${opened.name}：${name}进度落后，完成 ${share}%，目标 ${target}%`,
    )
    const due = closing(ctx, ctx.playbook.calendar.addWorkingDays(last, 1))
    openTask(draft, { ...task, key: ladderKey(key, 'behind'), title: behind, role: 'PRESIDENT', due })
  }
  if (counted?.on === today || ctx.now < dueAt(ctx, today)) return
  const audience = { subject: opened.subject, rule: opened.audience }
  const done = spelledOut(phase.done, ctx.playbook.source.audiences)
  const rules = { base: audience, [phase.code]: { ...audience, rule: `(${audience.rule}) and (${done})`, since: from } }
  const why = draft.why(opened.templateCode, { row: done })
  draft.gather('audience', ladderKey(state.ref, 'progress', today), { on: today, rules }, why)
}

/** How many of a phase's audience are dealt with, by the day on which they were counted. */
const take = ({ state }: Draft, { params, rows }: Gathered): void => {
  const count = (ref: string): number => Number(rows.find((row) => row.ref === ref)?.['fits'] ?? 0)
  for (const code of Object.keys(params['rules'] ?? {})) {
    if (code === 'base') continue
    const counted = { on: String(params['on']), base: count('base'), done: count(code) }
    state.progress = { ...state.progress, [code]: counted }
  }
}

type Counted = NonNullable<SubjectState['progress']>[string]

const percentOf = ({ base, done }: Counted): number => (base === 0 ? 100 : Math.floor((done / base) * 100))

const closing = ({ playbook }: Context, date: string): string => new Date(playbook.calendar.closing(date)).toISOString()

/** Customers are counted when a workday opens; never on a free day. */
const dueAt = ({ playbook: { calendar } }: Context, date: string): number =>
  calendar.isWorkday(date) ? calendar.opening(date) : Infinity

/** When a programme is to be counted next, epoch ms; null once its phases are over. */
export const phasesDue = (state: SubjectState, ctx: Context, { heldOn }: OpenedCampaign): number | null => {
  const { calendar } = ctx.playbook
  const today = calendar.dateOf(ctx.now)
  const counted = Object.values(state.progress ?? {}).some(({ on }) => on === today)
  const asked = Object.values(state.asked ?? {}).includes('audience')
  for (const { from, last } of spansOf(state, ctx, heldOn)) {
    const earliest = calendar.workdayOnOrAfter(from > today ? from : today)
    const day = earliest === today && (counted || asked) ? calendar.addWorkingDays(today, 1) : earliest
    if (day <= last) return calendar.opening(day)
  }
  return null
}

/** The figure of the phase that was counted last, in percent. */
export const progressOf = ({ state }: Draft): Fields => {
  const last = Object.values(state.progress ?? {})
    .toSorted((a, b) => (a.on < b.on ? -1 : 1))
    .at(-1)
  return last ? { progress: percentOf(last) } : {}
}

/** Each phase that was counted: how it stands against its target. */
export const phaseLines = ({ state, ctx }: Draft): string[] =>
  (state.plan?.phases ?? []).flatMap(({ code, name, target, to }) => {
    const counted = state.progress?.[code]
    if (!counted) return []
    const { base, done } = counted
    const share = percentOf(counted)
    return [
      say(
        ctx,
        `${name.en}: ${done} of ${base} (${share} %), target ${target} % by ${to}`,
        `${name.zh}：${done}/${base}（${share}%），目标 ${target}%（${to} 前）`,
      ),
    ]
  })

const spansOf = ({ plan }: SubjectState, { playbook }: Context, heldOn: string): Span[] => {
  const year = playbook.calendar.dateOf(Date.parse(heldOn)).slice(0, 4)
  return (plan?.phases ?? []).map((phase) => {
    const to = `${year}-${phase.to}`
    return { phase, from: `${year}-${phase.from}`, to, last: playbook.calendar.workdayOnOrBefore(to) }
  })
}
