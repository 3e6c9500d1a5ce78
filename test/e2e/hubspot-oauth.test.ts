import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { accountOf, oauthWorld, type OauthWorld, type PortalId, PORTALS } from './hubspot-oauth-world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const [A, B] = PORTALS

const worker = inject('scripts')

/** A company in one account; ids are the same in both. */
const company = (bank: OauthWorld, portal: PortalId, customer: string): string =>
  bank.hubspot.storeOf(portal).create('companies', { name: `${portal} ${customer}`, ladder_customer_no: customer }).id
const shown = (bank: OauthWorld, portal: PortalId, id: string): Record<string, unknown> =>
  bank.hubspot.storeOf(portal).get('companies', id)?.properties ?? {}

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

describe('tokens of an account that is connected by OAuth', () => {
  let bank: OauthWorld
  let id: string
  let yuan = 12_000_000
  beforeAll(async () => {
    bank = await oauthWorld({ worker, rotateTokens: true })
    await bank.consent(A)
    await bank.layOut(A)
    await bank.leap(0)
    id = company(bank, A, 'C1')
    await bank.quiet()
  })
  afterAll(() => bank.close())

  const refused = () => bank.hubspot.calls.list.filter(({ status }) => status === 401).length
  /** A fact that changes what the record shows: whether it got there. */
  const change = async (): Promise<() => boolean> => {
    yuan += 1
    await bank.facts(A, 'C1', yuan)
    return () =>
      shown(bank, A, id).ladder_balance === `${yuan}.00` || shown(bank, A, id).ladder_balance === String(yuan)
  }

  it('are renewed before they run out: HubSpot refuses no call', async () => {
    bank.hubspot.calls.clear()
    await bank.leap(24 * MINUTE)
    await bank.quiet()
    expect(bank.tokenCalls()).toEqual([])
    await bank.leap(MINUTE)
    await bank.quiet()
    expect(bank.tokenCalls()).toEqual(['token 200'])
    expect(refused()).toBe(0)
  })

  it('that HubSpot takes no more are renewed once', async () => {
    bank.hubspot.calls.clear()
    bank.hubspot.failNext({ match: /^\w+ \/crm/, status: 401 })
    await bank.quiet()
    expect(bank.tokenCalls()).toEqual(['token 200'])
    expect(refused()).toBe(1)
    expect((await bank.status(A)).consent).toMatchObject({ state: 'good' })
  })

  it('a refresh token that changes each time outlives a process that ends at once', async () => {
    for (let round = 0; round < 2; round++) {
      bank.hubspot.calls.clear()
      await bank.leap(HOUR)
      await bank.quiet()
      await bank.restart('SIGKILL')
    }
    const isThere = await change()
    await bank.leap(HOUR)
    await bank.quiet()
    expect(bank.tokenCalls()).toEqual(['token 200', 'token 200'])
    expect(isThere()).toBe(true)
  })

  it.each([503, 429])(
    'HubSpot answers a renewal with %i: writes wait, and go when it gives tokens again',
    async (status) => {
      await bank.leap(HOUR)
      bank.hubspot.calls.clear()
      const match: Parameters<typeof bank.hubspot.failNext>[0]['match'] = ({ path, raw }) =>
        path.endsWith('token') && raw.includes('grant_type=refresh_token')
      bank.hubspot.failNext({ match, status, times: 2, headers: { 'retry-after': '30' } })
      const isThere = await change()
      await bank.quiet()
      expect(bank.tokenCalls()).toEqual([`token ${status}`])
      expect(await bank.status(A)).toMatchObject({ consent: { state: 'trouble' }, deadLetters: 0 })
      expect(isThere()).toBe(false)
      await bank.leap(31_000)
      await bank.quiet()
      expect(bank.tokenCalls()).toHaveLength(2)
      await bank.leap(31_000)
      await bank.quiet()
      expect(bank.tokenCalls().at(-1)).toBe('token 200')
      expect(await bank.status(A)).toMatchObject({ consent: { state: 'good' }, deadLetters: 0 })
      expect(isThere()).toBe(true)
    },
  )

  it('the app is removed in HubSpot: told everywhere, nothing lost, and on again when it is agreed to again', async () => {
    bank.hubspot.uninstallApp(A)
    bank.hubspot.calls.clear()
    const isThere = await change()
    await bank.quiet()
    expect(bank.tokenCalls()).toEqual(['token 400'])
    // from then on HubSpot isn't asked in vain
    const ofAccounts = () => bank.hubspot.calls.list.filter(({ path }) => /^\/(crm|account-info)/.test(path)).length
    const asked = ofAccounts()
    for (let round = 0; round < 5; round++) {
      await bank.leap(MINUTE)
      await bank.quiet()
    }
    expect(ofAccounts()).toBe(asked)
    const status = await bank.status(A)
    expect(status).toMatchObject({ consent: { state: 'taken-back' }, deadLetters: 0, fault: { kind: 'auth' } })
    expect(JSON.stringify(status.fault)).toContain('taken back')
    expect(status.outbox).not.toBe(0)
    const url = ['--url', bank.hubspot.url, '--token-env', 'KEY', '--account', accountOf(A)]
    const doctor = await bank.command(['doctor', '--crm', 'hubspot', ...url])
    expect(doctor.code).toBe(1)
    expect(doctor.out).toMatch(/fail +consent .*taken back/)
    const health = await fetch(`${bank.url}/healthz`)
    expect(health.status).toBe(503)
    expect(await health.json()).toMatchObject({ accounts: { [accountOf(A)]: { consent: 'taken-back' } } })
    expect((await bank.consent(A)).status).toBe(200)
    await bank.quiet()
    expect(isThere()).toBe(true)
    expect(await bank.status(A)).toMatchObject({ consent: { state: 'good' }, deadLetters: 0, outbox: 0 })
  })
})

