import type { Pipeline, Stage } from '../index.ts'
import { fileFields, findStages } from './dev-a-find.ts'
import { meetStages } from './dev-a-meet.ts'
import { noObjection, qualification, sourceGiven } from './pipeline.ts'
import { checklist, must, t } from './write.ts'

/** DEV-A09 to DEV-A12: from the plan to lasting business. */
const closeStages: Stage[] = [
  {
    code: 'DEV_A09',
    id: 'DEV-A09',
    name: t('Plan and proposal', '营销方案、合作建议书'),
    fields: [
      'planProducts',
      'planRisks',
      'planLaunch',
      'revenueEstimate',
      'proposal',
      'proposalJudgement',
      'proposalAdvantages',
      'proposalContent',
      'proposalProspects',
      'documentsWanted',
      'planApproved',
      'proposalApproved',
    ],
    checklist: checklist('A09'),
    exit: [
      must(
        'DEV-A09-PLAN-MADE',
        'produced.INTERNAL_PLAN > 0',
        'The internal plan must have been made (Make documents).',
        '须先出具营销方案（“出具文件”）。',
      ),
      must(
        'DEV-A09-PROPOSAL-MADE',
        'produced.PROPOSAL > 0',
        'The external proposal must have been made (Make documents).',
        '须先出具合作建议书（“出具文件”）。',
      ),
      must(
        'DEV-A09-PLAN',
        'planApproved = true',
        'The internal plan must be approved (Plan approved).',
        '营销方案须经批准（“方案已批准”）。',
      ),
      must(
        'DEV-A09-PROPOSAL',
        'proposalApproved = true',
        'The external proposal must be approved (Proposal approved).',
        '合作建议书须经批准（“建议书已批准”）。',
      ),
      noObjection,
    ],
    allowanceDays: 15,
    isDefault: true,
    guidance: t(
      'Internal plan: products and services, risk points and controls, launch and running, revenue estimate. External proposal: judgement of the customer, product and service advantages, content of cooperation, prospects. Have both approved.',
      '内部营销方案：产品与服务、风险点与控制措施、启动与运行、收益测算。对外合作建议书：对客户的判断、产品与服务优势、合作内容、前景展望。两份文件均须经批准。',
    ),
  },
  {
    code: 'DEV_A10',
    id: 'DEV-A10',
    name: t('Agreement', '签定合作协议'),
    fields: ['agreementOn', 'agreementMonths', 'agreementNo', 'agreementSigned'],
    checklist: checklist('A10'),
    exit: [
      must(
        'DEV-A10-SIGNED',
        'agreementSigned = true',
        'The agreement must be signed (Agreement signed).',
        '协议须已签署（“协议已签署”）。',
      ),
      must('DEV-A10-DATE', 'agreementOn != null', 'Give the agreement date.', '请填写协议日期。'),
      must('DEV-A10-NUMBER', 'agreementNo != null', 'Give the agreement number.', '请填写协议编号。'),
    ],
    allowanceDays: 20,
    isDefault: true,
    guidance: t(
      'Agree the terms with the legal and product departments, sign, and write down date, term and number.',
      '与法律、产品部门落实条款，签署协议，并登记日期、期限与编号。',
    ),
  },
  {
    code: 'DEV_A11',
    id: 'DEV-A11',
    name: t('Product launch', '产品启动'),
    fields: ['productsLaunched', 'firstProductLiveOn', 'launchFeedback'],
    checklist: checklist('A11'),
    exit: [
      must(
        'DEV-A11-LIVE',
        'firstProductLiveOn != null',
        'Give the date on which the first product went live (First product live).',
        '请填写首个产品上线日（“首个产品上线日”）。',
      ),
    ],
    allowanceDays: 20,
    isDefault: true,
    guidance: t(
      'Coordinate the customer and the product departments; collect opinions and pass them on; serve on site; discuss improvements.',
      '协调客户与产品部门；收集并反馈意见；现场服务；研究改进。',
    ),
  },
  {
    code: 'DEV_A12',
    id: 'DEV-A12',
    name: t('Ongoing tracking', '动态跟踪'),
    fields: ['valueRejudged', 'risksWatched', 'changeProposal', 'industryNotes'],
    checklist: checklist('A12'),
    exit: [],
    allowanceDays: null,
    guidance: t(
      'Stay in contact by the cadence of the tier. Visit, gather new data, judge the value again, watch risks, follow the industry; propose to expand, reduce or stop. This stage never closes by itself.',
      '按客户等级的联系频率保持联系。定期拜访、更新资料、再评价价值、监测风险、跟踪行业；提出扩大、缩减或终止的建议。本阶段不会自动结束。',
    ),
  },
]

/** Key-account development in twelve stages. */
export const devA: Pipeline = {
  code: 'DEV_A',
  id: 'DEV-A',
  name: t('Key-account development', '大客户开发流程'),
  enforce: 'enforce',
  stages: [...findStages, ...meetStages, ...closeStages],
  fileFields,
  qualification,
  entry: [sourceGiven],
  won: 'agreementSigned = true',
}
