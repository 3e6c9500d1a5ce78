import { existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import { install } from '../../install/twenty/apply.ts'
import { twentyClient } from '../../install/twenty/client.ts'
import type { Report, Step } from '../../install/step.ts'
import type { Context } from '../../install/twenty/context.ts'
import { uninstall, uninstallNotice, type UninstallReport } from '../../install/twenty/uninstall.ts'
import { verify } from '../../install/twenty/verify.ts'
import { workerClient } from '../../install/worker.ts'
import { createOutput, EXIT, guarded, secretFrom, urlOf, WrongUse, type ExitCode, type Output } from '../output.ts'

interface Options {
  crm: string
  url: string
  tokenEnv: string
  ladderUrl?: string
  account?: string
  shards: string
  rotateSecret?: boolean
  workerTokenEnv?: string
  corebankSecretEnv?: string
  exportDir?: string
  removeApp?: boolean
  yes?: boolean
  json?: boolean
}

const ADMIN_TOKEN_FILE = '.ladder/admin-token'

const adminToken = (): string | undefined => {
  const given = process.env.LADDER_ADMIN_TOKEN?.trim()
  if (given) return given
  return existsSync(ADMIN_TOKEN_FILE) ? readFileSync(ADMIN_TOKEN_FILE, 'utf8').trim() || undefined : undefined
}

const contextOf = (options: Options, output: Output): Context => {
  if (options.crm !== 'twenty') throw new WrongUse(`--crm: "${options.crm}" is not known; this version installs twenty`)
  const shards = Number(options.shards)
  if (!Number.isInteger(shards) || shards < 1 || shards > 256)
    throw new WrongUse(`--shards: "${options.shards}" is no whole number from 1 to 256`)
  if (options.account !== undefined && !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(options.account))
    throw new WrongUse(`--account: "${options.account}" has other characters than small letters, digits and dashes`)
  const url = urlOf('--url', options.url)
  const token = secretFrom('--token-env', options.tokenEnv)
  const { workerTokenEnv, corebankSecretEnv } = options
  const workerToken = workerTokenEnv ? secretFrom('--worker-token-env', workerTokenEnv) : undefined
  const corebankSecret = corebankSecretEnv ? secretFrom('--corebank-secret-env', corebankSecretEnv) : undefined
  const admin = adminToken()
  for (const secret of [token, workerToken, corebankSecret, admin]) output.hide(secret)
  const named = options.ladderUrl ?? process.env.LADDER_URL
  const ladderUrl = urlOf('--ladder-url', named ?? 'http://127.0.0.1:8787')
  return {
    client: twentyClient({ url, token, onWait: (message) => output.progress(message) }),
    worker: workerClient({ url: ladderUrl, adminToken: admin }),
    token,
    options: {
      account: options.account,
      ladderUrl,
      isLadderUrlGiven: options.ladderUrl !== undefined,
      shards,
      rotateSecret: options.rotateSecret ?? false,
      workerToken,
      corebankSecret,
    },
    progress: (message) => output.progress(message),
  }
}

const MARKS: Readonly<Record<Step['state'], string>> = {
  unchanged: '=',
  done: '✓',
  planned: '+',
  open: '…',
  failed: '✗',
}

/** Prints a report for people (`=` as it was, `✓` done, `+` would change, `…` left open, `✗` failed) or as one object. */
const tell = (command: string, report: Report | UninstallReport, output: Output, showCalls: boolean): ExitCode => {
  report.steps.forEach(({ name, state, lines, calls }, index) => {
    output.line(`${MARKS[state]} ${index + 1} ${name}`)
    for (const line of lines) output.line(`      ${line}`)
    if (showCalls) for (const call of calls ?? []) output.line(`      → ${call}`)
  })
  for (const notice of report.notices) output.line(`! ${notice}`)
  output.result({ command, crm: 'twenty', ...report })
  for (const { what, where, todo } of report.problems) output.error(`✗ ${where}: ${what}\n      ${todo}`)
  return report.ok ? EXIT.ok : EXIT.problems
}

const wordsFor = (report: Report, write: boolean): string => {
  const states = new Set(report.steps.map(({ state }) => state))
  if (!report.ok)
    return write ? 'Not finished: put this right and run it again, it goes on from here.' : 'This stands in the way.'
  if (states.has('planned')) return 'Nothing was changed. `ladder apply` does this.'
  if (states.has('open')) return 'Done, but for what stays open (…).'
  if (states.has('done')) return 'Done.'
  return 'Everything is as it should be: nothing to change.'
}

const confirm = async (removeApp: boolean, yes: boolean): Promise<void> => {
  if (!removeApp || yes) return
  if (!process.stdin.isTTY) throw new WrongUse('--remove-app deletes records: say --yes too')
  const prompt = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await prompt.question('Type "remove" to go on: ')
  prompt.close()
  if (answer.trim() !== 'remove') throw new WrongUse('nothing was done')
}

/** `ladder plan|apply|verify|uninstall`. Exit codes: 0 fine, 1 problems found, 2 wrong use. */
export const registerInstall = (program: Command): void => {
  const add = (
    name: string,
    description: string,
    run: (context: Context, options: Options, output: Output) => Promise<ExitCode>,
  ): Command =>
    program
      .command(name)
      .description(description)
      .requiredOption('--crm <name>', 'the CRM: twenty')
      .requiredOption('--url <url>', 'address of the CRM, such as https://crm.example.com')
      .requiredOption('--token-env <name>', 'environment variable that holds an API key of an admin')
      .option('--ladder-url <url>', "address of Ladder's Worker (else LADDER_URL, else http://127.0.0.1:8787)")
      .option('--account <name>', "the account's name in Ladder (else the workspace's)")
      .option('--shards <n>', 'Books over which customers are spread, 1 to 256; fixed at the first apply', '1')
      .option('--json', 'print one JSON object')
      .action(async (_options: Options, command: Command) => {
        const options = command.optsWithGlobals<Options>()
        const output = createOutput({ json: options.json ?? false })
        await guarded(name, output, () => run(contextOf(options, output), options, output))
      })

  add('plan', 'show what apply would do, and what stands in the way', async (context, _options, output) => {
    const report = await install(context, false)
    const code = tell('plan', report, output, true)
    output.line(wordsFor(report, false))
    return code
  })
  add('apply', 'install Ladder, or bring it up to date', async (context, _options, output) => {
    const report = await install(context, true)
    const code = tell('apply', report, output, false)
    output.line(wordsFor(report, true))
    return code
  })
    .option('--rotate-secret', 'set a fresh webhook secret, and pass all secrets on anew')
    .option('--worker-token-env <name>', 'another API key for the Worker, such as one with the role "Ladder service"')
    .option('--corebank-secret-env <name>', 'secret of core banking (whsec_…), passed on to the Worker')
    .option('--yes', 'ask nothing')
  add('verify', 'compare the CRM with the model, field by field', async (context, _options, output) =>
    tell('verify', await verify(context), output, false),
  )
  add('uninstall', 'export, then disconnect; the app and its records stay', async (context, options, output) => {
    const removeApp = options.removeApp ?? false
    for (const line of uninstallNotice(removeApp)) output.line(line)
    await confirm(removeApp, options.yes ?? false)
    const now = new Date()
    const exportDir = options.exportDir ?? `ladder-export-${now.toISOString().slice(0, 10)}`
    return tell('uninstall', await uninstall(context, { exportDir, removeApp, now }), output, false)
  })
    .option('--export-dir <dir>', 'where the export goes (else ./ladder-export-<date>)')
    .option('--remove-app', 'take the app away too: its objects, fields and ALL THEIR RECORDS are gone')
    .option('--yes', 'ask nothing')
}
