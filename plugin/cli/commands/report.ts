import type { Command } from 'commander'
import { type AdminOptions, withAdminOptions } from '../admin.ts'
import { run } from './activity.ts'

interface SourceRow {
  source: string
  stage: string
  count: number
  won: number
}

interface Calls {
  from: string
  to: string
  workdays: number
  norms: { least: number; most: number; successPercent: number }
  rms: { rm: string; made: number; won: number; perDay: number; success: number | null; below: boolean }[]
}

const saySources = (body: Record<string, unknown>): string => {
  const rows = body.rows as SourceRow[]
  const lines = [...Map.groupBy(rows, ({ source }) => source)].flatMap(([source, stages]) => {
    const sum = (pick: (row: SourceRow) => number): number => stages.reduce((total, row) => total + pick(row), 0)
    return [
      `${(source || '(not said)').padEnd(20)}${String(sum(({ count }) => count)).padStart(8)}  won ${sum(({ won }) => won)}`,
      ...stages.map(({ stage, count, won }) => `  ${stage.padEnd(18)}${String(count).padStart(8)}  won ${won}`),
    ]
  })
  return lines.join('\n') || 'no developments yet'
}

const sayCalls = (body: Record<string, unknown>): string => {
  const { from, to, workdays, norms, rms } = body as unknown as Calls
  const head = `Calls from ${from} to ${to} (${workdays} working days); norm ${norms.least}–${norms.most} a day, ${norms.successPercent} % a success`
  const lines = rms.map(
    ({ rm, made, won, perDay, success, below }) =>
      `${rm}  ${made} calls, ${perDay} a day, ${won} a success (${success ?? '–'} %)${below ? '  below the norm' : ''}`,
  )
  return [head, ...lines].join('\n')
}

/** `ladder report sources | calls`: developments by how they were found (DEV-SRC), calls against the norms (DEV-ACT). */
export const registerReport = (program: Command): void => {
  const report = program.command('report').description('developments by source, calls against the norms')
  withAdminOptions(
    report.command('sources').description('developments by how the target was found, and how many won'),
  ).action(async (options: AdminOptions) => {
    process.exitCode = await run(options, (admin, path) => admin.call('GET', `${path}/reports/sources`), saySources)
  })
  withAdminOptions(report.command('calls').description('calls of each RM against the norms'))
    .option('--from <date>', 'first day (else six days before the last)')
    .option('--to <date>', 'last day (else today)')
    .action(async (options: AdminOptions & { from?: string; to?: string }) => {
      const { from, to } = options
      const query = new URLSearchParams({ ...(from ? { from } : {}), ...(to ? { to } : {}) })
      process.exitCode = await run(
        options,
        (admin, path) => admin.call('GET', `${path}/reports/calls?${query}`),
        sayCalls,
      )
    })
}
