import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { followedObjects } from '../../../worker/crm/twenty/names.ts'
import { SCHEMES, type Scheme } from '../../../worker/ingress/signatures/index.ts'
import { inLines, isSound, skipped, type Check } from '../doctor/check.ts'
import { Admin } from '../admin.ts'
import { deliveryCheck } from '../doctor/delivery.ts'
import type { AccountFound } from '../doctor/hubspot.ts'
import { ladderChecks, onlyAccount } from '../doctor/ladder.ts'
import { diagnose } from '../doctor/signature.ts'
import { appCheck, permissionChecks, serverChecks, tokenCheck } from '../doctor/twenty.ts'
import { webhookChecks } from '../doctor/webhook.ts'
import { chineseOf } from '../../install/said/index.ts'
import { workerClient } from '../../install/worker.ts'
import { HUBSPOT_URL } from '../install/installer.ts'
import { adminToken } from '../install/options.ts'
import { createOutput, EXIT, guarded, secretFrom, urlOf, WrongUse, type ExitCode, type Output } from '../output.ts'

interface CrmOptions {
  crm?: string
  url?: string
  tokenEnv?: string
  ladderUrl?: string
  account?: string
  secretEnv?: string
  clientId?: string
  publicUrl?: string
  json?: boolean
}

interface SignatureOptions {
  scheme?: string
  secretEnv?: string
  method?: string
  url?: string
  header?: string[]
  bodyFile?: string
  now?: string
  json?: boolean
}

const isScheme = (name: string | undefined): name is Scheme =>
  (SCHEMES as readonly (string | undefined)[]).includes(name)

/** Headers as given on the command line. */
const headersOf = (lines: string[]): Headers => {
  const headers = new Headers()
  for (const line of lines) {
    const colon = line.indexOf(':')
    try {
      headers.append(line.slice(0, Math.max(0, colon)).trim(), line.slice(colon + 1).trim())
    } catch {
      throw new WrongUse(`--header "${line}" is none; write 'Name: value'`)
    }
  }
  return headers
}

const timeOf = (text: string | undefined): number =>
  text === undefined ? Date.now() : /^\d{12,14}$/.test(text) ? Number(text) : Date.parse(text)

/** The secret as it stands: white space around it may be the very fault that is looked for. */
const rawSecret = (name: string | undefined): string => {
  const secret = name === undefined ? undefined : process.env[name]
  if (secret === undefined) throw new WrongUse('--secret-env names an environment variable that is set')
  return secret
}

const bodyOf = (file: string | undefined): Uint8Array<ArrayBuffer> => {
  try {
    return new Uint8Array(readFileSync(file ?? ''))
  } catch {
    throw new WrongUse(`--body-file ${file ?? ''} can't be read`)
  }
}

/** Checks one recorded request; exit code 0 valid, 1 not valid. Throws WrongUse. */
export const doctorSignature = async (options: SignatureOptions, output: Output): Promise<ExitCode> => {
  const { scheme, method, url } = options
  if (!isScheme(scheme)) throw new WrongUse(`--scheme is one of ${SCHEMES.join(', ')}`)
  if (/^hubspot-v[23]$/.test(scheme) && !(method && url)) {
    throw new WrongUse(`${scheme} signs --method and --url: give both`)
  }
  const now = timeOf(options.now)
  if (Number.isNaN(now)) throw new WrongUse('--now is an instant such as 2026-11-21T23:48:31Z, or milliseconds')
  const headers = headersOf(options.header ?? [])
  const secret = rawSecret(options.secretEnv)
  output.hide(secret.trim())
  const request = { secret, headers, body: bodyOf(options.bodyFile), method, url, now }
  const diagnosis = await diagnose(scheme, request)
  const { valid, reason, cause, todo } = diagnosis
  output.line(valid ? 'valid' : `not valid: ${reason ?? ''}`)
  if (cause) output.line(cause)
  if (todo) output.line(`→ ${todo}`)
  output.result(diagnosis)
  return valid ? EXIT.ok : EXIT.problems
}

interface Asked {
  url: string
  token: string
  ladder: string | undefined
  /** The account's name, when it was given or Ladder has one alone. */
  account: string | undefined
  secret: string | undefined
}

const examineTwenty = async ({ url, token, ladder, account = 'default', secret }: Asked): Promise<Check[]> => {
  const target = ladder && `${ladder}/hooks/twenty/${account}`
  const server = await serverChecks(url)
  const checks: Check[] = [...server.checks]
  if (server.ok) {
    const key = await tokenCheck(url, token)
    checks.push(key)
    if (key.state !== 'fail') {
      const app = await appCheck(url, token)
      checks.push(app, ...(await permissionChecks(url, token, app.state === 'ok')))
      if (target) checks.push(...(await webhookChecks(url, token, target, followedObjects, secret)))
    }
  }
  if (ladder && target) checks.push(...(await ladderChecks(ladder, account)), await deliveryCheck(target, secret))
  return checks
}

