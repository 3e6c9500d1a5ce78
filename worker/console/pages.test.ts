import { describe, expect, it } from 'vitest'
import type { Env } from '../shell/env.ts'
import { pages } from './pages.ts'

const FILES: Record<string, string> = {
  '/index.html': '<script nonce="__NONCE__" src="/console/assets/app-1a.js"></script><style nonce="__NONCE__"></style>',
  '/assets/app-1a.js': 'run()',
  '/favicon.svg': '<svg/>',
  '/.secret.txt': 'hidden',
}
const asked: string[] = []
const ASSETS = {
  fetch: async (url: string) => {
    const { pathname } = new URL(url)
    asked.push(pathname)
    const text = FILES[pathname]
    return text === undefined ? new Response('', { status: 404 }) : new Response(text)
  },
}
const get = (path: string, env: Partial<Env> = { ASSETS }, origin = 'http://127.0.0.1:8787'): Promise<Response> =>
  Promise.resolve(pages().request(`${origin}${path}`, { redirect: 'manual' }, env))

describe('the pages of the console', () => {
  it('each answer’s page has a nonce of its own, which its policy names, and nothing inline runs without', async () => {
    const [one, two] = [await get('/console/'), await get('/console/')]
    const text = await one.text()
    const [, nonce = ''] = /nonce="([\w-]{43})"/.exec(text) ?? []
    const policy = one.headers.get('content-security-policy') ?? ''
    expect(text).not.toContain('__NONCE__')
    expect(policy).toContain(`script-src 'self' 'nonce-${nonce}';`)
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}';`)
    expect(policy).toContain("default-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe')
    expect(await two.text()).not.toContain(nonce)
    expect(one.headers.get('cache-control')).toBe('no-cache')
  })

  it.each(['/console/', '/console/boards/B1', '/console/customers/company:1', '/console/index.html'])(
    '%s is the page, which finds its own way',
    async (path) => {
      const answer = await get(path)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    },
  )

  it('files whose names tell what is in them are kept by browsers for good, others are asked for again', async () => {
    const script = await get('/console/assets/app-1a.js')
    expect(await script.text()).toBe('run()')
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await get('/console/favicon.svg')).headers.get('cache-control')).toBe('no-cache')
    expect((await get('/console/assets/app-2b.js')).status).toBe(404)
  })

  it('everything is told to stay what it is, in no frame', async () => {
    for (const path of ['/console/', '/console/assets/app-1a.js', '/console/assets/none.js']) {
      const { headers } = await get(path)
      expect([headers.get('x-content-type-options'), headers.get('x-frame-options')]).toEqual(['nosniff', 'DENY'])
      expect(headers.get('strict-transport-security')).toBeNull()
      expect((await get(path, { ASSETS }, 'https://l.example')).headers.get('strict-transport-security')).toContain(
        'max-age',
      )
    }
  })

  it('nothing hidden and nothing above the folder is asked for', async () => {
    asked.length = 0
    for (const path of ['/console/.secret.txt', '/console/..%2f..%2fx.js', '/console/a//b.js', '/console/%2e%2e/x.js'])
      await get(path)
    expect(new Set(asked)).toEqual(new Set(['/index.html']))
  })

  it('without built pages it says what to do', async () => {
    const answer = await get('/console/', {})
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('npm run console')])
  })

  it('/console leads to /console/, which leads nowhere else', async () => {
    const answer = await get('/console')
    expect([answer.status, answer.headers.get('location')]).toEqual([308, '/console/'])
  })
})
