import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { startHubspotSandbox, type HubspotSandbox } from '../../plugin/sandbox/hubspot/index.ts'
import { ACCOUNT } from '../e2e/ladder.ts'
import {
  barriers,
  browserHere,
  keepShots,
  type Language,
  signInLink,
  type Stage,
  startStage,
  type View,
} from './stage.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const MINUTE = 60_000
const worker = inject('scripts')
const chromium = browserHere()

const FIRMS = [
  ['C-1', '江南机械有限公司', 12_000_000],
  ['C-2', '海天食品有限公司', 6_000_000],
  ['C-3', '青山贸易有限公司', 1_000_000],
  ['C-4', '白沙纺织有限公司', 12_000_000],
] as const

describe.skipIf(chromium === undefined)('the console in a browser', () => {
  let stage: Stage
  let hubspot: HubspotSandbox
  let isRepaired = false
  const ids: Record<string, string> = {}

  const balance = async (customer: string, yuan: number): Promise<void> => {
    const { bank } = stage
    await bank.facts([
      {
        id: `${customer}-${bank.now()}`,
        type: 'balance.changed',
        customer,
        at: bank.now(),
        data: { amount: `${yuan}.00` },
      },
    ])
    await bank.quiet()
  }

  beforeAll(async () => {
    stage = await startStage(START, chromium ?? '', worker)
    const { bank } = stage
    hubspot = await startHubspotSandbox({ rateLimit: null, now: () => bank.now() })
    const [rm = ''] = bank.crm.users()
    for (const [no, name] of FIRMS)
      ids[no] = await bank.crm.create('company', { name, ladderCustomerNo: no, accountOwnerId: rm })
    await bank.crm.create('development', { name: '江南机械开发', company: ids['C-1'] ?? '', stage: 'DEV_A01', rm })
    await bank.quiet()
    for (const [no, , yuan] of FIRMS) await balance(no, yuan)
    await bank.advance(Date.parse('2026-09-08T02:00:00Z'))
    // a large fall is escalated; a record that the CRM refuses is a dead letter
    await balance('C-1', 5_000_000)
    bank.crm.refuse('company', ids['C-4'] ?? '', () => !isRepaired)
    await balance('C-4', 4_000_000)
    await bank.advance(bank.now() + 10 * MINUTE)
  })
  afterAll(async () => {
    await hubspot?.close()
    await stage?.close()
  })

  beforeEach(async () => {
    await stage.page.emulateMedia({ media: 'screen' })
    await stage.page.setViewportSize({ width: 1440, height: 900 })
    await stage.page.evaluate(() => {
      localStorage.setItem('ladder.language', 'zh')
      localStorage.setItem('ladder.theme', 'light')
    })
  })

  it('a sign-in link signs in once, and the page says what to do with one that was used', async () => {
    const link = await signInLink(stage.bank)
    const other = await stage.browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' })
    const page = await other.newPage()
    await page.goto(link)
    await page.getByRole('link', { name: 'Boards' }).waitFor()
    // the token stays in no address
    expect(page.url()).not.toContain('setup')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in to Ladder' }).waitFor()
    await page.goto(link)
    await page.reload()
    await page.goto(link)
    await page.getByText('this link was used').waitFor()
    expect(await barriers(page)).toEqual([])
    await other.close()
  })

  it('MEAS-TIER, MEAS-4x2: the boards show the figures of the API in both languages, and a figure leads to its customers', async () => {
    const { page, open, speak, bank } = stage
    const told = await bank.admin.call('GET', `/accounts/${ACCOUNT}/figures`)
    const rows = (told.body.rows ?? []) as { id: string; code: string; now: number }[]
    const mid = rows.find(({ id, code }) => id === 'MEAS-TIER' && code === 'MID')?.now
    expect(mid).toBeGreaterThan(0)
    await open('/boards')
    const tiers = page.locator('section', { has: page.getByRole('heading', { name: '客户等级' }) })
    await tiers.getByRole('row', { name: new RegExp(`中端 ${mid} `) }).waitFor()
    expect(await page.locator('svg').count()).toBeGreaterThan(0)
    await speak('en')
    await page.getByRole('heading', { name: 'Tiers', exact: true }).waitFor()
    await page
      .getByRole('row', { name: new RegExp(`^Mid ${mid} `) })
      .getByRole('link')
      .first()
      .click()
    await page.getByText('海天食品有限公司').waitFor()
    expect(await page.getByText('青山贸易有限公司').count()).toBe(0)
  })

  it('ESC-MOVE: an escalation is acknowledged by the keyboard alone, and the CRM shows it', async () => {
    const { page, open, bank } = stage
    await open('/customers/escalations')
    const button = page.getByRole('button', { name: '确认', exact: true }).first()
    await button.waitFor()
    const all = await page.getByRole('button', { name: '确认', exact: true }).count()
    for (let steps = 0; steps < 60; steps++) {
      await page.keyboard.press('Tab')
      if (await button.evaluate((one) => one === document.activeElement)) break
    }
    await page.keyboard.press('Enter')
    await page.getByText('已确认：').or(page.getByText('已确认，计时停止。')).first().waitFor()
    await expect.poll(() => page.getByRole('button', { name: '确认', exact: true }).count()).toBe(all - 1)
    await bank.advance(bank.now() + MINUTE)
    expect(bank.crm.list('escalation').filter(({ status }) => status === 'ACKNOWLEDGED')).toHaveLength(1)
  })

  it('a dead letter is shown with its reason, and is written once it is sent again', async () => {
    const { page, open, bank } = stage
    await open('/activity/letters')
    await page
      .getByText(/Value too large|VALIDATION_ERROR/)
      .first()
      .waitFor()
    isRepaired = true
    await page.getByRole('button', { name: '全部重新发送' }).click()
    await page.getByText(/已重新发送 \d+ 项/).waitFor()
    await bank.advance(bank.now() + 5 * MINUTE)
    await open('/activity/letters')
    await page.getByText('没有死信').waitFor()
    expect(bank.crm.list('company', { id: ids['C-4'] ?? '' })[0]).toMatchObject({ ladderBalance: 400_000_000 })
  })

  it('an event is found, and its trace tells by which row it was decided', async () => {
    const { page, open } = stage
    await open('/activity/events')
    await page.getByRole('textbox', { name: '检索' }).fill('corebank')
    await page.getByRole('button', { name: '查找' }).click()
    await page
      .getByRole('row', { name: /balance\.changed/ })
      .first()
      .getByRole('link', { name: '追踪' })
      .click()
    await page
      .getByText(/行 TIER_CORP-\d/)
      .first()
      .waitFor()
  })

  it('the weekly pack is printed: figures, without what belongs to a screen', async () => {
    const { page, open } = stage
    await open('/boards')
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('navigation').isVisible()).toBe(false)
    expect(await page.getByText('经营周报').isVisible()).toBe(true)
    const pdf = await page.pdf({ format: 'A4' })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    await page.emulateMedia({ media: 'screen' })
  })

  it('TIER-CORP: a table is changed, checked in place, tried on all customers, published, and a customer moves', async () => {
    const { page, open, bank } = stage
    const cell = (rule: number) => page.locator(`td[data-element-id="TIER_CORP-${rule}-when-2"] [role=textbox]`)
    const write = async (rule: number, text: string): Promise<void> => {
      await cell(rule).click()
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type(text)
      await page.getByRole('heading', { name: '本表检查' }).click()
    }
    await open('/playbook/tables/TIER_CORP')
    await cell(2).waitFor()
    await page.getByText('无错误、无空缺、无重叠').waitFor()
    // high-end from six million on: row 3 says something else about the same customers
    await write(2, '>= 6000000')
    await page.getByText('无错误、无空缺、无重叠').waitFor({ state: 'detached' })
    await write(3, '(5000000..6000000)')
    await page.getByText('无错误、无空缺、无重叠').waitFor()
    await page.getByRole('navigation').getByRole('link', { name: '检查与发布' }).click()
    await page.getByRole('button', { name: '开始试运行' }).click()
    await page.getByRole('row', { name: /海天食品有限公司.*中端.*高端客户.*TIER_CORP-2/ }).waitFor()
    expect(await page.getByRole('row', { name: /青山贸易有限公司/ }).count()).toBe(0)
    // nothing was written by that
    expect(bank.crm.list('company', { id: ids['C-2'] ?? '' })[0]).toMatchObject({ ladderTier: 'MID' })
    await page.getByRole('textbox', { name: '发布原因' }).fill('六百万以上为高端，等级管理委员会 9 月 8 日')
    await page.getByRole('button', { name: '发布', exact: true }).click()
    await page.getByRole('button', { name: '确认发布' }).click()
    await page
      .getByText(/v\d+ 已生效/)
      .first()
      .waitFor()
    await balance('C-2', 6_200_000)
    expect(bank.crm.list('company', { id: ids['C-2'] ?? '' })[0]).toMatchObject({ ladderTier: 'HIGH_END' })
    await open('/customers/C-2')
    const tier = page.locator('section', { has: page.getByRole('heading', { name: '等级及依据' }) })
    await tier.getByText('高端客户').first().waitFor()
    await tier
      .getByText(/TIER_CORP-2/)
      .first()
      .waitFor()
  })

  it('a CRM is examined, planned, connected and verified, by the keyboard alone', async () => {
    const { page, open, bank } = stage
    await open('/connect')
    const reach = async (name: string | RegExp, role: 'button' | 'radio' | 'textbox' = 'button'): Promise<void> => {
      const wanted = page.getByRole(role, { name })
      await expect.poll(() => wanted.isEnabled(), { timeout: 50_000 }).toBe(true)
      for (let steps = 0; steps < 80; steps++) {
        if (await wanted.evaluate((one) => one === document.activeElement)) return
        await page.keyboard.press('Tab')
      }
      throw new Error(`the keyboard doesn't reach ${String(name)}`)
    }
    await reach('Twenty', 'radio')
    await page.keyboard.press('ArrowDown')
    const fill = async (label: string, text: string): Promise<void> => {
      await reach(label, 'textbox')
      await page.keyboard.type(text)
    }
    await fill('地址（仅沙箱需要）', hubspot.url)
    await page.getByLabel('应用访问令牌').focus()
    await page.keyboard.type(hubspot.token)
    await page.getByLabel('应用客户端密钥').focus()
    await page.keyboard.type(hubspot.clientSecret)
    for (const [begin, again] of [
      ['开始检查', '重新检查'],
      ['开始计划', '重新计划'],
      ['开始执行', '重新执行'],
      ['开始核对', '重新核对'],
    ] as const) {
      await reach(begin)
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: again }).waitFor({ timeout: 50_000 })
    }
    await page.getByText('CRM 已接入。').waitFor()
    expect((await bank.admin.call('GET', '/accounts')).body.accounts).toEqual(expect.arrayContaining([ACCOUNT]))
    expect(((await bank.admin.call('GET', '/accounts')).body.accounts as string[]).length).toBe(2)
    // neither key is anywhere that outlives the page
    const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))
    expect(kept).not.toContain(hubspot.token)
    expect(kept).not.toContain(hubspot.clientSecret)
    // four runs of the command, each a process of its own
  }, 150_000)

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
    ['release', '/playbook/release'],
  ] as const

  /** A phone's dark look is enough of the second language; barriers are looked for in the last view of each. */
  const VIEWS: Record<Language, View[] | undefined> = { zh: undefined, en: [[390, 'dark']] }

  it.each(PAGES)(
    '%s: no barrier, nothing wider than its window, in light and dark, in both languages',
    async (name, path) => {
      const { page, open } = stage
      for (const language of ['zh', 'en'] as const) {
        await page.evaluate((wanted) => localStorage.setItem('ladder.language', wanted), language)
        await open(path)
        expect(await keepShots(page, `${name}-${language}`, VIEWS[language])).toEqual([])
        expect(await barriers(page)).toEqual([])
      }
    },
  )

  it('nothing was refused by the page’s policy, and no script failed', () => {
    expect(stage.faults).toEqual([])
  })
})
