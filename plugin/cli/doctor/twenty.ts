import { compareVersions, OLDEST } from '../../install/twenty/server.ts'
import { APP_ID } from '../../twenty/ids.ts'
import { failed, pass, skipped, warn, type Check } from './check.ts'
import { get, probe, skewOf, type Probe } from './probe.ts'
import { t } from '../../install/said/index.ts'

/** Beyond this the window of five minutes gets tight, in seconds. */
const SKEW_WARN = 30
const SKEW_FAIL = 240

/** A record that isn't there: writing to it changes nothing, and says whether writing is allowed. */
const NOBODY = '00000000-0000-4000-8000-000000000000'

/** Objects of which Ladder needs to read and write records, with the plural that paths use. */
const STANDARD: readonly (readonly [object: string, plural: string])[] = [
  ['company', 'companies'],
  ['person', 'people'],
  ['task', 'tasks'],
]
const CUSTOM: readonly (readonly [object: string, plural: string])[] = [
  ['development', 'developments'],
  ['escalation', 'escalations'],
]

export const isDenied = (answer: Probe): boolean =>
  answer.ok && (answer.status === 403 || /PERMISSION_DENIED|FORBIDDEN/.test(JSON.stringify(answer.body)))

const isLimited = (answer: Probe): boolean =>
  answer.ok && (answer.status === 429 || JSON.stringify(answer.body).includes('LIMIT_REACHED'))

export const skewCheck = (name: string, answer: Probe): Check => {
  const skew = skewOf(answer)
  if (skew === null) return skipped(name, 'the server sends no Date header')
  const text = t`its clock is ${Math.abs(skew)} s ${skew < 0 ? 'behind' : 'ahead of'} this machine's`
  if (Math.abs(skew) >= SKEW_FAIL)
    return failed(name, text, 'Set both clocks by NTP: more than 300 s and deliveries are refused.')
  return Math.abs(skew) >= SKEW_WARN ? warn(name, text, 'Set both clocks by NTP.') : pass(name, text)
}

const versionChecks = (config: Probe): Check[] => {
  const version = config.ok ? get(config.body, 'appVersion') : undefined
  if (typeof version !== 'string')
    return [warn('version', 'the server does not say its version', t`Ladder needs ${OLDEST} or newer.`)]
  return compareVersions(version, OLDEST) < 0
    ? [failed('version', t`Twenty ${version} is too old`, t`Upgrade Twenty to ${OLDEST} or newer.`)]
    : [pass('version', t`Twenty ${version}`)]
}

/** Is a Twenty there, which one, and is its clock right? `ok`: it makes sense to go on. */
export const serverChecks = async (url: string): Promise<{ ok: boolean; checks: Check[] }> => {
  const config = await probe(`${url}/client-config`)
  const health = config.ok && config.status === 200 ? config : await probe(`${url}/healthz`)
  if (!health.ok)
    return { ok: false, checks: [failed('url', t`${url} can't be reached: ${health.message}`, health.todo)] }
  if (health.status >= 300) {
    const to = health.headers.get('location')
    const message = t`${url} answers ${health.status}${to ? t` to ${to}` : ''} and looks like no Twenty server`
    return { ok: false, checks: [failed('url', message, 'Give the base URL of the server, without a path.')] }
  }
  return { ok: true, checks: [pass('url', t`${url} answers`), ...versionChecks(config), skewCheck('clock', health)] }
}

/** Is the key good? */
export const tokenCheck = async (url: string, token: string): Promise<Check> => {
  const query = '{ currentWorkspace { id displayName } }'
  const answer = await probe(`${url}/metadata`, { method: 'POST', token, json: { query } })
  if (!answer.ok) return failed('token', t`no answer: ${answer.message}`, answer.todo)
  const id = get(answer.body, 'data', 'currentWorkspace', 'id')
  if (typeof id === 'string') return pass('token', t`the key is good for workspace ${id}`)
  if (isLimited(answer))
    return warn('token', 'could not be checked: the rate limit is reached', 'Try again in a minute.')
  const said = get(answer.body, 'errors', 0, 'message') ?? get(answer.body, 'messages', 0) ?? `HTTP ${answer.status}`
  return failed(
    'token',
    t`Twenty refuses the key: ${String(said)}`,
    'Make a new key in Settings → APIs & Webhooks; mind its date of expiry.',
  )
}

const permission = async (url: string, token: string, object: string, plural: string): Promise<Check[]> => {
  const read = await probe(`${url}/rest/${plural}?limit=1`, { token })
  if (isLimited(read)) return [skipped(t`read ${object}`, 'the rate limit is reached')]
  if (isDenied(read))
    return [failed(t`read ${object}`, 'the key may not', t`Give its role the right to read ${object} records.`)]
  if (!read.ok || read.status !== 200)
    return [failed(t`read ${object}`, read.ok ? `HTTP ${read.status}` : read.message, 'Is the app installed?')]
  const write = await probe(`${url}/rest/${plural}/${NOBODY}`, { method: 'PATCH', token, json: {} })
  if (isLimited(write))
    return [pass(t`read ${object}`, 'allowed'), skipped(t`write ${object}`, 'the rate limit is reached')]
  return [
    pass(t`read ${object}`, 'allowed'),
    isDenied(write)
      ? failed(t`write ${object}`, 'the key may not', t`Give its role the right to update ${object} records.`)
      : pass(t`write ${object}`, 'allowed'),
  ]
}

/** May the key read and write what Ladder needs? Nothing is changed by asking. Ends with the state of the rate limit. */
export const permissionChecks = async (url: string, token: string, appInstalled: boolean): Promise<Check[]> => {
  const checks: Check[] = []
  for (const [object, plural] of [...STANDARD, ...(appInstalled ? CUSTOM : [])]) {
    checks.push(...(await permission(url, token, object, plural)))
  }
  const limited = checks.some(({ state, message }) => state === 'skip' && message.includes('rate limit'))
  checks.push(
    limited
      ? warn(
          'rate limit',
          'it is reached now (100 calls a minute by default)',
          'See what else uses this key, or raise API_RATE_LIMITING_LONG_LIMIT.',
        )
      : pass('rate limit', 'not reached'),
  )
  return checks
}

/** Is Ladder's app there? */
export const appCheck = async (url: string, token: string): Promise<Check> => {
  const query = '{ findManyApplications { universalIdentifier version } }'
  const answer = await probe(`${url}/metadata`, { method: 'POST', token, json: { query } })
  const apps = answer.ok ? get(answer.body, 'data', 'findManyApplications') : undefined
  if (!Array.isArray(apps))
    return warn('app', 'the key may not list apps', 'Not needed to run; use an admin key to check.')
  const app: unknown = apps.find((one) => get(one, 'universalIdentifier') === APP_ID)
  if (!app) return failed('app', "Ladder's app is not installed", 'Run `ladder apply`.')
  return pass('app', t`Ladder ${String(get(app, 'version') ?? '')} is installed`)
}
