import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]
const PRINT_MS = 45_000

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The browser that prints: `LADDER_CHROMIUM`, or one that lies where it usually does; undefined when there is none. */
export const findChromium = (env: NodeJS.ProcessEnv = process.env): string | undefined => {
  if (env.LADDER_CHROMIUM) return isProgram(env.LADDER_CHROMIUM) ? env.LADDER_CHROMIUM : undefined
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean)
  return [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...ELSEWHERE].find(isProgram)
}

/** Nothing is fetched or remembered, and the page itself forbids scripts: a page is laid out and printed. */
const argumentsOf = (folder: string, isRoot: boolean): string[] => [
  '--headless',
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  `--user-data-dir=${join(folder, 'browser')}`,
  '--no-pdf-header-footer',
  `--print-to-pdf=${join(folder, 'page.pdf')}`,
  pathToFileURL(join(folder, 'page.html')).href,
]

/** Prints a page of HTML to PDF with a headless browser of its own. An error says why it could not. */
export const printPage = async (chromium: string, html: string): Promise<Buffer> => {
  const folder = mkdtempSync(join(tmpdir(), 'ladder-print-'))
  try {
    writeFileSync(join(folder, 'page.html'), html, { mode: 0o600 })
    const child = spawn(chromium, argumentsOf(folder, process.getuid?.() === 0), {
      stdio: 'ignore',
      env: { PATH: process.env.PATH, HOME: folder, LANG: process.env.LANG ?? 'C.UTF-8' },
    })
    const late = setTimeout(() => child.kill('SIGKILL'), PRINT_MS)
    const code = await new Promise<number | null>((done, fail) => {
      child.once('error', fail)
      child.once('exit', (status) => done(status))
    }).finally(() => clearTimeout(late))
    if (code !== 0) throw new Error(code === null ? 'the browser took too long' : `the browser ended with ${code}`)
    const page = join(folder, 'page.pdf')
    if (!existsSync(page)) throw new Error('the browser printed nothing')
    return readFileSync(page)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
