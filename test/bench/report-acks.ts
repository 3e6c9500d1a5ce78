import type { Rate } from './measure.ts'
import { met, number, table } from './words.ts'

const AIM = 'Durable ack / "verify + one SQLite row"'

/** The row of the table of aims: by processor time, which other programs don't touch; by the clock where it can't be told. */
export const ackAim = (acks: Rate[]): string[] => {
  const ack = acks.find(({ name }) => name.startsWith('Ladder'))
  const ratio = ack?.cpu?.ratio ?? ack?.ratio ?? Number.NaN
  return [AIM, 'at least 0.9', number(ratio), met(ratio >= 0.9)]
}

export const ackSection = (acks: Rate[], date: string, cores: number): string => `## Durable acknowledgement

${date}, ${cores} cores. All on the same runtime (plain workerd), 16 deliveries of 3 KiB in flight over loopback, each one signed and
different. Ladder finds the account, verifies, reads and checks the delivery, and keeps it as a row that is found again when it
is sent twice; deliveries that come at once share a commit. Processor time is that of the runtime's process, all threads together:
what other programs do to the clock isn't in it, so it is what the aim is held to.

${table(
  ['Handler', 'of "verify + one row"', 'µs of a processor', 'by the clock', 'a second by the clock'],
  acks.map(({ name, ratio, perSecond, cpu }) => [
    name,
    number(cpu?.ratio ?? ratio),
    cpu ? number(cpu.micros) : '?',
    number(ratio),
    number(perSecond),
  ]),
)}
`

/** A report with these acknowledgements in it instead of its own. */
export const withAcks = (report: string, acks: Rate[], section: string): string => {
  const rows = report
    .split('\n')
    .map((line) => (line.startsWith(`| ${AIM}`) ? `| ${ackAim(acks).join(' | ')} |` : line))
  const text = rows.join('\n')
  const at = text.indexOf('## Durable acknowledgement')
  const end = text.indexOf('\n## ', at) + 1
  return `${text.slice(0, at)}${section}\n${text.slice(end)}`
}
