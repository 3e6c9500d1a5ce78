import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../install/twenty/build.ts'
import { startTwentySandbox, type TwentySandbox } from '../sandbox/twenty/index.ts'
import { createOutput } from './output.ts'

interface Run {
  code: number | null
  stdout: string
  stderr: string
}

let twenty: TwentySandbox
let cwd: string

const ADMIN = 'admin-token-that-nobody-may-see'

/** Runs the command without blocking the sandbox, which lives in this process. */
const ladder = (args: string[], env: Record<string, string> = {}): Promise<Run> =>
  new Promise((done) => {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'ladder.mjs'), ...args], {
      cwd,
      env: { PATH: process.env.PATH, HOME: cwd, ...env },
    })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
    child.on('close', (code) => done({ code, stdout, stderr }))
  })

const on = (command: string, ...rest: string[]): string[] => [
  command,
  '--crm',
  'twenty',
  '--url',
  twenty.url,
  '--token-env',
  'KEY',
  ...rest,
]

beforeAll(async () => {
  await buildApp()
  twenty = await startTwentySandbox({ rateLimit: null })
  cwd = await mkdtemp(path.join(tmpdir(), 'ladder-cli-'))
}, 600_000)
afterAll(async () => {
  await twenty.close()
  await rm(cwd, { recursive: true })
})

describe('the command', () => {
  it('ends with 2 for wrong use, and says what to do', async () => {
    expect((await ladder(['plan'])).code).toBe(2)
    expect((await ladder(['nonsense'])).code).toBe(2)
    const noKey = await ladder(on('plan'))
    expect(noKey).toMatchObject({ code: 2, stderr: expect.stringContaining('the environment has no KEY') })
    const badCrm = await ladder(['plan', '--crm', 'x', '--url', twenty.url, '--token-env', 'KEY'], { KEY: 'k' })
    expect(badCrm.code).toBe(2)
    const badUrl = await ladder(['plan', '--crm', 'twenty', '--url', 'crm', '--token-env', 'KEY'], { KEY: 'k' })
    expect(badUrl).toMatchObject({ code: 2, stderr: expect.stringContaining('--url') })
    const noConsent = await ladder(on('uninstall', '--remove-app'), { KEY: twenty.apiKey })
    expect(noConsent).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') })
  })

  it('ends with 0 for --help and --version', async () => {
    expect((await ladder(['--version'])).code).toBe(0)
    expect((await ladder(['plan', '--help'])).code).toBe(0)
  })

  it('prints one JSON object with --json, and nothing else', async () => {
    const plan = await ladder(on('plan', '--json'), { KEY: twenty.apiKey })
    expect(plan).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(plan.stdout)).toMatchObject({ command: 'plan', ok: true, account: expect.any(String) })
  })

  it('never prints a secret, in success or failure', async () => {
    const env = { KEY: twenty.apiKey, LADDER_ADMIN_TOKEN: ADMIN, CORE: 'whsec_c2VjcmV0c2VjcmV0c2VjcmV0' }
    const secrets = ['--corebank-secret-env', 'CORE']
    const runs = [
      await ladder(on('apply', ...secrets), env),
      await ladder(on('apply', '--rotate-secret', '--json', ...secrets), env),
      await ladder(on('verify'), env),
      await ladder(on('apply', '--ladder-url', twenty.url, ...secrets), env),
      await ladder(on('plan'), { ...env, KEY: 'a-key-that-is-wrong' }),
      await ladder(on('uninstall', '--json'), env),
    ]
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 1, 1, 0])
    const text = JSON.stringify(runs)
    for (const secret of [twenty.apiKey, ADMIN, env.CORE, 'a-key-that-is-wrong']) expect(text).not.toContain(secret)
    expect(text).not.toMatch(/[0-9a-f]{64}/)
    expect(text).not.toContain('ExperimentalWarning')
  })
})

describe('output', () => {
  it('shows progress on a terminal only, and hides what it was told to hide', () => {
    const written: string[] = []
    const stream = (isTTY: boolean) => ({ isTTY, write: (text: string) => written.push(text) })
    createOutput({ stdout: stream(false), stderr: stream(false) }).progress('working')
    expect(written).toEqual([])
    const output = createOutput({ stdout: stream(false), stderr: stream(true) })
    output.hide('s3cret')
    output.progress('working')
    output.line('the key s3cret')
    expect(written.join('')).toContain('working')
    expect(written.join('')).toContain('the key ***')
    expect(written.join('')).not.toContain('s3cret')
  })
})
