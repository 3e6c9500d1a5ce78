import { failed, pass, warn, type Check } from './check.ts'
import { get, probe } from './probe.ts'
import { skewCheck } from './twenty.ts'
import { t } from '../../install/said/index.ts'

/** Without an event for so long, something may be broken even in a quiet bank. */
const QUIET_HOURS = 24

/** The next year's holidays are published in November; ladders and cadences look so far ahead. */
const COVER_DAYS = 30

const numberAt = (value: unknown, key: string): number => Number(get(value, key) ?? 0)

const accountChecks = (health: unknown, account: string): Check[] => {
  const state = get(health, 'accounts', account)
  if (state === undefined) {
    return [failed('account', t`Ladder has no account "${account}"`, 'Run `ladder apply`, or check --account.')]
  }
  const checks = [pass('account', t`"${account}" is set up`)]
  const at = Date.parse(String(get(state, 'lastEventAt') ?? ''))
  const hours = (Date.now() - at) / 3_600_000
  if (Number.isNaN(at)) {
    checks.push(warn('last event', 'none yet', 'Change a company in the CRM and run this again.'))
  } else {
    const text = `${new Date(at).toISOString()} (${hours < 1 ? `${Math.round(hours * 60)} min` : `${Math.round(hours)} h`} ago)`
    checks.push(
      hours > QUIET_HOURS
        ? warn('last event', text, 'Check the webhook; the sweep heals what was lost.')
        : pass('last event', text),
    )
  }
  const consent = get(state, 'consent')
  if (consent === 'taken-back')
    checks.push(
      failed(
        'consent',
        'the consent of this HubSpot account was taken back; what Ladder has to write waits',
        'Run `ladder hubspot connect`, and let an admin of the account open the link.',
      ),
    )
  else if (consent === 'trouble')
    checks.push(
      warn(
        'consent',
        'HubSpot gave no new access token; Ladder asks again',
        'See consent.message in the status of the account: LADDER_HUBSPOT_CLIENT_ID and _SECRET may be wrong.',
      ),
    )
  else if (consent !== undefined) checks.push(pass('consent', 'the account is connected by OAuth'))
  const covered = String(get(state, 'coveredUntil') ?? '')
  const days = (Date.parse(covered) - Date.now()) / 86_400_000
  if (days < COVER_DAYS)
    checks.push(
      warn(
        'calendar',
        t`holidays are known until ${covered}: time limits that run past it count plain weekdays`,
        'Update Ladder, or give the days in the playbook (calendar.days) and move calendar.coveredUntil.',
      ),
    )
  else if (covered !== '') checks.push(pass('calendar', t`holidays are known until ${covered}`))
  const [dead, age, overdue] = ['deadLetters', 'inboxAgeSeconds', 'overdueTimers'].map((key) => numberAt(state, key))
  if (dead)
    checks.push(
      failed('dead letters', t`${dead} writes could not be made`, 'See `ladder dead-letters`, then `ladder replay`.'),
    )
  if (age && age > 300) checks.push(failed('inbox', t`the oldest request waits for ${age} s`, "See Ladder's log."))
  if (overdue) checks.push(warn('timers', t`${overdue} are overdue`, "See Ladder's log."))
  return checks
}

/** Is Ladder reachable, whole, and does it get events? */
export const ladderChecks = async (url: string, account: string): Promise<Check[]> => {
  const answer = await probe(`${url}/healthz`)
  if (!answer.ok) return [failed('ladder', t`${url} can't be reached: ${answer.message}`, answer.todo)]
  const setup = get(answer.body, 'setup')
  if (typeof setup === 'string')
    return [failed('ladder', t`its setup is not whole: ${setup}`, 'Set it and start again.')]
  if (get(answer.body, 'accounts') === undefined) {
    return [
      failed('ladder', t`${url}/healthz answers ${answer.status} and looks like no Ladder`, 'Check --ladder-url.'),
    ]
  }
  return [pass('ladder', t`${url} answers`), skewCheck('ladder clock', answer), ...accountChecks(answer.body, account)]
}

/** The account of a Ladder that has one; undefined when it has several, or says nothing. */
export const onlyAccount = async (url: string): Promise<string | undefined> => {
  const answer = await probe(`${url}/healthz`)
  const accounts = answer.ok ? Object.keys(get(answer.body, 'accounts') ?? {}) : []
  return accounts.length === 1 ? accounts[0] : undefined
}
