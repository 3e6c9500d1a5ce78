/**
 * A stand-in for HubSpot's dated API (2026-09) that speaks its protocol: objects, properties, pipelines, schemas,
 * associations, owners, limits, marketing events, webhooks, workflow actions, OAuth. What it answers was learned from
 * HubSpot's public documents and from what others saw; where these say nothing an option lets either answer be.
 *
 *   const hubspot = await startHubspotSandbox()
 *   await fetch(`${hubspot.url}/crm/objects/2026-09/companies`, { headers: { authorization: `Bearer ${hubspot.token}` } })
 *   await hubspot.flushWebhooks()
 *   await hubspot.close()
 *
 * It listens on 127.0.0.1 alone and keeps everything in memory, or in one file with `persistTo`.
 */
import { randomUUID } from 'node:crypto'
import type { HubspotSandbox, HubspotSandboxOptions } from './api.ts'
import { Callbacks } from './actions/callbacks.ts'
import { cardFetch } from './actions/fetch.ts'
import { ActionRunner } from './actions/run.ts'
import { Journal } from './journal/journal.ts'
import { JournalApi } from './journal/rest.ts'
import { OAuth } from './oauth/rest.ts'
import { load, save } from './persist.ts'
import { FaultGate } from './server/faults.ts'
import { listen } from './server/http.ts'
import { RateLimiter } from './server/rate-limit.ts'
import { router } from './server/router.ts'
import { ALL_SCOPES } from './server/scopes.ts'
import { State } from './state.ts'
import { SandboxStore } from './store.ts'
import { checkSubscriptions } from './webhooks/events.ts'
import { WebhookFeed } from './webhooks/feed.ts'
import { WebhookQueue } from './webhooks/queue.ts'
import type { SignatureVersion } from './webhooks/signature.ts'

export type { HubspotSandbox, HubspotSandboxOptions, WebhookPlan, WhichEvents } from './api.ts'
export type { ActionResult, ActionRun } from './actions/run.ts'
export type { PortalPlan } from './portal.ts'
export type { HubspotFault } from './server/faults.ts'
export type { RateLimit } from './server/rate-limit.ts'
export type { SandboxStore } from './store.ts'
export type { Subscription, WebhookEvent } from './webhooks/events.ts'
export type { HubspotDelivery } from './webhooks/queue.ts'

/** Starts a stand-in with one account (more with `portals`), its standard objects and owners, and a static token. */
export async function startHubspotSandbox(options: HubspotSandboxOptions = {}): Promise<HubspotSandbox> {
  const { portalId = 62_515, portals = [], persistTo, indexLagMs = 0, appId = 54_321 } = options
  const { clientId = randomUUID(), clientSecret = randomUUID() } = options
  const plans = [{ ...options, portalId }, ...portals]
  const state = new State({ now: options.now ?? Date.now, portals: plans, appId, indexLagMs })
  state.batchErrors = options.batchErrors ?? 'multi-status'
  state.strict = options.strict ?? false
  state.mergeMakesNew = options.mergeMakesNew ?? false
  state.mergedReads = options.mergedReads ?? 'winner'
  if (persistTo !== undefined) load(state, persistTo)

  const addToken: HubspotSandbox['addToken'] = (token) => {
    const { portalId: of = portalId, scopes = ALL_SCOPES } = token
    return state.addToken({
      portalId: of,
      scopes,
      kind: 'static',
      userId: 9_000_001,
      expiresAt: null,
      token: token.token,
    }).token
  }
  const kept = [...state.tokens.values()].find((one) => one.kind === 'static' && one.portalId === portalId)
  const given = {
    ...(options.scopes ? { scopes: options.scopes } : {}),
    ...(options.token ? { token: options.token } : {}),
  }
  const token = options.token === undefined && kept ? kept.token : addToken(given)

  const queue = new WebhookQueue(() => state.now())
  const feed = new WebhookFeed(state, queue)
  const callbacks = new Callbacks()
  const oauth = new OAuth(state, { clientId, clientSecret })
  oauth.rotate = options.rotateTokens ?? false
  const runner = new ActionRunner(state, callbacks, clientSecret)
  const rate = new RateLimiter(options.rateLimit === undefined ? {} : options.rateLimit, () => state.now())
  const gate = new FaultGate()
  const journal = new Journal(state)
  const journalApi = new JournalApi(state, journal)
  journalApi.plan = options.journal ?? 'there'
  journalApi.limited = options.rateLimit !== null
  const handler = gate.wrap(router({ state, rate, oauth, callbacks, journal: journalApi }), () => state.now())

  const setWebhooks: HubspotSandbox['setWebhooks'] = (plan) => {
    if (plan) checkSubscriptions(plan.subscriptions)
    feed.subscriptions = plan?.subscriptions ?? []
    feed.audible = { customObjects: plan?.customObjects ?? false, activities: plan?.activities ?? false }
    const signatures: SignatureVersion[] = plan?.signatures ?? ['v1', 'v3']
    queue.target = plan ? { ...plan, secret: clientSecret, signatures } : null
    queue.mode = plan?.mode ?? 'deliver'
  }
  setWebhooks(options.webhooks ?? null)

  const server = await listen(handler, options.port ?? 0)
  return {
    url: server.url,
    token,
    clientId,
    clientSecret,
    portalId,
    store: new SandboxStore(state, state.portal(portalId)),
    storeOf: (id) => new SandboxStore(state, state.portal(id)),
    addToken,
    calls: gate.calls,
    deliveries: queue.deliveries,
    pendingEvents: () => queue.pending,
    setClock(now) {
      state.setClock(typeof now === 'number' ? () => now : now)
    },
    setIndexLag(ms) {
      state.indexLagMs = ms
    },
    setBatchErrors(mode) {
      state.batchErrors = mode
    },
    failNext(fault) {
      gate.failNext(fault)
    },
    clearFaults() {
      gate.clear()
    },
    setWebhooks,
    setWebhookMode(mode) {
      queue.resume(mode)
    },
    dropWebhooks(which) {
      queue.weather.drop = which ?? (() => false)
    },
    duplicateWebhooks(which) {
      queue.weather.duplicate = which ?? (() => false)
    },
    reorderWebhooks(order) {
      queue.weather.order = order ?? ((events) => events)
    },
    flushWebhooks: () => queue.flush(),
    setJournal(plan) {
      journalApi.plan = plan
    },
    setJournalFile(mostEvents) {
      journal.mostEvents = mostEvents
    },
    journalOf: (id = portalId) => state.portal(id).journal,
    forgetJournal(id = portalId) {
      journal.forget(state.portal(id))
    },
    runAction: (run) => runner.run(run),
    fetchAsCard: (call) => {
      const [user] = state.portal(portalId).owners.values()
      return cardFetch(call, { portalId, appId, user, secret: clientSecret, at: state.now() })
    },
    completions: callbacks.completions,
    blockedActions: () => callbacks.waiting(state.now()),
    consentAs(picked) {
      oauth.deny = picked === 'deny'
      if (picked !== 'deny') oauth.consent = picked
    },
    uninstallApp(of) {
      oauth.uninstall(of)
    },
    async close() {
      queue.close()
      await server.close()
      if (persistTo !== undefined) save(state, persistTo)
    },
  }
}
