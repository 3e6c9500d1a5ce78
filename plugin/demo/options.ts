import { Command, InvalidArgumentError, Option } from 'commander'
import type { Carrier } from '../../worker/crm/hubspot/layout.ts'
import { type CrmName, CRMS } from './crm/index.ts'

export interface DemoOptions {
  crm: CrmName
  carrier: Carrier
  port?: number
  folder: string
  keep: boolean
  once: boolean
  json: boolean
  customers: number
  weeks: number
  seed: number
  /** ISO date of the last day; today when not said. */
  until?: string
}

const date = (text: string): string => {
  if (/^20\d\d-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))) return text
  throw new InvalidArgumentError('a date such as 2026-09-18 is needed')
}

const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text)
    if (Number.isInteger(value) && value >= least && value <= most) return value
    throw new InvalidArgumentError(`a whole number from ${least} to ${most} is needed`)
  }

/** Reads the options of `npm start`. Wrong ones end the process with code 2, as all commands do. */
export const readOptions = (argv: readonly string[]): DemoOptions => {
  const command = new Command('npm start --')
    .description('try Ladder: a sandbox CRM, a bank with customers, and six weeks of its life')
    .addOption(new Option('--crm <name>', 'which CRM').choices(CRMS).default('twenty'))
    .addOption(
      new Option(
        '--carrier <what>',
        'hubspot: what carries the stages, custom objects (Enterprise) or deals (Professional); default custom',
      ).choices(['custom', 'deal']),
    )
    .option('--port <n>', 'port of Ladder; the sandbox takes the next one (default 8787)', whole(1, 65_534))
    .option('--folder <path>', 'where data and keys live (default .ladder/demo, for hubspot .ladder/demo-hubspot)')
    .option('--keep', 'go on with what the last run left, without playing again', false)
    .option('--once', 'print the summary and end; takes free ports unless --port is given', false)
    .option('--json', 'print the summary as one JSON object', false)
    .option('--customers <n>', 'how many customers', whole(30, 5_000), 300)
    .option('--weeks <n>', 'how many weeks to play', whole(1, 26), 6)
    .option('--seed <n>', 'another bank, other weeks', whole(0, 4_294_967_295), 2026)
    .option('--until <date>', 'with --once: the last day of the weeks, instead of today', date)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .parse(argv, { from: 'user' })
  const given = command.opts<Omit<DemoOptions, 'carrier' | 'folder'> & Partial<DemoOptions>>()
  if (given.carrier !== undefined && given.crm !== 'hubspot') command.error('error: --carrier is for --crm hubspot')
  // another day's clock could not be let go
  if (given.until !== undefined && !given.once) command.error('error: --until needs --once')
  return {
    ...given,
    carrier: given.carrier ?? 'custom',
    folder: given.folder ?? (given.crm === 'twenty' ? '.ladder/demo' : `.ladder/demo-${given.crm}`),
  }
}
