import { afterEach, describe, expect, it, vi } from 'vitest'
import type { GivenConsent } from '../../account/consent.ts'
import type { OauthSetup } from '../../shell/oauth-app.ts'
import { answerConsent, type CallbackDeps } from './callback.ts'
import { page } from './page.ts'

const APP: OauthSetup = {
  clientId: 'client',
  clientSecrets: ['new-secret', 'old-secret'],
  apiUrl: 'https://api.hubapi.example',
  appUrl: 'https://app.hubspot.example',
  redirectUri: 'https://ladder.bank.example/oauth/hubspot/callback',
}
const TOKENS = { access_token: 'at', refresh_token: 'rt', expires_in: 1800, token_type: 'bearer' }

afterEach(() => vi.unstubAllGlobals())

type Answer = { status?: number; body?: unknown; text?: string }
/** HubSpot's answers by path and form. */
const stand = (answer: (path: string, form: URLSearchParams) => Answer) => {
  const asked: { path: string; form: URLSearchParams; redirect: string | undefined }[] = []
  vi.stubGlobal('fetch', async (url: URL, init: RequestInit) => {
    const form = new URLSearchParams(String(init.body))
    asked.push({ path: url.href, form, redirect: init.redirect })
    const { status = 200, body = {}, text } = answer(url.pathname, form)
    return new Response(text ?? JSON.stringify(body), { status })
  })
  return asked
}

const answered = async (portalId: number | null = null) => {
  const given: [string, GivenConsent][] = []
  const deps: CallbackDeps = {
    app: APP,
    take: async () => ({ taken: { ok: true, verifier: 'v'.repeat(43), wish: { portalId } }, held: null }),
    give: async (account, one) => {
      given.push([account, one])
      return { ok: true, isReady: false }
    },
  }
  const outcome = await answerConsent(new URLSearchParams({ state: 's', code: 'c' }), deps)
  return { outcome, given }
}

describe('the answer of an admin of HubSpot', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['its account and scopes with the tokens', { hub_id: 7, scopes: ['a', 'b'] }, ['/oauth/2026-09/token']],
    ['its account as a text, scopes in one', { hub_id: '7', scope: 'a b' }, ['/oauth/2026-09/token']],
    ['tokens alone', {}, ['/oauth/2026-09/token', '/oauth/2026-09/token/introspect']],
  ])('HubSpot tells %s', async (_, more, paths) => {
    const asked = stand((path) =>
      path.endsWith('introspect')
        ? { body: { active: true, hub_id: 7, scopes: ['a', 'b'] } }
        : { body: { ...TOKENS, ...more } },
    )
    const { outcome, given } = await answered(7)
    expect(outcome.message.status).toBe(200)
    expect(given).toEqual([
      [
        'hs-7',
        {
          url: APP.apiUrl,
          grant: { accessToken: 'at', refreshToken: 'rt', lifeMs: 1_800_000, portalId: 7, scopes: ['a', 'b'] },
          held: null,
        },
      ],
    ])
    expect(asked.map(({ path }) => path)).toEqual(paths.map((path) => APP.apiUrl + path))
    expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({
      grant_type: 'authorization_code',
      client_id: 'client',
      client_secret: 'new-secret',
      code: 'c',
      code_verifier: 'v'.repeat(43),
      redirect_uri: APP.redirectUri,
    })
    expect(new Set(asked.map(({ redirect }) => redirect))).toEqual(new Set(['manual']))
  })

  it.each<[string, (path: string) => Answer, number]>([
    ['says nowhere whose they are', (path) => ({ body: path.endsWith('introspect') ? { active: true } : TOKENS }), 502],
    ['gives no refresh token', () => ({ body: { ...TOKENS, hub_id: 7, refresh_token: undefined } }), 502],
    ['answers with a page', () => ({ text: '<html>' }), 502],
    ['sends elsewhere', () => ({ status: 302 }), 502],
    ['knows neither secret', () => ({ status: 401, body: { error: 'invalid_client' } }), 502],
    ['knows the code no more', () => ({ status: 400, body: { error: 'invalid_grant' } }), 400],
    ['knows the code no more, in its own words', () => ({ status: 400, body: { status: 'BAD_AUTH_CODE' } }), 400],
  ])('HubSpot %s: nothing is stored', async (_, answer, status) => {
    stand(answer)
    const { outcome, given } = await answered()
    expect([outcome.message.status, given]).toEqual([status, []])
    expect(JSON.stringify(outcome)).not.toMatch(/secret|"at"|"rt"/)
  })

  it('while the client secret changes both are tried, the new one first', async () => {
    const asked = stand((_, form) =>
      form.get('client_secret') === 'old-secret'
        ? { body: { ...TOKENS, hub_id: 7 } }
        : { status: 401, body: { category: 'BAD_CLIENT_SECRET' } },
    )
    expect((await answered()).given).toHaveLength(1)
    expect(asked.map(({ form }) => form.get('client_secret'))).toEqual(['new-secret', 'old-secret'])
  })

  it('is shown on a page that runs nothing and is kept nowhere', async () => {
    const shown = page({ status: 409, zh: '<b>', en: '"&\'' })
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect([shown.headers.get('cache-control'), shown.headers.get('referrer-policy')]).toEqual([
      'no-store',
      'no-referrer',
    ])
    const text = await shown.text()
    expect(text).toContain('&lt;b&gt;')
    expect(text).toContain('&quot;&amp;&#39;')
  })
})
