import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type InstallerService, startInstaller } from './installer.ts'
import { argumentsOf, readWish } from './installer-wish.ts'

const SECRET = 'a-key-of-the-crm-that-nobody-may-see'
let installer: InstallerService

beforeAll(async () => {
  installer = await startInstaller({ url: 'http://127.0.0.1:9', adminToken: 'an-admin-token-of-a-test' })
})
afterAll(() => installer.stop())

const ask = async (method: string, path: string, body?: unknown, token = installer.token) => {
  const answer = await fetch(`${installer.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

describe('what a page may ask the installer for', () => {
  it('a value can’t pass for an option, and a secret stands on no command line', () => {
    const wish = {
      action: 'apply',
      crm: 'hubspot',
      token: SECRET,
      clientSecret: 'another',
      clientId: '--json',
    } as const
    const line = argumentsOf(wish, 'https://ladder.example', 'T', 'S')
    expect(line).toEqual([
      'apply',
      '--crm=hubspot',
      '--token-env=T',
      '--ladder-url=https://ladder.example',
      '--client-secret-env=S',
      '--client-id=--json',
      '--yes',
      '--json',
    ])
  })

  it('what is wrong is told without the value', () => {
    const read = readWish({ action: 'plan', crm: 'twenty', token: 7, url: 'ftp://x' })
    expect(read).toMatchObject({ ok: false })
    expect(JSON.stringify(read)).toContain('url')
    expect(readWish({ action: 'uninstall', crm: 'twenty', token: SECRET })).toMatchObject({ ok: false })
  })
})

describe('the installer’s service', () => {
  it('answers nobody without its token', async () => {
    expect(await ask('GET', '/jobs', undefined, 'a guess')).toMatchObject({ status: 401 })
  })

  it('runs the command, tells what it found, and shows no secret', async () => {
    const wish = { action: 'doctor', crm: 'twenty', url: 'http://127.0.0.1:9', token: SECRET }
    const begun = await ask('POST', '/jobs', wish)
    expect(begun.status).toBe(201)
    expect(await ask('POST', '/jobs', wish)).toMatchObject({ status: 409, body: { error: 'busy' } })
    let told = begun.body
    while (told.state === 'running') told = (await ask('GET', `/jobs/${String(begun.body.id)}`)).body
    expect(told).toMatchObject({ state: 'done', action: 'doctor', report: { ok: false } })
    expect(JSON.stringify(told)).toContain("can't be reached")
    expect(JSON.stringify(told)).not.toContain(SECRET)
    expect((await ask('GET', '/jobs')).body).toMatchObject({ job: { id: begun.body.id } })
  })

  it('a run that is stopped ends at once, and another can begin', async () => {
    const wish = { action: 'plan', crm: 'twenty', url: 'http://127.0.0.1:9', token: SECRET }
    const begun = await ask('POST', '/jobs', wish)
    expect((await ask('DELETE', `/jobs/${String(begun.body.id)}`)).body).toMatchObject({ state: 'stopped' })
    expect((await ask('GET', `/jobs/${String(begun.body.id)}`)).body).toMatchObject({ state: 'stopped' })
    expect(await ask('POST', '/jobs', { ...wish, action: 'doctor' })).toMatchObject({ status: 201 })
  })
})
