import { type BookBench, HEAP_MIB } from './book.ts'
import type { Calls } from './calls.ts'
import type { Rate } from './measure.ts'
import type { Rating } from './rating.ts'
import { ackAim, ackSection } from './report-acks.ts'
import { hubspotAims, type HubspotResults, hubspotSection } from './report-hubspot.ts'
import { type Boards, boardsSection } from './boards.ts'
import { shadowSection } from './report-shadow.ts'
import { type TimeResults, timeSection } from './report-time.ts'
import type { TableBench } from './tables.ts'
import { met, number, table } from './words.ts'

export interface Results {
  date: string
  cores: number
  quick: boolean
  acks: Rate[]
  tables: TableBench
  calls: Calls[]
  hubspot: HubspotResults
  rating: Rating[]
  shadow: Rating[]
  boards: Boards[]
  book: BookBench[]
  time: TimeResults
  bundle: { bytes: number; gzip: number }
}

const rateOf = (rates: Rate[], name: string): Rate | undefined => rates.find((rate) => rate.name.startsWith(name))

/** Rows of the table of aims: what, aim, result, whether it was met. */
export const aims = ({ acks, tables, calls, hubspot, rating, bundle }: Results): string[][] => {
  const [own] = tables.rates
  const over = (name: string): number => 1 / (rateOf(tables.rates, name)?.ratio ?? Number.NaN)
  const million = rating.at(-1)
  const linear = (million?.microseconds ?? Number.NaN) / (rating[0]?.microseconds ?? Number.NaN)
  const heap = Math.max(...rating.map(({ heapMiB }) => heapMiB))
  const worst = Math.max(...calls.map(({ ratio }) => ratio))
  const others = tables.rates.slice(2).map(({ name }) => [name, over(name)] as const)
  return [
    ackAim(acks),
    ['Decision table / if-else by hand', 'at least 0.4', number(over('if')), met(over('if') >= 0.4)],
    ...others.map(([name, ratio]) => [`Decision table / ${name}`, 'at least 100', number(ratio), met(ratio >= 100)]),
    ...Object.entries(tables.missing).map(([name, why]) => [
      `Decision table / ${name}`,
      'at least 100',
      'not installed',
      why,
    ]),
    ['Twenty: calls / the least possible', 'at most 1.1', number(worst), met(worst <= 1.1)],
    ...hubspotAims(hubspot),
    [
      `Rating ${number(million?.customers ?? 0)} customers, 2 processes`,
      'at most 60 s',
      `${number(million?.seconds ?? Number.NaN)} s`,
      met((million?.seconds ?? Number.POSITIVE_INFINITY) <= 60),
    ],
    ['Time a customer, most / fewest customers', 'about 1 (linear)', number(linear), met(linear <= 1.25)],
    ['Peak heap of a process', 'at most 128 MiB', `${heap} MiB`, met(heap <= 128)],
    ['Worker bundle, gzip', 'at most 250 KiB', `${number(bundle.gzip / 1024)} KiB`, met(bundle.gzip <= 250 * 1024)],
    ...(own ? [] : [['no decision table was measured', '', '', '']]),
  ]
}

/** The results as Markdown. */
export const report = (results: Results): string => {
  const { acks, tables, calls, hubspot, rating, book, bundle } = results
  const relative = (rates: Rate[]): string[][] =>
    rates.map(({ name, ratio, perSecond }) => [name, number(ratio), number(perSecond)])
  return `# Benchmark

Ratios, side by side in one run. What is compared takes turns round by round, and medians over rounds are shown, so that
whatever else the machine did hit all alike. Rates of their own say little: another machine has others.

Run it again (Node 24 comes with \`npm ci\`): \`npm ci --prefix test/bench && npm run bench\`, which writes this file. \`--quick\` for a
try that writes nothing, \`--json\` for one JSON object.

${results.date}, ${results.cores} cores.

${table(['What', 'Aim', 'Result', ''], aims(results))}

${ackSection(acks, results.date, results.cores)}
## Decision table

The bank's table of companies (4 rows, 2 inputs, 3 outputs), 4,096 inputs in turn; all engines gave the same answers first. The
ratio is each engine's rate to Ladder's.

${table(['Engine', 'of Ladder', 'a second'], relative(tables.rates))}

## Calls to Twenty

A change of one field on each of ${number(calls[0]?.changes ?? 0)} records, told by core banking in one request. Twenty takes 200 records a call.

${table(
  ['Shards', 'Calls', 'Least possible', 'Ratio'],
  calls.map((one) => [String(one.shards), String(one.calls), String(one.least), number(one.ratio)]),
)}

${hubspotSection(hubspot)}

## Rating

The pure core, as a Book uses it: state as JSON in, decide, state and decisions as JSON out. Two processes, each with half of
the customers and bound to a heap of 64 MiB, half of what Cloudflare gives an isolate; V8 collects late, so it uses what it gets.

${table(
  ['Customers', 'Seconds', 'µs a customer and process', 'Peak heap (MiB)'],
  rating.map((one) => [number(one.customers), number(one.seconds), number(one.microseconds), String(one.heapMiB)]),
)}

The real Book on plain workerd, two shards, SQLite on disk, with the trace of each decision. RSS is the whole process:
the runtime, one isolate with both Books, bound to a heap of ${HEAP_MIB} MiB as Cloudflare gives it (with less than it needs the
runtime dies, and the run fails), and SQLite's cache.

${table(
  ['Customers', 'Seconds', 'µs a customer and shard', 'Peak RSS (MiB)'],
  book.map((one) => [number(one.customers), number(one.seconds), number(one.microseconds), String(one.rssMiB ?? '?')]),
)}

${shadowSection(results.shadow, results.date, results.cores)}
${boardsSection(results.boards, results.date, results.cores)}
${timeSection(results.time, results.date, results.cores)}
## Size

The Worker without the console: ${number(bundle.bytes / 1024)} KiB, gzip ${number(bundle.gzip / 1024)} KiB.
`
}
