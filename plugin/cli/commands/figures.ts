import type { Command } from 'commander'
import { type AdminOptions, withAdminOptions } from '../admin.ts'
import { run } from './activity.ts'

interface Row {
  id: string
  code: string
  unit: string
  now: number | null
  before: number | null
}

const UNITS: Record<string, (value: number) => string> = {
  money: (fen) => `${(fen / 100).toLocaleString('en-US')} 元`,
  percent: (value) => `${value} %`,
  minutes: (value) => `${value} min`,
  days: (value) => `${value} d`,
}

const shown = (value: number | null, unit: string): string =>
  value === null ? '–' : (UNITS[unit]?.(value) ?? value.toLocaleString('en-US'))

const table = (rows: Row[]): string[] => {
  const width = Math.max(8, ...rows.map(({ code }) => code.length))
  const lines: string[] = []
  let id = ''
  for (const row of rows) {
    if (row.id !== id) lines.push(`${row.id}`.padEnd(width + 2) + 'now'.padStart(16) + 'before'.padStart(16))
    id = row.id
    const cells = [shown(row.now, row.unit), shown(row.before, row.unit)].map((text) => text.padStart(16))
    lines.push(`  ${row.code.padEnd(width)}${cells.join('')}`)
  }
  return lines
}

const say = (body: Record<string, unknown>): string => {
  const rows = body.rows as Row[]
  const groups = body.groups as { key: string; rows: Row[] }[]
  const heads = [`Figures at the end of ${String(body.on)}, against ${String(body.against)}`, ...table(rows)]
  return [...heads, ...groups.flatMap((group) => ['', `== ${group.key || '(none)'}`, ...table(group.rows)])].join('\n')
}

/** `ladder figures`: what managers see (MEAS), now against any earlier day. */
export const registerFigures = (program: Command): void => {
  withAdminOptions(program.command('figures').description('what managers see: now against an earlier day'))
    .option('--on <date>', 'at the end of this day, such as 2026-11-30 (else today)')
    .option('--against <date>', 'the day to compare with (else 30 days before)')
    .option('--branch <code>', 'of one branch')
    .option('--rm <id>', "of one RM, by the CRM user's id")
    .option('--by <branch|rm>', 'also for each branch or each RM')
    .action(async (options: AdminOptions & Record<'on' | 'against' | 'branch' | 'rm' | 'by', string | undefined>) => {
      const { on, against, branch, rm, by } = options
      const query = new URLSearchParams(
        Object.entries({ on, against, branch, rm, by }).filter(
          (entry): entry is [string, string] => entry[1] !== undefined,
        ),
      )
      process.exitCode = await run(options, (admin, path) => admin.call('GET', `${path}/figures?${query}`), say)
    })
}
