// Builds the Worker as `wrangler deploy` would, without a network, and holds it to its size: what takes webhooks, decides and
// writes, which is all but the console (`worker/console`: the API of admins and managers), and the whole.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { bundleWithoutConsole } from '../plugin/runtime/bundle.ts'
import { buildConsole } from '../plugin/runtime/console.ts'

/** The Worker, and the script that makes documents, which the Worker loads when the first one is made. */
const LIMITS = [
  { name: 'The Worker with its console', file: 'index.js', most: 290 },
  { name: 'The script of documents', file: 'documents/dist/documents.mjs', most: 120 },
]
const MOST_WITHOUT_CONSOLE = 250
/** All scripts and styles that the console loads before the boards show; charts and the table editor come after. */
const MOST_FIRST_LOAD = 300
const root = join(import.meta.dirname, '..')

const kibOf = (bytes: Uint8Array | string): number =>
  Math.round((gzipSync(bytes, { level: 9 }).length / 1024) * 10) / 10

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
    const kib = kibOf(readFileSync(join(folder, file)))
    return { text: `${name}: ${kib} KiB gzip (at most ${most})`, fits: kib <= most }
  })
  const bare = kibOf(await bundleWithoutConsole())
  sizes.unshift({
    text: `The Worker without the console: ${bare} KiB gzip (at most ${MOST_WITHOUT_CONSOLE})`,
    fits: bare <= MOST_WITHOUT_CONSOLE,
  })
  const page = await buildConsole()
  const load =
    Math.round(page.first.reduce((sum, name) => sum + kibOf(readFileSync(join(page.folder, 'assets', name))), 0) * 10) /
    10
  sizes.push({
    text: `The console's first load: ${load} KiB gzip (at most ${MOST_FIRST_LOAD})`,
    fits: load <= MOST_FIRST_LOAD,
  })
  process.stdout.write(`Bundles. ${sizes.map(({ text }) => text).join('. ')}\n`)
  if (found.length !== LIMITS.length || sizes.some(({ fits }) => !fits)) process.exitCode = 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
