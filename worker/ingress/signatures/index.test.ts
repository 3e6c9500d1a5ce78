import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { concat, utf8 } from './crypto.ts'
import { hubspotUri } from './hubspot-v3.ts'
import { verifySignature, WINDOW_MS, type Scheme, type SignedRequest } from './index.ts'
import { signStandard } from './standard.ts'

const SECRET = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy'
const URL_V3 = 'https://www.example.com/webhook_uri'

interface Case {
  scheme: Scheme
  at: number
  request: Omit<SignedRequest, 'now' | 'headers'> & { headers: Record<string, string> }
}

/** Published vectors, and for Twenty, which publishes none, one made from its source. */
const vectors: Record<string, Case> = {
  'twenty, from its source': {
    scheme: 'twenty',
    at: 1768464000000,
    request: {
      secret: '0123456789abcdef0123456789abcdef',
      headers: {
        'X-Twenty-Webhook-Timestamp': '1768464000000',
        'X-Twenty-Webhook-Signature': '6f0bf9f03eeba86f03cd29e514ebd4f1f6467750c75c692a86735aecb1819be5',
      },
      body: utf8(
        '{"targetUrl":"https://plugin.example.com/hooks/twenty","eventName":"company.updated","objectMetadata":{"id":"obj-1","nameSingular":"company"},"workspaceId":"ws-1","webhookId":"wh-1","eventDate":"2026-01-15T08:00:00.000Z","record":{"id":"rec-1","name":"Acme"},"updatedFields":["name"]}',
      ),
    },
  },
  'hubspot v3, api-python': {
    scheme: 'hubspot-v3',
    at: 1693657560000,
    request: {
      secret: SECRET,
      method: 'POST',
      url: URL_V3,
      headers: {
        'X-HubSpot-Signature-v3': 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=',
        'X-HubSpot-Request-Timestamp': '1693657560000',
      },
      body: utf8("{'example_field':'example_value'}"),
    },
  },
  'hubspot v1, api-nodejs': {
    scheme: 'hubspot-v1',
    at: 0,
    request: {
      secret: SECRET,
      headers: { 'X-HubSpot-Signature': '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de' },
      body: utf8(
        '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]',
      ),
    },
  },
  'hubspot v2 with a body, api-nodejs': {
    scheme: 'hubspot-v2',
    at: 0,
    request: {
      secret: SECRET,
      method: 'POST',
      url: URL_V3,
      headers: { 'X-HubSpot-Signature': '9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900' },
      body: utf8('{"example_field":"example_value"}'),
    },
  },
  'hubspot v2 without a body, api-nodejs': {
    scheme: 'hubspot-v2',
    at: 0,
    request: {
      secret: SECRET,
      method: 'GET',
      url: URL_V3,
      headers: { 'X-HubSpot-Signature': 'eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e' },
      body: utf8(''),
    },
  },
  'standard webhooks, reference library': {
    scheme: 'standard',
    at: 1614265330000,
    request: {
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      headers: {
        'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        'webhook-timestamp': '1614265330',
        'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
      },
      body: utf8('{"test": 2432232314}'),
    },
  },
}

const check = ({ scheme, request }: Case, now: number, changed: Partial<Case['request']> = {}) => {
  const { headers, ...rest } = { ...request, ...changed }
  return verifySignature(scheme, { ...rest, headers: new Headers(headers), now })
}

