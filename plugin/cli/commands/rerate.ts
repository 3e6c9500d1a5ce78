import type { Command } from 'commander'
import { type AdminOptions, withAdminOptions } from '../admin.ts'
import { cutNote, run } from './activity.ts'

interface Row {
  ref: string
  name: string
  from: string | null
  to: string
  effectiveOn: string
}

interface Run {
  status: string
  effectiveOn: string
  leaving: number
}

const sayRuns = ({ runs }: Record<string, unknown>): string =>
  Object.entries((runs ?? {}) as Record<string, Run>)
    .map(([id, one]) => `${id}  ${one.status.padEnd(8)} in force from ${one.effectiveOn}, to leave: ${one.leaving}`)
    .join('\n') || 'there was no run yet'

const sayProposals = ({ rows, total }: Record<string, unknown>): string =>
  [
    `${String(total)} proposals wait`,
    ...cutNote(rows, total),
    ...(rows as Row[]).map((one) => `  ${one.name || one.ref}: ${one.from ?? '-'} → ${one.to} from ${one.effectiveOn}`),
  ].join('\n')

interface AnswerOptions extends AdminOptions {
  by: string
  reason: string
  tier?: string[]
}

/** `ladder rerate start|list|approve|reject`: rating runs over all customers of a scheme (TIER-RERATE). */
export const registerRerate = (program: Command): void => {
  const rerate = program
    .command('rerate')
    .description('rate all customers of a scheme again, and answer what is proposed')
  withAdminOptions(rerate.command('start').description('begin a run now; the yearly ones begin by themselves'))
    .requiredOption('--scheme <id>', 'a scheme of the playbook, such as TIER-VALUE')
    .option('--effective <date>', 'from when on moves are in force; else as the playbook says')
    .action(async (options: AdminOptions & { scheme: string; effective?: string }) => {
      const body = { scheme: options.scheme, effectiveOn: options.effective ?? null }
      process.exitCode = await run(
        options,
        (admin, path) => admin.call('POST', `${path}/rating-runs`, body),
        (answer) => sayRuns(answer),
      )
    })
  withAdminOptions(rerate.command('list [run]').description('all runs; of one run, what waits for an answer')).action(
    async (id: string | undefined, options: AdminOptions) => {
      const query = id === undefined ? '' : `?run=${encodeURIComponent(id)}`
      process.exitCode = await run(
        options,
        (admin, path) => admin.call('GET', `${path}/rating-runs${query}`),
        id === undefined ? sayRuns : sayProposals,
      )
    },
  )
  for (const [name, answer] of [
    ['approve', 'APPROVED'],
    ['reject', 'REJECTED'],
  ] as const)
    withAdminOptions(rerate.command(`${name} <run>`).description(`${name} what a run proposes, all at once`))
      .requiredOption('--by <name>', 'who of the grade committee says so')
      .requiredOption('--reason <text>', 'why')
      .option('--tier <code...>', 'only proposals of these tiers')
      .action(async (id: string, options: AnswerOptions) => {
        const { by, reason, tier: tiers = [] } = options
        process.exitCode = await run(
          options,
          (admin, path) => admin.call('POST', `${path}/rating-runs/answer`, { run: id, answer, by, reason, tiers }),
          () => `${id}: ${answer.toLowerCase()}`,
        )
      })
}
