import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose'
import * as z from '../../../schemas/z.ts'
import type { Provider } from '../access/provider.ts'

const WAIT_MS = 10_000
const MOST_BYTES = 1024 * 1024
/** Signatures by a key that the provider alone has; none by a shared secret, and never none. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
/** Clocks of the provider and of this machine differ by no more, seconds. */
const TOLERANCE_S = 60
const OLDEST_S = 600

/** What goes wrong with a provider is told as a value: `message` is for admins, and holds no secret. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; message: string }
const failed = (message: string): { ok: false; message: string } => ({ ok: false, message })

const discoverySchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  userinfo_endpoint: z.optional(z.url()),
  token_endpoint_auth_methods_supported: z.optional(z.array(z.string())),
})
export type Discovery = z.infer<typeof discoverySchema>

const tokensSchema = z.object({ id_token: z.string(), access_token: z.optional(z.string()) })
const keysSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) })
const claimsSchema = z.object({
  sub: z.string().check(z.minLength(1), z.maxLength(255)),
  email: z.optional(z.string()),
  email_verified: z.optional(z.unknown()),
  name: z.optional(z.string()),
})
type Claims = z.infer<typeof claimsSchema>

const ask = async <T>(
  what: string,
  url: string,
  schema: z.ZodMiniType<T>,
  init: RequestInit = {},
): Promise<Outcome<T>> => {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(WAIT_MS) })
    const text = await response.text()
    if (response.status !== 200) return failed(`${what} answers ${response.status}${reasonIn(text)}`)
    if (text.length > MOST_BYTES) return failed(`${what} answers too much`)
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success
      ? { ok: true, value: parsed.data }
      : failed(`${what} lacks ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`)
  } catch (error) {
    return failed(error instanceof SyntaxError ? `${what} answers no JSON` : `${what} does not answer`)
  }
}

/** The `error` word of an OAuth answer. */
const reasonIn = (text: string): string => {
  const [, word] = /"error"\s*:\s*"([a-z_]{1,60})"/.exec(text.slice(0, 10_000)) ?? []
  return word ? ` (${word})` : ''
}

/** What the provider says of itself. Asked with each sign-in, which is seldom: a changed key or address counts at once. */
export const discover = async (issuer: string): Promise<Outcome<Discovery>> => {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const found = await ask('its discovery document', url, discoverySchema)
  if (found.ok && found.value.issuer !== issuer)
    return failed(`it names itself ${found.value.issuer}, not ${issuer}: set exactly that`)
  return found
}

/** A sign-in under way, in the browser that began it. */
export interface Exchange {
  code: string
  verifier: string
  nonce: string
  redirectUri: string
}

/** Who signed in, as the provider vouches for it. */
export interface Identity {
  subject: string
  /** Small letters; '' when the provider doesn't vouch for one. */
  email: string
  name: string
}

/** Changes the code for tokens and checks the ID token: signature, issuer, audience, nonce, expiry, age. */
export const identify = async (
  provider: Provider,
  secret: string,
  discovery: Discovery,
  exchange: Exchange,
  now: number,
): Promise<Outcome<Identity>> => {
  const tokens = await ask('its token endpoint', discovery.token_endpoint, tokensSchema, {
    method: 'POST',
    ...tokenRequest(provider, secret, discovery, exchange),
  })
  if (!tokens.ok) return tokens
  const keys = await ask('its key set', discovery.jwks_uri, keysSchema)
  if (!keys.ok) return keys
  const claims = await checked(tokens.value.id_token, keys.value as JSONWebKeySet, provider, exchange.nonce, now)
  if (!claims.ok) return claims
  return { ok: true, value: identityOf(provider, await withEmail(claims.value, discovery, tokens.value.access_token)) }
}

const tokenRequest = (
  { clientId }: Provider,
  secret: string,
  { token_endpoint_auth_methods_supported: methods = ['client_secret_basic'] }: Discovery,
  { code, verifier, redirectUri }: Exchange,
): Pick<RequestInit, 'headers' | 'body'> => {
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  })
  const headers: Record<string, string> = {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
  }
  if (secret !== '' && methods.includes('client_secret_basic'))
    headers.authorization = `Basic ${btoa(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`)}`
  else {
    form.set('client_id', clientId)
    if (secret !== '') form.set('client_secret', secret)
  }
  return { headers, body: form.toString() }
}

const checked = async (
  token: string,
  keys: JSONWebKeySet,
  { issuer, clientId }: Provider,
  nonce: string,
  now: number,
): Promise<Outcome<Claims>> => {
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
      issuer,
      audience: clientId,
      algorithms: ALGORITHMS,
      requiredClaims: ['exp', 'iat', 'sub', 'nonce'],
      clockTolerance: TOLERANCE_S,
      maxTokenAge: OLDEST_S,
      currentDate: new Date(now),
    })
    if (payload.nonce !== nonce) return failed('the ID token is of another sign-in (nonce)')
    const isOthers = payload.azp !== undefined && payload.azp !== clientId
    if (isOthers || (Array.isArray(payload.aud) && payload.aud.length > 1 && payload.azp === undefined))
      return failed('the ID token is for another client (azp)')
    const claims = claimsSchema.safeParse(payload)
    return claims.success ? { ok: true, value: claims.data } : failed('the ID token has no subject')
  } catch (error) {
    return failed(`the ID token is not good (${error instanceof errors.JOSEError ? error.code : 'unreadable'})`)
  }
}

/** Many providers tell the address not in the ID token but where one asks with the access token, about the same subject. */
const withEmail = async (claims: Claims, { userinfo_endpoint: url }: Discovery, token?: string): Promise<Claims> => {
  if (claims.email !== undefined || url === undefined || token === undefined) return claims
  const told = await ask('its user information', url, claimsSchema, { headers: { authorization: `Bearer ${token}` } })
  return told.ok && told.value.sub === claims.sub ? { ...told.value, name: claims.name ?? told.value.name } : claims
}

const identityOf = ({ vouchesForEmail }: Provider, { sub, email, email_verified, name }: Claims): Identity => {
  const isGood = vouchesForEmail
    ? email_verified !== false && email_verified !== 'false'
    : email_verified === true || email_verified === 'true'
  return { subject: sub, email: isGood ? (email ?? '').trim().toLowerCase() : '', name: (name ?? '').slice(0, 200) }
}
