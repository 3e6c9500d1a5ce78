import type { CallLog } from '../twenty/server/faults.ts'
import type { Completion } from './actions/callbacks.ts'
import type { CardFetch } from './actions/fetch.ts'
import type { ActionResult, ActionRun } from './actions/run.ts'
import type { JournalState } from './journal/journal.ts'
import type { JournalPlan } from './journal/rest.ts'
import type { PortalPlan } from './portal.ts'
import type { HubspotFault } from './server/faults.ts'
import type { RateLimit } from './server/rate-limit.ts'
import type { BatchErrors } from './state.ts'
import type { SandboxStore } from './store.ts'
import type { Subscription, WebhookEvent } from './webhooks/events.ts'
import type { HubspotDelivery } from './webhooks/queue.ts'
import type { SignatureVersion } from './webhooks/signature.ts'

/** Where an app's webhooks go and what it hears of. */
export interface WebhookPlan {
  targetUrl: string
  /** Where they are sent to instead, while `targetUrl` is what is signed. */
  deliverTo?: string
  subscriptions: Subscription[]
  /** v1 and v3 when not said. */
  signatures?: SignatureVersion[]
  /** Whether custom objects, and tasks and meetings, tell of changes; neither when not said. */
  customObjects?: boolean
  activities?: boolean
  mode?: 'deliver' | 'hold'
}

export interface HubspotSandboxOptions extends Omit<PortalPlan, 'portalId'> {
  /** 0 or nothing: a free one. */
  port?: number
  /** The clock, in ms since 1970; it drives limits, tokens, retries and the lag of search. */
  now?: () => number
  /** The first account; the other options of an account are its. */
  portalId?: number
  /** Further accounts. */
  portals?: PortalPlan[]
  /** The static token of the first account; made up when left out. */
  token?: string
  /** What the static token may do; all that the stand-in knows when not said. */
  scopes?: string[]
  clientId?: string
  clientSecret?: string
  appId?: number
  /** Whether each refresh brings another refresh token and ends the one before. */
  rotateTokens?: boolean
  /** Calls that are let in; null takes all limits away. What isn't said is as the edition has it. */
  rateLimit?: RateLimit | null
  /** How far search is behind, in ms; 0 when not said. */
  indexLagMs?: number
  batchErrors?: BatchErrors
  /** Whether bodies must have all that the published specification calls required; HubSpot itself is looser. */
  strict?: boolean
  /** Whether a merge makes a new record; the winner keeps its id when not said. */
  mergeMakesNew?: boolean
  /** What a read of a merged record by its old id gives: the one that took over when not said. */
  mergedReads?: 'winner' | 'missing'
  webhooks?: WebhookPlan
  /** Whether the app has the webhooks journal; it has when not said. */
  journal?: JournalPlan
  /** A file to read the state from at the start and to write it to at the end. */
  persistTo?: string
}

/** Which webhook events something happens to. */
export type WhichEvents = ((event: WebhookEvent) => boolean) | null

export interface HubspotSandbox {
  url: string
  /** The static access token of the first account. */
  token: string
  clientId: string
  clientSecret: string
  portalId: number
  /** The records of the first account, past the API: what it changes, a person changes by hand. */
  store: SandboxStore
  storeOf(portalId: number): SandboxStore
  /** Another static token: of another account, or with fewer scopes. */
  addToken(token: { portalId?: number; scopes?: string[]; token?: string }): string
  /** Every call that came in. */
  calls: CallLog
  /** Every delivery of webhooks, sent or not. */
  deliveries: HubspotDelivery[]
  /** The events that wait, those of retries too. */
  pendingEvents(): number
  setClock(now: (() => number) | number): void
  setIndexLag(ms: number): void
  setBatchErrors(mode: BatchErrors): void
  failNext(fault: HubspotFault): void
  clearFaults(): void
  setWebhooks(plan: WebhookPlan | null): void
  setWebhookMode(mode: 'deliver' | 'hold'): void
  dropWebhooks(which: WhichEvents): void
  duplicateWebhooks(which: WhichEvents): void
  reorderWebhooks(order: ((events: WebhookEvent[]) => WebhookEvent[]) | null): void
  /** Resolves when all that is due by the clock has been sent; later retries stay. */
  flushWebhooks(): Promise<void>
  setJournal(plan: JournalPlan): void
  /** Most events in one file of the journal. */
  setJournalFile(mostEvents: number): void
  /** What the journal of an account holds; the first account's when not said. */
  journalOf(portalId?: number): JournalState
  /** All that the journal kept is gone, as after three days. */
  forgetJournal(portalId?: number): void
  /** Calls an action of the app as a workflow does. */
  runAction(run: ActionRun): Promise<ActionResult>
  /** Sends on what a card of the app fetches. */
  fetchAsCard(call: CardFetch): Promise<{ status: number; body: Record<string, unknown> }>
  /** The blocked actions that the app let go on. */
  completions: Completion[]
  /** Callback ids of actions that wait. */
  blockedActions(): string[]
  /** The account that the next installer picks, or 'deny'. */
  consentAs(portalId: number | 'deny'): void
  /** An admin of an account removes the app: its tokens are good no more. */
  uninstallApp(portalId: number): void
  close(): Promise<void>
}
