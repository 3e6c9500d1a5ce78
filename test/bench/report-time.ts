import type { Climb, Day } from './time.ts'
import { number, table } from './words.ts'

export interface TimeResults {
  days: Day[]
  climbs: Climb[]
}

const TITLE = '## Days and climbing'

const seconds = (ms: number): string => number(ms / 1000)
const each = (ms: number, count: number): string => number((ms * 1000) / count)

/** How long a day takes, and how long until everybody is told whose time has come. */
export const timeSection = ({ days, climbs }: TimeResults, date: string, cores: number): string =>
  days.length === 0 && climbs.length === 0
    ? ''
    : `${TITLE}

${date}, ${cores} cores. Times are of the processor, so that what else the machine does doesn't lengthen them. One process, the pure core on the virtual clock of \`ladder simulate\`: a working day with its facts, people who do some of what
tasks ask, all timers, the CRM's echo of each write, and the look at what must hold. The day before it, on which all of these
customers come, are rated, and what was overdue is raised, stands beside it.

${table(
  ['Customers', 'A day (s)', 'µs a customer', 'The first day (s)', 'Heap at the end (MiB)'],
  days.map(({ customers, dayMs, firstMs, heapMiB }) => [
    number(customers),
    seconds(dayMs),
    each(dayMs, customers),
    seconds(firstMs),
    String(heapMiB),
  ]),
)}

Escalations that are all due climb one level, each with its record and its task: in the core (state as JSON in, state and
decisions as JSON out, one process), and in one real Book on plain workerd, from its timers to what it hands to the Courier.

${table(
  ['Escalations', 'Core (s)', 'µs each', 'Book (s)', 'µs each'],
  climbs.map(({ escalations, coreMs, bookMs }) => [
    number(escalations),
    seconds(coreMs),
    each(coreMs, escalations),
    bookMs === null ? '' : seconds(bookMs),
    bookMs === null ? '' : each(bookMs, escalations),
  ]),
)}
`

/** A report with the section in its place: instead of the one that it has, or before the last. */
export const withTimeSection = (report: string, section: string): string => {
  const at = report.indexOf(`\n${TITLE}`)
  const before = at >= 0 ? at + 1 : report.indexOf('## Size')
  const end = at >= 0 ? report.indexOf('\n## ', before) + 1 : before
  return `${report.slice(0, before)}${section}\n${report.slice(end)}`
}
