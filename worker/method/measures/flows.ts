import { callsSince } from '../activity/calls.ts'
import { lastContactOn } from '../cadence/contacts.ts'
import { contactDue } from '../cadence/due.ts'
import { DAY_MS } from '../calendar/dates.ts'
import type { Context } from '../context.ts'
import { branchOfUser } from '../org/branch.ts'
import type { EscalationState, SubjectState } from '../state.ts'
import { add, type FigureName, type Figures, keyText } from './keys.ts'
import { isFunded, stagesOf } from './stock.ts'
import type { Whose } from './whose.ts'

/** How a subject stood when its figures were counted last: what has happened since is seen against it. */
export interface Marks {
  /** Epoch ms. */
  at: number
  tier: string | null
  contact: string | null
  due: string | null
  funded: boolean
  stages: Record<string, { pipeline: string; stage: string; since: string }>
  /** Escalations that aren't resolved, or were lately: one that Ladder settled may go on the same day. */
  escalations: Record<string, Seen>
  /** Calls of the last days, and how many customers were merged into it; not of what was counted before calls were. */
  calls?: NonNullable<SubjectState['calls']>
  merged?: number
}

interface Seen {
  acknowledged: boolean
  /** Working minutes that it took; null for one that isn't resolved. */
  minutes: number | null
}

export const marksOf = (state: SubjectState, ctx: Context): Marks => ({
  at: ctx.now,
  tier: state.rating?.tier ?? null,
  contact: lastContactOn(state, ctx),
  due: contactDue(state, ctx),
  funded: isFunded(state, ctx.playbook.source.measures.lostBelow),
  calls: state.calls ?? {},
  merged: Object.keys(state.merged ?? {}).length,
  stages: Object.fromEntries(stagesOf(state).map(({ id, pipeline, stage, since }) => [id, { pipeline, stage, since }])),
  escalations: Object.fromEntries(
    Object.values(state.escalations)
      .filter(({ status, resolvedAt }) => status !== 'RESOLVED' || Date.parse(resolvedAt ?? '') > ctx.now - LATELY_MS)
      .map((one) => [one.key, seen(one, ctx)]),
  ),
})

const LATELY_MS = 3 * DAY_MS

const seen = ({ status, raisedAt, acknowledgedAt, resolvedAt }: EscalationState, ctx: Context): Seen => ({
  acknowledged: acknowledgedAt !== null,
  minutes: status === 'RESOLVED' && resolvedAt !== null ? minutesBetween(raisedAt, resolvedAt, ctx) : null,
})

const minutesBetween = (from: string, to: string, { playbook }: Context): number =>
  Math.max(0, Math.round(playbook.calendar.workingMinutesBetween(Date.parse(from), Date.parse(to))))

/** What happened to a subject between two looks at it (MEAS-PIPE, MEAS-TIER, MEAS-CONT, MEAS-ESC, MEAS-4x2). */
export const flowsBetween = (before: Marks, after: Marks, state: SubjectState, ctx: Context, whose: Whose): Figures => {
  const figures: Figures = {}
  const put: Put = (name, code, by = 1) => add(figures, keyText({ name, code, ...whose }), by)
  if (before.tier !== after.tier) put('moved', `${before.tier ?? '-'}→${after.tier ?? '-'}`)
  const tier = after.tier ?? 'UNRATED'
  if (after.contact !== null && after.contact > (before.contact ?? '')) put('contact', tier)
  // a due date counts when its day is there, be the contact made or not
  if (before.due !== null && before.due !== after.due) put('contactDue', tier)
  if (before.funded !== after.funded) put(after.funded ? 'won' : 'lost', state.ref.slice(0, state.ref.indexOf(':')))
  stageFlows(before, after, put)
  callFlows(before, after, ctx, whose, figures)
  for (const escalation of Object.values(state.escalations)) escalationFlows(escalation, before, ctx, put)
  return figures
}

type Put = (name: FigureName, code: string, by?: number) => void

const stageFlows = (before: Marks, after: Marks, put: Put): void => {
  for (const [id, { pipeline, stage, since }] of Object.entries(after.stages)) {
    const was = before.stages[id]
    if (was?.pipeline === pipeline && was.stage === stage) continue
    put('entered', `${pipeline}/${stage}`)
    if (!was) continue
    put('left', `${was.pipeline}/${was.stage}→${stage}`)
    const days = Math.round((Date.parse(since) - Date.parse(was.since)) / DAY_MS)
    put('daysInStage', `${was.pipeline}/${was.stage}`, Number.isFinite(days) ? Math.max(0, days) : 0)
  }
}

/**
 * Calls count for who made them (DEV-ACT). What is too long ago to be kept isn't taken back, and those that came with a merge
 * were counted before.
 */
const callFlows = (before: Marks, after: Marks, ctx: Context, whose: Whose, figures: Figures): void => {
  if (!before.calls || before.merged !== after.merged) return
  const since = callsSince(ctx)
  for (const rm of new Set([...Object.keys(before.calls), ...Object.keys(after.calls ?? {})])) {
    const [was = {}, is = {}] = [before.calls[rm], after.calls?.[rm]]
    for (const on of new Set([...Object.keys(was), ...Object.keys(is)])) {
      if (on < since) continue
      const [made, won] = [0, 1].map((at) => (is[on]?.[at] ?? 0) - (was[on]?.[at] ?? 0))
      const key = { code: '', branch: branchOfUser(ctx, rm) ?? whose.branch, rm }
      add(figures, keyText({ name: 'calls', ...key }), made)
      add(figures, keyText({ name: 'callsWon', ...key }), won)
    }
  }
}

/** One that came and went between two looks counts as raised and resolved; one that goes on again isn't resolved after all. */
const escalationFlows = (escalation: EscalationState, before: Marks, ctx: Context, put: Put): void => {
  const { key, cause, status, raisedAt, acknowledgedAt, resolvedAt } = escalation
  const known = before.escalations[key]
  if (!known && status === 'RESOLVED' && Date.parse(resolvedAt ?? raisedAt) < before.at) return
  if (!known) put('raised', cause)
  const was = known ?? { acknowledged: false, minutes: null }
  const is = seen(escalation, ctx)
  if (is.acknowledged && !was.acknowledged) {
    put('acknowledged', cause)
    put('acknowledgeMinutes', cause, minutesBetween(raisedAt, acknowledgedAt ?? raisedAt, ctx))
  }
  if (was.minutes === is.minutes) return
  put('resolved', cause, Number(is.minutes !== null) - Number(was.minutes !== null))
  put('resolveMinutes', cause, (is.minutes ?? 0) - (was.minutes ?? 0))
}
