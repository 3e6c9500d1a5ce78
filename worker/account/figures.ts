import { addDays, dayOf } from '../method/calendar/dates.ts'
import { add, type Figures } from '../method/measures/keys.ts'
import { apart, measures, type Narrow, type Row } from '../method/measures/report.ts'
import type { Parts } from './parts.ts'

/** Which figures are asked for: as they stood at the end of `on`, against `against` (ISO dates). */
export interface FiguresWish extends Narrow {
  on?: string | undefined
  against?: string | undefined
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
  const { by, scope, branch, rm } = wish
  const narrow = { by, scope, branch, rm }
  const books = await Promise.all(parts.books(settings).map((book) => book.figures([on, against, earlier], narrow)))
  const days = [0, 1, 2].map((day) => total(books.map((book) => book[day] ?? {})))
  const [now = {}, before = {}, long = {}] = days
  return { on, against, rows: measures({ now, before, earlier: long }), groups: by ? groupsIn(days, by) : [] }
}

const total = (parts: Figures[]): Figures => {
  const whole: Figures = {}
  for (const part of parts) for (const key in part) add(whole, key, part[key])
  return whole
}

const groupsIn = (days: Figures[], by: 'branch' | 'rm'): FiguresReport['groups'] => {
  const [now, before, earlier] = days.map((figures) => apart(figures, by))
  const keys = new Set([now, before, earlier].flatMap((groups) => [...(groups?.keys() ?? [])]))
  return [...keys].sort().map((key) => {
    const of = (groups: Map<string, Figures> | undefined): Figures => groups?.get(key) ?? {}
    return { key, rows: measures({ now: of(now), before: of(before), earlier: of(earlier) }) }
  })
}

const today = (now: number, timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(now)