describe('two accounts of one app', () => {
  let bank: OauthWorld
  const ids: Record<PortalId, string[]> = { [A]: [], [B]: [] }
  const customers = Array.from({ length: 20 }, (_, at) => `C${at}`)
  let ended = false

  beforeAll(async () => {
    bank = await oauthWorld({ worker, rotateTokens: true })
    for (const portal of PORTALS) {
      await bank.consent(portal)
      await bank.layOut(portal, { shards: portal === A ? 8 : 1 })
    }
    await bank.leap(0)
    // the first reading is over: from now on webhooks tell of changes
    await bank.quiet()
    bank.hubspot.setWebhooks({
      targetUrl: `${bank.url}/hooks/hubspot/app`,
      signatures: ['v1'],
      subscriptions: ['company.creation', 'company.propertyChange'].map((subscriptionType) => ({
        subscriptionType,
        active: true,
        ...(subscriptionType.endsWith('Change') ? { propertyName: 'ladder_gold' } : {}),
      })),
    })
    for (const customer of customers) for (const portal of PORTALS) ids[portal].push(company(bank, portal, customer))
    await bank.quiet()
  })
  afterAll(async () => {
    if (!ended) await bank.close()
  })

  const tiers = (portal: PortalId) => new Set(ids[portal].map((id) => shown(bank, portal, id).ladder_tier))
  /** Every record of an account, as it is. */
  const everything = (portal: PortalId): string => JSON.stringify(bank.hubspot.storeOf(portal).list('companies'))

  it('have the same ids and customers, and each its own balances, at the same time, while tokens run out at once', async () => {
    expect(ids[A]).toEqual(ids[B])
    await bank.leap(2 * HOUR)
    await bank.restart('SIGKILL')
    bank.hubspot.calls.clear()
    await Promise.all(
      customers.flatMap((customer) => [bank.facts(A, customer, 12_000_000), bank.facts(B, customer, 600_000)]),
    )
    await bank.quiet()
    // each account asked for one token, whoever waited for it
    expect(bank.tokenCalls()).toEqual(['token 200', 'token 200'])
    expect(tiers(A)).toEqual(new Set(['HIGH_END']))
    expect(tiers(B).has('HIGH_END')).toBe(false)
    expect(tiers(B).size).toBe(1)
    for (const portal of PORTALS)
      expect(await bank.status(portal)).toMatchObject({ deadLetters: 0, outbox: 0, consent: { portalId: portal } })
  })

  it('a webhook of one is not heard by the other, though the record has the same id', async () => {
    const before = everything(B)
    const [id = ''] = ids[A]
    bank.hubspot.storeOf(A).update('companies', id, { ladder_gold: 'true' })
    await bank.hubspot.flushWebhooks()
    const until = new Date(bank.now()).toISOString()
    for (const portal of PORTALS) await bank.ask('POST', `/accounts/${accountOf(portal)}/settle`, { until })
    expect(shown(bank, A, id)).toMatchObject({ ladder_tier: 'GOLD' })
    expect(everything(B)).toBe(before)
  })

  it('an action of one does nothing in the other, and can’t name it', async () => {
    const [, id = ''] = ids[B]
    const before = everything(A)
    const call = { portalId: B, object: { objectId: id, objectType: 'COMPANY' }, inputFields: {} }
    const done = await bank.hubspot.runAction({ ...call, url: `${bank.url}/actions/rate` })
    expect(done).toMatchObject({ state: 'SUCCESS' })
    const foreign = await bank.hubspot.runAction({ ...call, url: `${bank.url}/actions/rate?account=${accountOf(A)}` })
    expect(foreign.statuses).toEqual([403])
    await bank.quiet()
    expect(everything(A)).toBe(before)
  })

  it('a card shows what belongs to the portal that HubSpot signed for, and nothing of another', async () => {
    const [, id = ''] = ids[B]
    const call = { portalId: B, user: null, body: { object: { objectType: '0-2', objectId: id } } }
    const own = await bank.hubspot.fetchAsCard({ ...call, url: `${bank.url}/cards/hubspot/app` })
    expect(own).toMatchObject({ status: 200, body: { rows: { customer: { id, name: shown(bank, B, id).name } } } })
    const foreign = await bank.hubspot.fetchAsCard({ ...call, url: `${bank.url}/cards/hubspot/${accountOf(A)}` })
    expect(foreign.status).toBe(403)
    const nobody = await bank.hubspot.fetchAsCard({ ...call, portalId: 99, url: `${bank.url}/cards/hubspot/app` })
    expect(nobody.status).toBe(404)
  })

  it('one takes its consent back: the other goes on', async () => {
    bank.hubspot.uninstallApp(A)
    await bank.leap(HOUR)
    const [, , id = ''] = ids[B]
    await Promise.all([bank.facts(A, 'C2', 1_000), bank.facts(B, 'C2', 12_000_000)])
    await bank.quiet()
    expect(shown(bank, B, id)).toMatchObject({ ladder_tier: 'HIGH_END' })
    expect(await bank.status(A)).toMatchObject({ consent: { state: 'taken-back' }, deadLetters: 0 })
    expect(await bank.status(B)).toMatchObject({ consent: { state: 'good' }, deadLetters: 0, outbox: 0 })
  })

  it('no token and no client secret stands on the disk or in the log', async () => {
    ended = true
    const { secrets, disk, log } = await bank.close()
    expect(secrets.length).toBeGreaterThan(3)
    expect(disk).toContain('"portalId":1002')
    for (const secret of secrets) {
      expect(disk.includes(secret)).toBe(false)
      expect(log.includes(secret)).toBe(false)
    }
  })
})
