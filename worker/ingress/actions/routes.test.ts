import { describe, expect, it } from 'vitest'
import type { ActionRequest } from '../../account/action-request.ts'
import { actions, type ActionsEnv } from './routes.ts'
import { verifyAction, verifyTwentyAction } from './verify.ts'

const SECRET = 'client-secret-of-the-app'
const NOW = Date.parse('2026-09-07T02:00:00Z')

const bank = (publicUrl: string | undefined = 'https://ladder.example/base/') => {
  const asked: { account: string; request: ActionRequest }[] = []
  const env: ActionsEnv = {
    ACCOUNT: {
      getByName: (account) => ({
        act: async (request) => {
          asked.push({ account, request })
          return { status: 200, body: { outputFields: {} } }
        },
      }),
    },
    ...(publicUrl ? { LADDER_PUBLIC_URL: publicUrl } : {}),
  }
  const app = actions<ActionsEnv>({
    isAdmin: async ({ headers }) => headers.get('authorization') === 'Bearer admin',
    isKnown: async (account) => ['bank', 'hs-62515'].includes(account),
  })
  const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const request = new Request(`http://inside.example${path}`, { method: 'POST', body: '{}', ...init })
    return (await app(request, env)) ?? new Response(null, { status: 404 })
  }
  return { asked, send }
}

const hex = async (text: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const hmac = async (text: string): Promise<string> => {
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(SECRET), algorithm, false, ['sign'])
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)))))
}

describe('the address of actions', () => {
  it('takes the account of the query, else that of the portal that calls', async () => {
    const { asked, send } = bank()
    expect((await send('/actions/rate?account=bank')).status).toBe(200)
    expect((await send('/actions/rate', { body: '{"origin":{"portalId":62515}}' })).status).toBe(200)
    expect(asked.map(({ account }) => account)).toEqual(['bank', 'hs-62515'])
    for (const body of ['{}', 'no json', '{"origin":{"portalId":"x"}}', '{"origin":null}', '[]'])
      expect((await send('/actions/rate', { body })).status).toBe(404)
  })

  it('asks to send again when it cannot be told which accounts there are', async () => {
    const env: ActionsEnv = { ACCOUNT: { getByName: () => ({ act: async () => ({ status: 200, body: {} }) }) } }
    const app = actions<ActionsEnv>({
      isAdmin: async () => false,
      isKnown: async () => Promise.reject(new Error('the list of accounts cannot be read')),
    })
    const request = new Request('http://inside.example/actions/rate?account=bank', { method: 'POST', body: '{}' })
    const answer = await app(request, env)
    expect([answer?.status, answer?.headers.get('retry-after')]).toEqual([503, '5'])
  })

  it('hands on the configured address, never the one of the request', async () => {
    const { asked, send } = bank()
    await send('/actions/visit-plan?account=bank&x=%3A')
    expect(asked[0]?.request.url).toBe('https://ladder.example/base/actions/visit-plan?account=bank&x=%3A')
    const without = bank('')
    await without.send('/actions/rate?account=bank')
    expect(without.asked[0]?.request.url).toBeUndefined()
  })

  it('a card’s address names the account, or, for an app of several, HubSpot the portal in it', async () => {
    const { asked, send } = bank()
    expect((await send('/cards/hubspot/bank?portalId=1&userEmail=rm%40bank.example')).status).toBe(200)
    expect((await send('/cards/hubspot/app?portalId=62515')).status).toBe(200)
    expect(asked.map(({ account, request }) => [account, request.name, request.url])).toEqual([
      ['bank', 'card', 'https://ladder.example/base/cards/hubspot/bank?portalId=1&userEmail=rm%40bank.example'],
      ['hs-62515', 'card', 'https://ladder.example/base/cards/hubspot/app?portalId=62515'],
    ])
    for (const path of ['app', 'app?portalId=', 'nobody', 'b%61nk', '', 'bank/x'])
      expect((await send(`/cards/hubspot/${path}`)).status, path).toBe(404)
    expect((await send('/actions/card?account=bank')).status).toBe(404)
    expect((await send('/cards/hubspot/bank', { method: 'GET', body: undefined as never })).status).toBe(405)
    expect(asked).toHaveLength(2)
  })

  it('tells an admin from others, and wakes no account for what is wrong', async () => {
    const { asked, send } = bank()
    await send('/actions/rate?account=bank', { headers: { authorization: 'Bearer admin' } })
    await send('/actions/rate?account=bank', { headers: { authorization: 'Bearer other' } })
    expect(asked.map(({ request }) => request.isAdmin)).toEqual([true, false])
    expect((await send('/actions/rate?account=bank', { method: 'PUT' })).status).toBe(405)
    expect((await send('/actions/dance?account=bank')).status).toBe(404)
    expect((await send('/actions/rate?account=nobody')).status).toBe(404)
    expect((await send('/actions/rate?account=.accounts')).status).toBe(404)
    expect((await send('/actions/rate?account=bank', { body: 'x'.repeat(256 * 1024 + 1) })).status).toBe(413)
    expect(asked).toHaveLength(2)
  })
})

