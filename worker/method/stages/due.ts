import type { Context } from '../context.ts'
import type { SubjectState } from '../state.ts'
import { isLiving } from '../escalations/raise.ts'
import { deadlines } from './stall.ts'

/**
 * When a stage's allowance or a control item's date runs out next (epoch milliseconds); null when nothing waits. What was
 * raised already waits no more (ESC-STALL).
 */
export const stagesDue = (state: SubjectState, ctx: Context): number | null => {
  if (!isLiving(state)) return null
  const raised = new Set(
    Object.values(state.escalations).flatMap(({ cause, about, standing }) =>
      cause === 'ESC_STALL' && standing ? [about] : [],
    ),
  )
  const waiting = deadlines(state, ctx).filter(({ about }) => !raised.has(about))
  return waiting.length === 0 ? null : Math.min(...waiting.map(({ at }) => at))
}
