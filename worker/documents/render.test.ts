import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { Fields } from '../../schemas/events/index.ts'
import { people, sampleRequest } from './kit.ts'
import { render } from './render.ts'

/** Rows of all tables of a Word file: the text of each cell. */
const rowsOf = (docx: Uint8Array): string[][] => {
  const xml = partOf(docx, 'word/document.xml')
  return [...xml.matchAll(/<w:tr[ >].*?<\/w:tr>/gs)].map(([row]) =>
    [...row.matchAll(/<w:tc>.*?<\/w:tc>/gs)].map(([cell]) => textOf(cell)),
  )
}
const partOf = (docx: Uint8Array, name: string): string => strFromU8(unzipSync(docx)[name] ?? new Uint8Array())
const textOf = (xml: string): string =>
  [...xml.matchAll(/<w:br\/>|<w:t[^>]*>([^<]*)<\/w:t>/g)]
    .map(([tag, text]) => (tag === '<w:br/>' ? '\n' : (text ?? '')))
    .join('')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')

const control: Fields[] = [
  {
    ladderItemNo: 1,
    title: '收集审计报告',
    assigneeId: 'u1',
    dueAt: '2026-12-01T16:30:00.000Z',
    ladderCriteria: '三年齐全',
    remark: { en: 'Done', zh: '已完成' },
  },
  {
    ladderItemNo: 2,
    title: '授信上报',
    assigneeId: 'u2',
    dueAt: '2026-12-10T01:00:00.000Z',
    ladderCriteria: '一次通过',
    remark: null,
  },
]