const examineHubspot = async (
  { url, token, ladder, secret, clientId, ...asked }: Asked & { clientId?: string | undefined },
  given?: string,
): Promise<Check[]> => {
  const { hubspotClient } = await import('../../install/hubspot/client.ts')
  const { serverChecks: reachedChecks, accountChecks } = await import('../doctor/hubspot.ts')
  const { arrivalChecks, connectionChecks, deliveryChecks, publicUrlChecks } =
    await import('../doctor/hubspot-ladder.ts')
  const { journalChecks, readingCheck } = await import('../doctor/hubspot-journal.ts')
  const server = await reachedChecks(url)
  const found: AccountFound = server.ok ? await accountChecks(hubspotClient({ url, token, tries: 1 })) : { checks: [] }
  const app = clientId === undefined || secret === undefined ? undefined : { url, clientId, clientSecret: secret }
  const journal = found.facts ? await journalChecks(app, found.facts) : []
  const checks: Check[] = [...server.checks, ...found.checks, ...journal]
  if (!ladder) return checks
  const portalId = found.facts?.portalId ?? 0
  const account = asked.account ?? `hs-${portalId}`
  checks.push(...(await ladderChecks(ladder, account)))
  const admin = adminToken()
  if (found.facts && admin === undefined)
    checks.push(skipped('connection', 'set LADDER_ADMIN_TOKEN to compare what Ladder knows of the account'))
  else if (found.facts && admin !== undefined) {
    const state = await workerClient({ url: ladder, adminToken: admin }).state(account)
    checks.push(...connectionChecks(state, url, found.facts, found.plain))
    if (state.kind === 'connected')
      checks.push(
        ...(await arrivalChecks(new Admin(ladder, admin), account, found.facts)),
        ...(await readingCheck(new Admin(ladder, admin), account)),
      )
  }
  const publicUrl = given ?? ladder
  return [
    ...checks,
    ...publicUrlChecks(publicUrl),
    ...(await deliveryChecks({ ladder, publicUrl, account, portalId }, secret)),
  ]
}

/** Looks at a CRM and at Ladder; exit code 0 nothing failed, 1 something did. Throws WrongUse. */
export const doctorCrm = async (options: CrmOptions, output: Output): Promise<ExitCode> => {
  const { crm, secretEnv } = options
  if (crm !== 'twenty' && crm !== 'hubspot')
    throw new WrongUse('--crm is twenty or hubspot; for one recorded request: ladder doctor signature')
  const url = urlOf('--url', options.url ?? (crm === 'hubspot' ? HUBSPOT_URL : ''))
  const ladderUrl = options.ladderUrl ?? process.env.LADDER_URL
  const ladder = ladderUrl === undefined ? undefined : urlOf('--ladder-url', ladderUrl)
  const publicUrl = options.publicUrl ?? process.env.LADDER_PUBLIC_URL
  const called = publicUrl === undefined ? undefined : urlOf('--public-url', publicUrl)
  if (!options.tokenEnv) throw new WrongUse("--token-env names the environment variable that holds the CRM's key")
  const token = secretFrom('--token-env', options.tokenEnv)
  const secret = secretEnv === undefined ? undefined : secretFrom('--secret-env', secretEnv)
  for (const one of [token, secret, adminToken()]) output.hide(one)
  const account = options.account ?? (ladder && (await onlyAccount(ladder)))
  const asked: Asked = { url, token, ladder, account, secret }
  const { clientId } = options
  const checks = crm === 'hubspot' ? await examineHubspot({ ...asked, clientId }, called) : await examineTwenty(asked)
  output.line(inLines(checks))
  output.result({ ok: isSound(checks), checks, zh: chineseOf(checks) })
  return isSound(checks) ? EXIT.ok : EXIT.problems
}

const collect = (value: string, before: string[] = []): string[] => [...before, value]

/** `ladder doctor` and `ladder doctor signature`: which of URL, secret, scheme, scope, clock, limit is wrong. */
export const registerDoctor = (program: Command): void => {
  const doctor = program
    .command('doctor')
    .description('tell which of URL, key, permission, webhook, secret, clock or limit is wrong')
    .option('--crm <name>', 'twenty, hubspot')
    .option('--url <url>', "the CRM's base URL (signature: the URL that was called)")
    .option('--token-env <name>', "environment variable that holds the CRM's key")
    .option('--ladder-url <url>', "Ladder's base URL (else LADDER_URL)")
    .option('--account <name>', "the account's name in Ladder; may be left out when there is only one")
    .option('--secret-env <name>', "environment variable that holds the secret (hubspot: the app's client secret)")
    .option('--client-id <id>', 'hubspot: client id of the app: with its secret, whether it has a journal of changes')
    .option('--public-url <url>', 'hubspot: the address of Ladder that HubSpot calls (else LADDER_PUBLIC_URL)')
    .option('--json', 'print one JSON object')
    .action(async (_options: CrmOptions, command: Command) => {
      const options = command.optsWithGlobals<CrmOptions>()
      const output = createOutput({ json: options.json === true })
      await guarded('doctor', output, () => doctorCrm(options, output))
    })
  doctor
    .command('signature')
    .description('check the signature of one recorded request')
    .option('--scheme <scheme>', SCHEMES.join(', '))
    .option('--method <method>', 'HTTP method (hubspot-v2, hubspot-v3)')
    .option('--header <line>', "a header, 'Name: value'; give each", collect)
    .option('--body-file <file>', 'the body as received, raw bytes')
    .option('--now <time>', 'check as of this time, ISO or milliseconds (default: the present)')
    .action(async (_options: SignatureOptions, command: Command) => {
      const options = command.optsWithGlobals<SignatureOptions>()
      const output = createOutput({ json: options.json === true })
      await guarded('doctor signature', output, () => doctorSignature(options, output))
    })
}
