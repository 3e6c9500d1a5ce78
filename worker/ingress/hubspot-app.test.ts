import { describe, expect, it } from 'vitest'
import { refusedCounts } from './counters.ts'
import { hubspotApp } from './hubspot-app.ts'
import { signHubspotV1, signHubspotV3 } from './hubspot-kit.ts'
import type { InboxRow } from './receive.ts'

const SECRET = 'client-secret'
const PATH = '/hooks/hubspot/app'

const app = (known: string[], failing: string[] = []) => {
  const rows: { account: string; row: InboxRow }[] = []
  const env = {
    LADDER_PUBLIC_URL: 'https://bank.example',
    LADDER_HUBSPOT_CLIENT_SECRET: `newer ${SECRET}`,
    ACCOUNT: {
      getByName: (account: string) => ({
        take: async (row: InboxRow) => {
          if (failing.includes(account)) throw new Error('overloaded')
          rows.push({ account, row })
          return true
        },
      }),
    },
  }
  const send = async (body: string, headers?: Record<string, string>, setup: object = {}) => {
    const signed = headers ?? (await signHubspotV3(SECRET, `https://bank.example${PATH}`, body, Date.now()))
    const request = new Request(`http://127.0.0.1${PATH}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...signed },
    })
    return hubspotApp(request, { ...env, ...setup }, async (account) => known.includes(account))
  }
  return { rows, send }
}
const event = (portalId: number, objectId: number) => ({ subscriptionType: 'company.creation', portalId, objectId })
const textOf = ({ row }: { row: InboxRow }) => JSON.parse(new TextDecoder().decode(row.body)) as unknown

describe('an app that several accounts use', () => {
  it('each account gets the events of its portal and no others; unknown portals are counted', async () => {
    const { rows, send } = app(['hs-1', 'hs-2'])
    const before = refusedCounts().get('hubspot-app.unknown-portal') ?? 0
    const answer = await send(JSON.stringify([event(1, 10), event(2, 20), event(1, 11), event(3, 30), { odd: 1 }]))
    expect(answer).toEqual({ status: 202, body: { stored: true } })
    expect(Object.fromEntries(rows.map((one) => [one.account, textOf(one)]))).toEqual({
      'hs-1': [event(1, 10), event(1, 11)],
      'hs-2': [event(2, 20)],
    })
    expect(refusedCounts().get('hubspot-app.unknown-portal')).toBe(before + 1)
  })

  it('is acknowledged only when all parts are stored', async () => {
    const { rows, send } = app(['hs-1', 'hs-2'], ['hs-2'])
    expect((await send(JSON.stringify([event(1, 10), event(2, 20)]))).status).toBe(503)
    expect(rows).toHaveLength(1)
  })

  it.each([
    ['the signature of an account’s own app', 401, () => signHubspotV1('another', '[]'), {}],
    ['nothing signed', 401, async () => ({}), {}],
    ['no secret in the setup', 404, undefined, { LADDER_HUBSPOT_CLIENT_SECRET: '' }],
    ['no public address in the setup', 401, undefined, { LADDER_PUBLIC_URL: undefined }],
    ['another content type', 415, async () => ({ 'content-type': 'text/plain' }), {}],
  ])('refuses %s', async (_, status, headers, setup) => {
    const { rows, send } = app(['hs-1'])
    expect([(await send('[]', await headers?.(), setup)).status, rows.length]).toEqual([status, 0])
  })

  it('refuses what is no array of events', async () => expect((await app([]).send('[7]')).status).toBe(400))
})
