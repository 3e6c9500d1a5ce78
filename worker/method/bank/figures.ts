import type { GatheredRow } from '../../../schemas/events/index.ts'
import { BANK, ladderKey } from '../../../schemas/events/keys.ts'
import { dayOf, weekdayOf } from '../calendar/dates.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import type { Row } from '../measures/report.ts'
import { rowName } from '../measures/words.ts'
import type { SubjectState } from '../state.ts'

/** What the bank asks for each workday; the Account answers it from the Books' figures. */
export const MEASURES_QUERY = 'measures'

/**
 * Figures as CRM records (MEAS): at the opening of each workday (or week: `measures.records`) those of the day before, against a month earlier, for the bank
 * and for each branch. Only what has changed is written.
 */
export const figures = (draft: Draft): void => {
  const { state, ctx, event } = draft
  if (event.type === 'gathered' && event.query === MEASURES_QUERY) write(draft, event.rows)
  const { calendar } = ctx.playbook
  const today = calendar.dateOf(ctx.now)
  state.measuredOn ??= today
  if (ctx.now < (figuresDue(state, ctx) ?? Infinity) || !calendar.isWorking(ctx.now)) return
  state.measuredOn = today
  const on = calendar.addDays(today, -1)
  const params = { on, against: calendar.addMonths(on, -1) }
  draft.gather(MEASURES_QUERY, ladderKey(BANK, 'measures', today), params, draft.why('MEAS-4x2'))
}

/** When the figures are asked for next: the opening of the next workday, or of the next week's first. Epoch ms. */
export const figuresDue = ({ measuredOn }: SubjectState, { playbook, now }: Context): number | null => {
  const { calendar, source } = playbook
  const { records } = source.measures
  if (records === 'never') return null
  if (measuredOn === undefined) return now
  const next = calendar.addDays(measuredOn, records === 'daily' ? 1 : 8 - weekdayOf(dayOf(measuredOn)))
  return calendar.opening(calendar.workdayOnOrAfter(next))
}

/** An answer's row: a figure of the bank (`branch` '') or of one branch. */
export type MeasuredRow = GatheredRow & Row & { branch: string; on: string }

const write = (draft: Draft, rows: GatheredRow[]): void => {
  const { state, ctx } = draft
  const told = (state.measured ??= {})
  const seen = new Set<string>()
  for (const row of rows as MeasuredRow[]) {
    const { id, code, unit, now, before, branch, on } = row
    const key = ladderKey(BANK, 'measure', id, code, branch)
    const shown = `${now}/${before}`
    seen.add(key)
    if (told[key] === shown) continue
    told[key] = shown
    const yuan = (value: number | null): number | null => (value !== null && unit === 'money' ? value / 100 : value)
    draft.upsert(
      'measure',
      key,
      {
        name: rowName(ctx, row, branch),
        measureId: id,
        code,
        branchCode: branch,
        unit: unit.toUpperCase(),
        valueNow: yuan(now),
        valueBefore: yuan(before),
        changedOn: on,
      },
      draft.why(id),
    )
  }
  // a tier, stage or branch that is no more shows nothing
  for (const key of Object.keys(told)) {
    if (seen.has(key) || told[key] === GONE) continue
    told[key] = GONE
    draft.upsert('measure', key, { valueNow: null, valueBefore: null }, draft.why('MEAS-4x2'))
  }
}

const GONE = '-'
