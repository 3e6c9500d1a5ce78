import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { signInLink } from '../../plugin/cli/sign-in.ts'
import { type Ladder, startLadder } from './ladder.ts'

const CLIENT = { id: 'ladder', secret: 'a secret of the client, & more' }

/** A browser's cookies by origin; redirects are followed by hand, so that a test can step in. */
class Browser {
  readonly #jars = new Map<string, Map<string, string>>()

  async open(url: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(url)
    const jar = this.#jars.get(origin) ?? new Map<string, string>()
    this.#jars.set(origin, jar)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...(init.headers as Record<string, string> | undefined), cookie }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }

  /** Where an answer leads. */
  async to(url: string, init?: RequestInit): Promise<string> {
    const response = await this.open(url, init)
    const location = response.headers.get('location')
    if (location === null) throw new Error(`${url}: ${response.status} ${await response.text()}`)
    return new URL(location, url).href
  }
}

let server: Server
let issuer = ''
let ladder: Ladder
let url = ''

/** The pages of the provider: name and consent; ends at the address of Ladder that it sends back to. */
const signInAt = async (browser: Browser, asked: string, login: string): Promise<string> => {
  let at = asked
  for (let steps = 0; !at.startsWith(`${url}/`); steps++) {
    if (steps > 10) throw new Error(`the provider does not come to an end: ${at}`)
    const response = await browser.open(at)
    const location = response.headers.get('location')
    if (location !== null) {
      at = new URL(location, at).href
      continue
    }
    const html = await response.text()
    const [, action = ''] = /action="([^"]+)"/.exec(html) ?? []
    const form: Record<string, string> = html.includes('name="login"')
      ? { prompt: 'login', login, password: 'x' }
      : { prompt: 'consent' }
    at = await browser.to(new URL(action, at).href, { method: 'POST', body: new URLSearchParams(form) })
  }
  return at
}

