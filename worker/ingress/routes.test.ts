import { describe, expect, it } from 'vitest'
import { refusedCounts } from './counters.ts'
import { deliveryOf, type Delivery } from './receive.ts'
import { ingress, type IngressEnv } from './routes.ts'

const bank = (fail = false) => {
  const asked: { account: string; delivery: Delivery }[] = []
  const env: IngressEnv = {
    ACCOUNT: {
      getByName: (account) => ({
        receive: async (...flat) => {
          if (fail) throw new Error('overloaded')
          asked.push({ account, delivery: deliveryOf(...flat) })
          return null
        },
        take: async () => true,
      }),
    },
    LADDER_PUBLIC_URL: 'https://bank.example/ladder/',
  }
  const hooks = ingress<IngressEnv>((account) => !account.startsWith('unknown'))
  const send = async (path: string, init: RequestInit = {}) => {
    const answer = hooks(
      new Request(`http://ladder.example${path}`, {
        method: 'POST',
        body: '{}',
        ...init,
        headers: {
          'content-type': 'application/json',
          'x-twenty-webhook-timestamp': '1',
          'x-twenty-webhook-signature': 'ab',
          'webhook-id': '1',
          'webhook-timestamp': '1',
          'webhook-signature': 'v1,ab',
          cookie: 'no business of ours',
          ...(init.headers as Record<string, string>),
        },
      }),
      env,
    )
    if (!answer) throw new Error(`${path} is no hook's address`)
    return answer
  }
  return { asked, hooks, env, send }
}

describe('a hook', () => {
  it('hands the Account raw bytes and the headers that checking needs, no others', async () => {
    const { asked, send } = bank()
    const answer = await send('/hooks/twenty/acme-1', { body: '{"a": 1 }\r\n' })
    expect([answer.status, await answer.json()]).toEqual([202, { stored: true }])
    expect(asked.map(({ account }) => account)).toEqual(['acme-1'])
    expect(new TextDecoder().decode(asked[0]?.delivery.body)).toBe('{"a": 1 }\r\n')
    expect(Object.keys(asked[0]?.delivery.headers ?? {}).sort()).toEqual([
      'content-type',
      'x-twenty-webhook-signature',
      'x-twenty-webhook-timestamp',
    ])
  })

  it.each([
    'application/cloudevents+json',
    'application/cloudevents-batch+json; charset=utf-8',
    'application/x-ndjson',
  ])('of core banking takes %s', async (type) =>
    expect((await bank().send('/hooks/corebank/acme', { headers: { 'content-type': type } })).status).toBe(202),
  )

  it.each(['x-hubspot-signature-v3', 'x-hubspot-signature'])('of HubSpot takes %s', async (header) => {
    const { asked, send } = bank()
    const answer = await send('/hooks/hubspot/acme?x=%3A', { headers: { [header]: 'ab' } })
    expect(answer.status).toBe(202)
    // the address is the configured one: what the request says of its host is the sender's word
    expect(asked[0]?.delivery).toMatchObject({
      url: 'https://bank.example/ladder/hooks/hubspot/acme?x=%3A',
      headers: { [header]: 'ab' },
    })
  })

  const big = new Uint8Array(1024 * 1024 + 1)
  const stream = () =>
    new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
    })
  it.each<[status: number, name: string, path: string, init: () => RequestInit]>([
    [405, 'another method', '/hooks/twenty/acme', () => ({ method: 'PUT' })],
    [405, 'GET, to which Twenty turns after a redirect', '/hooks/twenty/acme', () => ({ method: 'GET', body: null })],
    [404, 'a name in capitals', '/hooks/twenty/Acme', () => ({})],
    [404, 'a name that is too long', `/hooks/twenty/${'a'.repeat(64)}`, () => ({})],
    [404, 'a name of escapes', '/hooks/twenty/%00%ff', () => ({})],
    [404, 'a name that no account has', '/hooks/twenty/unknown', () => ({})],
    [404, 'that by another method', '/hooks/corebank/unknown', () => ({ method: 'PUT' })],
    [415, 'another content type', '/hooks/twenty/acme', () => ({ headers: { 'content-type': 'text/xml' } })],
    [415, 'a compressed body', '/hooks/twenty/acme', () => ({ headers: { 'content-encoding': 'gzip' } })],
    [401, 'no signature', '/hooks/twenty/acme', () => ({ headers: { 'x-twenty-webhook-signature': '' } })],
    [401, 'no signature of HubSpot', '/hooks/hubspot/acme', () => ({})],
    [413, 'a body above 1 MiB', '/hooks/twenty/acme', () => ({ body: big })],
    [413, 'a told length above 1 MiB', '/hooks/twenty/acme', () => ({ headers: { 'content-length': '9999999' } })],
    [413, 'a length that lies', '/hooks/twenty/acme', () => ({ body: big, headers: { 'content-length': '2' } })],
    [413, 'a stream without an end', '/hooks/twenty/acme', () => ({ body: stream(), duplex: 'half' }) as RequestInit],
  ])('answers %i to %s, without waking an object', async (status, _, path, init) => {
    const { asked, send } = bank()
    const answer = await send(path, init())
    expect([answer.status, asked.length]).toEqual([status, 0])
    if (status === 405) expect(answer.headers.get('allow')).toBe('POST')
  })

  it.each([
    '/',
    '/hooks',
    '/hooks/',
    '/hooks/twenty',
    '/hooks/twenty/',
    '/hooks/other/acme',
    '/hooks/twenty/acme/',
    '//hooks/twenty/acme',
  ])('leaves %s to others', (path) => {
    const { hooks, env } = bank()
    expect(hooks(new Request(`http://ladder.example${path}?x=/hooks/twenty/acme`, { method: 'POST' }), env)).toBe(null)
  })

  it('does not acknowledge while nobody can say whether there is such an account', async () => {
    const away = ingress<IngressEnv>(() => Promise.reject(new Error('away')))
    const answer = await away(new Request('http://ladder.example/hooks/twenty/acme', { method: 'POST' }), bank().env)
    expect(answer?.status).toBe(503)
  })

  it('counts what it refuses', () => expect(refusedCounts().get('twenty.too-large')).toBeGreaterThan(3))

  it('does not acknowledge what the Account could not store', async () => {
    const answer = await bank(true).send('/hooks/twenty/acme')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  })
})
