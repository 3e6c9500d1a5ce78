// Runs all checks, with --tests the tests too, and ends with the true totals: `N passed, N failed`.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const bin = join(root, 'node_modules/.bin')
const work = mkdtempSync(join(tmpdir(), 'ladder-check-'))
const report = join(work, 'tests.json')

interface Result {
  passed: number
  failed: number
}

const children = new Set<ChildProcess>()
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    for (const child of children) child.kill('SIGTERM')
    process.exit(1)
  })

/** Runs a program of node_modules/.bin with Node 24; its output is shown without this machine's paths. */
const run = (args: string[], isQuiet: boolean): Promise<boolean> =>
  new Promise((done) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, CI: 'true', NO_COLOR: '1', FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.add(child)
    let said = ''
    const hear = (chunk: Buffer): void => {
      const text = chunk.toString().replaceAll(work, '').replaceAll(`${root}/`, '').replaceAll(root, '.')
      if (isQuiet) said += text
      else process.stdout.write(text)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', () => done(false))
    child.on('close', (code) => {
      children.delete(child)
      if (code !== 0 && said) process.stdout.write(`${said.trimEnd()}\n`)
      else if (/^Bundles\. /m.test(said)) process.stdout.write(`  ${said.trim()}\n`)
      done(code === 0)
    })
  })

const check = async (name: string, ...args: string[]): Promise<Result> => {
  const begun = Date.now()
  const ok = await run(args, true)
  process.stdout.write(`${ok ? '✓' : '✗'} ${name} (${Math.round((Date.now() - begun) / 100) / 10} s)\n`)
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

interface Report {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

/** All tests; a file that can't be loaded counts as one that failed, and so does a run without a report. */
const tests = async (): Promise<Result> => {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const ok = await run([vitest, 'run', '--config', 'test/vitest.config.ts', ...reporters], false)
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
    const broken = testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    )
    const failed = numFailedTests + broken.length
    return { passed: numPassedTests, failed: failed === 0 && !ok ? 1 : failed }
  } catch {
    process.stdout.write('✗ the tests left no report\n')
    return { passed: 0, failed: 1 }
  }
}

const tsc = join(root, 'node_modules/typescript/bin/tsc')
/** Each by itself keeps one core busy: longest first, two go side by side. */
const checks: [string, ...string[]][] = [
  ['types of the plugin and the tests', tsc, '-p', 'plugin/tsconfig.json'],
  ['format', join(bin, 'prettier'), '--check', '--log-level=warn', '.'],
  ['lint', join(bin, 'eslint'), '-c', '.eslint.config.mjs', '.'],
  ['types of the Worker', tsc, '-p', 'tsconfig.json'],
  ['types of the console', tsc, '-p', 'worker/console/web/tsconfig.json'],
  ['dead code', join(bin, 'knip'), '--config', '.knip.json', '--no-progress'],
  ['bundle', '.ci/bundle.ts'],
  ['architecture', join(bin, 'depcruise'), '--config', '.dependency-cruiser.cjs', 'schemas', 'worker', 'plugin'],
  ['types of checks and docs', tsc, '-p', '.ci/tsconfig.json'],
]
const results: Result[] = []
const lane = async (): Promise<void> => {
  for (let next = checks.shift(); next; next = checks.shift()) results.push(await check(...next))
}
try {
  await Promise.all([lane(), lane()])
  if (process.argv.includes('--tests')) results.push(await tests())
} finally {
  rmSync(work, { recursive: true, force: true })
}
const sum = (pick: (result: Result) => number): number => results.reduce((total, one) => total + pick(one), 0)
const failed = sum((result) => result.failed)
process.stdout.write(`\n${sum((result) => result.passed)} passed, ${failed} failed\n`)
process.exitCode = failed > 0 ? 1 : 0
