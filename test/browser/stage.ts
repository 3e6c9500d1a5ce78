import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { root, type Scripts } from '../../plugin/runtime/bundle.ts'
import { findChromium } from '../../plugin/runtime/chromium.ts'
import { twentyWorld, type TwentyWorld } from '../e2e/twenty-world.ts'

/** Screenshots that a person looks at: git-ignored, kept by CI. */
export const SHOTS = join(root, '.ladder/screenshots')

export type Language = 'zh' | 'en'

/** Where there is no browser the tests can't be run: said plainly, and in CI that is a failure. */
export const browserHere = (): string | undefined => {
  const found = findChromium()
  if (found === undefined && process.env.CI)
    throw new Error('no browser on this machine: install chromium, or name one in LADDER_CHROMIUM')
  if (found === undefined)
    process.stderr.write('Browser tests are left out: no browser here (LADDER_CHROMIUM names one)\n')
  return found
}

/** Ladder with its console, a CRM beside it on a held clock, and a browser that is signed in. */
export interface Stage {
  bank: TwentyWorld
  browser: Browser
  /** Signed in as an admin. */
  context: BrowserContext
  page: Page
  /** What the browser said was wrong: errors of scripts, and of the page's policy. */
  faults: string[]
  /** Opens a page of the console, `/boards`, and waits until it shows. */
  open(path: string): Promise<void>
  speak(language: Language): Promise<void>
  close(): Promise<void>
}

/** An address that signs one browser in, once. */
export const signInLink = async ({ admin, ladder }: TwentyWorld): Promise<string> => {
  const answer = await admin.call('POST', '/access/setup-token')
  if (!answer.ok) throw new Error(answer.message)
  return `${ladder.url}${String(answer.body.path)}`
}

const watch = (page: Page, faults: string[]): void => {
  page.on('pageerror', ({ message }) => faults.push(message))
  page.on('console', (message) => {
    // answers that are refusals are part of what is tested
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text())
  })
}

/** Starts all of it at an instant (ISO). */
export const startStage = async (start: string, executablePath: string, worker: Scripts): Promise<Stage> => {
  const bank = await twentyWorld({ start, runtime: { worker, console: true } })
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const faults: string[] = []
  watch(page, faults)
  await page.goto(await signInLink(bank))
  await page.getByRole('navigation').first().waitFor()
  return {
    bank,
    browser,
    context,
    page,
    faults,
    open: async (path) => {
      await page.goto(`${bank.ladder.url}/console${path}`)
      await settled(page)
    },
    speak: async (language) => {
      await page.evaluate((wanted) => localStorage.setItem('ladder.language', wanted), language)
      await page.reload()
      await settled(page)
    },
    close: async () => {
      await browser.close()
      await bank.close()
    },
  }
}

/** A page is there: it has its name, and nothing is loading any more. */
export const settled = async (page: Page): Promise<void> => {
  await page.locator('h1').first().waitFor()
  await page.locator('.waiting').first().waitFor({ state: 'detached' })
}

/** What axe finds that keeps people out: serious and critical issues, one line each. */
export const barriers = async (page: Page): Promise<string[]> => {
  // evaluated by the browser's own protocol: the page's policy stays as it is
  await page.evaluate(axe.source)
  const found = await page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } }
    ).axe.run()
    return violations
  })
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
}

interface Violation {
  id: string
  impact: string | null
  help: string
  nodes: { html: string }[]
}

export type View = readonly [width: 390 | 1440, look: 'light' | 'dark']

/** A phone and a desk, light and dark. */
const ALL: readonly View[] = [
  [390, 'light'],
  [390, 'dark'],
  [1440, 'dark'],
  [1440, 'light'],
]

/** Keeps what a page looks like in these views; gives back where it is wider than its window. */
export const keepShots = async (page: Page, name: string, views: readonly View[] = ALL): Promise<string[]> => {
  mkdirSync(SHOTS, { recursive: true })
  const tooWide: string[] = []
  for (const [width, look] of views) {
    await page.setViewportSize({ width, height: 900 })
    const isDark = await page.evaluate(() => document.documentElement.dataset['look'] === 'dark')
    if (isDark !== (look === 'dark')) await page.locator('[data-switch=look]').click()
    await page.locator(`html[data-look=${look}]`).waitFor({ state: 'attached' })
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (over > 0) tooWide.push(`${name} at ${width}: ${over} px too wide`)
    await page.screenshot({ path: join(SHOTS, `${name}-${width}-${look}.png`), fullPage: true })
  }
  return tooWide
}
