import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import { readMapping, type Mapping } from '../feed/mapping.ts'
import { FeedUseError, runFeed, type Summary } from '../feed/run.ts'
import { send, type Sender } from '../feed/send.ts'

interface Options {
  mapping?: string
  to?: string
  secretEnv?: string
  dryRun?: boolean
  fromRow: string
  batch: string
  json?: boolean
}

const wholeNumber = (text: string): number | null => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : null)

const inWords = (summary: Summary, dryRun: boolean): string => {
  const { rows, skippedRows, facts, requests, accepted, refused, problems, problemCount, stopped } = summary
  const skipped = skippedRows > 0 ? ` (${skippedRows} skipped)` : ''
  const lines = [
    `${rows} rows${skipped}, ${facts} facts${dryRun ? '' : `, ${requests} requests, ${accepted} accepted, ${refused} refused`}`,
  ]
  for (const { row, error } of problems.slice(0, 20)) lines.push(`row ${row}: ${error}`)
  if (problemCount > 20) lines.push(`… ${problemCount - 20} more problems`)
  if (stopped) lines.push(`stopped: ${stopped.message}`, `go on with --from-row ${stopped.row}`)
  return lines.join('\n')
}

/** What is asked for, checked; a text says what is wrong with it. */
const check = async (file: string, options: Options) => {
  const { to, secretEnv, dryRun } = options
  if (!existsSync(file)) return `${file} is not there`
  if (!dryRun && (!to || !secretEnv)) return 'give --to and --secret-env, or --dry-run'
  if (to && !URL.canParse(to)) return '--to is no URL'
  const secret = secretEnv ? process.env[secretEnv] : undefined
  if (!dryRun && !secret) return `the environment has no ${secretEnv ?? 'secret'}`
  const [fromRow, batch] = [wholeNumber(options.fromRow), wholeNumber(options.batch)]
  if (fromRow === null || batch === null) return '--from-row and --batch take whole numbers from 1'
  if (options.mapping === undefined && !/\.(ndjson|jsonl)$/i.test(file)) return 'a table needs a --mapping'
  let mapping: Mapping | null = null
  if (options.mapping !== undefined) {
    const read = await readMapping(options.mapping)
    if (!read.ok) return `mapping:\n${read.errors.join('\n')}`
    mapping = read.mapping
  }
  return { to: to ?? '', secret: secret ?? '', fromRow, batch, mapping }
}

/** Runs `ladder feed`; answers the exit code: 0 all taken, 1 something was refused or stopped, 2 wrong use. */
export const feed = async (file: string, options: Options): Promise<0 | 1 | 2> => {
  const checked = await check(file, options)
  if (typeof checked === 'string') {
    process.stderr.write(`ladder feed: ${checked}\n`)
    return 2
  }
  const { to, secret, fromRow, batch, mapping } = checked
  const dryRun = options.dryRun === true
  const tell = (text: string): void => void (process.stderr.isTTY && process.stderr.write(`\r\u001b[K${text}`))
  const sender: Sender = {
    to,
    secret,
    fetch,
    wait: (ms) => sleep(ms),
    now: () => Date.now(),
    onRetry: (message, ms) => tell(`${message}; again in ${Math.ceil(ms / 1000)} s`),
  }
  const print = async (lines: string[]) => {
    if (!process.stdout.write(lines.join('\n') + '\n'))
      await new Promise((drained) => process.stdout.once('drain', drained))
    return { ok: true as const, accepted: lines.length, rejected: [] }
  }
  try {
    const summary = await runFeed({
      file,
      mapping,
      fromRow,
      batch,
      take: dryRun ? print : (lines) => send(sender, lines),
      onProgress: ({ rows, accepted }) => tell(dryRun ? '' : `${rows} rows read, ${accepted} facts taken`),
    })
    tell('')
    if (options.json && !dryRun) process.stdout.write(`${JSON.stringify(summary)}\n`)
    else process.stderr.write(`${options.json ? JSON.stringify(summary) : inWords(summary, dryRun)}\n`)
    return summary.stopped || summary.problemCount > 0 ? 1 : 0
  } catch (error) {
    process.stderr.write(`ladder feed: ${error instanceof Error ? error.message : 'failed'}\n`)
    return error instanceof FeedUseError ? 2 : 1
  }
}

/** `ladder feed`: core-banking facts in bulk. */
export const registerFeed = (program: Command): void => {
  program
    .command('feed')
    .description('send core-banking facts of a table to Ladder')
    .argument('<file>', '.csv, or .ndjson (rows with a mapping, CloudEvents without)')
    .option('--mapping <file>', 'how rows become facts (YAML or JSON), see docs/mappings')
    .option('--to <url>', 'where to, such as https://…/hooks/corebank/<account>')
    .option('--secret-env <name>', 'environment variable that holds the secret (whsec_…)')
    .option('--dry-run', 'print the facts, send nothing')
    .option('--from-row <n>', 'begin at this row, counted from 1', '1')
    .option('--batch <n>', 'most facts in a request', '500')
    .option('--json', 'print the summary as JSON')
    .action(async (file: string, _options: Options, command: Command) => {
      process.exitCode = await feed(file, command.optsWithGlobals<Options>())
    })
}
