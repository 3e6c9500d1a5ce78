import { afterEach, expect } from 'vitest'
import {
  type HubspotSandbox,
  type HubspotSandboxOptions,
  startHubspotSandbox,
} from '../../plugin/sandbox/hubspot/index.ts'
import { calls } from '../../worker/crm/hubspot/calls.ts'
import type { Carrier, HubspotLayout } from '../../worker/crm/hubspot/layout.ts'
import { hubspot as adapter } from '../../worker/crm/hubspot/index.ts'
import { appGrant } from '../../worker/crm/hubspot/oauth.ts'
import type { Crm, CrmDeps, Failure, Write } from '../../worker/crm/port.ts'
import { layOut } from './hubspot.setup.ts'

/** For the contract tests of HubSpot: the adapter against a stand-in with Ladder's model in it, one at a time. */

let sandbox: HubspotSandbox | undefined
let time = 0
/** The listed calls, as patterns over method and path. */
const listed = Object.entries(calls).map(([name, { method, path }]) => ({
  name,
  pattern: new RegExp(`^${method} ${path.replace(/\{\w+\}/g, '[^/]+')}$`),
}))

/** What is no call of the API: tokens of the app, and files of the journal. */
const BESIDE = /^(POST \/oauth\/|GET \/journal-files\/)/

/** Names of the listed calls that came in; a call that isn't listed is a fault of the list. */
export const callsSeen = (hubspot: HubspotSandbox): Set<string> => {
  const lines = hubspot.calls.list.map(({ method, path }) => `${method} ${path}`).filter((line) => !BESIDE.test(line))
  const found = lines.map((line) => listed.find(({ pattern }) => pattern.test(line))?.name ?? `not listed: ${line}`)
  return new Set(found)
}

afterEach(async () => {
  if (sandbox) for (const name of callsSeen(sandbox)) expect(name).not.toContain('not listed')
  await sandbox?.close()
  sandbox = undefined
})

export interface World {
  hubspot: HubspotSandbox
  layout: HubspotLayout
  known: Map<string, string>
  crm: Crm
  /** Another run's adapter. */
  anew(deps?: Partial<CrmDeps>, token?: string): Crm
}

export const begin = async (
  carrier: Carrier = 'custom',
  options: HubspotSandboxOptions = {},
  plainKeys: string[] = [],
): Promise<World> => {
  time = Date.parse('2026-11-02T02:00:00Z')
  // as a developer's test account has: the whole model fits
  const room = { customObjectLimit: 20 }
  const hubspot = await startHubspotSandbox({ now: () => (time += 10), rateLimit: null, ...room, ...options })
  sandbox = hubspot
  const layout = await layOut(hubspot, carrier, plainKeys)
  hubspot.calls.clear()
  const known = new Map<string, string>()
  const base: CrmDeps = { known: (key) => known.get(key), spend: () => ({ ok: true }) }
  const anew: World['anew'] = (deps, token = hubspot.token) =>
    adapter({ kind: 'hubspot', url: hubspot.url, token, layout }, { ...base, ...deps })
  return { hubspot, layout, known, anew, crm: anew() }
}

/** A token of the app itself, as the Courier gets it. */
export const appAccess =
  (hubspot: HubspotSandbox, scope = 'developer.webhooks_journal.read'): NonNullable<CrmDeps['appAccess']> =>
  async () => {
    const app = { clientId: hubspot.clientId, clientSecrets: [hubspot.clientSecret], apiUrl: hubspot.url }
    const grant = await appGrant(app, scope)
    if (!grant.ok) throw new Error(grant.message)
    return { ok: true, value: grant.value.accessToken }
  }

export const DUE = '2026-11-05T09:00:00.000Z'
export const task = (id: string, key: string, fields: Write['fields'] = {}): Write => ({
  id,
  object: 'task',
  key,
  fields: { title: key, status: 'TODO', dueAt: DUE, ...fields },
})

/** Sends each planned batch once; a failure ends it. Keys are remembered as the Courier does. */
export const send = async ({ known }: World, crm: Crm, writes: Write[]): Promise<Failure | null> => {
  for (const batch of crm.plan(writes).batches) {
    const result = await crm.send(batch)
    if (!result.ok) return result.failure
    for (const { id, recordId, gone } of result.value.written) {
      const key = batch.writes.find((write) => write.id === id)?.key
      if (key && !gone) known.set(key, recordId)
    }
  }
  return null
}

export const limit = (policyName: string) => ({ status: 429, body: { status: 'error', message: 'limit', policyName } })

/** What HubSpot may answer instead, and what Ladder makes of it. */
export const EACH: [string, Parameters<HubspotSandbox['failNext']>[0], Partial<Failure>][] = [
  ['401', { status: 401 }, { kind: 'auth' }],
  ['403', { status: 403 }, { kind: 'auth' }],
  ['404', { status: 404 }, { kind: 'refused', status: 404 }],
  ['409', { status: 409 }, { kind: 'refused', status: 409 }],
  ['414', { status: 414 }, { kind: 'refused', status: 414 }],
  ['423', { status: 423 }, { kind: 'unreachable', waitMs: 2_000 }],
  ['429 in ten seconds', limit('TEN_SECONDLY_ROLLING'), { kind: 'limit', waitMs: 10_000 }],
  ['429 of the day', limit('DAILY'), { kind: 'limit', waitMs: null, of: 'day' }],
  ['429 with Retry-After', { ...limit('DAILY'), headers: { 'retry-after': '7' } }, { kind: 'limit', waitMs: 7_000 }],
  ['477', { status: 477, headers: { 'retry-after': '60' } }, { kind: 'unreachable', waitMs: 60_000 }],
  ['500', { status: 500 }, { kind: 'unreachable' }],
  ['502', { status: 502 }, { kind: 'unreachable' }],
  ['503', { status: 503 }, { kind: 'unreachable' }],
  ['504 after it was carried out', { status: 504, when: 'after' }, { kind: 'unreachable' }],
  ['522', { status: 522 }, { kind: 'unreachable' }],
  ['a cut connection', { cut: true }, { kind: 'unreachable', message: 'not reached' }],
  ['a cut connection after it was carried out', { cut: true, when: 'after' }, { kind: 'unreachable' }],
]
