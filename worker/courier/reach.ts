import { calls } from '../crm/hubspot/calls.ts'
import type { HubspotLayout } from '../crm/hubspot/layout.ts'
import { appGrant, type OauthApp, type OauthFailure, refreshGrant, revoke } from '../crm/hubspot/oauth.ts'
import { connect, limitsOf, placeOf } from '../crm/index.ts'
import type { CallResult, Crm, CrmAccess, CrmConnection, CrmDeps, CrmLimits, CrmPlace } from '../crm/port.ts'
import type { Env } from '../shell/env.ts'
import type { Meta } from '../shell/meta.ts'
import { oauthSetup } from '../shell/oauth-app.ts'
import { open, seal } from '../shell/secrets.ts'
import { type Consented, Tokens } from './tokens.ts'

/** How the CRM is reached, as the Courier keeps it. */
interface Kept {
  account: string
  kind: CrmConnection['kind']
  url: string
  layout?: HubspotLayout
  /** Sealed; left out where an admin's consent brings the tokens. */
  token?: string
  /** The app of this account's own; its secret is sealed. */
  app?: { clientId: string; secret: string }
  callsPerMinute: number
  dailyLimit?: number | null
}

/** Whether HubSpot took tokens back, or why not. */
export type Withdrawn = { revoked: true } | { revoked: false; message: string }

/** The way to the CRM: kept with its token sealed, and opened for each run. */
export class Reach {
  readonly #meta: Meta
  readonly #env: Env
  /** Those of an account that is connected by OAuth. */
  readonly tokens: Tokens
  #appToken: { text: string; until: number } | undefined

  /** `backoff`: how long (ms) to wait after so many failures. */
  constructor(meta: Meta, env: Env, backoff: (tries: number) => number) {
    this.#meta = meta
    this.#env = env
    this.tokens = new Tokens({
      meta,
      masterKey: env.LADDER_MASTER_KEY ?? '',
      renew: async (token) => {
        const app = this.#app()
        return 'why' in app ? app : refreshGrant(app, token)
      },
      backoff,
    })
  }

  #app(): OauthApp | OauthFailure {
    const setup = oauthSetup(this.#env)
    return setup.ok ? setup.app : { ok: false, why: 'client', waitMs: null, message: setup.fault }
  }

  get #kept(): Kept | undefined {
    return this.#meta.get<Kept>('settings')
  }

  /** A token of its own ends the use of an admin's consent: that one is taken back. */
  async keep(account: string, connection: CrmAccess, limits: CrmLimits): Promise<void> {
    const { token } = connection
    if (token !== undefined && this.tokens.isThere) await this.withdraw()
    const app = connection.kind === 'hubspot' ? connection.app : undefined
    // an app that was told once stays known: its secret need not be passed on with each change
    const kept = app
      ? { clientId: app.clientId, secret: await this.#seal(`${account}/hubspot-app`, app.clientSecret) }
      : this.#kept?.app
    this.#appToken = undefined
    this.#meta.set('settings', {
      account,
      ...placeOf(connection),
      ...(token === undefined ? {} : { token: await this.#seal(`${account}/crm-token`, token) }),
      ...(kept ? { app: kept } : {}),
      callsPerMinute: limits.calls.perMinute,
      dailyLimit: limits.daily,
    } satisfies Kept)
  }

  #seal(place: string, secret: string): Promise<string> {
    return seal(this.#env.LADDER_MASTER_KEY ?? '', place, secret)
  }

  /** Whether the app itself is known: one of this account's own, or the one that several accounts use. */
  get hasApp(): boolean {
    const kept = this.#kept
    return kept?.kind === 'hubspot' && (kept.app !== undefined || (kept.token === undefined && !('why' in this.#app())))
  }

  /** A token of the app itself, kept in memory alone. `refused`: the one that HubSpot takes no more. */
  async appToken(now: number, refused?: string): Promise<CallResult<string>> {
    const token = this.#appToken
    if (token && token.text !== refused && now < token.until) return { ok: true, value: token.text }
    const kept = this.#kept
    const secret =
      kept?.app && (await open(this.#env.LADDER_MASTER_KEY ?? '', `${kept.account}/hubspot-app`, kept.app.secret))
    const own = kept?.app && { clientId: kept.app.clientId, clientSecrets: secret ? [secret] : [], apiUrl: kept.url }
    const app = own ?? this.#app()
    const answer = 'why' in app ? app : await appGrant(app, calls.journalNext.scope)
    if (!answer.ok) {
      const { why, message } = answer
      return {
        ok: false,
        failure: { kind: why === 'later' ? 'unreachable' : 'auth', message: `the app’s token: ${message}` },
      }
    }
    const { accessToken, lifeMs } = answer.value
    this.#appToken = { text: accessToken, until: now + lifeMs * 0.8 }
    return { ok: true, value: accessToken }
  }

  /** An admin's consent takes the place of a token that the account may have had. `url`: HubSpot's API. */
  async consent(account: string, url: string, grant: Consented, now: number): Promise<void> {
    await this.tokens.keep(account, grant, now)
    const kept = this.#kept
    if (!kept) return
    const next: Kept = { ...kept, url }
    delete next.token
    this.#meta.set('settings', next)
  }

  /** Takes the tokens back at HubSpot as well as may be, and forgets them whatever it says. Null: there are none. */
  async withdraw(): Promise<Withdrawn | null> {
    if (!this.tokens.isThere) return null
    const both = await this.tokens.both()
    this.tokens.forget()
    const app = this.#app()
    if (!both || 'why' in app) return { revoked: false, message: 'why' in app ? app.message : 'the tokens don’t open' }
    const refresh = await revoke(app, both.refresh, 'refresh_token')
    await revoke(app, both.access, 'access_token')
    return refresh.ok ? { revoked: true } : { revoked: false, message: refresh.message }
  }

  get account(): string | undefined {
    return this.#kept?.account
  }

  /** The limits to keep inside; undefined when no CRM is connected. */
  get limits(): CrmLimits | undefined {
    const kept = this.#kept
    return kept && limitsOf(placeOfKept(kept), kept.callsPerMinute, kept.dailyLimit ?? undefined)
  }

  /**
   * The adapter; undefined when no CRM is connected, or its token doesn't open under this master key. `access` is used where an
   * admin's consent brings the tokens.
   */
  async crm({ access, ...deps }: CrmDeps): Promise<Crm | undefined> {
    const kept = this.#kept
    if (!kept) return undefined
    const place = placeOfKept(kept)
    if (kept.token === undefined) return access && connect({ ...place, token: '' }, { ...deps, access })
    const token = await open(this.#env.LADDER_MASTER_KEY ?? '', `${kept.account}/crm-token`, kept.token)
    return token === undefined ? undefined : connect({ ...place, token }, deps)
  }
}

const placeOfKept = ({ kind, url, layout }: Kept): CrmPlace =>
  kind === 'hubspot' && layout ? { kind, url, layout } : { kind: 'twenty', url }
