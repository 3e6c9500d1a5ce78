import type { Fact, Fields } from '../../schemas/events/index.ts'
import type { Playbook } from '../../schemas/playbook/index.ts'
import { compilePlaybook } from '../../worker/method/playbook/index.ts'
import { randomOf } from '../demo/random.ts'
import type { Customer, Population } from './customers.ts'
import { Developers } from './developers.ts'
import { type Broken, Invariants } from './invariants/index.ts'
import { Life } from './life.ts'
import { People } from './people.ts'
import { Salons } from './salons.ts'
import type { Scene } from './scene.ts'
import { type Decide, Shell } from './shell.ts'
import { Tally, type Totals } from './totals.ts'

export interface SimulationWish {
  playbook: Playbook
  population: Population
  /** ISO date of the first day. */
  from: string
  days: number
  seed: number
  /** Nothing happens at the bank but what the population's facts tell. */
  onlyGiven?: boolean
  /** How much more developments begin than usual. */
  developments?: number
  /** The rules; other ones in tests only. */
  decide?: Decide
  onDay?(day: string, done: number, broken: number): void
}

export interface Simulation {
  from: string
  until: string
  days: number
  seed: number
  /** The first day of the run whose public holidays nobody has published yet: plain weekdays are used from there on. */
  uncertainFrom: string | null
  totals: Totals
  invariants: { customerDays: number; broken: number; first: Broken[] }
}

/** Times of a day, by the bank's clock. */
const EARLY = '07:00'
const LOOKS = ['10:30', '15:30']
const LATE = '20:00'

/**
 * A virtual clock over customers: what Ladder would have done, day by day, with people who sometimes do what tasks ask
 * (design: `ladder simulate`). The same wish gives the same bytes. Throws when the playbook doesn't compile.
 */
export const simulate = (wish: SimulationWish): Simulation => {
  const { population, from, days, seed } = wish
  const compiled = compilePlaybook(staffed(wish.playbook, population), 1)
  if (!compiled.ok) throw new Error(`the playbook has errors: ${JSON.stringify(compiled.issues[0])}`)
  const { playbook } = compiled
  const { calendar } = playbook
  const members = Object.fromEntries(population.staff.map(({ email, id }) => [email.toLowerCase(), id]))
  const shell = new Shell({ playbook, members, ...(wish.decide ? { decide: wish.decide } : {}) })
  const [tally, invariants] = [new Tally(), new Invariants(shell)]
  const [people, salons, life] = [new People(), new Salons(), new Life(population.customers)]
  const developers = new Developers(population.customers, wish.developments)
  const noticed: Pick<People, 'noticed'>[] = [people, salons]
  shell.watch(tally)
  shell.watch(invariants)
  shell.watch({ decided: () => undefined, changed: (change) => noticed.forEach((one) => one.noticed(change)) })

  const customers = new Map(population.customers.map((customer) => [customer.no, customer]))
  const facts = population.facts[Symbol.iterator]()
  let next = facts.next()
  /** Tells the population's facts up to an instant, with the clock moved along; those from before the run at its begin. */
  const tellUntil = (end: number): void => {
    for (; !next.done && Date.parse(next.value.at) <= end; next = facts.next()) {
      shell.until(Date.parse(next.value.at))
      life.heard(next.value)
      tally.told()
      tell(shell, customers, next.value)
    }
    shell.until(end)
  }

  const begins = calendar.instantOf(from, '00:00')
  shell.begin(begins)
  salons.enter(shell)
  for (const customer of population.customers) if (customer.from === 0) enter(shell, customer)
  let workday = -1
  let date = from
  for (let done = 0; done < days; done++) {
    const random = randomOf(seed).of(date)
    const isWorkday = calendar.isWorkday(date)
    if (isWorkday) workday++
    const happens = (clock: string, share: number): void => {
      const at = calendar.instantOf(date, clock)
      tellUntil(at)
      if (wish.onlyGiven) return
      const iso = new Date(at).toISOString()
      const arrivals = isWorkday && clock === EARLY ? life.arrivals(workday, iso) : []
      for (const fact of [...arrivals, ...life.facts(random, date, iso, share)]) {
        tally.told()
        tell(shell, customers, fact)
      }
    }
    happens(EARLY, isWorkday ? 0.7 : 0.1)
    for (const clock of isWorkday ? LOOKS : []) {
      tellUntil(calendar.instantOf(date, clock))
      const scene: Scene = { shell, random, staff: population.staff, calendar, date, day: workday }
      people.work(scene)
      if (clock !== LOOKS[0]) continue
      developers.work(scene)
      salons.work(scene)
    }
    happens(LATE, isWorkday ? 0.3 : 0.1)
    tellUntil(calendar.instantOf(date, '23:59'))
    invariants.check()
    wish.onDay?.(date, done + 1, invariants.count)
    date = calendar.addDays(date, 1)
  }
  const until = calendar.addDays(date, -1)
  return {
    from,
    until,
    days,
    seed,
    uncertainFrom: firstUncertain(calendar.uncertain, from, until, calendar.addDays),
    totals: tally.end(shell),
    invariants: { customerDays: invariants.checks, broken: invariants.count, first: invariants.broken },
  }
}

/** Roles that the playbook leaves empty are held by the invented staff. */
const staffed = (playbook: Playbook, { staff }: Population): Playbook => {
  if (playbook.roles.length > 0) return playbook
  const roles = staff.filter(({ role }) => role !== 'RM').map(({ role, email }) => ({ role, members: [email] }))
  return { ...playbook, roles }
}

/** A customer's record is made in the CRM, with the manager who looks after it. */
const enter = (shell: Shell, { kind, no, name, rm }: Customer): void => {
  const manager: Fields = kind === 'company' ? { accountOwnerId: rm } : { ladderRm: rm }
  shell.edit(kind, no, { name, ladderCustomerNo: no, ...manager })
}

/** Core banking tells a fact; a profile of somebody whom the CRM doesn't have yet makes the record, as Ladder does. */
const tell = (shell: Shell, customers: ReadonlyMap<string, Customer>, fact: Fact): void => {
  shell.fact(fact)
  if (fact.data.kind !== 'customer.profile' || !shell.isWaitedFor(fact.customerNo)) return
  const customer = customers.get(fact.customerNo)
  if (customer) enter(shell, customer)
}

const firstUncertain = (
  uncertain: (date: string) => boolean,
  from: string,
  until: string,
  addDays: (date: string, days: number) => string,
): string | null => {
  if (!uncertain(until)) return null
  let date = from
  while (!uncertain(date)) date = addDays(date, 1)
  return date
}
