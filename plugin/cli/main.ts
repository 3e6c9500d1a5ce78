import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Command } from 'commander'
import { EXIT } from './output.ts'
import { registerInstall } from './commands/install.ts'
import { registerRules } from './commands/rules.ts'
import { registerFeed } from './commands/feed.ts'

const { version } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8')) as {
  version: string
}

const program = new Command('ladder')
  .description("A bank's way of developing customers, for the CRM that the bank already has")
  .version(version)
  .showHelpAfterError('(see ladder --help)')
  .exitOverride()

registerInstall(program)
registerRules(program)
registerFeed(program)

// Groups that other parts of the project add: each file exports one `register…`.
for (const file of ['playbook', 'doctor', 'simulate', 'events', 'serve']) {
  const url = path.join(import.meta.dirname, 'commands', `${file}.ts`)
  if (!existsSync(url)) continue
  const group = (await import(url)) as Record<string, unknown>
  for (const [name, register] of Object.entries(group))
    if (name.startsWith('register') && typeof register === 'function') register(program)
}

for (const command of [program, ...program.commands]) command.exitOverride()

try {
  await program.parseAsync()
} catch (error) {
  // Commander has told already what is wrong; help and --version end with 0.
  const code = typeof error === 'object' && error !== null && 'exitCode' in error ? error.exitCode : undefined
  if (code === undefined) process.stderr.write(`ladder: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = code === 0 ? EXIT.ok : code === undefined ? EXIT.problems : EXIT.usage
}
