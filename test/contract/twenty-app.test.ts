import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTwentySandbox } from '../../plugin/sandbox/twenty/index.ts'
import type { TwentySandbox } from '../../plugin/sandbox/twenty/index.ts'

const root = resolve(import.meta.dirname, '../..')
const cli = join(root, 'node_modules/twenty-sdk/dist/cli.cjs')
const run = promisify(execFile)

/** A small app in a folder of its own, driven by the unmodified command of twenty-sdk. */
describe('the command of twenty-sdk against the sandbox', () => {
  let sandbox: TwentySandbox
  let folder: string
  const app = (): string => join(folder, 'app')

  async function twenty(...args: string[]): Promise<string> {
    const env = { ...process.env, HOME: join(folder, 'home'), CI: '1', NO_COLOR: '1', FORCE_COLOR: '0' }
    const done = run(process.execPath, [cli, ...args], {
      cwd: app(),
      env: { ...env, INIT_CWD: app() },
      timeout: 110_000,
    })
    done.child.stdin?.end()
    return done.then(
      ({ stdout, stderr }) => stdout + stderr,
      (error: unknown) => {
        const { stdout, stderr } = error as { stdout?: string; stderr?: string }
        return `FAILED ${stdout ?? ''}${stderr ?? ''}`
      },
    )
  }

  function edit(file: string, from: string, to: string): void {
    const path = join(app(), file)
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
  }

  async function rest(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
    const headers = { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': 'application/json' }
    const response = await fetch(
      sandbox.url + path,
      body ? { method, headers, body: JSON.stringify(body) } : { method, headers },
    )
    return { status: response.status, body: await response.json() }
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-app-'))
    mkdirSync(join(folder, 'home'))
    cpSync(join(root, 'test/fixtures/twenty/app'), app(), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(app(), 'node_modules'), 'dir')
    sandbox = await startTwentySandbox({ rateLimit: null })
  })

  afterAll(async () => {
    await sandbox.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('adds the remote, publishes and installs; the same version twice is refused', async () => {
    expect(await twenty('remote:add', '--url', sandbox.url, '--api-key', sandbox.apiKey)).toContain('via API key')
    expect(await twenty('app:publish', '--private')).toContain('Published sandbox-probe v0.1.0')
    expect(await twenty('app:install')).toContain('Application installed')
    expect(await twenty('app:install')).toContain('is already installed in this workspace')
    const company = await rest('POST', '/rest/companies', { name: 'Probed' })
    const { id } = (company.body as { data: { createCompany: { id: string } } }).data.createCompany
    expect((await rest('POST', '/rest/probes', { name: 'one', probeKey: 'k', companyId: id })).status).toBe(201)
    expect((await rest('POST', '/rest/probes', { name: 'two', probeKey: 'k' })).status).toBe(400)
    const deep = await rest('GET', `/rest/companies/${id}?depth=1`)
    expect(deep.body).toMatchObject({ data: { company: { probes: [{ name: 'one', companyId: id }] } } })
  }, 240_000)

  it('plans nothing, then one change, and applies it; the data stays', async () => {
    expect(await twenty('plan')).toContain('No changes')
    edit('src/probe.object.ts', "label: 'Probe key'", "label: 'Key of the probe'")
    expect(await twenty('plan')).toContain('0 to add, 1 to change, 0 to destroy')
    expect(await twenty('apply')).toContain('Synced Sandbox Probe')
    const field = sandbox.store.object('probe').fields.find(({ name }) => name === 'probeKey')
    expect(field?.label).toBe('Key of the probe')
    expect(sandbox.store.count('probe')).toBe(1)
  }, 240_000)

  it('upgrades when a higher version is published', async () => {
    edit('package.json', '0.1.0', '0.2.0')
    expect(await twenty('app:publish', '--private')).toContain('Published sandbox-probe v0.2.0')
    expect(await twenty('app:install')).toContain('Application installed')
  }, 240_000)

  it('uninstalls: the object and its data are gone', async () => {
    expect(await twenty('app:uninstall', '--yes')).toContain('uninstalled successfully')
    const gone = await rest('GET', '/rest/probes')
    expect(gone).toMatchObject({ status: 400, body: { messages: ["object 'probes' not found. eg: companies"] } })
    expect(sandbox.store.object('company').fields.some(({ name }) => name === 'probes')).toBe(false)
  }, 120_000)

  it('refuses a relation without its other side, and makes nothing', async () => {
    rmSync(join(app(), 'src/probes-on-company.field.ts'))
    edit('package.json', '0.2.0', '0.3.0')
    expect(await twenty('app:publish', '--private')).toContain('Published')
    expect(await twenty('app:install')).toContain('FAILED')
    expect(() => sandbox.store.object('probe')).toThrow("No object 'probe'")
  }, 240_000)
})
