import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { accountOf, company, oauthWorld, type OauthWorld, PORTALS, shown } from './hubspot-oauth-world.ts'

/** Tokens are renewed in time, once, and outlive whatever happens. */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const [A] = PORTALS

const worker = inject('scripts')

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
