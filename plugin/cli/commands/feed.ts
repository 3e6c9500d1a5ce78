import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import { readMapping, type Mapping } from '../feed/mapping.ts'
import { runFeed, type Summary } from '../feed/run.ts'
import { send, type Sender } from '../feed/send.ts'
import { createOutput, EXIT, guarded, secretFrom, urlOf, WrongUse, type ExitCode, type Output } from '../output.ts'

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

/** Where to, or nothing on a dry run. */
const receiverOf = ({ to, secretEnv, dryRun }: Options): { to: string; secret: string } => {
  if (dryRun) return { to: '', secret: '' }
  if (!to || !secretEnv) throw new WrongUse('give --to and --secret-env, or --dry-run')
  return { to: urlOf('--to', to), secret: secretFrom('--secret-env', secretEnv) }
}

const mappingOf = async (file: string, { mapping }: Options): Promise<Mapping | null> => {
  if (mapping === undefined) {
    if (/\.(ndjson|jsonl)$/i.test(file)) return null
    throw new WrongUse('a table needs a --mapping, see docs/mappings')
  }
  const read = await readMapping(mapping)
  if (!read.ok) throw new WrongUse(`--mapping ${mapping}\n${read.errors.join('\n')}`)
  return read.mapping
}

const print = async (lines: string[]) => {
  if (!process.stdout.write(lines.join('\n') + '\n')) await once(process.stdout, 'drain')
  return { ok: true as const, accepted: lines.length, rejected: [] }
}

/** Runs `ladder feed`: 0 all taken, 1 something was refused or the feed stopped. Throws WrongUse. */
export const feed = async (file: string, options: Options, output: Output): Promise<ExitCode> => {
  if (!existsSync(file)) throw new WrongUse(`${file} is not there`)
  const [fromRow, batch] = [wholeNumber(options.fromRow), wholeNumber(options.batch)]
  if (fromRow === null || batch === null) throw new WrongUse('--from-row and --batch take whole numbers from 1')
  const dryRun = options.dryRun === true
  const receiver = receiverOf(options)
  output.hide(receiver.secret)
  const sender: Sender = {
    ...receiver,
    fetch,
    wait: (ms) => sleep(ms),
    now: () => Date.now(),
    onRetry: (message, ms) => output.progress(`${message}; again in ${Math.ceil(ms / 1000)} s`),
  }
  const summary = await runFeed({
    file,
    mapping: await mappingOf(file, options),
    fromRow,
    batch,
    take: dryRun ? print : (lines) => send(sender, lines),
    onProgress: ({ rows, accepted }) => output.progress(`${rows} rows read, ${accepted} facts taken`),
  })
  // On a dry run stdout holds the facts alone.
  if (dryRun) output.error(inWords(summary, true))
  else output.line(inWords(summary, false))
  if (!dryRun) output.result(summary)
  return summary.stopped || summary.problemCount > 0 ? EXIT.problems : EXIT.ok
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
    .option('--json', 'print one JSON object')
    .action(async (file: string, _options: Options, command: Command) => {
      const options = command.optsWithGlobals<Options>()
      const output = createOutput({ json: options.json === true })
      await guarded('feed', output, () => feed(file, options, output))
    })
}
