import type { Branch, Calendar, Playbook } from '../../../schemas/playbook/index.ts'
import { isZone } from '../calendar/index.ts'
import type { Findings } from './issues.ts'

/** Working time: hours in order, a zone that is there, holidays that reach beyond `today` (ISO date). */
export const checkCalendar = (calendar: Calendar, today: string | undefined, found: Findings): void => {
  const { coveredUntil, country } = calendar
  checkHours(calendar, 'calendar', found)
  if (country !== 'NONE' && today !== undefined && coveredUntil < today)
    found.warn(
      'calendar.coveredUntil',
      `Holidays are known only until ${coveredUntil}: after it, only weekends count as free. Update, or give the days yourself.`,
      `节假日仅覆盖至 ${coveredUntil}，此后只按周末计算。请更新，或自行填写日期。`,
      `${today.slice(0, 4)}-12-31`,
    )
}

/** The hours and the zone of a calendar, or of what a branch has of its own. `path`: where they stand in the playbook. */
export const checkHours = ({ hours, zone }: Pick<Calendar, 'hours' | 'zone'>, path: string, found: Findings): void => {
  hours.forEach(({ from, to }, index) => {
    if (from >= to && to !== '00:00')
      found.error(
        `${path}.hours[${index}]`,
        'The end must be after the start.',
        '结束时间必须晚于开始时间。',
        '{"from": "09:00", "to": "12:00"}',
      )
    const earlier = hours[index - 1]
    if (earlier && earlier.to > from)
      found.error(
        `${path}.hours[${index}]`,
        'Hours must be in order and must not overlap.',
        '时段须按先后排列且不得重叠。',
      )
  })
  if (!isZone(zone))
    found.error(`${path}.zone`, `There is no time zone ${zone}.`, `没有时区 ${zone}。`, 'Asia/Shanghai')
}

/** The calendar of a branch: its own hours, zone and days before those of the branch that it belongs to, and the bank's. */
export const calendarOf = ({ calendar, branches }: Playbook, code: string): Calendar => {
  const line: Branch[] = []
  for (let at = branches.find((one) => one.code === code); at && !line.includes(at);) {
    line.push(at)
    const { parent } = at
    at = branches.find((one) => one.code === parent)
  }
  const own = line.flatMap((branch) => branch.calendar ?? [])
  if (own.length === 0) return calendar
  const days = [...own.flatMap((one) => one.days ?? []), ...calendar.days]
  return {
    ...calendar,
    zone: own.find(({ zone }) => zone)?.zone ?? calendar.zone,
    hours: own.find(({ hours }) => hours)?.hours ?? calendar.hours,
    days: days.filter(({ on }, index) => days.findIndex((one) => one.on === on) === index),
  }
}