const session = async (browser: Browser) => {
  const response = await browser.open(`${url}/api/v1/session`)
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const OWN_PAGE = () => ({ origin: url, 'sec-fetch-site': 'same-origin', 'x-ladder': 'console' })
const refusal = async (response: Response): Promise<[number, string]> => [response.status, await response.text()]

beforeAll(async () => {
  ladder = await startLadder({ now: Date.now() }, { manualClock: false, worker: inject('scripts') })
  url = ladder.runtime.url
  server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [`${url}/sign-in/oidc/callback`] }],
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['a key of the test'] },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, AuthorizationCode: 60, IdToken: 600 },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        email: `${id}@bank.example`,
        email_verified: id !== 'unchecked',
        name: `Name of ${id}`,
      }),
    }),
  })
  server.on('request', provider.callback())
  await ladder.ask('PUT', '/access/users/wang@bank.example', { role: 'MANAGER', branches: ['B1'] })
  await ladder.ask('PUT', '/access/users/unchecked@bank.example', { role: 'ADMIN' })
})
afterAll(async () => {
  await ladder.close()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

describe('sign-in by a real OpenID provider', () => {
  it('is not there before the provider is set, and its secret is never shown', async () => {
    expect((await fetch(`${url}/sign-in/oidc`)).status).toBe(404)
    expect((await session(new Browser())).body.signIn).toEqual({ oidc: false, setup: false })
    const wish = { issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret }
    expect((await ladder.admin.call('PUT', '/access/provider', { ...wish, issuer: `${issuer}/other` })).ok).toBe(false)
    const set = await ladder.ask('PUT', '/access/provider', wish)
    const shown = {
      issuer,
      clientId: CLIENT.id,
      vouchesForEmail: false,
      hasSecret: true,
      redirectUri: `${url}/sign-in/oidc/callback`,
    }
    expect(set).toEqual({ provider: shown })
    // the secret stays where it isn't told again
    expect(await ladder.ask('PUT', '/access/provider', { issuer, clientId: CLIENT.id })).toEqual({ provider: shown })
    expect(JSON.stringify(await ladder.ask('GET', '/access/provider'))).not.toContain('a secret')
    expect((await session(new Browser())).body.signIn).toEqual({ oidc: true, setup: false })
  })

  it('signs in whom an admin has granted it, leads where the person wanted to go, and signs out', async () => {
    const browser = new Browser()
    const asked = await browser.to(`${url}/sign-in/oidc?to=/console/boards?branch=B1`)
    const query = new URL(asked).searchParams
    expect([query.get('response_type'), query.get('code_challenge_method')]).toEqual(['code', 'S256'])
    const back = await signInAt(browser, asked, 'wang')
    expect(await browser.to(back)).toBe(`${url}/console/boards?branch=B1`)
    expect(await session(browser)).toEqual({
      status: 200,
      body: {
        user: { name: 'Name of wang', email: 'wang@bank.example', role: 'MANAGER', branches: ['B1'], rm: null },
        accounts: [],
        signIn: { oidc: true },
      },
    })
    // the same answer again: the state is used up, and the session goes on
    expect((await browser.open(back)).status).toBe(400)
    expect((await session(browser)).status).toBe(200)
    expect((await browser.open(`${url}/api/v1/access/users`)).status).toBe(403)
    expect((await browser.open(`${url}/api/v1/session`, { method: 'DELETE', headers: OWN_PAGE() })).status).toBe(200)
    expect((await session(browser)).status).toBe(401)
  })

  it('shows nobody else anything: not without a grant, not by an address that the provider has not checked', async () => {
    for (const login of ['stranger', 'unchecked']) {
      const browser = new Browser()
      const back = await signInAt(browser, await browser.to(`${url}/sign-in/oidc`), login)
      const [status, text] = await refusal(await browser.open(back))
      expect([login, status]).toEqual([login, 403])
      expect(text).toContain('may not use this Ladder')
      expect((await session(browser)).status).toBe(401)
    }
  })

  it('a grant by subject counts whatever the address, and one that is taken back counts at once', async () => {
    await ladder.ask('PUT', '/access/users/sub:unchecked', { role: 'AUDITOR' })
    const browser = new Browser()
    await browser.to(await signInAt(browser, await browser.to(`${url}/sign-in/oidc`), 'unchecked'))
    expect((await session(browser)).body.user).toMatchObject({ role: 'AUDITOR', email: '' })
    await ladder.ask('DELETE', '/access/users/sub:unchecked')
    expect(await session(browser)).toMatchObject({ status: 403, body: { error: 'no-grant' } })
  })

  const tampered = async (change: (query: URLSearchParams) => void): Promise<[number, string]> => {
    const browser = new Browser()
    const asked = new URL(await browser.to(`${url}/sign-in/oidc`))
    change(asked.searchParams)
    const answer = await refusal(await browser.open(await signInAt(browser, asked.href, 'wang')))
    expect((await session(browser)).status).toBe(401)
    return answer
  }

  it('a state that Ladder did not give is refused', async () => {
    expect((await tampered((query) => query.set('state', 'x'.repeat(43))))[0]).toBe(400)
  })

  it('a token of another sign-in is refused (nonce)', async () => {
    expect(await tampered((query) => query.set('nonce', 'other'))).toEqual([502, expect.stringContaining('nonce')])
  })

  it('a code that somebody else asked for is refused (PKCE)', async () => {
    expect(await tampered((query) => query.set('code_challenge', 'A'.repeat(43)))).toEqual([
      502,
      expect.stringContaining('invalid_grant'),
    ])
  })

  it('an answer is taken in the browser that asked, and from the provider that was asked', async () => {
    const [browser, victim] = [new Browser(), new Browser()]
    const back = await signInAt(browser, await browser.to(`${url}/sign-in/oidc`), 'wang')
    await victim.to(`${url}/sign-in/oidc`)
    expect((await victim.open(back)).status).toBe(400)
    const mixed = new URL(back)
    mixed.searchParams.set('iss', 'https://evil.example')
    expect(await refusal(await browser.open(mixed.href))).toEqual([502, expect.stringContaining('iss')])
    expect([(await session(victim)).status, (await session(browser)).status]).toEqual([401, 401])
  })

  it('a code that was used is refused by the provider too', async () => {
    const browser = new Browser()
    const back = await signInAt(browser, await browser.to(`${url}/sign-in/oidc`), 'wang')
    await browser.to(back)
    const code = new URL(back).searchParams.get('code') ?? ''
    const again = new URL(await signInAt(browser, await browser.to(`${url}/sign-in/oidc`), 'wang'))
    again.searchParams.set('code', code)
    expect(await refusal(await browser.open(again.href))).toEqual([502, expect.stringContaining('invalid_grant')])
  })

  it('leads to pages of the console alone', async () => {
    for (const to of [
      'https://evil.example/',
      '//evil.example/console/',
      '/api/v1/accounts',
      '/console/../api/v1',
      '\\\\evil.example',
    ]) {
      const browser = new Browser()
      const back = await signInAt(browser, await browser.to(`${url}/sign-in/oidc?to=${encodeURIComponent(to)}`), 'wang')
      expect([to, await browser.to(back)]).toEqual([to, `${url}/console/`])
    }
  })

  it('another provider ends the sessions of the one before; nothing of it says the secret', async () => {
    const browser = new Browser()
    await browser.to(await signInAt(browser, await browser.to(`${url}/sign-in/oidc`), 'wang'))
    expect((await session(browser)).status).toBe(200)
    await ladder.ask('DELETE', '/access/provider')
    expect((await session(browser)).status).toBe(401)
    expect(JSON.stringify(await ladder.ask('GET', '/access/audit?limit=1000'))).not.toContain('a secret')
  })

  it('a link of the command signs one browser in as an admin, once', async () => {
    const link = await signInLink(ladder.admin)
    if (typeof link === 'string') throw new Error(link)
    const token = new URL(link.url).hash.replace('#setup=', '')
    const browser = new Browser()
    const use = () =>
      browser.open(`${url}/api/v1/session/setup`, {
        method: 'POST',
        headers: OWN_PAGE(),
        body: JSON.stringify({ token }),
      })
    expect(link.url).toMatch(`${url}/console/#setup=`)
    expect((await use()).status).toBe(200)
    expect((await session(browser)).body.user).toMatchObject({ role: 'ADMIN' })
    expect((await use()).status).toBe(403)
  })

  it('who guesses too often waits', async () => {
    await ladder.ask('PUT', '/access/provider', { issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret })
    let response = new Response()
    for (let tries = 0; tries < 60 && response.status !== 429; tries++)
      response = await fetch(`${url}/sign-in/oidc/callback?state=guess&code=guess`)
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})
