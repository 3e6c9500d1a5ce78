import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startHubspotSandbox, type HubspotSandbox } from '../sandbox/hubspot/index.ts'

interface Run {
  code: number | null
  stdout: string
  stderr: string
}

const ADMIN = 'admin-token-that-nobody-may-see'
const CLIENT = 'client-secret-that-nobody-may-see'

let hubspot: HubspotSandbox
let cwd: string

beforeAll(async () => {
  hubspot = await startHubspotSandbox({ edition: 'professional', rateLimit: null })
  cwd = await mkdtemp(path.join(tmpdir(), 'ladder-cli-'))
})
afterAll(async () => {
  await hubspot.close()
  await rm(cwd, { recursive: true })
})

/** Runs the command without blocking the sandbox, which lives in this process. */
const ladder = (command: string, rest: string[] = [], env: Record<string, string> = {}): Promise<Run> =>
  new Promise((done) => {
    const given = [command, '--crm', 'hubspot', '--url', hubspot.url, '--token-env', 'KEY', ...rest]
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'ladder.mjs'), ...given], {
      cwd,
      env: {
        PATH: process.env.PATH,
        HOME: cwd,
        LADDER_ADMIN_TOKEN: ADMIN,
        CLIENT,
        LADDER_URL: 'http://127.0.0.1:9',
        KEY: hubspot.token,
        ...env,
      },
    })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
    child.on('close', (code) => done({ code, stdout, stderr }))
  })

describe('the command on HubSpot', () => {
  it('ends with 2 for wrong use, and says what to do', async () => {
    const runs = await Promise.all([
      ladder('plan', ['--carrier', 'ticket']),
      ladder('plan', ['--language', 'de']),
      ladder('plan', [], { KEY: '' }),
      ladder('uninstall', ['--delete-data']),
      ladder('doctor', ['--public-url', 'nowhere']),
    ])
    expect(runs.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2])
    const wanted = ['--carrier', '--language', 'no KEY', '--yes', '--public-url']
    for (const [at, text] of wanted.entries()) expect(runs[at]?.stderr).toContain(text)
  })

  it('goes from plan to uninstall, ends with 0 and 1 as it should, and never prints a secret', async () => {
    const plan = await ladder('plan', ['--json'])
    expect(plan).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(plan.stdout)).toMatchObject({ command: 'plan', crm: 'hubspot', ok: true, account: 'hs-62515' })
    const runs = [
      await ladder('verify'),
      await ladder('apply', ['--client-secret-env', 'CLIENT']),
      await ladder('apply', ['--json']),
      await ladder('verify'),
      await ladder('doctor', ['--secret-env', 'CLIENT']),
      await ladder('plan', [], { KEY: 'a-token-that-is-wrong' }),
      await ladder('uninstall', ['--remove-app', '--yes']),
    ]
    // no Ladder runs here: the doctor says so
    expect(runs.map(({ code }) => code)).toEqual([1, 0, 0, 0, 1, 1, 0])
    expect(runs[1]?.stdout).toContain('Done, but for what stays open (…).')
    const text = JSON.stringify([plan, ...runs])
    for (const secret of [hubspot.token, ADMIN, CLIENT, 'a-token-that-is-wrong']) expect(text).not.toContain(secret)
  })
})
