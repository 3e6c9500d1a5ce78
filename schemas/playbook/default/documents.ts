import { type DocumentBlock, type DocumentLayout, type Documents, noDocuments } from '../documents.ts'
import { workPapers } from './documents-work.ts'
import { t } from './write.ts'

const confidential = t('Internal: not for passing on', '内部资料 注意保密')

const heading = (en: string, zh: string): DocumentBlock => ({ block: 'heading', text: t(en, zh), level: 1 })
const fields = (...names: string[]): DocumentBlock => ({ block: 'fields', fields: names, columns: 1 })
const pairs = (...names: string[]): DocumentBlock => ({ block: 'fields', fields: names, columns: 2 })
const customer = pairs('customer.name', 'customer.tier', 'rm', 'stage', 'document.on', 'document.version')

/** Customer value report (DEV-A08). */
const valueReport: DocumentLayout = {
  code: 'VALUE_REPORT',
  id: 'DEV-A08',
  name: t('Customer value report', '客户价值评价报告'),
  about: 'development',
  landscape: false,
  header: confidential,
  footer: t('{customer.name} · version {document.version}', '{customer.name} · 第{document.version}版'),
  requires: [
    'scoreOperation',
    'scoreFinance',
    'scoreSales',
    'scoreManagement',
    'scoreTechnology',
    'scoreIndustry',
    'coreCompetitiveness',
  ],
  marks: 'valueReportDone',
  ticks: 'A08_REPORT',
  blocks: [
    customer,
    heading('1 Introduction', '一、客户简介'),
    pairs('legalName', 'legalRepresentative', 'financeHead', 'contactPhone', 'customerKind', 'customer.balance'),
    fields('registeredAddress', 'businessScope', 'mainProducts', 'industryMarket', 'otherInstitutions'),
    heading('2 Operation and finances', '二、经营与财务状况'),
    fields('operationHistory', 'financialNeeds', 'surveySummary'),
    heading('3 Core advantage and competitiveness', '三、核心优势与竞争力'),
    {
      block: 'scores',
      of: 100,
      fields: ['scoreOperation', 'scoreFinance', 'scoreSales', 'scoreManagement', 'scoreTechnology', 'scoreIndustry'],
    },
    fields('coreCompetitiveness'),
    heading('4 Value judgement', '四、价值判断'),
    pairs('verdict', 'expectedRevenue'),
    fields('valueJudgement', 'mainRisks', 'customerPlans'),
    {
      block: 'signatures',
      parties: [
        t('Relationship manager', '客户经理'),
        t('Sub-branch president', '支行行长'),
        t('Corporate banking department', '公司银行部'),
      ],
    },
  ],
}

/** Internal plan (DEV-A09). */
const internalPlan: DocumentLayout = {
  code: 'INTERNAL_PLAN',
  id: 'DEV-A09',
  name: t('Internal plan', '营销方案'),
  about: 'development',
  landscape: false,
  header: confidential,
  footer: valueReport.footer,
  requires: ['planProducts', 'planRisks', 'planLaunch', 'revenueEstimate'],
  ticks: 'A09_PLAN',
  blocks: [
    customer,
    heading('1 Products and services', '一、产品与服务'),
    fields('planProducts', 'productMix'),
    heading('2 Risk points and controls', '二、风险点与控制措施'),
    fields('planRisks', 'mainRisks'),
    heading('3 Launch and running', '三、启动与运行'),
    fields('planLaunch', 'resourcesNeeded'),
    {
      block: 'list',
      list: 'control',
      columns: [
        { field: 'ladderItemNo', label: t('No.', '序号'), width: 0.5 },
        { field: 'title', label: t('Item', '项目'), width: 2.5 },
        { field: 'assigneeId', label: t('Sole owner', '责任人'), width: 1.2 },
        { field: 'dueAt', label: t('Due', '完成时限'), width: 1.2 },
      ],
      empty: t('No control items yet', '尚未建立控制项'),
    },
    heading('4 Revenue estimate', '四、收益测算'),
    pairs('revenueEstimate', 'expectedRevenue'),
    {
      block: 'signatures',
      parties: [t('Drawn up by', '拟定'), t('Checked by', '审核'), t('Approved by', '批准')],
    },
  ],
}

/** External proposal (DEV-A09): for the customer's eyes. */
const proposal: DocumentLayout = {
  code: 'PROPOSAL',
  id: 'DEV-A09',
  name: t('Proposal for cooperation', '合作建议书'),
  about: 'development',
  landscape: false,
  header: t('For {customer.name}', '致：{customer.name}'),
  footer: t('Version {document.version}, {document.on}', '第{document.version}版 {document.on}'),
  requires: ['proposalJudgement', 'proposalAdvantages', 'proposalContent', 'proposalProspects'],
  ticks: 'A09_PROPOSAL',
  blocks: [
    {
      block: 'text',
      text: t(
        'To {customer.name}: we thank you for your trust. On the ground of what we have learnt of your business we propose to work together as follows.',
        '{customer.name}：感谢贵方长期以来的信任与支持。基于对贵方经营情况的了解，我行谨提出以下合作建议。',
      ),
    },
    heading('1 How we see you', '一、对贵方的认识'),
    { block: 'text', text: t('{proposalJudgement}', '{proposalJudgement}') },
    heading('2 What we bring', '二、产品与服务优势'),
    { block: 'text', text: t('{proposalAdvantages}', '{proposalAdvantages}') },
    heading('3 Content of cooperation', '三、合作内容'),
    { block: 'text', text: t('{proposalContent}', '{proposalContent}') },
    heading('4 Prospects', '四、合作前景'),
    { block: 'text', text: t('{proposalProspects}', '{proposalProspects}') },
    { block: 'signatures', parties: [t('For the customer', '贵方'), t('For the bank', '我行')] },
  ],
}

/** Layouts as they are installed; the bank's documents give the parts, the wording is this project's. */
export const documents: Documents = { ...noDocuments, layouts: [valueReport, internalPlan, proposal, ...workPapers] }
