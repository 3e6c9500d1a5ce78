import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  accountOf,
  company,
  oauthWorld,
  type OauthWorld,
  type PortalId,
  PORTALS,
  shown,
} from './hubspot-oauth-world.ts'

/** What belongs to one account of an app never reaches another one. */

const HOUR = 3_600_000
const [A, B] = PORTALS

const worker = inject('scripts')

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
