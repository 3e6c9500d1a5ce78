import { BANK } from '../../../schemas/events/keys.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import type { SubjectState } from '../state.ts'
import { figures, figuresDue } from './figures.ts'
import { rerate, rerateDue } from './rerate.ts'
import { week, weekDue } from './week.ts'

/**
 * What happens once for the whole bank: the weekly lists (ESC-WEEK), the figures as records (MEAS), the yearly rating runs
 * (TIER-RERATE). Its subject is told of each new playbook.
 */
export const bank = (draft: Draft): void => {
  if (draft.state.ref !== BANK) return
  week(draft)
  figures(draft)
  rerate(draft)
}

/** When the bank has something to do next, epoch ms. */
export const bankDue = (state: SubjectState, ctx: Context): number | null => {
  if (state.ref !== BANK) return null
  const dues = [weekDue(state, ctx), figuresDue(state, ctx), rerateDue(state, ctx)].filter((due) => due !== null)
  return dues.length === 0 ? null : Math.min(...dues)
}
