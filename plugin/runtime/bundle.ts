import { build, type Plugin } from 'esbuild'
import { fileURLToPath } from 'node:url'

/** Root of the Ladder package. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The Worker's scripts: what answers, and what makes documents, which it loads when the first one is made. */
export interface Scripts {
  main: string
  documents: string
}

/** Where the Worker looks for the script that makes documents, as `wrangler.toml` has it. */
export const DOCUMENTS_MODULE = 'documents/dist/documents.mjs'

/** What stands in the Worker in place of larger packages, as `wrangler.toml` has it. */
export const INSTEAD: Record<string, string> = {
  '@lezer/highlight': `${root}/worker/rules/no-highlight.ts`,
  'temporal-polyfill': `${root}/worker/rules/temporal/index.ts`,
}

const bundle = async (entry: string, plugins: Plugin[] = []): Promise<string> => {
  const result = await build({
    entryPoints: [`${root}/worker/${entry}`],
    bundle: true,
    minify: true,
    // documents show what the Worker doesn't
    define: { LADDER_WORKER: entry === 'index.ts' ? 'true' : 'undefined' },
    format: 'esm',
    target: 'es2024',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    legalComments: 'none',
    alias: INSTEAD,
    write: false,
    plugins,
    logLevel: 'silent',
  })
  const [file] = result.outputFiles
  if (!file) throw new Error('the Worker could not be bundled')
  return file.text
}

/** The scripts as wrangler would send them: minified, nothing of Node's but what the runtime has. */
export const bundleWorker = async (): Promise<Scripts> => {
  const [main, documents] = await Promise.all([bundle('index.ts'), bundle('documents/script.ts')])
  return { main, documents }
}

/** What takes webhooks, decides and writes, without `worker/console`: for its size, it doesn't run. */
export const bundleWithoutConsole = (): Promise<string> =>
  bundle('index.ts', [
    {
      name: 'without the console',
      setup: (on) => on.onResolve({ filter: /\/console\// }, ({ path }) => ({ path, external: true })),
    },
  ])
