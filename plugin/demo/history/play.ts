import { model } from '../../../schemas/model/index.ts'
import { defaultPlaybook } from '../../../schemas/playbook/default/index.ts'
import { workingCalendar } from '../../../worker/method/calendar/index.ts'
import type { Bank } from '../bank.ts'
import type { Random } from '../random.ts'
import { ACCOUNT, type World } from '../world.ts'
import { campaignsOn } from './campaigns.ts'
import type { Day } from './day.ts'
import { type Developments, developmentsOn } from './developments.ts'
import { contacts, enterCustomers, morning, openBooks } from './facts.ts'
import { answerEscalations, closeTasks } from './follow-up.ts'

const DAY_MS = 86_400_000
export const calendar = workingCalendar(defaultPlaybook.calendar)

export interface Played {
  facts: number
  edits: number
  /** Stage moves that Ladder refused. */
  movesPutBack: number
}

/** The first instant of a play that ends at `now`: 08:00 of a working day so many weeks ago, of the last one before a holiday. */
export const startOf = (now: number, weeks: number): number => {
  const date = calendar.workdayOnOrBefore(calendar.dateOf(now - weeks * 7 * DAY_MS))
  return calendar.instantOf(date, '08:00')
}

/** Who holds which role: a playbook of its own, published over the admin API. */
const nameRoles = async (world: World, { staff }: Bank): Promise<void> => {
  const { active } = await world.ask('GET', `/accounts/${ACCOUNT}/playbooks`)
  const { source } = active as { source: typeof defaultPlaybook }
  const roles = staff.filter(({ role }) => role !== 'RM').map(({ role, email }) => ({ role, members: [email] }))
  await world.ask('POST', `/accounts/${ACCOUNT}/playbooks?publish=true`, { ...source, roles })
}

/** In the model's order: a record is there before another points to it, whatever of the day came to mind first. */
const send = async (day: Day, played: Played): Promise<void> => {
  for (const { name } of model) {
    const edits = day.edits.get(name)
    if (!edits) continue
    await day.world.crm.edit(name, edits)
    played.edits += edits.length
  }
  day.edits.clear()
}

/** Plays the weeks from the world's present to `end`, day by day, and stops there. */
export const play = async (
  world: World,
  bank: Bank,
  random: Random,
  end: number,
  say: (line: string) => void,
): Promise<Played> => {
  const played: Played = { facts: 0, edits: 0, movesPutBack: 0 }
  const developments: Developments = { running: [], putBack: 0 }
  const first = calendar.dateOf(world.now())
  const dates: string[] = []
  for (let date = first; date <= calendar.dateOf(end); date = calendar.addDays(date, 1)) dates.push(date)
  const workdays = dates.filter((date) => calendar.isWorkday(date))

  await world.ask('POST', `/accounts/${ACCOUNT}/sweep`, {})
  await world.moveTo(world.now())
  await nameRoles(world, bank)
  for (const date of dates) {
    const number = workdays.indexOf(date)
    const at = calendar.instantOf(date, '14:30')
    if (number < 0 || at > end) continue
    const day: Day = {
      world,
      random: random.of(`day ${number}`),
      bank,
      calendar,
      number,
      of: workdays.length,
      date,
      at,
      facts: [],
      edits: new Map(),
    }
    await world.moveTo(calendar.instantOf(date, '09:30'))
    if (number === 0) {
      enterCustomers(day)
      await send(day, played)
      await world.moveTo(world.now())
      openBooks(day)
    } else morning(day)
    await world.facts(day.facts)
    played.facts += day.facts.length
    await world.moveTo(at)
    contacts(day)
    await developmentsOn(day, developments)
    await campaignsOn(day)
    await answerEscalations(day)
    await closeTasks(day)
    await send(day, played)
    await world.moveTo(Math.min(end, calendar.instantOf(date, '17:00')))
    if (number % 5 === 4 || date === workdays.at(-1)) say(`  ${date}  ${played.facts} facts, ${played.edits} edits`)
  }
  await world.moveTo(end)
  played.movesPutBack = developments.putBack
  return played
}
