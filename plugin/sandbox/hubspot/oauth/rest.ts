import { createHash, randomBytes } from 'node:crypto'
import * as bodies from '../bodies/oauth.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import type { Incoming, Outgoing } from '../server/http.ts'
import { checked } from '../server/route.ts'
import type { State } from '../state.ts'
import type { Token } from '../types.ts'

const LIFETIME_MS = 1_800_000
const CODE_MS = 60_000

interface Grant {
  portalId: number
  scopes: string[]
  redirectUri: string
  challenge: string | null
  method: string | null
  until: number
}

export interface OAuthClient {
  clientId: string
  clientSecret: string
}

function grantError(status: string, message: string): Refusal {
  return new Refusal(400, status, message, { subCategory: 'invalid_grant' })
}

/** Who may install an app and how it gets its tokens. The person at the browser always agrees. */
export class OAuth {
  /** The account that the next installer picks; the first one when nothing is said. */
  consent: number | null = null
  /** Set to true, the next installer says no. */
  deny = false
  /** A refresh brings another refresh token and ends the one before; HubSpot's keep their own. */
  rotate = false
  readonly #state: State
  readonly #client: OAuthClient
  readonly #codes = new Map<string, Grant>()

  constructor(state: State, client: OAuthClient) {
    this.#state = state
    this.#client = client
  }

  /** `/oauth/authorize`, `/oauth/<portal>/authorize`, and token, introspect and revoke in their dated place. */
  answer(request: Incoming): Outgoing {
    const { method, path } = request
    const authorize = /^\/oauth\/(?:(\d+)\/)?authorize$/.exec(path)
    if (method === 'GET' && authorize) return this.#authorize(request.query, authorize[1])
    const form = Object.fromEntries(new URLSearchParams(request.raw.toString('utf8')))
    // as published: an app's own tokens are of the older version alone
    if (method === 'POST' && path === '/oauth/2026-03/token' && form['grant_type'] === 'client_credentials')
      return this.#appToken(checked(bodies.appToken, form))
    if (method === 'POST' && path === '/oauth/2026-09/token') return this.#token(checked(bodies.token, form))
    if (method === 'POST' && path === '/oauth/2026-09/token/introspect') {
      return this.#introspect(checked(bodies.tokenOf, form))
    }
    if (method === 'POST' && path === '/oauth/2026-09/token/revoke') return this.#revoke(checked(bodies.tokenOf, form))
    throw notFound(`No route ${method} ${path}`)
  }

  #authorize(query: URLSearchParams, portal: string | undefined): Outgoing {
    const redirectUri = query.get('redirect_uri')
    if (query.get('client_id') !== this.#client.clientId) throw invalid('The client_id is not known')
    if (redirectUri === null || !URL.canParse(redirectUri)) throw invalid('The redirect_uri is missing or wrong')
    const target = new URL(redirectUri)
    const state = query.get('state')
    if (state !== null) target.searchParams.set('state', state)
    if (this.deny) {
      this.deny = false
      target.searchParams.set('error', 'access_denied')
      return { status: 302, body: null, headers: { location: target.href } }
    }
    const portalId = portal === undefined ? (this.consent ?? [...this.#state.portals.keys()][0]) : Number(portal)
    if (portalId === undefined || !this.#state.portals.has(portalId)) throw invalid(`No account ${portalId ?? ''}`)
    const asked = [query.get('scope') ?? '', query.get('optional_scope') ?? ''].join(' ')
    const scopes = asked.split(/[ ,]+/).filter((scope) => scope !== '')
    const code = randomBytes(18).toString('base64url')
    this.#codes.set(code, {
      portalId,
      scopes: [...new Set(['oauth', ...scopes])],
      redirectUri,
      challenge: query.get('code_challenge'),
      method: query.get('code_challenge_method'),
      until: this.#state.now() + CODE_MS,
    })
    target.searchParams.set('code', code)
    return { status: 302, body: null, headers: { location: target.href } }
  }

  #token(form: ReturnType<typeof bodies.token.parse>): Outgoing {
    this.#authenticate(form)
    if (form.grant_type === 'authorization_code') {
      const grant = this.#redeem(form)
      const userId = 9_000_001
      const refresh = this.#issue({ ...grant, userId, kind: 'refresh', expiresAt: null })
      return this.#granted(refresh)
    }
    const refresh = this.#state.tokens.get(form.refresh_token ?? '')
    if (refresh?.kind !== 'refresh') throw grantError('BAD_REFRESH_TOKEN', 'missing or invalid refresh token')
    if (!this.rotate) return this.#granted(refresh)
    this.#state.tokens.delete(refresh.token)
    return this.#granted(this.#issue(refresh))
  }

