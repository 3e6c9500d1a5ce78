import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Command } from 'commander'
import { registerActivity } from './commands/activity.ts'
import { registerFigures } from './commands/figures.ts'
import { registerDocument } from './commands/document.ts'
import { registerCampaigns } from './commands/campaigns.ts'
import { registerConsole } from './commands/console.ts'
import { registerDoctor } from './commands/doctor.ts'
import { registerFeed } from './commands/feed.ts'
import { registerHubspot } from './commands/hubspot.ts'
import { registerInstall } from './commands/install.ts'
import { registerPlaybook } from './commands/playbook.ts'
import { registerReport } from './commands/report.ts'
import { registerPortfolio } from './commands/portfolio.ts'
import { registerRerate } from './commands/rerate.ts'
import { registerRules } from './commands/rules.ts'
import { registerSimulate } from './commands/simulate.ts'
import { registerServe } from './commands/serve.ts'
import { EXIT } from './output.ts'

const { version } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8')) as {
  version: string
}

// started by an older Node's process: when that one is gone, this one ends as if it had been told to
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()

// whoever reads has read enough (`ladder plan … | head`)
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

const program = new Command('ladder')
  .description("A bank's way of developing customers, for the CRM that the bank already has")
  .version(version)
  .showHelpAfterError('(see ladder --help)')
  .exitOverride()

for (const register of [
  registerInstall,
  registerHubspot,
  registerDoctor,
  registerPlaybook,
  registerPortfolio,
  registerRerate,
  registerRules,
  registerFeed,
  registerActivity,
  registerCampaigns,
  registerFigures,
  registerReport,
  registerDocument,
  registerConsole,
  registerServe,
  registerSimulate,
])
  register(program)

for (const command of [program, ...program.commands]) command.exitOverride()

try {
  await program.parseAsync()
} catch (error) {
  // Commander has told already what is wrong; help and --version end with 0.
  const code = typeof error === 'object' && error !== null && 'exitCode' in error ? error.exitCode : undefined
  if (code === undefined) process.stderr.write(`ladder: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = code === 0 ? EXIT.ok : code === undefined ? EXIT.problems : EXIT.usage
}
