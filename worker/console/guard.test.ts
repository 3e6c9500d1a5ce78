import { env as given } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import worker from '../index.ts'
import type { Env } from '../shell/env.ts'
import { ACCESS } from './access/index.ts'
import type { Grant, Role } from './access/roles.ts'
import { IDLE_MS, SESSION_MS } from './access/sessions.ts'
import { api } from './api.ts'
import { PERMISSIONS, type Permission } from './permissions.ts'

const env = given as unknown as Env
const TOKEN = 'an-admin-token-for-tests'
const SETUP = { ...env, LADDER_MASTER_KEY: btoa('k'.repeat(32)), LADDER_ADMIN_TOKEN: TOKEN }
const ORIGIN = 'https://ladder.bank.example'
const access = env.ACCESS.getByName(ACCESS)
const NOTHING = { name: '', branches: [], rm: null, accounts: null }
const GRANTS: Record<string, Grant> = {
  ADMIN: { ...NOTHING, role: 'ADMIN' },
  AUDITOR: { ...NOTHING, role: 'AUDITOR' },
  MANAGER: { ...NOTHING, role: 'MANAGER', branches: ['B1'] },
  RM: { ...NOTHING, role: 'RM', rm: 'rm-1' },
  ELSEWHERE: { ...NOTHING, role: 'ADMIN', accounts: ['other'] },
}
const sessions: Record<string, string> = {}

const addressOf = ({ path }: Pick<Permission, 'path'>): string =>
  `${ORIGIN}/api/v1${path.replace(':account', 'bank').replace(':version', '1').replace(/:\w+/, 'x')}`

const call = async (method: string, url: string, headers: Record<string, string>): Promise<Response> => {
  const body = method === 'GET' || method === 'DELETE' ? {} : { body: '{}' }
  const request = new Request(url, { method, headers, ...body, redirect: 'manual' })
  const context = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} }
  return worker.fetch(request, SETUP, context as unknown as ExecutionContext)
}
const OWN_PAGE = { origin: ORIGIN, 'sec-fetch-site': 'same-origin', 'x-ladder': 'console' }
const as = (name: string): Record<string, string> => ({
  ...OWN_PAGE,
  cookie: `__Host-ladder-session=${sessions[name]}`,
})

const begin = async (name: string, now = Date.now()): Promise<string> => {
  const email = `${name.toLowerCase()}@bank.example`
  const person = { ...(GRANTS[name] ?? { ...NOTHING, role: 'RM' as Role }), who: email, kind: 'email' as const }
  await access.grant({ ...person, issuer: '', at: 0, by: 'test' })
  const begun = await access.beginKnown({ issuer: 'https://id.example', subject: name, email }, name, true, now)
  if (!begun.ok) throw new Error(begun.why)
  return begun.id
}

beforeAll(async () => {
  for (const name of Object.keys(GRANTS)) sessions[name] = await begin(name)
  sessions.IDLE = await begin('IDLE', Date.now() - IDLE_MS)
  sessions.OLD = await begin('OLD', Date.now() - SESSION_MS)
  sessions.GONE = await begin('GONE')
  await access.revoke('gone@bank.example')
})

/** Whether an answer is the guard's own refusal. */
const refused = async (response: Response): Promise<string | null> => {
  const said = (await response
    .clone()
    .json()
    .catch(() => ({}))) as { error?: string; message?: string }
  if ([401, 403].includes(response.status)) return String(response.status)
  return response.status === 404 && said.message === 'no such address' ? '404' : null
}

describe('the table of permissions', () => {
  it('has every address of the API, each once, and no other', () => {
    const isMiddleware = (method: string): boolean => method === 'ALL'
    const routes = api()
      .routes.filter(({ method }) => !isMiddleware(method))
      .map(({ method, path }) => `${method} ${path}`)
    const table = PERMISSIONS.map(({ method, path }) => `${method} ${path}`)
    expect([...new Set(routes)].sort()).toEqual([...table].sort())
  })

  const rows = PERMISSIONS.filter(({ who }) => who !== 'anybody').map(
    (one) => [`${one.method} ${one.path}`, one] as const,
  )

  it.each(rows)('%s: is open to whom it says, and to nobody else', async (_, permission) => {
    const { method, who } = permission
    const url = addressOf(permission)
    for (const role of ['ADMIN', 'AUDITOR', 'MANAGER', 'RM'] as const) {
      const isOpen = Array.isArray(who) && who.includes(role)
      expect([role, await refused(await call(method, url, as(role)))]).toEqual([role, isOpen ? null : '403'])
    }
    for (const name of ['IDLE', 'OLD']) expect((await call(method, url, as(name))).status).toBe(401)
    expect((await call(method, url, as('GONE'))).status).toBe(403)
    expect((await call(method, url, OWN_PAGE)).status).toBe(401)
    expect((await call(method, url, { ...OWN_PAGE, cookie: '__Host-ladder-session=x' })).status).toBe(401)
    expect((await call(method, url, { ...as('ADMIN'), authorization: 'Bearer wrong' })).status).toBe(401)
    // the name that http can set doesn't count for a session that was begun over https
    expect((await call(method, url, { ...OWN_PAGE, cookie: `ladder-session=${sessions.ADMIN}` })).status).toBe(401)
    if (url.includes('/accounts/bank') && who !== 'token')
      expect((await call(method, url, as('ELSEWHERE'))).status).toBe(404)
    expect(await refused(await call(method, url, { authorization: `Bearer ${TOKEN}` }))).toBeNull()
  })

  it.each(rows.filter(([, { method }]) => method !== 'GET'))(
    '%s: is refused to another page, whatever its cookies',
    async (_, permission) => {
      const { method } = permission
      const { cookie = '' } = as('ADMIN')
      for (const headers of [
        { cookie },
        { cookie, 'x-ladder': 'console' },
        { cookie, origin: ORIGIN },
        { cookie, ...OWN_PAGE, origin: 'https://evil.example' },
        { cookie, ...OWN_PAGE, 'sec-fetch-site': 'cross-site' },
        { cookie, ...OWN_PAGE, 'sec-fetch-site': 'same-site' },
        { cookie, 'x-ladder': 'console', origin: 'null' },
      ] as Record<string, string>[]) {
        const response = await call(method, addressOf(permission), headers)
        expect([headers, response.status]).toEqual([headers, 403])
      }
    },
  )

  it('an address that stands in no table is nobody’s', async () => {
    for (const path of ['/api/v1/nothing', '/api/v1/accounts/bank/nothing', '/api/v1/accounts/bank/status/x']) {
      expect((await call('GET', ORIGIN + path, as('ADMIN'))).status).toBe(404)
      expect((await call('GET', ORIGIN + path, {})).status).toBe(401)
    }
  })
})
