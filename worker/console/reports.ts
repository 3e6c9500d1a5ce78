import type { GatheredRow } from '../../schemas/events/index.ts'
import type { CallNorms } from '../../schemas/playbook/index.ts'
import type { Basis } from '../account/index.ts'
import { callFigures, type CallFigures, workdaysOf } from '../method/activity/calls.ts'
import { workingCalendar } from '../method/calendar/index.ts'
import { added } from '../method/gather/calls.ts'
import type { Seen } from '../method/measures/report.ts'
import type { Env } from '../shell/env.ts'
import { askAll } from './ask-all.ts'

/** Developments by how the target was found (DEV-SRC). */
interface SourcesReport {
  rows: { source: string; stage: string; count: number; won: number }[]
}

/** Calls of each RM over a time against the norms (DEV-ACT), and day by day. */
interface CallsReport {
  from: string
  to: string
  workdays: number
  norms: CallNorms
  rms: ({ rm: string } & CallFigures)[]
  rows: { rm: string; on: string; made: number; won: number }[]
}

/** How many days calls are shown of when no day is given. */
const USUAL_DAYS = 7

const plain = <T>(rows: GatheredRow[]): T[] => rows.map(({ ref: _, ...row }) => row as T)

export const sourcesReport = async (env: Env, { books }: Basis, seen: Seen): Promise<SourcesReport> => ({
  rows: plain((await askAll(env, books, 'sources', {}, seen)).rows),
})

/** `from` and `to`: ISO dates, both included. */
export const callsReport = async (
  env: Env,
  { books, source, now }: Basis,
  wish: { from?: string | undefined; to?: string | undefined },
  seen: Seen,
): Promise<CallsReport> => {
  const calendar = workingCalendar(source.calendar)
  const to = wish.to ?? calendar.dateOf(now)
  const from = wish.from ?? calendar.addDays(to, 1 - USUAL_DAYS)
  const { rows } = await askAll(env, books, 'calls', { from, to }, seen)
  const workdays = workdaysOf(calendar, from, to)
  const rms = added(rows, ['rm'], ['made', 'won']).map(({ rm, made, won }) => ({
    rm: String(rm),
    ...callFigures(Number(made), Number(won), workdays, source.calls),
  }))
  return { from, to, workdays, norms: source.calls, rms, rows: plain(rows) }
}
