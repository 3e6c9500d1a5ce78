import { env as given } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import worker from '../index.ts'
import type { Env } from '../shell/env.ts'
import { ACCESS } from './access/index.ts'
import { SETUP_MS } from './access/setup-links.ts'

const env = given as unknown as Env
const TOKEN = 'an-admin-token-for-tests'
const SETUP = { ...env, LADDER_MASTER_KEY: btoa('k'.repeat(32)), LADDER_ADMIN_TOKEN: TOKEN }
const ORIGIN = 'http://127.0.0.1:8787'
const OWN_PAGE = { origin: ORIGIN, 'sec-fetch-site': 'same-origin', 'x-ladder': 'console' }
const BEARER = { authorization: `Bearer ${TOKEN}` }
const access = env.ACCESS.getByName(ACCESS)

const call = async (
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: unknown,
  origin = ORIGIN,
): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> => {
  const request = new Request(`${origin}/api/v1${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const context = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} }
  const response = await worker.fetch(request, SETUP, context as unknown as ExecutionContext)
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    headers: response.headers,
  }
}

const link = async (): Promise<string> => String((await call('POST', '/access/setup-token', BEARER, {})).body.token)
const cookieOf = (headers: Headers): string => (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
const signIn = async (): Promise<string> =>
  cookieOf((await call('POST', '/session/setup', OWN_PAGE, { token: await link() })).headers)

describe('a sign-in link', () => {
  it('signs one browser in as an admin, once', async () => {
    const token = await link()
    const first = await call('POST', '/session/setup', OWN_PAGE, { token })
    expect(first.status).toBe(200)
    expect(first.body).toEqual({
      user: { name: 'setup link', email: '', role: 'ADMIN', branches: [], rm: null },
      accounts: [],
      signIn: { oidc: false },
    })
    expect(first.headers.get('set-cookie')).toMatch(
      /^ladder-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/,
    )
    expect((await call('POST', '/session/setup', OWN_PAGE, { token })).status).toBe(403)
    const { status, body } = await call('GET', '/session', { cookie: cookieOf(first.headers) })
    expect([status, body]).toEqual([200, first.body])
  })

  it('over https it gives a cookie that no http page can set', async () => {
    const origin = 'https://ladder.bank.example'
    const { headers } = await call('POST', '/session/setup', { ...OWN_PAGE, origin }, { token: await link() }, origin)
    expect(headers.get('set-cookie')).toMatch(/^__Host-ladder-session=.*; Secure$/)
  })

  it('is good for a quarter of an hour', async () => {
    const { token } = await access.makeLink(Date.now() - SETUP_MS)
    expect((await call('POST', '/session/setup', OWN_PAGE, { token })).status).toBe(403)
  })

  it('is taken from Ladder’s own page alone', async () => {
    const token = await link()
    for (const headers of [{}, { ...OWN_PAGE, origin: 'https://evil.example' }, { origin: ORIGIN }] as Record<
      string,
      string
    >[])
      expect((await call('POST', '/session/setup', headers, { token })).body.error).toBe('cross-site')
    expect((await call('POST', '/session/setup', OWN_PAGE, { token })).status).toBe(200)
  })

  it('may be guessed at ten times in a quarter of an hour from one address', async () => {
    const from = { ...OWN_PAGE, 'cf-connecting-ip': '203.0.113.7' }
    for (let tries = 0; tries < 10; tries++)
      expect((await call('POST', '/session/setup', from, { token: 'guess' })).status).toBe(403)
    const late = await call('POST', '/session/setup', from, { token: await link() })
    expect(late.status).toBe(429)
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(800)
    const other = { ...OWN_PAGE, 'cf-connecting-ip': '203.0.113.8' }
    expect((await call('POST', '/session/setup', other, { token: await link() })).status).toBe(200)
  })
})

describe('a session', () => {
  it('nobody is told how to sign in, and no more', async () => {
    const { status, body } = await call('GET', '/session')
    expect([status, Object.keys(body).sort()]).toEqual([401, ['error', 'message', 'signIn', 'zh']])
  })

  it('ends when one signs out', async () => {
    const cookie = await signIn()
    expect((await call('DELETE', '/session', { cookie })).status).toBe(403)
    const out = await call('DELETE', '/session', { ...OWN_PAGE, cookie })
    expect([out.status, out.headers.get('set-cookie')]).toEqual([200, expect.stringContaining('Max-Age=0')])
    expect((await call('GET', '/session', { cookie })).status).toBe(401)
  })

  it('what an admin does with it stands in the audit, who signed in and out too', async () => {
    const cookie = await signIn()
    const put = { ...OWN_PAGE, cookie }
    const grant = { role: 'MANAGER', branches: ['B1'] }
    expect((await call('PUT', '/access/users/Wang@Bank.example', put, grant)).status).toBe(200)
    expect((await call('PUT', '/access/users/nobody', put, grant)).status).toBe(400)
    await call('DELETE', '/session', put)
    const { audit } = (await call('GET', '/access/audit?limit=4', BEARER)).body as { audit: Record<string, unknown>[] }
    expect(audit.map(({ actor, what, detail, status }) => [actor, what, detail, status])).toEqual([
      ['setup link', 'session.end', {}, 200],
      ['setup link', 'access.grant', { who: 'nobody' }, 400],
      ['setup link', 'access.grant', { who: 'Wang@Bank.example' }, 200],
      ['setup link', 'session.begin', { by: 'setup' }, 200],
    ])
    expect((await call('GET', '/access/users', BEARER)).body).toMatchObject({
      users: [{ who: 'wang@bank.example', kind: 'email', role: 'MANAGER', branches: ['B1'], by: 'setup link' }],
    })
  })
})

describe('grants', () => {
  it.each([
    [{ role: 'MANAGER' }],
    [{ role: 'RM' }],
    [{ role: 'AUDITOR', branches: ['B1'] }],
    [{ role: 'ADMIN', rm: 'x' }],
    [{ role: 'OWNER' }],
    [{ role: 'MANAGER', branches: ['a|b'] }],
  ])('%j is no grant', async (grant) => {
    expect((await call('PUT', '/access/users/li@bank.example', BEARER, grant)).status).toBe(400)
  })

  it('the last admin of all accounts stays', async () => {
    const admin = { role: 'ADMIN' }
    await call('PUT', '/access/users/a@bank.example', BEARER, admin)
    await call('PUT', '/access/users/c@bank.example', BEARER, { ...admin, accounts: ['bank'] })
    expect((await call('DELETE', '/access/users/a@bank.example', BEARER)).status).toBe(409)
    expect((await call('PUT', '/access/users/a@bank.example', BEARER, { role: 'AUDITOR' })).status).toBe(409)
    expect((await call('PUT', '/access/users/a@bank.example', BEARER, { ...admin, accounts: ['bank'] })).status).toBe(
      409,
    )
    await call('PUT', '/access/users/b@bank.example', BEARER, admin)
    expect((await call('DELETE', '/access/users/a@bank.example', BEARER)).status).toBe(200)
    expect((await call('DELETE', '/access/users/a@bank.example', BEARER)).status).toBe(404)
    expect((await call('DELETE', '/access/users/b@bank.example', BEARER)).status).toBe(409)
  })
})
