import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Campaigns } from './campaigns.tsx'
import { Contact, Tier } from './customer.tsx'
import { Escalations } from './escalations.tsx'
import type { CustomerView, DevelopmentView } from './kinds.ts'
import { pageOf } from './page.ts'
import { Development } from './stages.tsx'
import { NOW, rows, TODAY } from './testing.ts'
import { speakerOf } from './ui.tsx'
import { languageOf } from './words.ts'

const page = pageOf(rows(), NOW, TODAY)
const customer = page.customer as CustomerView
const development = page.developments[0] as DevelopmentView
const nothing = (): void => undefined

const inLocale = (locale: string) => ({ speak: speakerOf(locale), language: languageOf(locale), isBusy: false })
const [en, zh] = [inLocale('en'), inLocale('zh-CN')]

describe('the Ladder tab, drawn', () => {
  it('DEV-A: the 12 stages with the present one marked, what is missing, and boxes to tick', () => {
    const html = renderToStaticMarkup(
      createElement(Development, { development, ...en, onTick: nothing, onMove: nothing }),
    )
    expect(html.match(/<li /g)).toHaveLength(12)
    expect(html).toMatch(/aria-current="step"[^>]*>● Target list/)
    expect(html).toContain('The list is not approved.')
    expect(html.match(/type="checkbox"/g)).toHaveLength(4)
    expect(html.match(/checked=""/g)).toHaveLength(1)
    expect(html).toContain('Next stage: Gather information')
  })

  it('DEV-A: in Chinese where Twenty is', () => {
    const html = renderToStaticMarkup(
      createElement(Development, { development, ...zh, onTick: nothing, onMove: nothing }),
    )
    expect(html).toContain('● 确定潜在目标客户')
    expect(html).toContain('进入下一阶段：收集目标客户信息')
    expect(html).not.toMatch(/Missing|Next stage/)
  })

  it('TIER-CORP, TIER-CONTACT: tier, why, next rating; the contact with its buttons', () => {
    const tier = renderToStaticMarkup(createElement(Tier, { customer, ...en }))
    expect(tier).toContain('Gold')
    expect(tier).toContain('TIER_CORP-1')
    expect(tier).toContain('2026-12-05, in 9 days')
    const more = { soon: '2026-11-27T10:00', onLog: nothing, onPlan: nothing }
    const contact = renderToStaticMarkup(createElement(Contact, { customer, ...zh, ...more }))
    expect(contact).toContain('2026-11-20，已逾期 6 天')
    expect(contact).toContain('登记联系')
    expect(contact).toContain('计划拜访')
  })

  it('TIER-CONTACT: who must not be contacted can’t be', () => {
    const more = { soon: '', onLog: nothing, onPlan: nothing }
    const html = renderToStaticMarkup(
      createElement(Contact, { customer: { ...customer, isDoNotContact: true }, ...en, ...more }),
    )
    expect(html).toContain('Do not contact')
    expect(html).not.toContain('<button')
  })

  it('ESC-LADDER: an acknowledged one can still be resolved', () => {
    const more = { onAcknowledge: nothing, onResolve: nothing }
    const html = renderToStaticMarkup(createElement(Escalations, { escalations: page.escalations, ...en, ...more }))
    expect(html.match(/>Acknowledge</g)).toHaveLength(1)
    expect(html.match(/>Resolve</g)).toHaveLength(2)
    expect(html).toContain('Level 2')
  })

  it('CAMP: campaigns, or that there are none', () => {
    expect(renderToStaticMarkup(createElement(Campaigns, { campaigns: page.campaigns, ...en }))).toContain('Salon')
    expect(renderToStaticMarkup(createElement(Campaigns, { campaigns: [], ...zh }))).toContain('尚未参加活动。')
  })
})
