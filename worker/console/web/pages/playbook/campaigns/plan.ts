import type { CampaignTemplate, Role } from '../../../../../../schemas/playbook/index.ts'
import type { Label } from '../../../../../../schemas/model/define.ts'
import type { WorkingCalendar } from '../../../../../method/calendar/index.ts'
import { dueOf } from '../../../../../method/campaigns/timeline.ts'

/** One piece of work of a campaign on the calendar. */
export interface Planned {
  /** Epoch ms. */
  due: number
  date: string
  /** Working days from the day itself. */
  day: number
  role: Role
  title: Label
  /** `task`: once. `guest`: for each guest. Else follow-up of those who came, stayed away, or brought a friend. */
  kind: 'task' | 'guest' | 'CAME' | 'ABSENT' | 'BROUGHT_FRIEND'
}

/** A template's work for a day on which it is held, in order: as the Worker makes its tasks. Instants are epoch ms. */
export const planOf = (
  { timeline, followUp }: Pick<CampaignTemplate, 'timeline' | 'followUp'>,
  calendar: WorkingCalendar,
  heldOn: number,
  begunAt: number,
): Planned[] => {
  const held = { heldOn: new Date(heldOn).toISOString(), begunAt: new Date(begunAt).toISOString() }
  const planned = (task: { day: number; at?: string; hours?: number }): Pick<Planned, 'due' | 'date' | 'day'> => {
    const due = Date.parse(dueOf({ playbook: { calendar } }, held, task))
    return { due, date: calendar.dateOf(due), day: task.day }
  }
  return [
    ...timeline.map(({ day, role, per, title, at, hours }): Planned => ({
      ...planned({ day, ...(at === undefined ? {} : { at }), ...(hours === undefined ? {} : { hours }) }),
      role,
      title,
      kind: per === 'guest' ? 'guest' : 'task',
    })),
    ...followUp.map(({ when, day, role, title }): Planned => ({ ...planned({ day }), role, title, kind: when })),
  ].toSorted((a, b) => a.due - b.due)
}

/** Dates from the first to the last piece of work, the day itself among them. */
export const datesOf = (planned: readonly Planned[], calendar: WorkingCalendar, heldOn: number): string[] => {
  const all = [calendar.dateOf(heldOn), ...planned.map(({ date }) => date)].toSorted()
  const dates: string[] = []
  for (
    let date = all[0] ?? '';
    date !== '' && date <= (all.at(-1) ?? '') && dates.length < 400;
    date = calendar.addDays(date, 1)
  )
    dates.push(date)
  return dates
}
