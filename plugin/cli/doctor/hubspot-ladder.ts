import { createHash, createHmac } from 'node:crypto'
import type { Facts } from '../../install/hubspot/facts.ts'
import type { WorkerState } from '../../install/worker.ts'
import type { Admin } from '../admin.ts'
import { isPrivateHost } from './addresses.ts'
import { failed, pass, skipped, warn, type Check } from './check.ts'
import { outcome } from './delivery.ts'
import { installedShape } from './hubspot.ts'
import { get, probe, type Probe } from './probe.ts'
import { t } from '../../install/said/index.ts'

const APPLY = 'Run `ladder apply`.'

/** Whether Ladder knows for which objects it has to search. */
const keyCheck = (known: unknown, plain: readonly string[]): Check[] => {
  const told: unknown[] = Array.isArray(known) ? known : []
  const wrong = plain.filter((object) => !told.includes(object))
  const message = t`Ladder takes the key of ${wrong.join(', ')} for unique: HubSpot refuses what it writes there`
  return wrong.length > 0 ? [failed('plain keys', message, APPLY)] : []
}

/**
 * Does Ladder reach this very account, and does it know where the model lies in it? Needs the admin token. `plain`: objects
 * whose key isn't unique.
 */
export const connectionChecks = (
  state: WorkerState,
  url: string,
  facts: Facts,
  plain: readonly string[] = [],
): Check[] => {
  if (state.kind === 'refused' || state.kind === 'unreachable')
    return [skipped('connection', 'set LADDER_ADMIN_TOKEN to compare what Ladder knows of the account')]
  if (state.kind === 'absent') return [failed('connection', 'Ladder has no such account', APPLY)]
  const portal = get(state.layout, 'portalId')
  if (portal !== facts.portalId)
    return [
      failed('connection', t`Ladder's account is portal ${String(portal)}, the token's is ${facts.portalId}`, APPLY),
    ]
  const shape = installedShape(facts)
  const known = get(state.layout, 'types')
  const wrong = Object.entries(shape?.types ?? {}).filter(([object, type]) => get(known, object) !== type)
  return [
    state.url === url
      ? pass('connection', t`portal ${facts.portalId} at ${url}`)
      : failed('connection', t`Ladder calls ${state.url}, not ${url}`, APPLY),
    wrong.length === 0 && get(state.layout, 'carrier') === shape?.carrier
      ? pass('layout', 'Ladder knows where each object is')
      : failed(
          'layout',
          t`Ladder looks elsewhere for ${wrong.map(([object]) => object).join(', ') || 'the stages'}`,
          APPLY,
        ),
    ...keyCheck(get(state.layout, 'plainKeys'), plain),
    state.hasSecret
      ? pass('client secret', 'Ladder has one')
      : failed(
          'client secret',
          "Ladder has none, so it refuses HubSpot's webhooks and workflow actions",
          'Run `ladder apply` with --client-secret-env (apps → Auth).',
        ),
  ]
}

/** Objects whose webhooks HubSpot's documents don't promise: its own answer is what has come. */
const doubtful = (facts: Facts): string[] => {
  const shape = installedShape(facts)
  const objects = shape?.carrier === 'custom' ? ['development', 'escalation', 'task', 'visit'] : ['task', 'visit']
  return objects.filter((object) => shape?.types[object] !== undefined)
}

/** Do webhooks bring changes of custom objects, tasks and meetings in this account? What Ladder has logged tells. */
export const arrivalChecks = async (admin: Admin, account: string, facts: Facts): Promise<Check[]> => {
  const checks: Check[] = []
  for (const object of doubtful(facts)) {
    const name = t`webhooks of ${object}`
    const query = new URLSearchParams({ filter: object, limit: '500' })
    const answer = await admin.call('GET', `/accounts/${encodeURIComponent(account)}/events?${query}`)
    const events = answer.ok ? get(answer.body, 'events') : undefined
    const via = new Set(Array.isArray(events) ? events.map((event: unknown) => get(event, 'via')) : [])
    checks.push(
      via.has('webhook')
        ? pass(name, 'they come')
        : via.has('sweep')
          ? warn(
              name,
              'none has come, though records changed: the sweep brought them',
              "If the app's webhooks name this object, HubSpot sends none for it here: changes take until the next sweep.",
            )
          : skipped(
              name,
              t`not known yet: change a record of ${object} in HubSpot, and run this again after the next sweep`,
            ),
    )
  }
  return checks
}

/** Can HubSpot reach Ladder? It calls from the internet, by https, and signs the address. */
export const publicUrlChecks = (url: string): Check[] => {
  const { protocol, hostname } = new URL(url)
  if (isPrivateHost(hostname))
    return [
      warn(
        'public url',
        t`${hostname} is a private address: HubSpot can't call it`,
        'Give Ladder a public address (--public-url, LADDER_PUBLIC_URL); until then the sweep brings changes.',
      ),
    ]
  return [
    protocol === 'https:'
      ? pass('public url', url)
      : failed('public url', t`${url} is plain http: HubSpot calls https alone`, 'Put TLS in front of Ladder.'),
  ]
}

/** A signed event without meaning: it is taken and then left alone. */
const eventOf = (portalId: number, now: number): string =>
  JSON.stringify([
    { eventId: now, portalId, occurredAt: now, subscriptionType: 'doctor.test', attemptNumber: 0, objectId: 0 },
  ])

/**
 * Sends signed test events as HubSpot would: v3, which signs the address, then v1, which doesn't. So a wrong secret and a
 * wrong address can be told apart.
 */
export const deliveryChecks = async (
  { ladder, publicUrl, account, portalId }: { ladder: string; publicUrl: string; account: string; portalId: number },
  secret: string | undefined,
): Promise<Check[]> => {
  if (secret === undefined)
    return [skipped('delivery', 'pass --secret-env (the client secret) to send a signed test event')]
  const path = `/hooks/hubspot/${account}`
  const now = Date.now()
  const content = eventOf(portalId, now)
  const send = (headers: Record<string, string>): Promise<Probe> =>
    probe(ladder + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: new Uint8Array(Buffer.from(content)),
    })
  const v3 = await send({
    'x-hubspot-request-timestamp': String(now),
    'x-hubspot-signature-v3': createHmac('sha256', secret)
      .update(`POST${publicUrl}${path}${content}${now}`)
      .digest('base64'),
  })
  const v1 = await send({
    'x-hubspot-signature-version': 'v1',
    'x-hubspot-signature': createHash('sha256')
      .update(secret + content)
      .digest('hex'),
  })
  const plain = outcome('delivery (v1)', v1)
  const error = v3.ok ? get(v3.body, 'error') : undefined
  if (error === 'no-public-url')
    return [
      plain,
      failed('delivery (v3)', "Ladder doesn't know its public address, which is signed", 'Set LADDER_PUBLIC_URL.'),
    ]
  if (error === 'mismatch' && plain.state === 'ok')
    return [
      plain,
      failed(
        'delivery (v3)',
        t`the secret is right, but Ladder's public address is another one than ${publicUrl}`,
        'Make LADDER_PUBLIC_URL and --public-url the address that HubSpot calls, to the letter.',
      ),
    ]
  return [plain, outcome('delivery (v3)', v3)]
}
