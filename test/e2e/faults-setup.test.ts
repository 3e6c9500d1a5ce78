import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startRuntime } from '../../plugin/runtime/index.ts'
import { ACCOUNT } from './harness.ts'
import { twentyWorld, type TwentyWorld } from './twenty-world.ts'

const START = '2026-09-07T02:00:00.000Z'
const worker = inject('scripts')

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

const PATHS: [method: string, path: string][] = [
  ['GET', '/api/v1/accounts'],
  ['PUT', '/api/v1/accounts/bank'],
  ['DELETE', '/api/v1/accounts/bank'],
  ['GET', '/api/v1/accounts/bank/status'],
  ['GET', '/api/v1/accounts/bank/events'],
  ['GET', '/api/v1/accounts/bank/dead-letters'],
  ['GET', '/api/v1/accounts/bank/playbooks'],
  ['POST', '/api/v1/accounts/bank/playbooks'],
  ['POST', '/api/v1/accounts/bank/sweep'],
  ['POST', '/api/v1/accounts/bank/replay'],
  ['GET', '/api/v1/accounts/nobody/status'],
  ['GET', '/api/v1/no/such/address'],
  ['PUT', '/api/v1/clock'],
  ['GET', '/metrics'],
]

describe('the admin API', () => {
  let bank: TwentyWorld
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ladder-setup-'))
    bank = await twentyWorld({ start: START, runtime: { worker, folder } })
    await bank.rest('POST', 'companies', { name: 'Acme', ladderCustomerNo: 'C-1' })
    await bank.quiet()
    const data = { amount: '12000000.00' }
    await bank.facts([{ id: 'x', type: 'balance.changed', customer: 'C-1', at: bank.now(), data }])
    await bank.quiet()
  })
  afterAll(async () => {
    await bank.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const answer = (method: string, path: string, authorization?: string): Promise<Response> =>
    fetch(`${bank.ladder.url}${path}`, {
      method,
      headers: authorization === undefined ? {} : { authorization },
      ...(method === 'GET' ? {} : { body: '{}' }),
    })

  it.each(PATHS)('%s %s without a token, or with another, is 401 and tells nothing', async (method, path) => {
    const token = bank.ladder.keys.adminToken
    for (const header of [
      undefined,
      '',
      'Bearer ',
      `Bearer ${token}x`,
      `Bearer ${token.slice(0, -1)}`,
      `Basic ${token}`,
      token,
    ]) {
      const response = await answer(method, path, header)
      expect(response.status).toBe(401)
      // people read what the console's API refuses, in their language; figures of machines are for machines
      const told = path === '/metrics' ? ['error', 'message'] : ['error', 'message', 'zh']
      expect(Object.keys((await response.json()) as object).sort()).toEqual(told)
    }
  })

  it('/healthz tells figures only, without a token; /metrics is Prometheus text', async () => {
    const health = await answer('GET', '/healthz')
    expect(health.status).toBe(200)
    const body = (await health.json()) as { ok: boolean; accounts: Record<string, Record<string, unknown>> }
    expect(body).toMatchObject({
      ok: true,
      accounts: { [ACCOUNT]: { inboxAgeSeconds: 0, overdueTimers: 0, outbox: 0, deadLetters: 0 } },
    })
    expect(Number.isFinite(Date.parse(String(body.accounts[ACCOUNT]?.lastEventAt)))).toBe(true)
    expect(JSON.stringify(body)).not.toContain('Acme')
    const metrics = await answer('GET', '/metrics', `Bearer ${bank.ladder.keys.adminToken}`)
    const text = await metrics.text()
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(/^ladder_[a-z_0-9]+\{[a-z]+="[^"]*"\} \d+(\.\d+)?$/)
    expect(text).toContain(`ladder_subjects{account="${ACCOUNT}"} `)
  })

  it('no secret is in any answer, in what the process writes, or in the data on disk in the clear', async () => {
    const secrets = [bank.twenty.apiKey, bank.webhookSecret, bank.corebankSecret, bank.corebankSecret.slice(6)]
    const read = PATHS.filter(([method]) => method === 'GET').map(([, path]) => path)
    for (const path of [...read, '/api/v1/accounts/bank', '/api/v1/accounts/bank/summary', '/healthz']) {
      const text = await (await answer('GET', path, `Bearer ${bank.ladder.keys.adminToken}`)).text()
      for (const secret of secrets) expect(text.includes(secret)).toBe(false)
    }
    const files = filesUnder(join(folder, 'data'))
    expect(files.length).toBeGreaterThan(2)
    for (const file of files) {
      const bytes = readFileSync(file)
      for (const secret of [...secrets, bank.ladder.keys.masterKey, bank.ladder.keys.adminToken])
        expect(bytes.includes(secret), file).toBe(false)
    }
  })

  it('an account that is not connected is told from one that is, only to the admin', async () => {
    const known = await bank.admin.call('GET', '/accounts/nobody')
    expect(known).toMatchObject({ ok: false, status: 404 })
    const url = `${bank.ladder.url}/hooks/twenty/nobody`
    const headers = {
      'content-type': 'application/json',
      'x-twenty-webhook-timestamp': String(bank.now()),
      'x-twenty-webhook-signature': '0'.repeat(64),
    }
    expect((await fetch(url, { method: 'POST', headers, body: '{}' })).status).toBe(404)
  })

  it('another master key opens nothing: no delivery is taken, and nothing is lost', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'ladder-other-'))
    await bank.ladder.stop()
    cpSync(folder, copy, { recursive: true })
    rmSync(join(copy, 'master-key'))
    const other = await startRuntime({ folder: copy, manualClock: true, worker })
    const headers = {
      'content-type': 'application/json',
      'x-twenty-webhook-timestamp': String(bank.now()),
      'x-twenty-webhook-signature': '0'.repeat(64),
    }
    const hook = await fetch(`${other.url}/hooks/twenty/${ACCOUNT}`, { method: 'POST', headers, body: '{}' })
    expect([401, 404, 503]).toContain(hook.status)
    await other.stop()
    rmSync(copy, { recursive: true, force: true })
    await bank.restartLadder('SIGTERM')
    expect(await bank.admin.call('GET', `/accounts/${ACCOUNT}/status`)).toMatchObject({ ok: true })
  })
})

