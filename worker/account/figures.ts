import { addDays, dayOf } from '../method/calendar/dates.ts'
import { add, type Figures, parseKey } from '../method/measures/keys.ts'
import { EVERYTHING, measures, only, type Row, type Seen, within } from '../method/measures/report.ts'
import type { Parts } from './parts.ts'

/** Which figures are asked for: as they stood at the end of `on`, against `against` (ISO dates). */
export interface FiguresWish {
  on?: string | undefined
  against?: string | undefined
  branch?: string | undefined
  rm?: string | undefined
  /** What of the account may be seen at all; all of it when left out. */
  scope?: Seen | undefined
  /** Also for each branch, or each RM. */
  by?: 'branch' | 'rm' | undefined
}

export interface FiguresReport {
  on: string
  against: string
  rows: Row[]
  groups: { key: string; rows: Row[] }[]
}

/** How long before `on` figures are compared when no day is given. */
const USUAL_DAYS = 30

/** The figures of an account (MEAS), summed over its Books; null where nothing is in force yet. */
export const figuresOf = async (parts: Parts, wish: FiguresWish): Promise<FiguresReport | null> => {
  const { settings, clock } = parts
  const active = parts.playbooks.active()
  if (!settings || !active) return null
  const on = wish.on ?? today(clock.now(), active.source.calendar.zone)
  const against = wish.against ?? addDays(on, -USUAL_DAYS)
  const earlier = addDays(against, dayOf(against) - dayOf(on))
  const books = await Promise.all(parts.books(settings).map((book) => book.figures([on, against, earlier])))
  const { scope = EVERYTHING } = wish
  const days = [0, 1, 2].map((day) => only(within(total(books.map((book) => book[day] ?? {})), scope), wish))
  const report = (narrow: { branch?: string; rm?: string }): Row[] => {
    const [now = {}, before = {}, long = {}] = days.map((figures) => only(figures, narrow))
    return measures({ now, before, earlier: long })
  }
  const { by } = wish
  const groups = by ? groupsIn(days, by).map((key) => ({ key, rows: report({ [by]: key }) })) : []
  return { on, against, rows: report({}), groups }
}

const total = (parts: Figures[]): Figures => {
  const whole: Figures = {}
  for (const part of parts) for (const key in part) add(whole, key, part[key])
  return whole
}

const groupsIn = (days: Figures[], by: 'branch' | 'rm'): string[] =>
  [...new Set(days.flatMap((figures) => Object.keys(figures).map((text) => parseKey(text)?.[by] ?? '')))].sort()

const today = (now: number, timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(now)