describe('documents as Word files', () => {
  it('DEV-A08: the value report has its four parts, six scores with their mean, and the customer as the record has it', async () => {
    const { docx, fileName } = await render(sampleRequest('VALUE_REPORT'), 'zh', people)
    const text = textOf(partOf(docx, 'word/document.xml'))
    for (const part of [
      '客户价值评价报告',
      '一、客户简介',
      '二、经营与财务状况',
      '三、核心优势与竞争力',
      '四、价值判断',
    ])
      expect(text).toContain(part)
    const rows = rowsOf(docx)
    expect(rows).toContainEqual(['客户名称', '华星 & 精密 <制造>', '客户等级', '高端客户'])
    expect(rows).toContainEqual(['责任客户经理', '张伟', '阶段', '客户评价'])
    expect(rows).toContainEqual(['日期', '2026年11月26日', '版本', '2'])
    expect(rows).toContainEqual(['评价结论', '—', '预期收益（元）', '860,000.00'])
    expect(rows).toContainEqual(['核心竞争力', '模具设计\n专利三十七项'])
    const scores = rows.filter((row) => row[2] === '100').map(([name, score]) => [name, score])
    expect(scores).toEqual([
      ['经营评分', '82'],
      ['财务评分', '78'],
      ['销售评分', '74'],
      ['管理评分', '80'],
      ['技术评分', '88'],
      ['行业评分', '71'],
      ['综合（平均）', '78.8'],
    ])
    expect(rows.at(-2)).toEqual(['客户经理', '支行行长', '公司银行部'])
    expect(fileName).toBe('客户价值评价报告_华星-&-精密-制造-_v2')
  })

  it('DEV-A08: in English the labels, options and dates are English, the words of people stay theirs', async () => {
    const rows = rowsOf((await render(sampleRequest('VALUE_REPORT'), 'en', people)).docx)
    expect(rows).toContainEqual(['Customer', '华星 & 精密 <制造>', 'Tier', 'High-end'])
    expect(rows).toContainEqual(['Date', '26 Nov 2026', 'Version', '2'])
    expect(rows).toContainEqual(['Value judgement', '值得开发'])
  })

  it('DEV-A09: the internal plan and the proposal to the customer say each part of theirs', async () => {
    const values = {
      planProducts: '银承贴现',
      planRisks: '集中度',
      planLaunch: '第六周放款',
      revenueEstimate: 123_456,
      proposalJudgement: '贵公司产品领先',
      proposalAdvantages: '完整产品线\n专属团队',
      proposalContent: '授信与结算',
      proposalProspects: '长期合作',
    }
    const plan = await render(sampleRequest('INTERNAL_PLAN', { values, lists: { control } }), 'zh', people)
    expect(rowsOf(plan.docx)).toContainEqual(['方案：产品与服务', '银承贴现'])
    expect(rowsOf(plan.docx)).toContainEqual(['方案：收益测算（元）', '1,234.56', '预期收益（元）', '860,000.00'])
    expect(rowsOf(plan.docx)).toContainEqual(['2', '授信上报', '陈芳', '2026年12月10日'])
    const proposal = await render(sampleRequest('PROPOSAL', { values }), 'zh', people)
    const text = textOf(partOf(proposal.docx, 'word/document.xml'))
    for (const said of ['华星 & 精密 <制造>：感谢贵方', '贵公司产品领先', '专属团队', '授信与结算', '长期合作'])
      expect(text).toContain(said)
    // the customer's copy says nothing of what is internal
    expect(text).not.toContain('集中度')
    expect(textOf(partOf(proposal.docx, 'word/header1.xml'))).toContain('致：华星 & 精密 <制造>')
  })

  it('DEV-CTRL: the control table has number, item, one owner, due date by the bank’s zone, criteria and remark', async () => {
    const rows = rowsOf((await render(sampleRequest('CONTROL_TABLE', { lists: { control } }), 'zh', people)).docx)
    expect(rows).toContainEqual(['序号', '项目', '责任人（唯一）', '完成时限', '验收标准', '备注'])
    // 16:30 UTC is the next day in Shanghai
    expect(rows).toContainEqual(['1', '收集审计报告', '张伟', '2026年12月2日', '三年齐全', '已完成'])
    expect(rows).toContainEqual(['2', '授信上报', '陈芳', '2026年12月10日', '一次通过', '—'])
  })

  it('DEV-CTRL: an empty table says so, and lies on its side', async () => {
    const { docx } = await render(sampleRequest('CONTROL_TABLE'), 'en', people)
    const xml = partOf(docx, 'word/document.xml')
    expect(textOf(xml)).toContain('No control items yet')
    expect(xml).toMatch(/<w:pgSz [^>]*w:w="16838"[^>]*w:orient="landscape"/)
  })

  it('ESC-WEEK: the weekly pack has figures, meeting list and follow-up list', async () => {
    const values = {
      'week.scope': '城西支行',
      'week.manager': 'u2',
      'week.from': '2026-11-23',
      'week.to': '2026-11-29',
    }
    const row = {
      customer: '华星',
      tier: 'GOLD',
      matter: { en: 'Contact due', zh: '联系到期' },
      owner: 'u1',
      due: '2026-11-27',
      remark: '',
    }
    const lists = {
      figures: [{ figure: { en: 'Contacts', zh: '联系完成率' }, now: '86%', before: '79%', change: '+7' }],
      meeting: [row],
      followUp: [],
    }
    const { docx, fileName } = await render(sampleRequest('WEEKLY_PACK', { values, lists }), 'zh', people)
    const rows = rowsOf(docx)
    expect(rows).toContainEqual(['联系完成率', '86%', '79%', '+7'])
    expect(rows).toContainEqual(['华星', '黄金', '联系到期', '张伟', '2026年11月27日', '—'])
    expect(textOf(partOf(docx, 'word/document.xml'))).toContain('无待跟进事项')
    expect(fileName).toBe('每周营销碰头会材料_城西支行_2026-11-23')
  })
})

describe('documents as a page to print', () => {
  it('DEV-A08: holds what the Word file holds, and nothing of a record can be more than text', async () => {
    const evil = '</style><script>alert(1)</script>"\\'
    const { html } = await render(
      sampleRequest('VALUE_REPORT', { values: { 'customer.name': evil, mainRisks: evil } }),
      'zh',
      people,
    )
    expect(html).not.toContain('<script')
    expect(html.match(/<\/style>/g)).toHaveLength(1)
    expect(html).toContain('<td class="value">860,000.00</td>')
    expect(html).toContain('综合（平均）')
  })
})