describe('a setup that is not whole fails closed', () => {
  const good = {
    LADDER_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    LADDER_ADMIN_TOKEN: 'a-long-enough-admin-token',
  }
  const wrong: [name: string, env: Record<string, string>][] = [
    ['no master key', { ...good, LADDER_MASTER_KEY: '' }],
    ['a master key of another length', { ...good, LADDER_MASTER_KEY: Buffer.alloc(16, 7).toString('base64') }],
    ['a master key that is no base64', { ...good, LADDER_MASTER_KEY: '*'.repeat(44) }],
    ['no admin token', { ...good, LADDER_ADMIN_TOKEN: '' }],
    ['a short admin token', { ...good, LADDER_ADMIN_TOKEN: 'short' }],
  ]

  it.each(wrong)('%s: 503 everywhere, with what to mend, and nothing is stored', async (_, env) => {
    const folder = mkdtempSync(join(tmpdir(), 'ladder-closed-'))
    // the files of a sound runtime, started by hand with this environment
    const sound = await startRuntime({ folder, manualClock: true, worker })
    await sound.stop()
    const before = filesUnder(join(folder, 'data')).length
    const require = createRequire(import.meta.url)
    const module = require('workerd') as { default: string } | string
    const child = spawn(
      typeof module === 'string' ? module : module.default,
      ['serve', join(folder, 'workerd.capnp')],
      {
        env: { PATH: process.env.PATH, LADDER_CLOCK: 'manual', ...env },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    )
    const ended = new Promise<void>((done) => child.once('exit', () => done()))
    await reachable(sound.url)
    const token = { authorization: `Bearer ${env.LADDER_ADMIN_TOKEN ?? ''}` }
    const calls: [method: string, path: string][] = [
      ...PATHS,
      ['POST', '/hooks/twenty/bank'],
      ['POST', '/hooks/corebank/bank'],
    ]
    for (const [method, path] of calls.filter(([, one]) => one !== '/metrics')) {
      const response = await fetch(`${sound.url}${path}`, {
        method,
        headers: { ...token, 'content-type': 'application/json' },
        ...(method === 'GET' ? {} : { body: '{}' }),
      })
      expect([path, response.status]).toEqual([path, 503])
      expect(await response.json()).toMatchObject({ error: 'setup' })
    }
    const health = await fetch(`${sound.url}/healthz`)
    expect(health.status).toBe(503)
    expect(((await health.json()) as { setup: string }).setup).toMatch(/LADDER_(MASTER_KEY|ADMIN_TOKEN)/)
    const metrics = await fetch(`${sound.url}/metrics`, { headers: token })
    expect([401, 503]).toContain(metrics.status)
    child.kill()
    await ended
    expect(filesUnder(join(folder, 'data'))).toHaveLength(before)
    rmSync(folder, { recursive: true, force: true })
  })

  /** Until the process takes connections. */
  const reachable = async (url: string): Promise<void> => {
    for (;;) {
      const up = await fetch(`${url}/healthz`).then(
        async (response) => (await response.arrayBuffer(), true),
        () => false,
      )
      if (up) return
      await new Promise((go) => setTimeout(go, 20))
    }
  }
})
