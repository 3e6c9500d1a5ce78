import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { HubspotSandbox } from '../index.ts'
import { call, Sandboxes } from '../testing.ts'
import type { JsonObject } from '../types.ts'

const open = new Sandboxes()
afterEach(() => open.close())

const BACK = 'https://ladder.example/oauth/callback'
const VERIFIER = 'v'.repeat(43)
const LINE = 'GET /crm/objects/2026-09/companies'

async function post(
  hubspot: HubspotSandbox,
  path: string,
  form: object,
): Promise<{ status: number; body: JsonObject }> {
  const { clientId: client_id, clientSecret: client_secret } = hubspot
  const body = new URLSearchParams({ client_id, client_secret, ...form })
  const response = await fetch(`${hubspot.url}/oauth/2026-09/${path}`, { method: 'POST', body })
  const text = await response.text()
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as JsonObject) }
}

async function consent(hubspot: HubspotSandbox): Promise<URL> {
  const query = new URLSearchParams({
    client_id: hubspot.clientId,
    redirect_uri: BACK,
    scope: 'crm.objects.companies.read',
    state: 'st',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const response = await fetch(`${hubspot.url}/oauth/authorize?${query.toString()}`, { redirect: 'manual' })
  expect(response.status).toBe(302)
  return new URL(response.headers.get('location') ?? '')
}

function exchange(
  hubspot: HubspotSandbox,
  back: URL,
  verifier = VERIFIER,
): Promise<{ status: number; body: JsonObject }> {
  const code = back.searchParams.get('code') ?? ''
  return post(hubspot, 'token', { grant_type: 'authorization_code', code, redirect_uri: BACK, code_verifier: verifier })
}

describe('OAuth', () => {
  it('gives a code with the state, tokens for the code once and only with the verifier', async () => {
    const hubspot = await open.start()
    const back = await consent(hubspot)
    expect(back.searchParams.get('state')).toBe('st')
    const tokens = await exchange(hubspot, back)
    expect(tokens.body).toMatchObject({ expires_in: 1800, hub_id: 62515, token_type: 'bearer' })
    const token = String(tokens.body['access_token'])
    expect((await call(hubspot, LINE, undefined, token)).status).toBe(200)
    expect((await call(hubspot, 'GET /crm/objects/2026-09/deals', undefined, token)).status).toBe(403)
    expect(await exchange(hubspot, back)).toMatchObject({ status: 400, body: { category: 'BAD_AUTH_CODE' } })
    expect((await exchange(hubspot, await consent(hubspot), 'w'.repeat(43))).status).toBe(400)
    hubspot.consentAs('deny')
    expect((await consent(hubspot)).searchParams.get('error')).toBe('access_denied')
  })

  it('lets access tokens run out by the clock; a refresh gives new ones until it is revoked', async () => {
    let now = 1_800_000_000_000
    const hubspot = await open.start({ now: () => now })
    const { body } = await exchange(hubspot, await consent(hubspot))
    const refresh = { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) }
    now += 1_800_000
    const late = await call(hubspot, LINE, undefined, String(body['access_token']))
    expect(late).toMatchObject({ status: 401, body: { category: 'EXPIRED_AUTHENTICATION' } })
    const token = String((await post(hubspot, 'token', refresh)).body['access_token'])
    expect((await call(hubspot, LINE, undefined, token)).status).toBe(200)
    const about = await post(hubspot, 'token/introspect', { token })
    expect(about.body).toMatchObject({ active: true, hub_id: 62515, expires_in: 1800 })
    expect((await post(hubspot, 'token/revoke', { token: refresh.refresh_token })).status).toBe(204)
    expect((await call(hubspot, LINE, undefined, token)).status).toBe(401)
    expect((await post(hubspot, 'token/introspect', { token })).body).toEqual({ active: false })
    expect(await post(hubspot, 'token', refresh)).toMatchObject({
      status: 400,
      body: { category: 'BAD_REFRESH_TOKEN' },
    })
    expect((await post(hubspot, 'token', { ...refresh, client_secret: 'no' })).status).toBe(401)
  })

  it('an app that was removed has no token left; where refresh tokens change, the one before ends', async () => {
    const hubspot = await open.start({ rotateTokens: true })
    const { body } = await exchange(hubspot, await consent(hubspot))
    const refresh = { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) }
    const next = (await post(hubspot, 'token', refresh)).body
    expect(next['refresh_token']).not.toBe(refresh.refresh_token)
    expect((await post(hubspot, 'token', refresh)).status).toBe(400)
    hubspot.uninstallApp(hubspot.portalId)
    expect((await post(hubspot, 'token', { ...refresh, refresh_token: String(next['refresh_token']) })).status).toBe(
      400,
    )
    expect((await call(hubspot, LINE, undefined, String(next['access_token']))).status).toBe(401)
    expect((await call(hubspot, LINE)).status).toBe(200)
  })

  it('keeps accounts apart: a token sees its own records, and each has its own calls', async () => {
    const hubspot = await open.start({
      portals: [{ portalId: 2, edition: 'professional' }],
      rateLimit: { tenSeconds: 1 },
    })
    hubspot.store.create('companies', { name: 'ours' })
    hubspot.consentAs(2)
    const { body } = await exchange(hubspot, await consent(hubspot))
    expect(body['hub_id']).toBe(2)
    const theirs = await call(hubspot, LINE, undefined, String(body['access_token']))
    expect(theirs).toMatchObject({ status: 200, body: { results: [] } })
    expect(theirs.headers.get('x-hubspot-ratelimit-daily')).toBeNull()
    expect((await call(hubspot, LINE)).body).toMatchObject({ results: [{ properties: { name: 'ours' } }] })
  })
})
