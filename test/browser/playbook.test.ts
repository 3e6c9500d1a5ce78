import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Playbook } from '../../schemas/playbook/index.ts'
import { ACCOUNT } from '../e2e/ladder.ts'
import { browserHere, examined, settled, type Stage, startStage } from './stage.ts'

const START = '2026-09-07T02:00:00.000Z' // a Monday, 10:00 in Shanghai
const worker = inject('scripts')
const chromium = browserHere()

describe.skipIf(chromium === undefined)('the playbook in a browser', () => {
  let stage: Stage

  const inForce = async (): Promise<{ version: number; source: Playbook }> => {
    const { body } = await stage.bank.admin.call('GET', `/accounts/${ACCOUNT}/playbooks`)
    return body.active as { version: number; source: Playbook }
  }
  const discard = async (): Promise<void> => {
    await stage.page.getByRole('button', { name: '放弃草稿' }).click()
    await stage.page.getByRole('button', { name: '放弃', exact: true }).click()
    await stage.page.getByText('没有改动').waitFor()
  }
  const publish = async (reason: string): Promise<void> => {
    const { page } = stage
    await page.getByRole('navigation').getByRole('link', { name: '检查与发布' }).click()
    await page.getByRole('textbox', { name: '发布原因' }).fill(reason)
    await page.getByRole('button', { name: '发布', exact: true }).click()
    await page.getByRole('button', { name: '确认发布' }).click()
    await page
      .getByText(/v\d+ 已生效/)
      .first()
      .waitFor()
  }

  beforeAll(async () => {
    stage = await startStage(START, chromium ?? '', worker)
    // leaving with changes asks: here it may
    stage.page.on('dialog', (dialog) => void dialog.accept())
  })
  afterAll(async () => {
    await stage?.close()
  })

  it('a draft outlives a reload, and what others published meanwhile is brought together with it', async () => {
    const { page, open, bank } = stage
    await open('/playbook/cadences')
    const lead = page.locator('section', { has: page.getByRole('heading', { name: '联系任务' }) })
    await lead.getByRole('spinbutton').fill('9')
    await page.getByText('草稿: 1 处改动').waitFor()
    await page.reload()
    await settled(page)
    expect(await lead.getByRole('spinbutton').inputValue()).toBe('9')
    // somebody else is faster
    const { version, source } = await inForce()
    const others = { ...source, outreach: { ...source.outreach, winDays: 45 } }
    const put = await bank.admin.call('POST', `/accounts/${ACCOUNT}/playbooks?publish=true&base=${version}`, others)
    expect(put).toMatchObject({ ok: true })
    await page.getByRole('navigation').getByRole('link', { name: '检查与发布' }).click()
    await page.getByRole('textbox', { name: '发布原因' }).fill('提前九天')
    await page.getByRole('button', { name: '发布', exact: true }).click()
    await page.getByRole('button', { name: '确认发布' }).click()
    await page.getByText('未覆盖任何内容').waitFor()
    expect((await inForce()).source.cadence.leadDays).not.toBe(9)
    await page.getByRole('button', { name: '把我的改动合并进来' }).click()
    await page.getByText(`您的改动已基于 v${version + 1}`).waitFor()
    await publish('提前九天')
    const after = await inForce()
    expect(after).toMatchObject({
      version: version + 2,
      source: { cadence: { leadDays: 9 }, outreach: { winDays: 45 } },
    })
  })

  it('an earlier version is compared and put in force again, as a new one', async () => {
    const { page, open } = stage
    const { version } = await inForce()
    await open('/playbook/overview')
    await page.getByRole('button', { name: `与生效版本比较: v${version - 2}` }).click()
    await page.getByRole('heading', { name: `v${version - 2} 相对 v${version} 的不同` }).waitFor()
    expect(await page.locator('.changes li').count()).toBe(2)
    await page
      .getByRole('row', { name: new RegExp(`^v${version - 2} `) })
      .getByRole('button', { name: '恢复生效' })
      .click()
    await page.getByRole('dialog').getByRole('button', { name: '恢复生效' }).click()
    await page
      .getByText(`v${version + 1} 已生效`)
      .first()
      .waitFor()
    expect((await inForce()).source.outreach.winDays).not.toBe(45)
  })

  it('the whole playbook goes out as one file and comes back as a draft; a file that is none is refused with its places', async () => {
    const { page, open } = stage
    await open('/playbook/overview')
    const began = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出 YAML' }).click()
    const file = await (await began).path()
    const yaml = readFileSync(file, 'utf8')
    expect(yaml).toContain('ladder-playbook/1')
    const changed = join(tmpdir(), `ladder-playbook-${process.pid}.yaml`)
    writeFileSync(changed, yaml.replace(/leadDays: \d+/, 'leadDays: 21'))
    await page.locator('input[type=file]').setInputFiles(changed)
    await page.getByText('已成为草稿').waitFor()
    await page.getByText('草稿: 1 处改动').waitFor()
    writeFileSync(changed, yaml.replace('zone: Asia/Shanghai', 'zone: 8'))
    await page.locator('input[type=file]').setInputFiles(changed)
    await page.getByRole('link', { name: /› 时区$/ }).waitFor()
    await page.getByText('草稿: 1 处改动').waitFor()
    await discard()
  })

  it('ESC-LADDER: what becomes of silence is drawn over holidays and moved workdays', async () => {
    const { page, open } = stage
    await open('/playbook/ladders/ESC-MOVE-TOP')
    await page.getByLabel('开始时间').fill('2026-09-30T17:00')
    const steps = page.locator('.climb-steps li')
    await steps.nth(1).waitFor()
    // two hours from half an hour before closing: after the National Day week
    expect(await steps.first().innerText()).toContain('9/30周三 17:00')
    expect(await steps.first().innerText()).toContain('10/8周四 10:30')
    expect(await page.getByText('节假日').count()).toBeGreaterThan(0)
  })

  it('what is typed into a cell is kept by whoever goes to another page at once', async () => {
    const { page, open } = stage
    await open('/playbook/tables/TIER_CORP')
    await page.locator('td[data-element-id="TIER_CORP-2-when-2"] [role=textbox]').click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('>= 7')
    await page.getByRole('navigation').getByRole('link', { name: '文字' }).click()
    await page.getByText('草稿: 1 处改动').waitFor()
    await discard()
  })

  it('CAMP-AUD: a rule that can’t be read is told at its field as one types, and can’t be published', async () => {
    const { page, open } = stage
    await open('/playbook/campaigns/CAMP-S1')
    const rule = page.getByRole('textbox', { name: '客群规则' }).first()
    await rule.fill('tier in ("HIGH"')
    const field = page.locator('.field', { has: rule })
    await field.getByRole('alert').waitFor()
    expect(await rule.getAttribute('aria-invalid')).toBe('true')
    await page.getByRole('link', { name: /\d+ 个错误/ }).click()
    await page.getByRole('link', { name: /CAMP-S1 › 客群规则/ }).waitFor()
    expect(await page.getByRole('button', { name: '开始试运行' }).isDisabled()).toBe(true)
    await discard()
  })

  it('what Ladder refuses is listed with its places, in the language that is shown', async () => {
    const { page, open, speak } = stage
    await open('/playbook/cadences')
    const lead = page.locator('section', { has: page.getByRole('heading', { name: '联系任务' }) })
    await lead.getByRole('spinbutton').fill('11')
    await page.getByText('草稿: 1 处改动').waitFor()
    await page.getByRole('navigation').getByRole('link', { name: '检查与发布' }).click()
    await page.getByRole('textbox', { name: '发布原因' }).fill('提前十一天')
    // Ladder finds what this browser didn't, as an older page may not: it is sent a zone that is none
    await page.route('**/playbooks?*', async (route) => {
      const sent = route.request().postDataJSON() as Playbook
      await route.continue({ postData: JSON.stringify({ ...sent, calendar: { ...sent.calendar, zone: 8 } }) })
    })
    const { version } = await inForce()
    await page.getByRole('button', { name: '发布', exact: true }).click()
    await page.getByRole('button', { name: '确认发布' }).click()
    const refused = page.getByRole('alert').filter({ hasText: 'Ladder 未接受' })
    await refused.getByRole('link', { name: /› 时区$/ }).waitFor()
    await speak('en')
    await page
      .getByRole('alert')
      .filter({ hasText: 'Ladder refused it' })
      .getByRole('link', { name: /› Time zone$/ })
      .waitFor()
    expect(await examined(page, 'refused')).toEqual([])
    expect((await inForce()).version).toBe(version)
    await page.unroute('**/playbooks?*')
    await stage.prefer('zh', 'light')
    await page.setViewportSize({ width: 1440, height: 900 })
    await open('/playbook/release')
    await discard()
  })

  it('an auditor sees all of it and changes nothing', async () => {
    const { page, open, context } = stage
    await context.route('**/api/v1/session', async (route) => {
      const answer = await route.fetch()
      const body = (await answer.json()) as { user: object }
      await route.fulfill({ response: answer, json: { ...body, user: { ...body.user, role: 'AUDITOR' } } })
    })
    await open('/playbook/tables/TIER_CORP')
    await page.getByRole('cell', { name: '"HIGH_END"' }).first().waitFor()
    expect(await page.locator('.table-editor').count()).toBe(0)
    await page.getByLabel('存款 (CNY)', { exact: true }).fill('6,000,000')
    await page.locator('[data-result="TIER_CORP-3"]').waitFor()
    await open('/playbook/cadences')
    expect(await page.getByRole('spinbutton').first().isEditable()).toBe(false)
    expect(await page.getByRole('button', { name: /^添加/ }).count()).toBe(0)
    await context.unroute('**/api/v1/session')
  })

  it.each(['ladders', 'cadences', 'campaigns', 'pipelines', 'people', 'calendar', 'words', 'more'])(
    '%s: no barrier, and nothing wider than its window, in light and dark, in both languages',
    async (name) => {
      await stage.open(`/playbook/${name}`)
      expect(await examined(stage.page, `playbook-${name}`)).toEqual([])
    },
  )

  it('nothing was refused by the page’s policy, and no script failed', () => {
    expect(stage.faults).toEqual([])
  })
})
