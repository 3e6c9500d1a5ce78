import type { Command } from 'commander'
import { appScopes } from '../../hubspot/scopes.ts'
import { Admin, type AdminOptions } from '../admin.ts'
import { createOutput, EXIT, guarded, WrongUse, type ExitCode, type Output } from '../output.ts'

interface ConnectOptions extends Pick<AdminOptions, 'ladderUrl' | 'json'> {
  carrier: string
  marketingEvents?: boolean
  portal?: string
}

const portalOf = (text: string | undefined): { portalId?: number } => {
  if (text === undefined) return {}
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new WrongUse(`--portal: "${text}" is no number of a HubSpot account`)
  return { portalId: Number(text) }
}

const connect = async (options: ConnectOptions, output: Output): Promise<ExitCode> => {
  const { carrier, marketingEvents = false } = options
  if (carrier !== 'custom' && carrier !== 'deal')
    throw new WrongUse(`--carrier: "${carrier}" is neither custom nor deal`)
  const wish = { scopes: appScopes(carrier, marketingEvents), ...portalOf(options.portal) }
  const admin = Admin.from(options)
  if (typeof admin === 'string') throw new WrongUse(admin)
  const answer = await admin.call('POST', '/oauth/hubspot', wish)
  if (!answer.ok) {
    output.result({ command: 'hubspot connect', ok: false, message: answer.message })
    output.error(answer.message)
    return EXIT.problems
  }
  const { url, until, redirectUri } = answer.body
  output.result({ command: 'hubspot connect', ok: true, url, until, redirectUri })
  output.line(`Open this as an admin of the HubSpot account; it is good once, until ${String(until)}:`)
  output.line(String(url))
  output.line(`The app's project must name the redirect ${String(redirectUri)} (ladder hubspot project --oauth does).`)
  return EXIT.ok
}

/** `ladder hubspot connect`: a link with which an admin of HubSpot connects an account to an app of several. */
export const registerConnect = (hubspot: Command): void => {
  hubspot
    .command('connect')
    .description('make a link with which an admin of HubSpot connects an account by OAuth')
    .option(
      '--carrier <carrier>',
      'as in the project: custom objects (Enterprise), or deals: custom|deal; its scopes are asked for',
      'custom',
    )
    .option('--marketing-events', 'as in the project')
    .option('--portal <number>', 'the one HubSpot account that may agree; any when left out')
    .option('--ladder-url <url>', 'address of Ladder (else LADDER_URL, else http://127.0.0.1:8787)')
    .option('--json', 'print one JSON object')
    .action(async (options: ConnectOptions) => {
      const output = createOutput({ json: options.json ?? false })
      await guarded('hubspot connect', output, () => connect(options, output))
    })
}
