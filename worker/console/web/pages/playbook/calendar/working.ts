import type { Calendar } from '../../../../../../schemas/playbook/index.ts'
import { isZone, workingCalendar, type WorkingCalendar } from '../../../../../method/calendar/index.ts'

/** A calendar that can be drawn; null while its zone or its hours can't be read. */
export const drawnCalendar = (source: Calendar): WorkingCalendar | null => {
  const areHours =
    source.hours.length > 0 && source.hours.every(({ from, to }) => /^\d\d:\d\d$/.test(from) && /^\d\d:\d\d$/.test(to))
  return isZone(source.zone) && areHours && source.weekdays.length > 0 ? workingCalendar(source) : null
}

/** What a day is: by the week alone, or moved by the country or the bank. */
export type DayKind = 'work' | 'free' | 'movedWork' | 'holiday'

export const dayKind = (calendar: WorkingCalendar, source: Calendar, date: string): DayKind => {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay() || 7
  const byWeek = source.weekdays.includes(weekday)
  const works = calendar.isWorkday(date)
  if (works) return byWeek ? 'work' : 'movedWork'
  return byWeek ? 'holiday' : 'free'
}

/** Minutes since midnight of a clock time. */
export const minutesOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}

/** An instant as the bank's clocks show it: date and minutes since midnight. */
export const localOf = (calendar: WorkingCalendar, instant: number): { date: string; minutes: number } => {
  const date = calendar.dateOf(instant)
  return { date, minutes: Math.round((instant - calendar.instantOf(date, '00:00')) / 60_000) }
}

export const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