describe.each(Object.entries(vectors))('%s', (_, vector) => {
  const { at, request, scheme } = vector
  it('passes at its time', async () => expect(await check(vector, at)).toEqual({ ok: true }))

  it('is refused when one byte of the body changed', async () =>
    expect(await check(vector, at, { body: concat(request.body, utf8(' ')) })).toMatchObject({ reason: 'mismatch' }))

  it('is refused with another secret', async () => {
    const secret = scheme === 'standard' ? 'whsec_AAAA' : `${request.secret}x`
    expect(await check(vector, at, { secret })).toMatchObject({ reason: 'mismatch' })
  })

  it('is refused with an empty secret', async () =>
    expect(await check(vector, at, { secret: '' })).toMatchObject({ reason: 'secret-invalid' }))

  it('is refused without any one of its headers', async () => {
    for (const name of Object.keys(request.headers)) {
      const headers = Object.fromEntries(Object.entries(request.headers).filter(([other]) => other !== name))
      expect(await check(vector, at, { headers })).toMatchObject({ reason: 'header-missing' })
    }
  })

  const stamp = Object.keys(request.headers).find((name) => /timestamp/i.test(name))
  if (stamp === undefined) return

  it('holds for five minutes either way and no longer', async () => {
    expect(await check(vector, at + WINDOW_MS)).toEqual({ ok: true })
    expect(await check(vector, at - WINDOW_MS)).toEqual({ ok: true })
    expect(await check(vector, at + WINDOW_MS + 1)).toMatchObject({ reason: 'stale' })
    expect(await check(vector, at - WINDOW_MS - 1)).toMatchObject({ reason: 'future' })
  })

  it.each(['abc', '', '-1', '1e12', '0x10', 'NaN', '1.5', '9'.repeat(30)])(
    'refuses the timestamp "%s"',
    async (value) =>
      expect(await check(vector, at, { headers: { ...request.headers, [stamp]: value } })).toMatchObject({ ok: false }),
  )
})

describe('hubspot v3 URLs', () => {
  it('decodes the twelve escapes that HubSpot decodes, in either case, and no other', () => {
    expect(hubspotUri('https://a.b/c?d=%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B')).toBe("https://a.b/c?d=:/?@!$'()*,;")
    expect(hubspotUri('https://a.b/%3a%2f')).toBe('https://a.b/:/')
    expect(hubspotUri('https://a.b/%20%26%3D%25%E4%BD%A0')).toBe('https://a.b/%20%26%3D%25%E4%BD%A0')
  })

  it('decodes once: %253A stays', () => expect(hubspotUri('/%253A')).toBe('/%253A'))

  it('refuses a trailing slash that was not signed', async () => {
    const vector = vectors['hubspot v3, api-python']
    if (!vector) throw new Error('no vector')
    expect(await check(vector, vector.at, { url: `${URL_V3}/` })).toMatchObject({ reason: 'mismatch' })
  })
})

describe('standard webhooks', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const now = 1_790_000_000_000

  it('signs as the published package does, 你好 included', async () => {
    const text = '{"name":"你好 😀"}'
    const ours = await signStandard(secret, 'msg_1', now, utf8(text))
    expect(ours?.['webhook-signature']).toBe(new Webhook(secret).sign('msg_1', new Date(now), text))
    const theirs = new Headers({
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(now / 1000),
      'webhook-signature': new Webhook(secret).sign('msg_1', new Date(now), text),
    })
    expect(await verifySignature('standard', { secret, headers: theirs, body: utf8(text), now })).toEqual({ ok: true })
  })

  it('takes one fitting signature among those of a key rotation', async () => {
    const body = utf8('{}')
    const fresh = await signStandard(secret, 'msg_1', now, body)
    const old = await signStandard('whsec_b2xkIG9sZCBvbGQ=', 'msg_1', now, body)
    const both = `v1a,zzz ${old?.['webhook-signature'] ?? ''} ${fresh?.['webhook-signature'] ?? ''}`
    const headers = new Headers({ ...fresh, 'webhook-signature': both })
    expect(await verifySignature('standard', { secret, headers, body, now })).toEqual({ ok: true })
  })

  it('takes a secret without its prefix, and refuses one that is no base64', async () => {
    const body = utf8('{}')
    const headers = new Headers((await signStandard(secret, 'm', now, body)) ?? {})
    expect(await verifySignature('standard', { secret: secret.slice(6), headers, body, now })).toEqual({ ok: true })
    expect(await verifySignature('standard', { secret: 'whsec_***', headers, body, now })).toMatchObject({
      reason: 'secret-invalid',
    })
  })
})

it('takes a Twenty secret with umlauts, signed over bytes that are no UTF-8', async () => {
  const secret = 's3cr3t-Ünïcode'
  const body = new Uint8Array([0xff, 0x00, 0xfe])
  const key = await crypto.subtle.importKey('raw', utf8(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, concat(utf8('1000:'), body)))
  const headers = new Headers({
    'x-twenty-webhook-timestamp': '1000',
    'x-twenty-webhook-signature': Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join(''),
  })
  expect(await verifySignature('twenty', { secret, headers, body, now: 1000 })).toEqual({ ok: true })
})
