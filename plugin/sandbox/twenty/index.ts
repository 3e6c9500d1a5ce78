/**
 * A stand-in for a Twenty 2.31 server that speaks its protocol: REST `/rest/{plural}`, `/rest/metadata/*`, `/rest/webhooks`,
 * GraphQL `/graphql` and `/metadata`, webhooks, rate limit, roles, and the life of an app as `twenty-sdk` drives it. What it
 * answers was learned from a running server; `test/contract/twenty.test.ts` compares the two and lists what differs.
 *
 *   const twenty = await startTwentySandbox()
 *   await fetch(`${twenty.url}/rest/companies`, { headers: { authorization: `Bearer ${twenty.apiKey}` } })
 *   await twenty.flushWebhooks()
 *   await twenty.close()
 *
 * It listens on 127.0.0.1 alone and keeps everything in memory, or in one file with `persistTo`. Webhooks are lost for
 * good on any failure, as Twenty loses them; tests add worse weather with `dropWebhooks`, `duplicateWebhooks`,
 * `delayWebhooks`, `reorderWebhooks`, and failing calls with `failNext`.
 */
import { FaultGate } from './server/faults.ts'
import type { CallLog, Fault } from './server/faults.ts'
import { listen } from './server/http.ts'
import type { RateLimit } from './server/rate-limit.ts'
import { TokenBucket } from './server/rate-limit.ts'
import { router } from './server/router.ts'
import { load, save } from './persist.ts'
import { seedMembers } from './seed.ts'
import type { SeedMember } from './seed.ts'
import { State } from './state.ts'
import { SandboxStore } from './store.ts'
import { webhookEvents } from './webhooks/events.ts'
import { WebhookQueue } from './webhooks/queue.ts'
import type { Delivery, PendingCall, WebhookMode } from './webhooks/queue.ts'

export type { CallRecord, Fault } from './server/faults.ts'
export type { Delivery, PendingCall, WebhookMode } from './webhooks/queue.ts'
export type { SeedMember } from './seed.ts'
export type { SandboxStore } from './store.ts'

export interface TwentySandboxOptions {
  /** 0 or nothing: a free one. */
  port?: number
  /** The bearer token of the administrator's key; made up when left out. */
  apiKey?: string
  /** The name of that key: records show it as their author. */
  apiKeyName?: string
  /** The clock, in ms since 1970; it also drives the rate limit. */
  now?: () => number
  /** Calls a workspace may make; null takes the limit away. Twenty's default: 100 a 60,000 ms. */
  rateLimit?: RateLimit | null
  /** Records a call may write. */
  maxRecords?: number
  /** People of the workspace; two when left out. */
  seedMembers?: SeedMember[]
  /** `deliver`, `hold` (the worker is down) or `guard` (the outbound guard loses all). */
  webhookMode?: WebhookMode
  /** A file to read the state from at the start and to write it to at the end. */
  persistTo?: string
}

/** Which webhook calls something happens to: those a test picks, a share of all, or the next n. */
export type Which = ((call: PendingCall) => boolean) | { probability: number } | { next: number } | null

export interface TwentySandbox {
  url: string
  apiKey: string
  workspaceId: string
  /** The rows as stored and the schema, past the API and its rate limit. */
  store: SandboxStore
  /** Every call that came in. */
  calls: CallLog
  /** Every webhook call, sent or lost. */
  deliveries: Delivery[]
  setClock(now: (() => number) | number): void
  failNext(fault: Fault): void
  clearFaults(): void
  /** How far apart, in real ms, two upserts of one key (or two fields of one name) may come and still race; 15 at first. */
  setRaceWindow(ms: number): void
  dropWebhooks(which: Which): void
  duplicateWebhooks(which: Which): void
  delayWebhooks(ms: number | ((call: PendingCall) => number)): void
  /** Sends each `group` calls in the other order; 1 keeps the order. */
  reorderWebhooks(group: number): void
  setWebhookMode(mode: WebhookMode): void
  /** Resolves when every queued webhook call has been sent or lost. */
  flushWebhooks(): Promise<void>
  close(): Promise<void>
}

function chooser(which: Which): (call: PendingCall) => boolean {
  if (which === null) return () => false
  if (typeof which === 'function') return which
  if ('probability' in which) return () => Math.random() < which.probability
  let left = which.next
  return () => left-- > 0
}

/** Starts a stand-in with one workspace, its standard objects, and an administrator's API key. */
export async function startTwentySandbox(options: TwentySandboxOptions = {}): Promise<TwentySandbox> {
  const state = new State({ now: options.now ?? Date.now, maxRecords: options.maxRecords ?? 200 })
  const known = options.persistTo === undefined ? null : load(state, options.persistTo)
  let apiKey = options.apiKey ?? known
  if (apiKey === null || !state.tokens.has(apiKey)) {
    const admin = state.addRole({
      label: 'Admin',
      description: 'Admin role',
      icon: 'IconUserCog',
      isEditable: false,
      canUpdateAllSettings: true,
      canAccessAllTools: true,
      canReadAllObjectRecords: true,
      canUpdateAllObjectRecords: true,
      canSoftDeleteAllObjectRecords: true,
      canDestroyAllObjectRecords: true,
    })
    const key = state.addApiKey(options.apiKeyName ?? 'Sandbox key', admin.id, '2100-01-01T00:00:00.000Z')
    apiKey = state.addToken(key.id, apiKey ?? undefined)
    if (known === null) seedMembers(state, options.seedMembers)
  }
  const queue = new WebhookQueue(options.webhookMode ?? 'deliver', () => state.now())
  state.events = webhookEvents(state, queue)
  const gate = new FaultGate()
  const rate = options.rateLimit === undefined ? { limit: 100, windowMs: 60_000 } : options.rateLimit
  const handler = gate.wrap(router(state, new TokenBucket(rate, () => state.now())), () => state.now())
  const server = await listen(handler, options.port ?? 0)
  const token = apiKey
  return {
    url: server.url,
    apiKey: token,
    workspaceId: state.workspaceId,
    store: new SandboxStore(state),
    calls: gate.calls,
    deliveries: queue.deliveries,
    setClock(now) {
      state.setClock(typeof now === 'number' ? () => now : now)
    },
    failNext(fault) {
      gate.failNext(fault)
    },
    clearFaults() {
      gate.clear()
    },
    setRaceWindow(ms) {
      state.raceWindowMs = ms
    },
    dropWebhooks(which) {
      queue.weather.drop = chooser(which)
    },
    duplicateWebhooks(which) {
      queue.weather.duplicate = chooser(which)
    },
    delayWebhooks(ms) {
      queue.weather.delayMs = typeof ms === 'number' ? () => ms : ms
    },
    reorderWebhooks(group) {
      queue.weather.reorder = Math.max(1, group)
    },
    setWebhookMode(mode) {
      queue.resume(mode)
    },
    flushWebhooks: () => queue.flush(),
    async close() {
      await server.close()
      if (options.persistTo !== undefined) save(state, options.persistTo, token)
    },
  }
}
