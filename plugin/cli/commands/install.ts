import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import type { Installer } from '../../install/installer.ts'
import { installerFor } from '../install/installer.ts'
import type { Options } from '../install/options.ts'
import { tell, wordsFor } from '../install/print.ts'
import { createOutput, guarded, WrongUse, type ExitCode, type Output } from '../output.ts'

const confirm = async (isNeeded: boolean, yes: boolean): Promise<void> => {
  if (!isNeeded || yes) return
  if (!process.stdin.isTTY) throw new WrongUse('--remove-app and --delete-data take things away: say --yes too')
  const prompt = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await prompt.question('Type "remove" to go on: ')
  prompt.close()
  if (answer.trim() !== 'remove') throw new WrongUse('nothing was done')
}

type Run = (installer: Installer, options: Options, output: Output) => Promise<ExitCode>

/** `ladder plan|apply|verify|uninstall`. Exit codes: 0 fine, 1 problems found, 2 wrong use. */
export const registerInstall = (program: Command): void => {
  const add = (name: string, description: string, run: Run): Command =>
    program
      .command(name)
      .description(description)
      .requiredOption('--crm <name>', 'the CRM: twenty, hubspot')
      .requiredOption('--token-env <name>', "environment variable that holds an admin's API key, or the app's token")
      .option('--url <url>', 'address of the CRM, such as https://crm.example.com (hubspot: https://api.hubapi.com)')
      .option('--ladder-url <url>', "address of Ladder's Worker (else LADDER_URL, else http://127.0.0.1:8787)")
      .option('--account <name>', "the account's name in Ladder (else the workspace's; hubspot: hs-<portal>)")
      .option('--shards <n>', 'Books over which customers are spread, 1 to 256; fixed at the first apply', '1')
      .option('--carrier <kind>', 'hubspot: what carries the stages: custom (Enterprise), deal, auto')
      .option('--language <language>', 'hubspot: language of new labels, zh-CN or en (else as it is, else zh-CN)')
      .option('--marketing-events', 'hubspot: show campaigns as marketing events too')
      .option('--client-secret-env <name>', "hubspot: client secret of the app, by which Ladder knows HubSpot's calls")
      .option(
        '--client-id <id>',
        'hubspot: client id of the app; with its secret, its journal of changes is set up and read',
      )
      .option('--json', 'print one JSON object')
      .action(async (_options: Options, command: Command) => {
        const options = command.optsWithGlobals<Options>()
        const output = createOutput({ json: options.json ?? false })
        await guarded(name, output, async () => run(await installerFor(options, output), options, output))
      })

  const apply =
    (command: string, write: boolean): Run =>
    async (installer, { crm }, output) => {
      const report = await installer.install(write)
      const code = tell({ command, crm }, report, output, !write)
      output.line(wordsFor(report, write))
      return code
    }

  add('plan', 'show what apply would do, and what stands in the way', apply('plan', false))
  add('apply', 'install Ladder, or bring it up to date', apply('apply', true))
    .option('--rotate-secret', 'pass all secrets on anew (twenty: with a fresh webhook secret)')
    .option('--worker-token-env <name>', 'another API key for the Worker, such as one with the role "Ladder service"')
    .option('--corebank-secret-env <name>', 'secret of core banking (whsec_…), passed on to the Worker')
    .option('--yes', 'ask nothing')
  add('verify', 'compare the CRM with the model, field by field', async (installer, { crm }, output) =>
    tell({ command: 'verify', crm }, await installer.verify(), output, false),
  )
  add('uninstall', 'export, then disconnect; the app and its records stay', async (installer, options, output) => {
    const { removeApp = false, deleteData = false, yes = false, crm } = options
    for (const line of installer.uninstallNotice({ removeApp, deleteData })) output.line(line)
    await confirm(removeApp || deleteData, yes)
    const now = new Date()
    const exportDir = options.exportDir ?? `ladder-export-${now.toISOString().slice(0, 10)}`
    const report = await installer.uninstall({ exportDir, removeApp, deleteData, now })
    return tell({ command: 'uninstall', crm }, report, output, false)
  })
    .option('--export-dir <dir>', 'where the export goes (else ./ladder-export-<date>)')
    .option('--remove-app', "take Ladder's parts away too (twenty: with ALL THEIR RECORDS; hubspot: what is unused)")
    .option('--delete-data', "take Ladder's own records away too")
    .option('--yes', 'ask nothing')
}
