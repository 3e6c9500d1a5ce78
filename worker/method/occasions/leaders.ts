import { ladderKey, parseRef } from '../../../schemas/events/keys.ts'
import type { Playbook } from '../../../schemas/playbook/index.ts'
import type { Context } from '../context.ts'
import { Draft } from '../draft.ts'
import { isLiving, raise } from '../escalations/raise.ts'
import { settle } from '../escalations/settle.ts'
import type { SubjectState } from '../state.ts'
import { assigneeOf, closeTask, openTask } from '../tasks.ts'
import { customerName, roleName, say } from '../tiers/text.ts'

type Rule = Playbook['leaderVisits'][number]

/** A leader's next visit: its last day (ISO date), when its task comes and from when on it is overdue (epoch ms). */
interface Visit {
  rule: Rule
  due: string
  key: string
  lead: number
  overdue: number
}

/**
 * Visits of leaders (ESC-VISIT): the next one counts from the last that was held on its level, or from when the customer was
 * first rated. A task some days before, an escalation when the day is over. A role that nobody holds owes none.
 */
export const leaders = (draft: Draft): void => {
  const { state, ctx } = draft
  const visits = visitsOf(draft)
  const working = ctx.playbook.calendar.isWorking(ctx.now)
  const keys = new Set(visits.map(({ key }) => key))
  const text = say(ctx, 'Visited, or no longer called for', '已走访或不再需要')
  for (const key in state.tasks)
    if (key.startsWith(ladderKey(state.ref, 'visit-by', '')) && !keys.has(key))
      closeTask(draft, key, { rule: 'ESC-VISIT', text })
  for (const { cause, about, standing } of Object.values(state.escalations))
    if (
      standing &&
      cause === 'ESC_VISIT' &&
      !visits.some(({ rule, overdue }) => rule.code === about && overdue <= ctx.now)
    )
      settle(draft, 'ESC_VISIT', about, text)
  for (const visit of visits) {
    if (visit.lead <= ctx.now && (working || state.tasks[visit.key])) ask(draft, visit)
    if (visit.overdue <= ctx.now) late(draft, visit)
  }
}

/** When a task of a leader's visit has to be made, or a visit is overdue. */
export const leadersDue = (state: SubjectState, ctx: Context): number | null => {
  if (ctx.playbook.source.leaderVisits.length === 0) return null
  const dues = visitsOf(new Draft(state, { type: 'time.passed', id: '' }, ctx)).flatMap(
    ({ rule, key, lead, overdue }) => {
      const isRaised = Object.values(state.escalations).some(
        ({ cause, about, standing }) => standing && cause === 'ESC_VISIT' && about === rule.code,
      )
      return [...(state.tasks[key] ? [] : [lead]), ...(isRaised ? [] : [overdue])]
    },
  )
  return dues.length === 0 ? null : Math.min(...dues)
}

const visitsOf = (draft: Draft): Visit[] => {
  const { state, ctx } = draft
  const { calendar, source } = ctx.playbook
  const tier = state.rating?.tier
  const { cadenceFrom } = state
  const { object } = parseRef(state.ref)
  if (tier === undefined || cadenceFrom === null || !/^(company|person)$/.test(object) || !isLiving(state)) return []
  return source.leaderVisits.flatMap((rule) => {
    if (!rule.tiers.includes(tier) || assigneeOf(draft, rule.role) === null) return []
    const from = lastHeld(state, ctx, rule.level) ?? cadenceFrom
    const day = calendar.workdayOnOrBefore(calendar.addMonths(from, rule.everyMonths))
    const due = day > from ? day : calendar.addWorkingDays(from, 1)
    return {
      rule,
      due,
      key: ladderKey(state.ref, 'visit-by', rule.code, due),
      lead: calendar.opening(calendar.addWorkingDays(due, -rule.leadDays)),
      overdue: calendar.nextWorkingInstant(calendar.closing(due)),
    }
  })
}

const lastHeld = ({ records }: SubjectState, { playbook }: Context, level: string): string | null => {
  let last: string | null = null
  for (const { deleted, fields, at } of Object.values(records['visit'] ?? {})) {
    if (deleted || fields['status'] !== 'HELD' || fields['level'] !== level) continue
    const on = playbook.calendar.dateOf(Date.parse(String(fields['heldAt'] || at)))
    if (last === null || on > last) last = on
  }
  return last
}

const ask = (draft: Draft, { rule, due, key }: Visit): void => {
  const { ctx } = draft
  const [who, name] = [roleName(ctx, rule.role), customerName(draft)]
  openTask(draft, {
    key,
    kind: 'VISIT',
    title: say(ctx, `${who}: visit ${name} by ${due}`, `${who}走访：${name}（${due} 前）`),
    due: new Date(ctx.playbook.calendar.closing(due)).toISOString(),
    role: rule.role,
    about: rule.code,
    rule: 'ESC-VISIT',
    again: true,
  })
}

const late = (draft: Draft, { rule, due }: Visit): void => {
  const { ctx } = draft
  const who = roleName(ctx, rule.role)
  const last = lastHeld(draft.state, ctx, rule.level) ?? say(ctx, 'none yet', '尚无')
  raise(draft, {
    cause: 'ESC_VISIT',
    about: rule.code,
    detail: say(
      ctx,
      `${who} should have visited by ${due}. Last visit of this level: ${last}.`,
      `${who}应于 ${due} 前走访。本层级上次走访：${last}。`,
    ),
    rule: 'ESC-VISIT',
    inputs: { due },
    tail: due,
  })
}
