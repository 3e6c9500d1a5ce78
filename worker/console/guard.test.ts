import { beforeAll, describe, expect, it } from 'vitest'
import { IDLE_MS, SESSION_MS } from './access/sessions.ts'
import { api } from './api.ts'
import { access, BEARER, call, ORIGIN, OWN_PAGE, signedIn } from './kit.ts'
import { PERMISSIONS, type Permission } from './permissions.ts'

const sessions: Record<string, Record<string, string>> = {}
const as = (name: string): Record<string, string> => sessions[name] ?? {}

const addressOf = ({ path }: Pick<Permission, 'path'>): string =>
  `${ORIGIN}/api/v1${path.replace(':account', 'bank').replace(':version', '1').replace(/:\w+/, 'x')}`

beforeAll(async () => {
  sessions.ADMIN = await signedIn('ADMIN', { role: 'ADMIN' })
  sessions.AUDITOR = await signedIn('AUDITOR', { role: 'AUDITOR' })
  sessions.MANAGER = await signedIn('MANAGER', { role: 'MANAGER', branches: ['B1'] })
  sessions.RM = await signedIn('RM', { role: 'RM', rm: 'rm-1' })
  sessions.ELSEWHERE = await signedIn('ELSEWHERE', { role: 'ADMIN', accounts: ['other'] })
  sessions.IDLE = await signedIn('IDLE', { role: 'ADMIN' }, Date.now() - IDLE_MS)
  sessions.OLD = await signedIn('OLD', { role: 'ADMIN' }, Date.now() - SESSION_MS)
  sessions.GONE = await signedIn('GONE', { role: 'ADMIN' })
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
    const plain = as('ADMIN').cookie?.replace('__Host-', '') ?? ''
    expect((await call(method, url, { ...OWN_PAGE, cookie: plain })).status).toBe(401)
    if (url.includes('/accounts/bank') && who !== 'token')
      expect((await call(method, url, as('ELSEWHERE'))).status).toBe(404)
    expect(await refused(await call(method, url, BEARER))).toBeNull()
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
      expect((await call('GET', ORIGIN + path)).status).toBe(401)
    }
  })
})
