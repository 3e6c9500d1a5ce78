import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { appSource, packageJson, writeApp } from '../../twenty/generate.ts'
import type { Manifest } from '../../twenty/manifest.ts'
import { fail, ok, type Result } from '../problem.ts'
import { packTarball } from './tarball.ts'
import { t } from '../said/index.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')
export const BUILD_DIR = path.join(ROOT, '.ladder', 'twenty-app')

const TIMEOUT_MS = 10 * 60_000

/** The app as twenty-sdk built it, for any version. */
export interface BuiltApp {
  manifest: Manifest
  /** Hash of the sources that it was built from. */
  content: string
  /** What runs in Twenty, by its path: the built components and functions. */
  code: Record<string, string>
}

type ChildResult = { ok: true; outputDir: string } | { ok: false; message: string }

/** Runs twenty-sdk's build beside this process: its noise stays there, and it sees neither the key nor the admin's settings. */
const runBuild = (dir: string, home: string): Promise<ChildResult> =>
  new Promise((done) => {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'build-child.mjs'), dir], {
      cwd: dir,
      env: { PATH: process.env.PATH, HOME: home, NODE_ENV: 'production', CI: '1', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT_MS,
    })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
    child.on('error', (error) => done({ ok: false, message: error.message }))
    child.on('close', (code) => {
      const last = stdout.trim().split('\n').at(-1) ?? ''
      try {
        done(JSON.parse(last) as ChildResult)
      } catch {
        done({ ok: false, message: stderr.trim().split('\n').slice(-3).join(' ') || t`ended with code ${code}` })
      }
    })
  })

const readJson = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Twenty 2.31 reads a widget's place from `gridPosition`, newer ones from `position`, which is all that twenty-sdk 2.40 knows. */
const placed = (manifest: Manifest): Manifest => ({
  ...manifest,
  pageLayouts: manifest.pageLayouts.map((page) => ({
    ...page,
    tabs: page.tabs.map((tab) => ({
      ...tab,
      widgets: tab.widgets.map(({ position, ...widget }) => {
        if (!position) return widget
        const { row, column, rowSpan, columnSpan } = position
        return { ...widget, position, gridPosition: { row, column, rowSpan, columnSpan } }
      }),
    })),
  })),
})

/** The built files that the manifest names. */
const codeOf = async (outputDir: string, manifest: Manifest): Promise<Record<string, string>> => {
  const paths = [
    ...manifest.frontComponents.map(({ builtComponentPath }) => builtComponentPath),
    ...manifest.logicFunctions.map(({ builtHandlerPath }) => builtHandlerPath),
  ].filter((name) => name !== undefined)
  const texts = await Promise.all(paths.map((name) => readFile(path.join(outputDir, name), 'utf8')))
  return Object.fromEntries(paths.map((name, index) => [name, texts[index] ?? '']))
}

/**
 * Builds the app with twenty-sdk, or takes the last build when the sources are the same. The first build takes about a
 * minute. `onProgress` is told when it really builds.
 */
export const buildApp = async (
  onProgress: (message: string) => void = () => undefined,
  dir: string = BUILD_DIR,
): Promise<Result<BuiltApp>> => {
  const { files, content } = appSource()
  const stamp = path.join(dir, '.built.json')
  const last = (await readJson(stamp)) as BuiltApp | undefined
  if (last?.content === content) return ok(last)
  onProgress('Building the app with twenty-sdk: about a minute, the first time only')
  const work = await mkdtemp(path.join(tmpdir(), 'ladder-build-'))
  try {
    const app = path.join(work, 'app')
    await writeApp(app, files)
    const built = await runBuild(app, work)
    const where = 'twenty-sdk 2.40.0, build'
    if (!built.ok) return fail(t`the app can't be built: ${built.message}`, where, 'Run `npm ci`, then again.')
    const manifest = (await readJson(path.join(built.outputDir, 'manifest.json'))) as Manifest | undefined
    if (!manifest) return fail('the build made no manifest', where, 'Run `npm ci`, then again.')
    const result: BuiltApp = { manifest: placed(manifest), content, code: await codeOf(built.outputDir, manifest) }
    await writeApp(dir, files)
    await writeFile(`${stamp}.new`, JSON.stringify(result))
    await rename(`${stamp}.new`, stamp)
    return ok(result)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** What Twenty keeps of an installed version: equal checksums mean the same version of the same content. */
export const checksumOf = (app: Pick<BuiltApp, 'content'>, version: string): string =>
  createHash('md5').update(packageJson(version, app.content)).digest('hex')

/** The tarball that Twenty takes as this version of the app. */
export const tarballOf = (app: BuiltApp, version: string): Uint8Array<ArrayBuffer> => {
  const { application, ...rest } = app.manifest
  const manifest = { application: { ...application, packageJsonChecksum: checksumOf(app, version) }, ...rest }
  return packTarball(
    new Map([
      ['package.json', Buffer.from(packageJson(version, app.content))],
      ['manifest.json', Buffer.from(JSON.stringify(manifest))],
      ...Object.entries(app.code).map(([name, text]): [string, Buffer] => [name, Buffer.from(text)]),
    ]),
  )
}
