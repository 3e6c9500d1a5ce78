import type { Fields, GatheredRow } from '../../schemas/events/index.ts'
import type { CallNorms } from '../../schemas/playbook/index.ts'
import { callFigures, type CallFigures, workdaysOf } from '../method/activity/calls.ts'
import { workingCalendar } from '../method/calendar/index.ts'
import { added } from '../method/gather/calls.ts'
import { type Answer, joinAnswers } from '../method/gather/index.ts'
import type { Seen } from '../method/measures/report.ts'
import type { Parts } from './parts.ts'

/** Developments by how the target was found (DEV-SRC). */
export interface SourcesReport {
  rows: { source: string; stage: string; count: number; won: number }[]
}

/** Calls of each RM over a time against the norms (DEV-ACT), and day by day. */
export interface CallsReport {
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

/** Asks every Book at once; null where nothing is in force yet. */
const askAll = async (parts: Parts, query: string, params: Fields, seen?: Seen): Promise<GatheredRow[] | null> => {
  const { settings } = parts
  if (!settings || !parts.playbooks.active()) return null
  const answers = await Promise.all(
    parts.books(settings).map(async (book) => {
      let answer: Answer = { rows: [], total: 0 }
      for (let after: string | null = ''; after !== null;) {
        const page: Answer & { next: string | null } = await book.gather(query, params, after, seen)
        answer = joinAnswers(query, params, answer, page)
        after = page.next
      }
      return answer
    }),
  )
  return answers.reduce((whole, one) => joinAnswers(query, params, whole, one), { rows: [], total: 0 }).rows
}

export const sourcesReport = async (parts: Parts, seen?: Seen): Promise<SourcesReport | null> => {
  const rows = await askAll(parts, 'sources', {}, seen)
  return rows && { rows: plain(rows) }
}

/** `from` and `to`: ISO dates, both included. */
export const callsReport = async (
  parts: Parts,
  wish: { from?: string | undefined; to?: string | undefined },
  seen?: Seen,
): Promise<CallsReport | null> => {
  const source = parts.playbooks.active()?.source
  if (!source) return null
  const calendar = workingCalendar(source.calendar)
  const to = wish.to ?? calendar.dateOf(parts.clock.now())
  const from = wish.from ?? calendar.addDays(to, 1 - USUAL_DAYS)
  const rows = await askAll(parts, 'calls', { from, to }, seen)
  if (!rows) return null
  const workdays = workdaysOf(calendar, from, to)
  const rms = added(rows, ['rm'], ['made', 'won']).map(({ rm, made, won }) => ({
    rm: String(rm),
    ...callFigures(Number(made), Number(won), workdays, source.calls),
  }))
  return { from, to, workdays, norms: source.calls, rms, rows: plain(rows) }
}
