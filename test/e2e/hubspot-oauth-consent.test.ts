import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { accountOf, company, oauthWorld, type OauthWorld, PORTALS, shown } from './hubspot-oauth-world.ts'

/** How an account comes to be connected by OAuth, and how it ends. */

const MINUTE = 60_000
const [A, B] = PORTALS

const worker = inject('scripts')

describe('an account is connected by OAuth', () => {
  let bank: OauthWorld
  beforeAll(async () => (bank = await oauthWorld({ worker })))
  afterAll(() => bank.close())

  const accounts = async () => (await bank.ask('GET', '/accounts')).accounts
  const back = (state: string | null, code = 'a-code'): URL => {
    const address = new URL('/oauth/hubspot/callback', bank.url)
    if (state !== null) address.searchParams.set('state', state)
    address.searchParams.set('code', code)
    return address
  }

  it('a link is for admins, and names the app, its scopes, a state and a challenge', async () => {
    const nobody = await fetch(`${bank.url}/api/v1/oauth/hubspot`, { method: 'POST', body: '{}' })
    expect(nobody.status).toBe(401)
    expect(await bank.tell('POST', '/oauth/hubspot', { scopes: [] })).toMatchObject({ ok: false, status: 400 })
    const { pathname, searchParams } = await bank.link(A)
    expect(pathname).toBe(`/oauth/${A}/authorize`)
    expect(Object.fromEntries(searchParams)).toMatchObject({
      client_id: bank.hubspot.clientId,
      redirect_uri: `${bank.url}/oauth/hubspot/callback`,
      code_challenge_method: 'S256',
    })
    expect(searchParams.get('scope')).toContain('crm.objects.companies.write')
    expect(searchParams.get('state')).toMatch(/^[\w-]{43}$/)
    expect(searchParams.get('code_challenge')).not.toBe(searchParams.get('state'))
  })

  it('an answer that nobody asked for, without a state, or denied, stores nothing and asks HubSpot for nothing', async () => {
    expect((await bank.open(back('x'.repeat(43)))).status).toBe(400)
    expect((await bank.open(back(null))).status).toBe(400)
    bank.hubspot.consentAs('deny')
    const denied = await bank.agree(await bank.link())
    expect((await bank.open(denied)).status).toBe(403)
    expect((await bank.open(denied)).status).toBe(409)
    expect(bank.tokenCalls()).toEqual([])
    expect(await accounts()).toEqual([])
  })

  it('a link that has run out, or a code that HubSpot doesn’t take, stores nothing', async () => {
    const late = await bank.agree(await bank.link(A))
    await bank.leap(30 * MINUTE)
    expect((await bank.open(late)).status).toBe(410)
    expect(bank.tokenCalls()).toEqual([])
    const state = (await bank.link(A)).searchParams.get('state')
    const page = await bank.open(back(state, '<script>'))
    expect(page.status).toBe(400)
    expect(page.text).not.toContain('<script>')
    expect(bank.tokenCalls()).toEqual(['token 400'])
    expect(await accounts()).toEqual([])
  })

  it('a code that another link brought isn’t taken: its verifier is another one (PKCE)', async () => {
    const [mine, other] = [await bank.agree(await bank.link(A)), await bank.agree(await bank.link(A))]
    mine.searchParams.set('code', other.searchParams.get('code') ?? '')
    expect((await bank.open(mine)).status).toBe(400)
    expect(await accounts()).toEqual([])
  })

  it('another account than the one that was asked stores nothing', async () => {
    const link = await bank.link(A)
    link.pathname = `/oauth/${B}/authorize`
    expect((await bank.open(await bank.agree(link))).status).toBe(409)
    expect(await accounts()).toEqual([])
  })

  it('HubSpot doesn’t answer: told as its fault, and a new link is needed', async () => {
    bank.hubspot.failNext({ match: 'POST /oauth', status: 503 })
    const answer = await bank.agree(await bank.link(A))
    expect((await bank.open(answer)).status).toBe(502)
    expect((await bank.open(answer)).status).toBe(409)
    expect(await accounts()).toEqual([])
  })

  it('before it is set up its status says what is missing; a token of another account’s layout isn’t taken', async () => {
    expect(await bank.layOut(A)).toMatchObject({ ok: false, status: 409 })
    const answer = await bank.agree(await bank.link(A))
    expect((await bank.open(answer, 'HEAD')).status).toBe(405)
    const page = await bank.open(answer)
    expect(page.status).toBe(200)
    expect(page.text).toContain(accountOf(A))
    expect((await bank.open(answer)).status).toBe(409)
    expect(await accounts()).toEqual([accountOf(A)])
    const status = await bank.status(A)
    expect(status).toMatchObject({ connected: false, consent: { portalId: A, state: 'good' } })
    expect(String(status.missing)).toContain('ladder apply')
    expect(await bank.tell('GET', `/accounts/${accountOf(A)}`)).toMatchObject({ ok: true, body: { connected: false } })
    const crm = { kind: 'hubspot', url: bank.hubspot.url, layout: bank.layouts[B] }
    expect(await bank.layOut(A, { crm })).toMatchObject({ ok: false, status: 409 })
    const elsewhere = { kind: 'hubspot', url: 'http://127.0.0.1:9', layout: bank.layouts[A] }
    expect(await bank.layOut(A, { crm: elsewhere })).toMatchObject({ ok: false, status: 409 })
  })

  it('set up, it is followed up with the tokens of the consent', async () => {
    expect(await bank.layOut(A, { shards: 8 })).toMatchObject({ ok: true })
    await bank.leap(0)
    const id = company(bank, A, 'C1')
    await bank.quiet()
    await bank.facts(A, 'C1', 12_000_000)
    await bank.quiet()
    expect(shown(bank, A, id)).toMatchObject({ ladder_tier: 'HIGH_END' })
    expect(await bank.tell('GET', `/accounts/${accountOf(A)}`)).toMatchObject({ body: { byConsent: true, shards: 8 } })
  })

  it('by the command: a link, then the installer, whose own token stays with it', async () => {
    const wrong = await bank.command(['hubspot', 'connect', '--carrier', 'ticket'])
    expect(wrong.code).toBe(2)
    const linked = await bank.command(['hubspot', 'connect', '--carrier', 'deal', '--portal', String(B), '--json'])
    expect(linked.code).toBe(0)
    const { url } = JSON.parse(linked.out) as { url: string }
    expect((await bank.open(await bank.agree(new URL(url)))).status).toBe(200)
    const wish = ['--crm', 'hubspot', '--url', bank.hubspot.url, '--token-env', 'KEY', '--carrier', 'deal']
    const applied = await bank.command(['apply', ...wish], B)
    expect(applied, applied.out).toMatchObject({ code: 0 })
    expect(applied.out).not.toContain('client secret')
    expect(await bank.tell('GET', `/accounts/${accountOf(B)}`)).toMatchObject({ body: { byConsent: true } })
    expect(await bank.status(B)).toMatchObject({ connected: true, consent: { portalId: B, state: 'good' } })
    const again = await bank.command(['verify', ...wish], B)
    expect(again, again.out).toMatchObject({ code: 0 })
    await bank.leap(0)
    await bank.quiet()
    expect(await bank.status(B)).toMatchObject({ fault: null, deadLetters: 0 })
    await bank.ask('DELETE', `/accounts/${accountOf(B)}`)
  })

  it('a token of its own takes the place of a consent, which is taken back; a new consent takes the place of the token', async () => {
    const token = bank.hubspot.token
    bank.hubspot.calls.clear()
    expect(
      await bank.layOut(A, {
        shards: 8,
        crm: { kind: 'hubspot', url: bank.hubspot.url, token, layout: bank.layouts[A] },
      }),
    ).toMatchObject({ ok: true })
    expect(bank.tokenCalls()).toEqual(['revoke 204', 'revoke 204'])
    expect((await bank.status(A)).consent).toBeNull()
    const id = company(bank, A, 'C2')
    await bank.quiet()
    await bank.facts(A, 'C2', 12_000_000)
    await bank.quiet()
    expect(shown(bank, A, id)).toMatchObject({ ladder_tier: 'HIGH_END' })
    expect((await bank.consent(A)).status).toBe(200)
    expect(await bank.status(A)).toMatchObject({ connected: true, consent: { state: 'good' } })
    const next = company(bank, A, 'C3')
    await bank.quiet()
    await bank.facts(A, 'C3', 12_000_000)
    await bank.quiet()
    expect(shown(bank, A, next)).toMatchObject({ ladder_tier: 'HIGH_END' })
  })

  it('disconnected, its tokens are taken back; when HubSpot doesn’t answer, that is told', async () => {
    bank.hubspot.calls.clear()
    expect(await bank.ask('DELETE', `/accounts/${accountOf(A)}`)).toEqual({
      connected: false,
      consent: { revoked: true },
    })
    expect(bank.tokenCalls()).toEqual(['revoke 204', 'revoke 204'])
    expect(await accounts()).toEqual([])
    expect((await bank.consent(A)).status).toBe(200)
    bank.hubspot.failNext({ match: /revoke$/, status: 503, times: 2 })
    const gone = await bank.ask('DELETE', `/accounts/${accountOf(A)}`)
    expect(gone).toMatchObject({ connected: false, consent: { revoked: false } })
    expect(await bank.tell('GET', `/accounts/${accountOf(A)}`)).toMatchObject({ status: 404 })
  })
})
