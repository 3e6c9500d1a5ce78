import { BANK } from '../../../schemas/events/keys.ts'
import { counts, countsDue } from '../campaigns/counts.ts'
import { propose, proposeDue } from '../campaigns/propose.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import type { SubjectState } from '../state.ts'
import { figures, figuresDue } from './figures.ts'
import { rerate, rerateDue } from './rerate.ts'
import { week, weekDue } from './week.ts'

/**
 * What happens once for the whole bank: the weekly lists (ESC-WEEK), the figures as records (MEAS), the yearly rating runs
 * (TIER-RERATE), festivals that call for a campaign (CAMP-HOL), audiences counted (CAMP-AUD). Its subject is told of each new
 * playbook.
 */
export const bank = (draft: Draft): void => {
  if (draft.state.ref !== BANK) return
  week(draft)
  figures(draft)
  rerate(draft)
  propose(draft)
  counts(draft)
}

/** When the bank has something to do next, epoch ms. */
export const bankDue = (state: SubjectState, ctx: Context): number | null => {
  if (state.ref !== BANK) return null
  const dues = [weekDue, figuresDue, rerateDue, proposeDue].map((due) => due(state, ctx) ?? Infinity)
  const next = Math.min(countsDue(ctx) ?? Infinity, ...dues)
  return next === Infinity ? null : next
}
