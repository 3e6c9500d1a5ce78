import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { root, type Scripts } from '../../plugin/runtime/bundle.ts'
import { findChromium } from '../../plugin/runtime/chromium.ts'
import { twentyWorld, type TwentyWorld } from '../e2e/twenty-world.ts'

/** Screenshots that a person looks at: git-ignored, kept by CI. */
export const SHOTS = join(root, '.ladder/screenshots')

export const LANGUAGES = ['zh', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
type Look = 'light' | 'dark'

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
  /** Turns the page that is shown to a language. */
  speak(language: Language): Promise<void>
  /** What pages that are opened from now on show. */
  prefer(language: Language, look: Look): Promise<void>
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
    speak: (language) => speak(page, language),
    prefer: (...wanted) =>
      page.evaluate(([language, look]) => {
        localStorage.setItem('ladder.language', language)
        localStorage.setItem('ladder.theme', look)
      }, wanted),
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

/** Goes to something by the Tab key, as whoever has no mouse does; more than `most` steps are too many. */
export const reach = async (page: Page, wanted: Locator, most = 40): Promise<void> => {
  const isThere = () => wanted.evaluate((one) => one === document.activeElement)
  for (let steps = 0; steps < most && !(await isThere()); steps++) await page.keyboard.press('Tab')
  if (!(await isThere())) throw new Error(`the keyboard doesn't reach ${String(wanted)} in ${most} steps`)
}

const speak = async (page: Page, language: Language): Promise<void> => {
  const shown = await page.evaluate(() => document.documentElement.lang)
  if (!shown.startsWith(language)) await page.locator('[data-switch=language]').click()
  await page.locator(`html[lang^=${language}]`).waitFor({ state: 'attached' })
  await settled(page)
}

const turn = async (page: Page, look: Look): Promise<void> => {
  const shown = await page.evaluate(() => document.documentElement.dataset['look'])
  if (shown !== look) await page.locator('[data-switch=look]').click()
  await page.locator(`html[data-look=${look}]`).waitFor({ state: 'attached' })
}

/** What axe finds that keeps people out: serious and critical issues, one line each; contrast is the same in every language. */
const barriers = async (page: Page, hasContrast: boolean): Promise<string[]> => {
  // evaluated by the browser's own protocol: the page's policy stays as it is
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  const found = await page.evaluate(async (enabled) => {
    const { violations } = await (
      globalThis as unknown as { axe: { run: (options: object) => Promise<{ violations: Violation[] }> } }
    ).axe.run({ resultTypes: ['violations'], rules: { 'color-contrast': { enabled } } })
    return violations
  }, hasContrast)
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

/** A phone and a desk, light and dark; axe looks at each width and each look once. */
const VIEWS = [
  { width: 1440, look: 'light', isExamined: true },
  { width: 1440, look: 'dark', isExamined: false },
  { width: 390, look: 'dark', isExamined: true },
  { width: 390, look: 'light', isExamined: false },
] as const

/**
 * Keeps what the page that is shown looks like in every language, width and look, without loading it again; gives back the
 * barriers in it, and where it is wider than its window.
 */
export const examined = async (
  page: Page,
  name: string,
  languages: readonly Language[] = LANGUAGES,
): Promise<string[]> => {
  mkdirSync(SHOTS, { recursive: true })
  const found: string[] = []
  for (const language of languages) {
    await speak(page, language)
    for (const { width, look, isExamined } of VIEWS) {
      const view = `${name}-${language}-${width}-${look}`
      await page.setViewportSize({ width, height: 900 })
      await turn(page, look)
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      if (over > 0) found.push(`${view}: ${over} px too wide`)
      await page.screenshot({ path: join(SHOTS, `${view}.png`), fullPage: true })
      if (isExamined) found.push(...(await barriers(page, language === languages[0])).map((one) => `${view}: ${one}`))
    }
  }
  return found
}
