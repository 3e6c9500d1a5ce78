import { describe, expect, it } from 'vitest'
import { hubspotScheme, publicUrl, refuseHubspot } from './hubspot-signed.ts'
import { receive, type Delivery } from './receive.ts'
import { signHubspotV1, signHubspotV2, signHubspotV3 } from './hubspot-kit.ts'

const NOW = 1_795_000_000_000
const SECRET = 'client-secret'
const URL_CALLED = 'https://bank.example/hooks/hubspot/acme?a=%3A'
const BODY = '[{"subscriptionType":"company.creation","portalId":1,"objectId":7}]'

const refused = (headers: Record<string, string>, url: string | undefined = URL_CALLED, secrets = [SECRET]) =>
  refuseHubspot(
    {
      headers: new Headers(headers),
      body: new TextEncoder().encode(BODY) as Uint8Array<ArrayBuffer>,
      method: 'POST',
      url,
      now: NOW,
    },
    secrets,
  )

const v1 = signHubspotV1(SECRET, BODY)
const v2 = signHubspotV2(SECRET, URL_CALLED, BODY)
const v3 = signHubspotV3(SECRET, URL_CALLED, BODY, NOW)

describe('which signature of HubSpot decides', () => {
  it.each([
    ['v1', v1],
    ['v2', v2],
    ['v3', v3],
  ])('%s alone passes', async (_, headers) => expect(await refused(await headers)).toBeNull())

  it('v3 decides where it is there: a sound v1 beside a wrong v3 does not help', async () => {
    const both = { ...(await v1), ...(await signHubspotV3('other', URL_CALLED, BODY, NOW)) }
    expect(await refused(both)).toBe('mismatch')
    expect(await refused({ ...(await v1), 'x-hubspot-signature-v3': '' })).toBe('header-missing')
    expect(hubspotScheme(new Headers(both))).toBe('hubspot-v3')
  })

  it('the version header tells v1 from v2, and neither passes as the other', async () => {
    expect(await refused({ ...(await v1), 'x-hubspot-signature-version': 'v2' })).toBe('mismatch')
    expect(await refused({ ...(await v2), 'x-hubspot-signature-version': 'v1' })).toBe('mismatch')
  })

  it.each([
    ['stale', -301_000],
    ['future', 301_000],
  ])('v3: %s', async (reason, by) =>
    expect(await refused(await signHubspotV3(SECRET, URL_CALLED, BODY, NOW + by))).toBe(reason),
  )

  it('the address is signed: another host, a slash at the end and http are another address', async () => {
    for (const url of [
      'https://evil.example/hooks/hubspot/acme?a=%3A',
      `${URL_CALLED}/`,
      URL_CALLED.replace('https', 'http'),
    ]) {
      expect(await refused(await v3, url)).toBe('mismatch')
      expect(await refused(await v2, url)).toBe('mismatch')
    }
  })

  it('without a configured address v2 and v3 are refused and say so; v1, which signs none, is checked', async () => {
    expect(
      await refuseHubspot(
        { headers: new Headers(await v3), body: new Uint8Array(0), method: 'POST', url: undefined, now: NOW },
        [SECRET],
      ),
    ).toBe('no-public-url')
    expect(await refused(await v2, '')).not.toBeNull()
    expect(await refused(await v1, 'https://anything.example')).toBeNull()
  })

  it('a secret that was changed: the one before is good too', async () =>
    expect(await refused(await v3, URL_CALLED, ['new', SECRET])).toBeNull())
})

describe('the public address', () => {
  const request = new Request('http://10.0.0.7:8787/hooks/hubspot/acme?a=%3A&b=/', {
    headers: { host: 'evil.example' },
  })
  it.each([
    ['https://bank.example', 'https://bank.example/hooks/hubspot/acme?a=%3A&b=/'],
    ['https://bank.example/ladder/', 'https://bank.example/ladder/hooks/hubspot/acme?a=%3A&b=/'],
    ['bank.example', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('of %s', (base, url) => expect(publicUrl(base, request)).toBe(url))
})

describe('a delivery of HubSpot', () => {
  const take = async (body: string, headers?: Record<string, string>) => {
    const rows: unknown[] = []
    const counters: string[] = []
    const delivery: Delivery = {
      source: 'hubspot',
      headers: {
        'content-type': 'application/json',
        ...(headers ?? (await signHubspotV3(SECRET, URL_CALLED, body, NOW))),
      },
      body: new TextEncoder().encode(body) as Uint8Array<ArrayBuffer>,
      url: URL_CALLED,
    }
    const answer = await receive(delivery, {
      secrets: { hubspot: [SECRET] },
      store: (row) => void rows.push(row),
      count: (counter) => void counters.push(counter),
      now: NOW,
    })
    return { answer, rows, counters }
  }

  it('is one row, whatever its events say', async () => {
    const { answer, rows, counters } = await take('[{"odd":true},{}]')
    expect([answer.status, rows.length, counters]).toEqual([202, 1, ['hubspot.stored']])
  })

  it('sent again in the same words is the same row', async () => {
    const [one, two] = [await take(BODY), await take(BODY, await signHubspotV1(SECRET, BODY))]
    expect(one.rows).toMatchObject([{ dedupe: (two.rows[0] as { dedupe: string }).dedupe }])
  })

  it.each([['7'], ['[7]'], ['"x"'], ['[null]'], ['{'], [JSON.stringify(Array(1001).fill({}))]])(
    'that is none: 400',
    async (body) => {
      const { answer, rows } = await take(body)
      expect([answer.status, rows.length]).toEqual([400, 0])
    },
  )
})