  #appToken(form: ReturnType<typeof bodies.appToken.parse>): Outgoing {
    this.#authenticate(form)
    return this.#forApp(form.scope ?? '')
  }

  /** A token of the app itself: for what belongs to the app and not to an account. No refresh token comes with it. */
  #forApp(scope: string): Outgoing {
    const scopes = scope.split(/[ ,]+/).filter((one) => one !== '')
    if (scopes.length === 0 || !scopes.every((one) => /^(developer\.|crm\.)/.test(one)))
      throw grantError('BAD_SCOPE', 'client credentials give scopes of the developer alone')
    const [portalId = 0] = this.#state.portals.keys()
    const expiresAt = this.#state.now() + LIFETIME_MS
    const { token } = this.#issue({ portalId, scopes, userId: 0, kind: 'app', expiresAt })
    const body = {
      access_token: token,
      expires_in: LIFETIME_MS / 1000,
      token_type: 'bearer',
      token_use: 'client_credentials',
    }
    return { status: 200, body: bodies.appGranted.parse(body) }
  }

  /** An admin of the account removes the app: none of its tokens is good any more. */
  uninstall(portalId: number): void {
    for (const [text, token] of this.#state.tokens)
      if (!['static', 'app'].includes(token.kind) && token.portalId === portalId) this.#state.tokens.delete(text)
  }

  #redeem(form: ReturnType<typeof bodies.token.parse>): Grant {
    const grant = this.#codes.get(form.code ?? '')
    this.#codes.delete(form.code ?? '')
    if (!grant || grant.until <= this.#state.now()) throw grantError('BAD_AUTH_CODE', 'missing or unknown auth code')
    if (grant.redirectUri !== form.redirect_uri) throw grantError('BAD_REDIRECT_URI', 'missing or wrong redirect_uri')
    if (grant.challenge === null) return grant
    const verifier = form.code_verifier ?? ''
    const made = grant.method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier
    if (made !== grant.challenge) throw grantError('BAD_CODE_VERIFIER', 'the code_verifier does not fit')
    return grant
  }

  #issue(token: Pick<Token, 'portalId' | 'scopes' | 'userId' | 'kind' | 'expiresAt'>): Token {
    const { portalId, scopes, userId, kind, expiresAt } = token
    const text = `${kind === 'refresh' ? 'sb1r' : 'sb1a'}-${randomBytes(24).toString('base64url')}`
    return this.#state.addToken({ portalId, scopes, userId, kind, expiresAt, token: text })
  }

  #granted(refresh: Token): Outgoing {
    const expiresAt = this.#state.now() + LIFETIME_MS
    const access = this.#issue({ ...refresh, kind: 'access', expiresAt })
    const body = {
      access_token: access.token,
      refresh_token: refresh.token,
      id_token: '',
      expires_in: LIFETIME_MS / 1000,
      token_type: 'bearer',
      token_use: 'access_token',
      hub_id: refresh.portalId,
      user_id: refresh.userId,
      scopes: refresh.scopes,
    }
    return { status: 200, body: bodies.granted.parse(body) }
  }

  #introspect(form: ReturnType<typeof bodies.tokenOf.parse>): Outgoing {
    this.#authenticate(form)
    const token = this.#state.tokens.get(form.token)
    const now = this.#state.now()
    if (
      !token ||
      token.kind === 'static' ||
      token.kind === 'app' ||
      (token.expiresAt !== null && token.expiresAt <= now)
    ) {
      return { status: 200, body: bodies.introspected.parse({ active: false }) }
    }
    const { portalId, userId, scopes, expiresAt, kind } = token
    const body = {
      active: true,
      token: token.token,
      token_use: kind === 'access' ? 'access_token' : 'refresh_token',
      token_type: 'bearer',
      client_id: this.#client.clientId,
      hub_id: portalId,
      app_id: this.#state.appId,
      user_id: userId,
      scopes,
      ...(expiresAt === null ? {} : { expires_in: Math.ceil((expiresAt - now) / 1000), is_private_distribution: true }),
    }
    return { status: 200, body: bodies.introspected.parse(body) }
  }

  /** A refresh token takes the access tokens of its account with it. */
  #revoke(form: ReturnType<typeof bodies.tokenOf.parse>): Outgoing {
    this.#authenticate(form)
    const token = this.#state.tokens.get(form.token)
    if (!token || token.kind === 'static') return { status: 204, body: null }
    this.#state.tokens.delete(token.token)
    if (token.kind === 'refresh') {
      for (const [text, other] of this.#state.tokens) {
        if (other.kind === 'access' && other.portalId === token.portalId) this.#state.tokens.delete(text)
      }
    }
    return { status: 204, body: null }
  }

  #authenticate({ client_id, client_secret }: { client_id: string; client_secret: string }): void {
    const { clientId, clientSecret } = this.#client
    if (client_id === clientId && client_secret === clientSecret) return
    throw new Refusal(401, 'BAD_CLIENT_SECRET', 'missing or unknown client id or secret', {
      subCategory: 'invalid_client',
    })
  }
}
