// Builds the Worker as `wrangler deploy` would, without a network, and holds it to its size.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const MOST_KIB = 250
const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'ladder-bundle-'))
try {
  const wrangler = join(root, 'node_modules/wrangler/bin/wrangler.js')
  const built = spawnSync(process.execPath, [wrangler, 'deploy', '--dry-run', '--minify', '--outdir', folder], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: folder, CI: 'true', NO_COLOR: '1', WRANGLER_SEND_METRICS: 'false' },
  })
  if (built.status !== 0) throw new Error(`wrangler deploy --dry-run: ${built.stdout}${built.stderr}`)
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'))
  const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name)), { level: 9 }).length, 0)
  const kib = Math.round((bytes / 1024) * 10) / 10
  process.stdout.write(`The Worker's bundle: ${kib} KiB gzip (at most ${MOST_KIB})\n`)
  if (scripts.length === 0 || kib > MOST_KIB) process.exitCode = 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
