import path from 'node:path'
import type { Command } from 'commander'
import { checkProject, type ProjectCheck } from '../../hubspot/check.ts'
import { projectFiles, writeProject } from '../../hubspot/generate.ts'
import type { ProjectWish } from '../../hubspot/options.ts'
import { createOutput, EXIT, guarded, urlOf, WrongUse, type ExitCode, type Output } from '../output.ts'
import { registerConnect } from './hubspot-connect.ts'

interface ProjectOptions {
  publicUrl: string
  account: string
  out: string
  carrier: string
  oauth?: boolean
  allWebhooks?: boolean
  marketingEvents?: boolean
  objectCards?: boolean
  supportEmail?: string
  json?: boolean
}

const wishOf = (options: ProjectOptions): ProjectWish => {
  const publicUrl = urlOf('--public-url', options.publicUrl)
  const { protocol, hostname, search } = new URL(publicUrl)
  if (protocol !== 'https:' || !/\.[a-z][a-z0-9-]+$/i.test(hostname) || search !== '')
    throw new WrongUse(`--public-url: HubSpot calls https addresses with a full host name, "${publicUrl}" is none`)
  if (options.carrier !== 'custom' && options.carrier !== 'deal')
    throw new WrongUse(`--carrier: "${options.carrier}" is neither custom nor deal`)
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(options.account))
    throw new WrongUse(`--account: "${options.account}" has other characters than small letters, digits and dashes`)
  if (options.supportEmail !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(options.supportEmail))
    throw new WrongUse(`--support-email: "${options.supportEmail}" is no e-mail address`)
  return {
    publicUrl,
    account: options.account,
    carrier: options.carrier,
    oauth: options.oauth ?? false,
    genericWebhooks: options.allWebhooks ?? false,
    marketingEvents: options.marketingEvents ?? false,
    objectCards: options.objectCards ?? false,
    ...(options.supportEmail === undefined ? {} : { supportEmail: options.supportEmail }),
  }
}

const makeProject = async (options: ProjectOptions, output: Output): Promise<ExitCode> => {
  const wish = wishOf(options)
  const dir = path.resolve(options.out)
  const written = await writeProject(dir, projectFiles(wish))
  if (!written.ok) {
    output.result({ command: 'hubspot project', ok: false, foreign: written.foreign })
    output.error(
      `not written: ${written.foreign.join(', ')} in ${options.out} wasn't made by Ladder, or was changed since`,
    )
    return EXIT.problems
  }
  const checked = await checkProject(dir)
  const { files, removed } = written
  output.result({
    command: 'hubspot project',
    ok: checked.problems.length === 0,
    files,
    removed,
    problems: checked.problems,
  })
  for (const file of files) output.line(`✓ ${file}`)
  for (const file of removed) output.line(`- ${file}`)
  if (checked.problems.length === 0) output.line(`Next: hs project upload, in ${options.out} (see its README.md).`)
  return tell(checked, output)
}

const tell = ({ problems }: ProjectCheck, output: Output): ExitCode => {
  for (const { file, message } of problems) output.error(`✗ ${file}: ${message}`)
  return problems.length === 0 ? EXIT.ok : EXIT.problems
}

const checkDir = async (dir: string, output: Output): Promise<ExitCode> => {
  const checked = await checkProject(path.resolve(dir))
  const { components, problems } = checked
  output.result({ command: 'hubspot check', ok: problems.length === 0, components: components.length, problems })
  for (const { file, component } of components) output.line(`  ${component.type} ${component.uid} (${file})`)
  output.line(problems.length === 0 ? 'The project is sound.' : `${problems.length} problem(s).`)
  return tell(checked, output)
}

/** `ladder hubspot project|check|connect`. Exit codes: 0 fine, 1 problems found, 2 wrong use. */
export const registerHubspot = (program: Command): void => {
  const hubspot = program
    .command('hubspot')
    .description("HubSpot's developer project: the app that an admin uploads; accounts that use it by OAuth")
  hubspot
    .command('project')
    .description('write the project: app, webhooks, cards and workflow actions, ready for `hs project upload`')
    .requiredOption('--public-url <url>', 'https address under which HubSpot reaches Ladder')
    .requiredOption('--account <name>', "the account's name in Ladder")
    .requiredOption('--out <dir>', 'folder of the project; what Ladder did not write there stays')
    .option(
      '--carrier <carrier>',
      'what carries the stages: custom objects (Enterprise), or deals: custom|deal',
      'custom',
    )
    .option('--oauth', 'an app that several accounts use')
    .option('--marketing-events', 'campaigns are shown as marketing events too')
    .option('--all-webhooks', 'subscribe to custom objects, tasks and meetings too; HubSpot may refuse the upload')
    .option('--object-cards', "cards on Ladder's custom objects too: once `ladder apply` has made these")
    .option('--support-email <address>', 'whom users may ask, shown with the app')
    .option('--json', 'print one JSON object')
    .action(async (options: ProjectOptions) => {
      const output = createOutput({ json: options.json ?? false })
      await guarded('hubspot project', output, () => makeProject(options, output))
    })
  hubspot
    .command('check')
    .description('check a project without an account: each file, all together, and with HubSpot’s own parser')
    .argument('<dir>', 'folder of the project')
    .option('--json', 'print one JSON object')
    .action(async (dir: string, options: { json?: boolean }) => {
      const output = createOutput({ json: options.json ?? false })
      await guarded('hubspot check', output, () => checkDir(dir, output))
    })
  registerConnect(hubspot)
}
