import type { Rating } from './rating.ts'
import { number, table } from './words.ts'

const TITLE = '## Shadow run'

/** What a shadow run of a changed table over rated customers costs. */
export const shadowSection = (shadow: Rating[], date: string, cores: number): string =>
  shadow.length === 0
    ? ''
    : `${TITLE}

${date}, ${cores} cores. A changed table over rated individuals through the pure core, as a Book does it: state as JSON in, rated by
each scheme, looked at by all rules, added up, nothing kept. Two processes, each with half of the customers and bound to a heap
of 64 MiB. Times are of the processor, of the slower process.

${table(
  ['Customers', 'Seconds', 'µs a customer and process', 'Peak heap (MiB)'],
  shadow.map((one) => [number(one.customers), number(one.seconds), number(one.microseconds), String(one.heapMiB)]),
)}
`

/** A report with the section in its place: instead of the one that it has, or before the last. */
export const withShadowSection = (report: string, section: string): string => {
  const at = report.indexOf(`\n${TITLE}`)
  const before = at >= 0 ? at + 1 : report.indexOf('## Size')
  const end = at >= 0 ? report.indexOf('\n## ', before) + 1 : before
  return `${report.slice(0, before)}${section}\n${report.slice(end)}`
}
