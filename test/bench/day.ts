/*
 * A process of its own: simulates two days of many customers and prints one JSON object on the second, an ordinary working
 * day; the first one makes all their records, rates them all, and holds what was overdue before. Started by time.ts.
 */
import { defaultPlaybook } from '../../schemas/playbook/default/index.ts'
import { workingCalendar } from '../../worker/method/calendar/index.ts'
import { inventedOnes } from '../../plugin/simulate/customers.ts'
import { simulate } from '../../plugin/simulate/run.ts'

const count = Number(process.argv[2])
const from = '2026-03-02'
const begins = workingCalendar(defaultPlaybook.calendar).instantOf(from, '00:00')
const population = inventedOnes(count, 1, begins)
const ends: number[] = []
const spent = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const began = spent()
const { totals, invariants } = simulate({
  playbook: defaultPlaybook,
  population,
  from,
  days: 2,
  seed: 1,
  onDay: () => ends.push(spent()),
})
const [first = Number.NaN, second = Number.NaN] = ends
if (invariants.broken > 0) throw new Error(JSON.stringify(invariants.first[0]))
process.stdout.write(
  JSON.stringify({
    customers: totals.customers,
    firstMs: first - began,
    dayMs: second - first,
    facts: totals.facts,
    heapMiB: Math.round(process.memoryUsage().heapUsed / 2 ** 20),
  }),
)
