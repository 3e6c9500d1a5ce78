import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

interface Run {
  code: number | null
  stdout: string
  stderr: string
}

let cwd: string
beforeAll(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'ladder-cli-'))
})
afterAll(() => rm(cwd, { recursive: true }))

const ladder = (...args: string[]): Promise<Run> =>
  new Promise((done) => {
    const command = path.join(import.meta.dirname, '../ladder.mjs')
    const child = spawn(process.execPath, [command, 'hubspot', ...args], { cwd, env: { PATH: process.env.PATH } })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
    child.on('close', (code) => done({ code, stdout, stderr }))
  })

const project = (...rest: string[]): Promise<Run> =>
  ladder('project', '--public-url', 'https://ladder.bank.example/', '--account', 'bank', '--out', 'p', ...rest)

describe('ladder hubspot', () => {
  it('writes a project that its check finds sound, and again without a change', async () => {
    expect(await project('--carrier', 'deal')).toMatchObject({ code: 0, stderr: '' })
    const app = await readFile(path.join(cwd, 'p/src/app/app-hsmeta.json'), 'utf8')
    expect(await project('--carrier', 'deal', '--json')).toMatchObject({ code: 0 })
    expect(await readFile(path.join(cwd, 'p/src/app/app-hsmeta.json'), 'utf8')).toBe(app)
    const check = await ladder('check', 'p', '--json')
    expect([check.code, JSON.parse(check.stdout)]).toMatchObject([0, { ok: true, components: 19, problems: [] }])
  })

  it('says what is wrong with a project, and goes over nothing that was changed', async () => {
    await project('--carrier', 'deal')
    await writeFile(path.join(cwd, 'p/src/app/app-hsmeta.json'), '{"uid": "ladder_app"')
    const check = await ladder('check', 'p')
    expect(check).toMatchObject({ code: 1, stderr: expect.stringContaining('src/app/app-hsmeta.json: is not JSON') })
    expect(await project()).toMatchObject({ code: 1, stderr: expect.stringContaining('not written') })
    expect((await ladder('check', 'nowhere')).code).toBe(1)
  })

  it('ends with 2 for wrong use, and says what to do', async () => {
    const wrong = (...args: string[]) => ladder('project', '--account', 'bank', '--out', 'q', ...args)
    expect((await wrong()).code).toBe(2)
    for (const url of ['http://ladder.bank.example', 'https://10.0.0.1'])
      expect(await wrong('--public-url', url)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('--public-url'),
      })
    const good = ['--public-url', 'https://ladder.bank.example']
    expect((await wrong(...good, '--carrier', 'ticket')).code).toBe(2)
    expect((await wrong(...good, '--account', 'The Bank')).code).toBe(2)
    expect((await wrong(...good, '--support-email', 'nobody')).code).toBe(2)
  })
})
