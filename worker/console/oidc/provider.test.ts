import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Provider } from '../access/provider.ts'
import { type Discovery, discover, identify } from './provider.ts'

const ISSUER = 'https://id.bank.example'
const PROVIDER: Provider = { issuer: ISSUER, clientId: 'ladder', vouchesForEmail: false }
const DISCOVERY: Discovery = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/auth`,
  token_endpoint: `${ISSUER}/token`,
  jwks_uri: `${ISSUER}/jwks`,
  userinfo_endpoint: `${ISSUER}/me`,
}
const NOW = Date.parse('2026-11-26T02:00:00Z')
const EXCHANGE = { code: 'c', verifier: 'v', nonce: 'n', redirectUri: 'https://l.example/sign-in/oidc/callback' }
const PERSON = { email: 'Wang@bank.example', email_verified: true, name: '王' }

let own: CryptoKeyPair
let other: CryptoKeyPair
let keys: { keys: unknown[] }

beforeAll(async () => {
  own = (await generateKeyPair('ES256', { extractable: true })) as CryptoKeyPair
  other = (await generateKeyPair('ES256')) as CryptoKeyPair
  keys = { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'ES256' }] }
})
afterEach(() => vi.unstubAllGlobals())

interface Wish {
  claims?: Record<string, unknown>
  alg?: string
  key?: CryptoKey | Uint8Array
  kid?: string
}
const tokenOf = ({ claims = {}, alg = 'ES256', key = own.privateKey, kid = 'k1' }: Wish): Promise<string> => {
  const iat = NOW / 1000
  const payload = { iss: ISSUER, aud: 'ladder', sub: 's1', nonce: 'n', iat, exp: iat + 300, ...PERSON, ...claims }
  return new SignJWT(payload).setProtectedHeader({ alg, kid }).sign(key)
}

type Answers = Record<string, unknown>
const stand = (answers: Answers): Request[] => {
  const asked: Request[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push(new Request(url, { ...init, signal: null }))
    const body = answers[new URL(url).pathname]
    return body === undefined
      ? new Response('{"error":"invalid_grant"}', { status: 400 })
      : new Response(typeof body === 'string' ? body : JSON.stringify(body))
  })
  return asked
}

const answered = async (
  wish: Wish,
  more: Answers = {},
  provider = PROVIDER,
  discovery = DISCOVERY,
  secret = 'pass word',
) => {
  const token = await tokenOf(wish)
  const asked = stand({ '/token': { id_token: token, access_token: 'at' }, '/jwks': keys, ...more })
  return { outcome: await identify(provider, secret, discovery, EXCHANGE, NOW), asked }
}

describe('an ID token', () => {
  it('tells who signed in, by an address that the provider has checked', async () => {
    const { outcome, asked } = await answered({})
    expect(outcome).toEqual({ ok: true, value: { subject: 's1', email: 'wang@bank.example', name: '王' } })
    const [token] = asked
    expect(token?.headers.get('authorization')).toBe(`Basic ${btoa('ladder:pass%20word')}`)
    expect(Object.fromEntries(new URLSearchParams(await token?.text()))).toEqual({
      grant_type: 'authorization_code',
      code: 'c',
      redirect_uri: EXCHANGE.redirectUri,
      code_verifier: 'v',
    })
    expect(asked.map(({ redirect }) => redirect)).toEqual(['manual', 'manual'])
  })

  const hour = 3600
  it.each<[string, Wish]>([
    ['of another issuer', { claims: { iss: 'https://evil.example' } }],
    ['for another client', { claims: { aud: 'other' } }],
    ['for several clients, without saying which', { claims: { aud: ['ladder', 'other'] } }],
    ['for another party', { claims: { aud: ['ladder', 'other'], azp: 'other' } }],
    ['of another sign-in', { claims: { nonce: 'another' } }],
    ['without a nonce', { claims: { nonce: undefined } }],
    ['that has run out', { claims: { exp: NOW / 1000 - 61 } }],
    ['that never runs out', { claims: { exp: undefined } }],
    ['made long ago', { claims: { iat: NOW / 1000 - hour } }],
    ['made in the future', { claims: { iat: NOW / 1000 + hour } }],
    ['of nobody', { claims: { sub: '' } }],
    ['signed by a shared secret', { alg: 'HS256', key: new TextEncoder().encode('s'.repeat(32)) }],
    ['signed by a key that the provider doesn’t have', { kid: 'k2' }],
  ])('%s is refused', async (_, wish) => {
    expect((await answered(wish)).outcome.ok).toBe(false)
  })

  it('signed by another key under a known name is refused', async () => {
    expect((await answered({ key: other.privateKey })).outcome).toEqual({
      ok: false,
      message: expect.stringContaining('ERR_JWS') as string,
    })
  })

  it('without a signature is refused', async () => {
    const [, payload] = (await tokenOf({})).split('.')
    const token = `${btoa('{"alg":"none"}').replaceAll('=', '')}.${payload}.`
    const { outcome } = await answered({}, { '/token': { id_token: token } })
    expect(outcome.ok).toBe(false)
  })

  it('an address that the provider hasn’t checked counts only where it vouches for all of them', async () => {
    const email = async (claims: Record<string, unknown>, vouchesForEmail: boolean) => {
      const { outcome } = await answered({ claims }, {}, { ...PROVIDER, vouchesForEmail })
      return outcome.ok ? outcome.value.email : null
    }
    expect(await email({ email_verified: undefined }, false)).toBe('')
    expect(await email({ email_verified: undefined }, true)).toBe('wang@bank.example')
    expect(await email({ email_verified: false }, true)).toBe('')
  })

  it('an address that isn’t in it is asked for, and taken for the same subject alone', async () => {
    const without = { claims: { email: undefined, email_verified: undefined, name: undefined } }
    const same = await answered(without, { '/me': { sub: 's1', ...PERSON } })
    expect(same.outcome).toMatchObject({ value: { subject: 's1', email: 'wang@bank.example', name: '王' } })
    const swapped = await answered(without, { '/me': { sub: 's2', ...PERSON } })
    expect(swapped.outcome).toMatchObject({ value: { subject: 's1', email: '' } })
  })

  it('a client secret is sent as the provider takes it, and no client secret where there is none', async () => {
    const post = { ...DISCOVERY, token_endpoint_auth_methods_supported: ['client_secret_post'] }
    const [posted] = (await answered({}, {}, PROVIDER, post)).asked
    expect(posted?.headers.get('authorization')).toBeNull()
    expect(await posted?.text()).toContain('client_secret=pass+word')
    const [bare] = (await answered({}, {}, PROVIDER, DISCOVERY, '')).asked
    expect([bare?.headers.get('authorization'), (await bare?.text())?.includes('client_secret')]).toEqual([null, false])
  })

  it('a code that the provider refuses is told with its word, without secrets', async () => {
    const { outcome } = await answered({}, { '/token': undefined })
    expect(outcome).toEqual({ ok: false, message: 'its token endpoint answers 400 (invalid_grant)' })
  })
})

describe('a provider', () => {
  it('is the one that it says it is', async () => {
    stand({ '/.well-known/openid-configuration': { ...DISCOVERY, issuer: 'https://evil.example' } })
    expect(await discover(ISSUER)).toMatchObject({ ok: false })
    stand({ '/.well-known/openid-configuration': DISCOVERY })
    expect(await discover(ISSUER)).toMatchObject({ ok: true })
  })

  it.each([['<html>'], [{}], [undefined]])('that answers %j is none', async (answer) => {
    stand({ '/.well-known/openid-configuration': answer })
    expect((await discover(ISSUER)).ok).toBe(false)
  })
})
