import { isPrivateHost } from './addresses.ts'
import { failed, pass, warn, type Check } from './check.ts'
import { get, probe } from './probe.ts'
import { isDenied } from './twenty.ts'
import { t } from '../../install/said/index.ts'

interface Hook {
  targetUrl: string
  operations: string[]
  secret: string
}

const hooksOf = (body: unknown): Hook[] | null => {
  const list: unknown = Array.isArray(body) ? body : (get(body, 'data', 'webhooks') ?? get(body, 'data'))
  if (!Array.isArray(list)) return null
  return list.map((one) => ({
    targetUrl: String(get(one, 'targetUrl') ?? ''),
    operations: Array.isArray(get(one, 'operations')) ? (get(one, 'operations') as string[]) : [],
    secret: String(get(one, 'secret') ?? ''),
  }))
}

/** Whether operations bring every change of an object's records. */
const covers = (operations: string[], object: string): boolean =>
  operations.some((operation) => operation === '*.*' || operation === `${object}.*`) ||
  ['created', 'updated', 'deleted', 'restored', 'destroyed'].every(
    (op) => operations.includes(`*.${op}`) || operations.includes(`${object}.${op}`),
  )

const targetChecks = (target: string): Check[] => {
  const { hostname } = new URL(target)
  return isPrivateHost(hostname)
    ? [
        warn(
          'webhook target',
          t`${hostname} is a private address: Twenty's outbound guard drops deliveries to it without a word`,
          'Switch the guard off (OUTBOUND_HTTP_SAFE_MODE_ENABLED=false), or give Ladder a public address.',
        ),
      ]
    : []
}

/**
 * Is there one webhook to Ladder, for all that it follows, and signed? Twenty gives secrets back, so the one that Ladder
 * should know can be compared; it is not printed.
 */
export const webhookChecks = async (
  url: string,
  token: string,
  target: string,
  objects: readonly string[],
  secret: string | undefined,
): Promise<Check[]> => {
  const answer = await probe(`${url}/rest/metadata/webhooks`, { token })
  if (!answer.ok) return [failed('webhook', answer.message, answer.todo)]
  if (isDenied(answer)) {
    return [
      warn('webhook', 'the key may not list webhooks', 'Use a key whose role has "API keys & webhooks" to check.'),
    ]
  }
  const hooks = hooksOf(answer.body)
  if (!hooks) return [warn('webhook', t`could not be listed: HTTP ${answer.status}`)]
  const mine = hooks.filter(({ targetUrl }) => targetUrl.replace(/\/$/, '') === target)
  const [hook] = mine
  if (!hook) {
    const near = hooks.find(({ targetUrl }) => targetUrl.includes('/hooks/twenty/'))
    const message = near ? t`none goes to ${target}; one goes to ${near.targetUrl}` : t`none goes to ${target}`
    return [failed('webhook', message, 'Run `ladder apply`, or change the target in Settings → APIs & Webhooks.')]
  }
  const checks = [pass('webhook', t`goes to ${target}`), ...targetChecks(target)]
  if (mine.length > 1) {
    checks.push(
      warn('webhook count', t`${mine.length} go to Ladder: each change comes as often`, 'Delete all but one.'),
    )
  }
  const lacking = objects.filter((object) => !mine.some(({ operations }) => covers(operations, object)))
  checks.push(
    lacking.length > 0
      ? failed('webhook events', t`it does not bring ${lacking.join(', ')}`, 'Set its operations to *.*')
      : pass('webhook events', 'it brings all that Ladder follows'),
  )
  if (mine.some((one) => one.secret === '')) {
    checks.push(
      failed('webhook secret', 'it has none, so Twenty sends unsigned and Ladder refuses', 'Set a secret on it.'),
    )
  } else if (secret === undefined) {
    checks.push(pass('webhook secret', 'it has one (pass --secret-env to compare)'))
  } else {
    checks.push(
      mine.every((one) => one.secret === secret)
        ? pass('webhook secret', 'it is the one given')
        : failed('webhook secret', 'it is another one than the one given', 'Give Ladder the secret of the webhook.'),
    )
  }
  return checks
}
