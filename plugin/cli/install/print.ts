import type { UninstallReport } from '../../install/installer.ts'
import type { Report, Step } from '../../install/step.ts'
import { chineseOf } from '../../install/said/index.ts'
import { EXIT, type ExitCode, type Output } from '../output.ts'

const MARKS: Readonly<Record<Step['state'], string>> = {
  unchanged: '=',
  done: '✓',
  planned: '+',
  open: '…',
  failed: '✗',
}

/** Equal calls together, in the order of the first. */
const countedCalls = (calls: string[] = []): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const call of calls) counts.set(call, (counts.get(call) ?? 0) + 1)
  return counts
}

/** Prints a report for people (`=` as it was, `✓` done, `+` would change, `…` left open, `✗` failed) or as one object. */
export const tell = (
  { command, crm }: { command: string; crm: string },
  report: Report | UninstallReport,
  output: Output,
  showCalls: boolean,
): ExitCode => {
  report.steps.forEach(({ name, state, lines, calls }, index) => {
    output.line(`${MARKS[state]} ${index + 1} ${name}`)
    for (const line of lines) output.line(`      ${line}`)
    if (showCalls)
      for (const [call, times] of countedCalls(calls)) output.line(`      → ${call}${times > 1 ? ` × ${times}` : ''}`)
  })
  for (const notice of report.notices) output.line(`! ${notice}`)
  output.result({ command, crm, ...report, zh: chineseOf(report) })
  for (const { what, where, todo } of report.problems) output.error(`✗ ${where}: ${what}\n      ${todo}`)
  return report.ok ? EXIT.ok : EXIT.problems
}

/** How a plan or an apply ended, in one line. */
export const wordsFor = (report: Report, write: boolean): string => {
  const states = new Set(report.steps.map(({ state }) => state))
  if (!report.ok)
    return write ? 'Not finished: put this right and run it again, it goes on from here.' : 'This stands in the way.'
  if (states.has('planned')) return 'Nothing was changed. `ladder apply` does this.'
  if (states.has('open')) return 'Done, but for what stays open (…).'
  if (states.has('done')) return 'Done.'
  return 'Everything is as it should be: nothing to change.'
}