describe('who calls an action', () => {
  const text = '{"callbackId":"ap-1"}'
  const url = 'https://ladder.example/actions/rate?account=bank'
  const body = new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>
  const verdict = async (headers: Record<string, string>, secrets = [SECRET], at: string | undefined = url) =>
    (await verifyAction({ name: 'rate', body, headers, url: at }, secrets, NOW))?.error ?? null

  it('is proven by v2 over secret, method, address and body, whatever version is named', async () => {
    const signature = await hex(`${SECRET}POST${url}${text}`)
    expect(await verdict({ 'x-hubspot-signature': signature })).toBeNull()
    expect(await verdict({ 'x-hubspot-signature': signature, 'x-hubspot-signature-version': 'v1' })).toBeNull()
    expect(await verdict({ 'x-hubspot-signature': signature }, ['old', SECRET])).toBeNull()
    expect(await verdict({ 'x-hubspot-signature': signature }, ['other'])).toBe('mismatch')
    expect(await verdict({ 'x-hubspot-signature': signature }, [SECRET], `${url}x`)).toBe('mismatch')
    expect(await verdict({ 'x-hubspot-signature': signature }, [])).toBe('secret-invalid')
    expect(await verdict({})).toBe('header-missing')
  })

  it('isn’t proven by v1, which leaves the address out', async () => {
    const signature = await hex(SECRET + text)
    const headers = { 'x-hubspot-signature': signature, 'x-hubspot-signature-version': 'v1' }
    expect(await verdict(headers)).toBe('mismatch')
  })

  it('is proven by v3 alone where v3 is there, within five minutes', async () => {
    const signed = async (at: number) => ({
      'x-hubspot-signature-v3': await hmac(`POST${url}${text}${at}`),
      'x-hubspot-request-timestamp': String(at),
    })
    expect(await verdict(await signed(NOW))).toBeNull()
    expect(await verdict(await signed(NOW - 300_001))).toBe('stale')
    expect(await verdict(await signed(NOW + 300_001))).toBe('future')
    const v2 = await hex(`${SECRET}POST${url}${text}`)
    const wrong = { ...(await signed(NOW)), 'x-hubspot-signature-v3': 'AAAA', 'x-hubspot-signature': v2 }
    expect(await verdict(wrong)).toBe('mismatch')
  })

  it('can’t be told while no public address is configured', async () => {
    const signature = await hex(`${SECRET}POST${url}${text}`)
    const given = { name: 'rate', body, headers: { 'x-hubspot-signature': signature }, url: undefined }
    expect(await verifyAction(given, [SECRET], NOW)).toMatchObject({ error: 'no-public-url' })
  })
})

describe('who calls from inside Twenty', () => {
  const text = '{"callbackId":"twenty-1"}'
  const body = new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>
  const signed = async (name: string, at: number): Promise<Record<string, string>> => {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' }
    const encoder = new TextEncoder()
    const key = await crypto.subtle.importKey('raw', encoder.encode(SECRET), algorithm, false, ['sign'])
    const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(`${at}:${name}${text}`)))
    return {
      'x-twenty-webhook-timestamp': String(at),
      'x-twenty-webhook-signature': Array.from(signature, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    }
  }
  const verdict = async (headers: Record<string, string>, secrets = [SECRET]) =>
    (await verifyTwentyAction({ name: 'rate', body, headers, url: undefined }, secrets, NOW))?.error ?? null

  it('is proven over time, action and body, under the present secret or the one before', async () => {
    expect(await verdict(await signed('rate:', NOW))).toBeNull()
    expect(await verdict(await signed('rate:', NOW), ['new', SECRET])).toBeNull()
    expect(await verdict(await signed('rate:', NOW), ['new'])).toBe('mismatch')
    expect(await verdict(await signed('rate:', NOW), [])).toBe('secret-invalid')
    expect(await verdict(await signed('rate:', NOW - 300_001))).toBe('stale')
    expect(await verdict({})).toBe('header-missing')
  })

  it('neither a delivery of a webhook nor another action passes as this one', async () => {
    expect(await verdict(await signed('', NOW))).toBe('mismatch')
    expect(await verdict(await signed('resolve:', NOW))).toBe('mismatch')
  })
})
