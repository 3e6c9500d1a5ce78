import { MINUTE_MS } from '../calendar/dates.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import type { EscalationState } from '../state.ts'
import { roleName, say } from '../tiers/text.ts'

/** The first line, how it was raised, and the last of the others: a ladder that repeats for ever has no end of them. */
const MOST_LINES = 60

/** Adds what just happened, with day and time of the bank, and gives the whole history as people read it. */
export const addLine = ({ ctx }: Draft, escalation: EscalationState, text: string): string => {
  const lines = [...(escalation.history ?? []), `${timeOf(ctx, ctx.now)} ${text}`]
  escalation.history = lines.length > MOST_LINES ? [...lines.slice(0, 1), ...lines.slice(1 - MOST_LINES)] : lines
  return escalation.history.join('\n')
}

/** `2026-03-02 10:00` in the zone of the calendar. */
export const timeOf = ({ playbook: { calendar } }: Context, instant: number): string => {
  const date = calendar.dateOf(instant)
  const minutes = Math.floor((instant - calendar.instantOf(date, '00:00')) / MINUTE_MS)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${date} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** A clock that runs past the last day whose holidays are known may run out on a holiday: people are told. */
export const warnUncovered = (draft: Draft, escalation: EscalationState): void => {
  const { calendar, source } = draft.ctx.playbook
  const { coveredUntil } = source.calendar
  if (escalation.climbsAt === null || !calendar.uncertain(calendar.dateOf(Date.parse(escalation.climbsAt)))) return
  addLine(
    draft,
    escalation,
    say(
      draft.ctx,
      `Mind: holidays are known only until ${coveredUntil}; the time limit may fall on one`,
      `注意：节假日仅覆盖至 ${coveredUntil}，时限可能落在节假日`,
    ),
  )
}

/** The level that is told now, and those that were skipped on the way because nobody holds them. */
export const levelText = ({ ctx }: Draft, { levels, level }: EscalationState, from: number): string => {
  const name = (index: number): string => roleName(ctx, levels[index - 1]?.role ?? '')
  const skipped = levels.slice(from - 1, level - 1).map((_, index) => name(from + index))
  const none = skipped.join(say(ctx, ', ', '、'))
  const note = none === '' ? '' : say(ctx, `; skipped, held by nobody: ${none}`, `；无人担任，已跳过：${none}`)
  return say(ctx, `level ${level}, ${name(level)}${note}`, `第 ${level} 级 ${name(level)}${note}`)
}
