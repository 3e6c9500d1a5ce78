import type { Grant, OauthAnswer, OauthFailure } from '../crm/hubspot/oauth.ts'
import type { CallResult, Failure } from '../crm/port.ts'
import type { Meta } from '../shell/meta.ts'
import { open, seal } from '../shell/secrets.ts'

/** Tokens as an account keeps them; portal and scopes of a first grant are known. */
export type Consented = Grant & { portalId: number; scopes: string[] }

/** How the consent of an account's admin stands; times are ISO instants. */
export interface ConsentStatus {
  portalId: number
  /** `taken-back`: a person must agree again. `trouble`: HubSpot gave no new token, it is asked again. */
  state: 'good' | 'trouble' | 'taken-back'
  message: string
  /** Until when the access token is good. */
  until: string
  scopes: string[]
}

interface Trouble {
  kind: 'auth' | 'later'
  message: string
  tries: number
  at: number
  /** HubSpot isn't asked before, epoch ms. */
  againAt: number
}

/** As it is stored; both tokens are sealed for this account and purpose. */
interface Kept {
  account: string
  portalId: number
  scopes: string[]
  access: string
  refresh: string
  /** From when another token is asked for, and until when this one is good, epoch ms. */
  renewAt: number
  goodUntil: number
  takenBack: boolean
  trouble: Trouble | null
}

export interface TokensDeps {
  meta: Pick<Meta, 'get' | 'set' | 'delete' | 'count'>
  masterKey: string
  /** Asks HubSpot for new tokens. */
  renew(refreshToken: string): Promise<OauthAnswer<Grant>>
  /** How long (ms) to wait after so many failures. */
  backoff(tries: number): number
}

/** A token is renewed this long before it runs out, or a fifth of its life when that is less. */
const AHEAD_MS = 5 * 60_000
/** A token that was refused when it was new isn't replaced at once: something else is wrong. */
const PROVE_MS = 60_000
/** HubSpot is asked again even about a consent that was taken back, so that a wrong word of it heals. */
const RECHECK_MS = 60 * 60_000

export const TAKEN_BACK = 'the consent of this HubSpot account was taken back: connect it again'
const OTHER_KEY = 'the tokens don’t open under this master key: connect the account again'

const fail = (failure: Failure): { ok: false; failure: Failure } => ({ ok: false, failure })
const auth = (message: string) => fail({ kind: 'auth', message })

/**
 * The tokens of an account that is connected by OAuth. However many calls need another token at once, HubSpot is asked once.
 * What it gives is stored before it is used: the storage holds back calls until its writes are on disk.
 */
export class Tokens {
  readonly #deps: TokensDeps
  #opened: { sealed: string; token: string } | undefined
  #renewing: Promise<void> | undefined
  /** A token that came instead of a refused one, and when. */
  #unproven: { token: string; at: number } | undefined

  constructor(deps: TokensDeps) {
    this.#deps = deps
  }

