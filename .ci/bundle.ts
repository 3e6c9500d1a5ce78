// Builds the Worker as `wrangler deploy` would, without a network, and holds it to its size.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** The Worker, and the script that makes documents, which the Worker loads when the first one is made. */
const LIMITS = [
  { name: 'The Worker', file: 'index.js', most: 250 },
  { name: 'The script of documents', file: 'documents/dist/documents.mjs', most: 120 },
]
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
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.m?js$/.test(name))
  const sizes = LIMITS.map(({ name, file, most }) => {
    const kib = Math.round((gzipSync(readFileSync(join(folder, file)), { level: 9 }).length / 1024) * 10) / 10
    return { text: `${name}: ${kib} KiB gzip (at most ${most})`, fits: kib <= most }
  })
  process.stdout.write(`Bundles. ${sizes.map(({ text }) => text).join('. ')}\n`)
  if (found.length !== LIMITS.length || sizes.some(({ fits }) => !fits)) process.exitCode = 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
