import { build, type Metafile } from 'esbuild'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from './bundle.ts'

/** Where the console's page is built to: `index.html` and what it loads, under `assets/`. */
export const CONSOLE_FOLDER = join(root, 'worker/console/dist')

/** What the page is made of; one of them newer than the page: it is built again. */
const SOURCES = ['worker/console/web', 'worker/method', 'worker/rules', 'schemas', 'package-lock.json']
const ENTRY = 'worker/console/web/main.tsx'
/** Loaded by the table editor alone. */
const TABLE_STYLE = 'worker/console/web/pages/playbook/tables/editor.css'

const newest = (path: string): number => {
  const about = statSync(path)
  if (!about.isDirectory()) return about.mtimeMs
  return Math.max(
    0,
    ...readdirSync(path, { withFileTypes: true }).map((one) =>
      one.isDirectory() || /\.(tsx?|css|json|html)$/.test(one.name) ? newest(join(path, one.name)) : 0,
    ),
  )
}

const isFresh = (): boolean => {
  const page = join(CONSOLE_FOLDER, 'index.html')
  if (!existsSync(page)) return false
  const made = statSync(page).mtimeMs
  return SOURCES.every((source) => newest(join(root, source)) < made)
}

/** A file appears whole or not at all: several processes may build at a time. */
const put = (path: string, contents: Uint8Array | string): void => {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, contents)
  renameSync(draft, path)
}

/** The file of an output, as the page names it. */
const named = (metafile: Metafile, entry: string, ending: string): string => {
  const found = Object.entries(metafile.outputs).find(
    ([file, { entryPoint }]) => entryPoint === entry && file.endsWith(ending),
  )?.[0]
  if (found === undefined) throw new Error(`the console has no ${ending} of ${entry}`)
  return basename(found)
}

/** All that is loaded before the first page shows: the entry and what it imports outright. */
const firstLoad = (metafile: Metafile, entry: string): string[] => {
  const seen = new Set<string>()
  const visit = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    for (const { path, kind } of metafile.outputs[file]?.imports ?? []) if (kind === 'import-statement') visit(path)
  }
  const first = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === entry)?.[0]
  if (first !== undefined) visit(first)
  return [...seen].map((file) => basename(file))
}

export interface ConsoleBuild {
  folder: string
  /** Names under `assets/` that the sign-in and the boards load before anything shows. */
  first: string[]
}

/** Builds the console's page (docs/decisions/0032). Names under `assets/` hold a hash of the contents: they never change. */
export const buildConsole = async (): Promise<ConsoleBuild> => {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [ENTRY, TABLE_STYLE],
    outdir: join(CONSOLE_FOLDER, 'assets'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    publicPath: '/console/assets',
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: ['es2022', 'chrome110', 'firefox115', 'safari16'],
    jsx: 'automatic',
    tsconfig: join(root, 'worker/console/web/tsconfig.json'),
    define: { 'process.env.NODE_ENV': '"production"', LADDER_WORKER: 'undefined' },
    loader: { '.woff': 'file', '.woff2': 'file', '.ttf': 'file', '.eot': 'file', '.svg': 'file' },
    legalComments: 'none',
    logLevel: 'silent',
  })
  const assets = join(CONSOLE_FOLDER, 'assets')
  mkdirSync(assets, { recursive: true })
  const files = new Set(result.outputFiles.map(({ path }) => basename(path)))
  for (const { path, contents } of result.outputFiles) put(join(assets, basename(path)), contents)
  const { metafile } = result
  const first = firstLoad(metafile, ENTRY)
  const board = firstLoad(metafile, 'worker/console/web/pages/boards/index.tsx')
  const style = basename(metafile.outputs[outputOf(metafile, ENTRY)]?.cssBundle ?? '')
  const page = readFileSync(join(root, 'worker/console/web/index.html'), 'utf8')
    .replaceAll('__SCRIPT__', named(metafile, ENTRY, '.js'))
    .replaceAll('__STYLE__', style)
    .replaceAll('__TABLE_STYLE__', named(metafile, TABLE_STYLE, '.css'))
  put(join(CONSOLE_FOLDER, 'index.html'), page)
  for (const name of readdirSync(assets)) if (!files.has(name) && !/\.\d+$/.test(name)) rmSync(join(assets, name))
  return { folder: CONSOLE_FOLDER, first: [...new Set([...first, ...board, style])] }
}

const outputOf = (metafile: Metafile, entry: string): string =>
  Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === entry)?.[0] ?? ''

/**
 * The folder of the console's page, built first when it is missing or older than what it is made of; `onLog` is told when it
 * really builds.
 */
export const consolePage = async (onLog?: (line: string) => void): Promise<string> => {
  if (!isFresh()) {
    onLog?.("Building the console's page: up to a minute, the first time only")
    await buildConsole()
  }
  return CONSOLE_FOLDER
}
