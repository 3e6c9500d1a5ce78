import type { Fields } from '../../../schemas/events/index.ts'
import { fieldDef } from '../../../schemas/model/index.ts'
import type { Level } from '../../../schemas/playbook/index.ts'
import type { Draft } from '../draft.ts'
import type { EscalationState } from '../state.ts'
import { assigneeOf, closeTask, openTask, runsOut } from '../tasks.ts'
import { addLine, warnUncovered } from './history.ts'
import { customerName, roleName, say } from '../tiers/text.ts'

/** Tells the role of the level as it stands that its time runs. */
export const notify = (draft: Draft, escalation: EscalationState): void =>
  tell(draft, escalation, escalation.level, escalation.climbsAt ?? new Date(draft.ctx.now).toISOString())

/** One task a notification; the one before on the same level is closed. `due`: ISO instant. */
export const tell = (draft: Draft, escalation: EscalationState, level: number, due: string): void => {
  const { ctx, state } = draft
  const { role } = escalation.levels[level - 1] ?? levelOf(escalation)
  const stem = taskStem(escalation, level)
  const earlier = Object.keys(state.tasks).filter((key) => key.startsWith(stem))
  const text = say(ctx, 'Told again', '再次督办')
  for (const key of earlier) closeTask(draft, key, { rule: 'ESC-LADDER', text })
  openTask(draft, {
    key: stem + (earlier.length + 1),
    kind: 'ESCALATION',
    title: titleOf(draft, escalation),
    body: escalation.detail,
    due,
    role,
    about: escalation.key,
    rule: 'ESC-LADDER',
    ...(escalation.assigned === undefined ? {} : { assignee: escalation.assigned }),
    ...(escalation.development === null ? {} : { development: escalation.development }),
  })
}

const taskStem = ({ key }: EscalationState, level: number): string => `${key}/task/${level}/`

/** Open tasks of an escalation, by the level that they told. */
export const openTasks = (
  { state }: Draft,
  escalation: EscalationState,
): { key: string; level: number; due: string }[] =>
  escalation.levels.flatMap((_, index) => {
    const stem = taskStem(escalation, index + 1)
    const open = Object.entries(state.tasks).filter(([key, { status }]) => status === 'OPEN' && key.startsWith(stem))
    return open.map(([key, { due }]) => ({ key, level: index + 1, due }))
  })

/** Sets the clock of the level: its allowance in working time from now, from the next opening if nobody works now. */
export const startClock = (draft: Draft, escalation: EscalationState): void => {
  const { calendar } = draft.ctx.playbook
  const from = calendar.nextWorkingInstant(draft.ctx.now)
  escalation.clock = { from, minutes: levelOf(escalation).allowanceMinutes }
  escalation.climbsAt = runsOut(calendar, escalation.clock)
  warnUncovered(draft, escalation)
}

/**
 * The first level from `from` (1-based) on that somebody holds: an empty step would only wait. When nobody holds any of
 * them, `from` itself, or the top.
 */
export const heldLevel = (draft: Draft, levels: Level[], from: number, development: string | null): number => {
  for (let level = from; level <= levels.length; level++) {
    const role = levels[level - 1]?.role
    if (role && assigneeOf(draft, role, development ?? undefined) !== null) return level
  }
  return Math.min(from, levels.length)
}

/** The level as it stands. A ladder always has one. */
export const levelOf = (escalation: EscalationState): Level =>
  escalation.levels[escalation.level - 1] ?? escalation.levels.at(-1) ?? FALLBACK

/** Used when no policy matches: the customer's manager has a working day. */
export const FALLBACK: Level = { role: 'RM', allowanceMinutes: 480 }

const causes = new Map(fieldDef('escalation', 'cause')?.options?.map(({ code, label }) => [code, label]))

export const titleOf = (draft: Draft, { cause }: EscalationState): string => {
  const { ctx } = draft
  const label = causes.get(cause)
  const what = label ? say(ctx, label.en, label.zh) : cause
  const name = customerName(draft)
  return name === '' ? what : say(ctx, `${what}: ${name}`, `${what}：${name}`)
}

/** The ladder as people read it: one line a level. */
export const ladderText = (draft: Draft, levels: Level[]): string =>
  levels
    .map(({ role, allowanceMinutes }, index) => {
      const hours = Math.round((allowanceMinutes / 60) * 100) / 100
      const { ctx } = draft
      return say(
        ctx,
        `${index + 1}. ${roleName(ctx, role)}: ${hours} working hours`,
        `${index + 1}. ${roleName(ctx, role)}：${hours} 工作小时`,
      )
    })
    .join('\n')

/** Who is in charge of it now: whom it was reassigned to, else who holds the role of its level. */
export const personOf = (draft: Draft, escalation: EscalationState): string | null =>
  escalation.assigned ?? assigneeOf(draft, levelOf(escalation).role, escalation.development ?? undefined)

/** Fields of the level as it stands. */
export const levelFields = (draft: Draft, escalation: EscalationState): Fields => {
  const { role } = levelOf(escalation)
  escalation.assignee = personOf(draft, escalation)
  return {
    level: escalation.level,
    role,
    assignee: escalation.assignee,
    climbsAt: escalation.climbsAt,
    repeats: escalation.repeats,
  }
}

/**
 * Writes to the escalation's record, and to what was last seen of it; a `text` becomes a line of its history. A deleted record
 * isn't brought back.
 */
export const writeEscalation = (draft: Draft, key: string, set: Fields, rule: string, text?: string): void => {
  const escalation = draft.state.escalations[key]
  const fields = escalation && text !== undefined ? { ...set, history: addLine(draft, escalation, text) } : set
  const record = Object.values(draft.state.records['escalation'] ?? {}).find((one) => one.fields['ladderKey'] === key)
  if (record?.deleted) return
  if (record) Object.assign(record.fields, fields)
  draft.upsert('escalation', key, fields, draft.why(rule, text === undefined ? {} : { text }))
}
