import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { HubspotSandbox } from '../../plugin/sandbox/hubspot/index.ts'
import type { Label } from '../../schemas/model/define.ts'
import { texts as activity } from '../../worker/console/web/pages/activity/texts.ts'
import { texts as boards } from '../../worker/console/web/pages/boards/texts.ts'
import { texts as connect } from '../../worker/console/web/pages/connect/texts.ts'
import { texts as customers } from '../../worker/console/web/pages/customers/texts.ts'
import { texts as release } from '../../worker/console/web/pages/playbook/release/texts.ts'
import { texts as tables } from '../../worker/console/web/pages/playbook/tables/texts.ts'
import { texts as playbook } from '../../worker/console/web/pages/playbook/texts.ts'
import { texts as signIn } from '../../worker/console/web/pages/sign-in/texts.ts'
import { nameOf } from '../../worker/console/web/parts/names.ts'
import { frameTexts } from '../../worker/console/web/texts/frame.ts'
import { ACCOUNT } from '../e2e/ladder.ts'
import { type Bank, MINUTE, RAISED, REFUSED, startBank } from './bank.ts'
import { browserHere, examined, LANGUAGES, type Language, reach, signInLink, type Stage } from './stage.ts'

const worker = inject('scripts')
const chromium = browserHere()

describe.skipIf(chromium === undefined)('the console in a browser', () => {
  let stage: Stage
  let hubspot: HubspotSandbox
  let bankOf: Bank
  let balance: Bank['balance']
  let ids: Bank['ids']

  beforeAll(async () => {
    bankOf = await startBank(chromium ?? '', worker)
    ;({ stage, hubspot, balance, ids } = bankOf)
  })
  afterAll(() => bankOf?.close())

  beforeEach(async () => {
    await stage.page.setViewportSize({ width: 1440, height: 900 })
    await stage.prefer('zh', 'light')
  })

  describe.each(LANGUAGES)('in %s', (language) => {
    const say = (label: Readonly<Label>): string => label[language]
    /** A text that is made of something, as a pattern. */
    const like = <T>(label: Record<Language, (what: T) => string>, what: T, pattern: string): RegExp =>
      new RegExp(label[language](what).replace(String(what), pattern))

    beforeEach(() => stage.prefer(language, 'light'))

    it('a sign-in link signs in once, and the page says what to do with one that was used', async () => {
      const link = await signInLink(stage.bank)
      const locale = language === 'zh' ? 'zh-CN' : 'en-GB'
      const other = await stage.browser.newContext({ reducedMotion: 'reduce', locale })
      const page = await other.newPage()
      await page.goto(link)
      await page.getByRole('link', { name: say(frameTexts.boards) }).waitFor()
      // the token stays in no address
      expect(page.url()).not.toContain('setup')
      await page.getByRole('button', { name: say(frameTexts.signOut) }).click()
      await page.getByRole('heading', { name: say(signIn.title) }).waitFor()
      await page.goto(link)
      await page.reload()
      await page.getByText(language === 'zh' ? '该链接已使用' : 'this link was used').waitFor()
      expect(await examined(page, 'sign-in', [language])).toEqual([])
      await other.close()
    })

    it('MEAS-TIER, MEAS-4x2: the boards show the figures of the API, and a figure leads to its customers', async () => {
      const { page, open, bank } = stage
      const told = await bank.admin.call('GET', `/accounts/${ACCOUNT}/figures`)
      const rows = (told.body.rows ?? []) as { id: string; code: string; now: number }[]
      const mid = rows.find(({ id, code }) => id === 'MEAS-TIER' && code === 'MID')?.now
      expect(mid).toBeGreaterThan(0)
      await open('/boards')
      const tiers = page.locator('section', {
        has: page.getByRole('heading', { name: say(boards.tiers), exact: true }),
      })
      const row = tiers.getByRole('row', { name: new RegExp(`^${say(nameOf('MID'))} ${mid} `) })
      await row.waitFor()
      expect(await page.locator('svg').count()).toBeGreaterThan(0)
      await row.getByRole('link').first().click()
      await page.getByText('平湖光电有限公司').waitFor()
      expect(await page.getByText('青山贸易有限公司').count()).toBe(0)
    })

    it('ESC-MOVE: an escalation is acknowledged by the keyboard alone, and the CRM shows it', async () => {
      const { page, open, bank } = stage
      const acknowledged = () => bank.crm.list('escalation').filter(({ status }) => status === 'ACKNOWLEDGED').length
      const before = acknowledged()
      await open('/customers/escalations')
      const buttons = page.getByRole('button', { name: say(customers.acknowledge), exact: true })
      await buttons.first().waitFor()
      const all = await buttons.count()
      await reach(page, buttons.first())
      await page.keyboard.press('Enter')
      await page.getByText(say(customers.acknowledged)).waitFor()
      await expect.poll(() => buttons.count()).toBe(all - 1)
      // whoever goes on by the keyboard goes on from there
      await page.locator('.escalation button:focus', { hasText: say(customers.resolve) }).waitFor()
      await bank.advance(bank.now() + MINUTE)
      expect(acknowledged()).toBe(before + 1)
    })

    it('a dead letter is shown with its reason, and is written once it is sent again', async () => {
      const { page, open, bank } = stage
      const no = REFUSED[language]
      const company = () => bank.crm.list('company', { id: ids[no] ?? '' })[0]
      await open('/activity/letters')
      const letter = page.locator('article', { hasText: ids[no] ?? '' }).first()
      await letter.getByText(/Value too large|VALIDATION_ERROR/).waitFor()
      bankOf.repair(no)
      // the first path sends one alone, the second all that are left
      const letters = await page.locator('article').count()
      if (language === 'zh') await letter.getByRole('button', { name: say(activity.again), exact: true }).click()
      else await page.getByRole('button', { name: say(activity.allAgain) }).click()
      await page.getByText(like(activity.sent, 9, '\\d+')).waitFor()
      await bank.advance(bank.now() + 5 * MINUTE)
      await open('/activity/letters')
      if (language === 'zh') await expect.poll(() => page.locator('article').count()).toBeLessThan(letters)
      else await page.getByText(say(activity.noLetters)).waitFor()
      expect(company()).toMatchObject({ ladderBalance: 400_000_000 })
    })

    it('an event is found, and its trace tells by which row it was decided', async () => {
      const { page, open } = stage
      await open('/activity/events')
      await page.getByRole('textbox', { name: say(activity.searchLabel) }).fill('corebank')
      await page.getByRole('button', { name: say(activity.find) }).click()
      await page
        .getByRole('row', { name: /balance\.changed/ })
        .first()
        .getByRole('link', { name: say(activity.trace) })
        .click()
      await page
        .getByText(language === 'zh' ? /行 TIER_CORP-\d/ : /[Rr]ow TIER_CORP-\d/)
        .first()
        .waitFor()
      if (language === 'en') expect(await examined(page, 'trace')).toEqual([])
    })

    it('the weekly pack is printed: figures, without what belongs to a screen', async () => {
      const { page, open } = stage
      await open('/boards')
      await page.emulateMedia({ media: 'print' })
      expect(await page.getByRole('navigation').isVisible()).toBe(false)
      expect(await page.locator('.print-only').first().innerText()).toContain(say(boards.pack))
      const pdf = await page.pdf({ format: 'A4' })
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
      await page.emulateMedia({ media: 'screen' })
    })

    it('TIER-CORP: a table is changed, checked in place, tried on all customers, published, and a customer moves', async () => {
      const { page, open, bank } = stage
      const { from, who, name, deposits } = RAISED[language]
      const company = () => bank.crm.list('company', { id: ids[who] ?? '' })[0]
      const cell = (rule: number) => page.locator(`td[data-element-id="TIER_CORP-${rule}-when-2"] [role=textbox]`)
      const write = async (rule: number, text: string): Promise<void> => {
        await cell(rule).click()
        await page.keyboard.press('ControlOrMeta+a')
        await page.keyboard.type(text)
        await page.getByRole('heading', { name: say(tables.found) }).click()
      }
      await open('/playbook/tables/TIER_CORP')
      await cell(2).waitFor()
      await page.getByText(say(tables.fine)).waitFor()
      // high-end from less on: row 3 says something else about the same customers
      await write(2, `>= ${from}`)
      await page.getByText(say(tables.fine)).waitFor({ state: 'detached' })
      await write(3, `(5000000..${from})`)
      await page.getByText(say(tables.fine)).waitFor()
      await page
        .getByRole('navigation')
        .getByRole('link', { name: say(playbook.release) })
        .click()
      await page.getByRole('button', { name: say(release.run), exact: true }).click()
      const moved = [name, say(nameOf('MID')), say(nameOf('HIGH_END')), 'TIER_CORP-2'].join('.*')
      await page.getByRole('row', { name: new RegExp(moved) }).waitFor()
      expect(await page.getByRole('row', { name: /青山贸易有限公司/ }).count()).toBe(0)
      // the page as it is at its fullest
      if (language === 'en') {
        expect(await examined(page, 'release')).toEqual([])
        await stage.speak('en')
        await page.setViewportSize({ width: 1440, height: 900 })
      }
      // nothing was written by that
      expect(company()).toMatchObject({ ladderTier: 'MID' })
      const reason = page.getByRole('textbox', { name: say(release.reason) })
      await reason.fill('六百万以上为高端，等级管理委员会 9 月 8 日')
      await page.getByRole('button', { name: say(release.button), exact: true }).click()
      await page.getByRole('button', { name: say(release.yes) }).click()
      await page
        .getByText(like(release.done, 9, '\\d+'))
        .first()
        .waitFor()
      await balance(who, deposits)
      expect(company()).toMatchObject({ ladderTier: 'HIGH_END' })
      await open(`/customers/${who}`)
      const tier = page.locator('section', { has: page.getByRole('heading', { name: say(customers.tierAndWhy) }) })
      await tier
        .getByText(say(nameOf('HIGH_END')), { exact: true })
        .first()
        .waitFor()
      await tier
        .getByText(/TIER_CORP-2/)
        .first()
        .waitFor()
    })

    it('a CRM is examined, planned, connected and verified, by the keyboard alone', async () => {
      const { page, open, bank } = stage
      await open('/connect')
      // from the page's load on by its keys: Tab, arrows, Enter and what is typed
      // the radio button that is set is where the keyboard comes to
      await reach(page, page.locator('input[name=crm]:checked'))
      const isChosen = await page.getByRole('radio', { name: 'HubSpot' }).isChecked()
      if (!isChosen) await page.keyboard.press('ArrowDown')
      const fill = async (label: Readonly<Label>, text: string): Promise<void> => {
        // each is the next one or nearly so
        await reach(page, page.getByLabel(say(label)), 2)
        await page.keyboard.press('ControlOrMeta+a')
        await page.keyboard.type(text)
      }
      await fill(connect.urlHubspot, hubspot.url)
      await fill(connect.tokenHubspot, hubspot.token)
      await fill(connect.clientSecret, hubspot.clientSecret)
      for (const action of ['doctor', 'plan', 'apply', 'verify'] as const) {
        const name = say(connect[action])
        // what was run last is shown again, with its name
        const begin = page.getByRole('button', { name: new RegExp(`${name}$`) })
        await expect.poll(() => begin.isEnabled()).toBe(true)
        await reach(page, begin)
        await page.keyboard.press('Enter')
        await page.getByRole('button', { name: say(connect.running) }).waitFor()
        await page
          .getByRole('button', { name: connect.rerun[language](name), exact: true })
          .waitFor({ timeout: 50_000 })
      }
      await page.getByText(say(connect.finished)).waitFor()
      expect(((await bank.admin.call('GET', '/accounts')).body.accounts as string[]).length).toBe(2)
      // neither key is anywhere that outlives the page
      const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))
      expect(kept).not.toContain(hubspot.token)
      expect(kept).not.toContain(hubspot.clientSecret)
      // what the installer says is in the language that is shown
      const lines = await page.locator('.diff li > div').allInnerTexts()
      expect(lines.length).toBeGreaterThan(30)
      const others = lines.filter((line) => /[一-鿿]/.test(line) !== (language === 'zh'))
      expect(others).toEqual([])
      if (language === 'en') expect(await examined(page, 'connected')).toEqual([])
      // four runs of the command, each a process of its own
    }, 150_000)
  })

  const PAGES = [
    ['boards', '/boards'],
    ['customers', '/customers'],
    ['escalations', '/customers/escalations'],
    ['customer', '/customers/C-1'],
    ['events', '/activity/events'],
    ['letters', '/activity/letters'],
    ['health', '/activity/health'],
    ['audit', '/activity/audit'],
    ['access', '/access/users'],
    ['provider', '/access/provider'],
    ['connect', '/connect'],
    ['playbook', '/playbook'],
    ['table', '/playbook/tables/TIER_CORP'],
  ] as const

  it.each(PAGES)(
    '%s: no barrier, nothing wider than its window, in light and dark, in both languages',
    async (name, path) => {
      await stage.open(path)
      expect(await examined(stage.page, name)).toEqual([])
    },
  )

  it('nothing was refused by the page’s policy, and no script failed', () => {
    expect(stage.faults).toEqual([])
  })
})
