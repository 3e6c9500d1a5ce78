import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'

/** Root of the Ladder package. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * The Worker as one module, as wrangler would send it: minified, nothing of Node's but what the runtime has. Returns its text.
 */
export const bundleWorker = async (): Promise<string> => {
  const result = await build({
    entryPoints: [`${root}/worker/index.ts`],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2024',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
  })
  const [file] = result.outputFiles
  if (!file) throw new Error('the Worker could not be bundled')
  return file.text
}