  get #kept(): Kept | undefined {
    return this.#deps.meta.get<Kept>('grant')
  }

  /** Whether the account was connected by OAuth. */
  get isThere(): boolean {
    return this.#kept !== undefined
  }

  /** Keeps what an admin's consent brought, instead of any before. */
  async keep(account: string, grant: Consented, now: number): Promise<void> {
    const { portalId, scopes } = grant
    this.#store(await this.#sealed(account, grant, { portalId, scopes }, now))
    this.#renewing = undefined
    this.#unproven = undefined
  }

  forget(): void {
    this.#deps.meta.delete('grant')
    this.#opened = undefined
  }

  /**
   * The token to call with at `now` (epoch ms). `refused`: the one that HubSpot takes no more. Auth failures need a person;
   * `later` says from when HubSpot may be asked again.
   */
  async give(now: number, refused?: string): Promise<CallResult<string>> {
    const kept = this.#kept
    if (!kept) return auth('this account is not connected')
    const { trouble, takenBack, goodUntil } = kept
    const token = await this.#open(kept)
    if (token === undefined) return auth(OTHER_KEY)
    const isRefused = refused === token
    if (!isRefused && now < kept.renewAt && !takenBack) return { ok: true, value: token }
    // a token that HubSpot has just given and doesn't take: another one would fare no better
    if (isRefused && this.#unproven?.token === token && now < this.#unproven.at + PROVE_MS)
      return { ok: true, value: token }
    if (!trouble || now >= trouble.againAt) await this.#renew(kept, now)
    const after = this.#kept
    if (!after) return auth('this account is not connected')
    if (after.access !== kept.access) {
      const fresh = await this.#open(after)
      if (fresh === undefined) return auth(OTHER_KEY)
      if (isRefused) this.#unproven = { token: fresh, at: now }
      return { ok: true, value: fresh }
    }
    if (!isRefused && !after.takenBack && now < goodUntil) return { ok: true, value: token }
    return fail(failureOf(after.trouble))
  }

  /** One question to HubSpot, whoever waits for its answer. */
  #renew(kept: Kept, now: number): Promise<void> {
    const running = (this.#renewing ??= this.#ask(kept, now).finally(() => {
      if (this.#renewing === running) this.#renewing = undefined
    }))
    return running
  }

  async #ask(kept: Kept, now: number): Promise<void> {
    const { account, portalId, scopes } = kept
    const refreshToken = await open(this.#deps.masterKey, `${account}/hubspot-refresh`, kept.refresh)
    if (refreshToken === undefined) return
    this.#deps.meta.count('token_renewals')
    const answer = await this.#deps.renew(refreshToken)
    // tokens of another account must never be used for this one
    const isOther = answer.ok && answer.value.portalId !== null && answer.value.portalId !== portalId
    const next =
      answer.ok && !isOther
        ? await this.#sealed(account, answer.value, { portalId, scopes: answer.value.scopes ?? scopes }, now)
        : { ...kept, ...this.#failed(kept, answer.ok ? OTHER_PORTAL : answer, now) }
    // connected anew or disconnected meanwhile: this answer is about tokens that count no more
    if (this.#kept?.access === kept.access) this.#store(next)
  }

  #failed(kept: Kept, failure: OauthFailure, now: number): Pick<Kept, 'takenBack' | 'trouble'> {
    this.#deps.meta.count(`token_${failure.why.replace('-', '_')}`)
    const tries = (kept.trouble?.tries ?? 0) + 1
    // silence takes nothing back, and gives nothing back either
    const takenBack = failure.why === 'taken-back' || (kept.takenBack && failure.why === 'later')
    const wait = takenBack ? RECHECK_MS : Math.max(failure.waitMs ?? 0, this.#deps.backoff(tries - 1))
    const trouble: Trouble = {
      kind: failure.why === 'later' && !takenBack ? 'later' : 'auth',
      message: takenBack ? TAKEN_BACK : messageOf(failure),
      tries,
      at: now,
      againAt: now + Math.ceil(wait),
    }
    return { takenBack, trouble }
  }

  async #sealed(account: string, grant: Grant, whose: Pick<Kept, 'portalId' | 'scopes'>, now: number): Promise<Kept> {
    const { masterKey } = this.#deps
    const { accessToken, refreshToken, lifeMs } = grant
    return {
      account,
      ...whose,
      access: await seal(masterKey, `${account}/hubspot-access`, accessToken),
      refresh: await seal(masterKey, `${account}/hubspot-refresh`, refreshToken),
      renewAt: now + lifeMs - Math.min(AHEAD_MS, lifeMs / 5),
      goodUntil: now + lifeMs,
      takenBack: false,
      trouble: null,
    }
  }

  #store(kept: Kept): void {
    this.#deps.meta.set('grant', kept)
  }

  async #open(kept: Kept): Promise<string | undefined> {
    if (this.#opened?.sealed === kept.access) return this.#opened.token
    const token = await open(this.#deps.masterKey, `${kept.account}/hubspot-access`, kept.access)
    if (token !== undefined) this.#opened = { sealed: kept.access, token }
    return token
  }

  /** Both tokens, to be taken back at HubSpot; undefined when there are none or they don't open. */
  async both(): Promise<{ access: string; refresh: string } | undefined> {
    const kept = this.#kept
    const access = kept && (await this.#open(kept))
    const refresh = kept && (await open(this.#deps.masterKey, `${kept.account}/hubspot-refresh`, kept.refresh))
    return access !== undefined && refresh !== undefined ? { access, refresh } : undefined
  }

  /** What is known without a secret; null when the account isn't connected by OAuth. */
  status(): ConsentStatus | null {
    const kept = this.#kept
    if (!kept) return null
    const { portalId, scopes, goodUntil, takenBack, trouble } = kept
    return {
      portalId,
      state: takenBack ? 'taken-back' : trouble ? 'trouble' : 'good',
      message: trouble?.message ?? '',
      until: new Date(goodUntil).toISOString(),
      scopes,
    }
  }
}

const OTHER_PORTAL: OauthFailure = {
  ok: false,
  why: 'refused',
  waitMs: null,
  message: 'tokens of another account came',
}

const messageOf = ({ why, message }: OauthFailure): string => {
  if (why === 'client')
    return `HubSpot doesn’t know Ladder’s client id and secret (${message}): check LADDER_HUBSPOT_CLIENT_ID and LADDER_HUBSPOT_CLIENT_SECRET`
  return `HubSpot gave no new access token: ${message}`
}

const failureOf = (trouble: Trouble | null): Failure =>
  trouble?.kind === 'later'
    ? { kind: 'later', until: trouble.againAt, message: trouble.message }
    : { kind: 'auth', message: trouble?.message ?? OTHER_KEY }
