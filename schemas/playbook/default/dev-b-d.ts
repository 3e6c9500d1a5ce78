import type { Pipeline } from '../index.ts'
import {
  account,
  closing,
  contacted,
  explicit,
  file,
  followUp,
  needKnown,
  needs,
  objections,
  worthIt,
} from './dev-parts.ts'
import { fileFilled, noObjection, pipeline, qualification, rmNamed, signed } from './pipeline.ts'
import { must, should } from './write.ts'

/** The everyday way of an RM with one customer. */
export const devB: Pipeline = pipeline(
  'DEV_B',
  { active: true, fileFields: file, won: 'agreementOn != null and productsLaunched != null' },
  {
    fields: ['leadSource', 'referredBy', 'segmentName', 'rm'],
    exit: [rmNamed('DEV-B01-RM')],
    days: 10,
    en: 'Use several ways to find targets: selection, data, agents, cold visits, connections, relations.',
    zh: '综合运用优选法、资料法、猎犬法、陌生法、缘故法、关系法寻找目标。',
  },
  {
    fields: [...file, 'keyPeople', 'likelyProblems', 'completeness'],
    exit: [
      fileFilled('DEV-B02-FILE', 60),
      must(
        'DEV-B02-PEOPLE',
        'keyPeople != null',
        'Name whom you approached (Key people contacted).',
        '请填写已接近的关键人。',
      ),
    ],
    days: 10,
    en: 'Gather intelligence on customer and rivals, then approach the person who decides.',
    zh: '搜集客户与同业情报，再接近有决策权的人。',
  },
  {
    fields: ['visitRecord', ...needs, ...qualification],
    exit: [
      contacted('DEV-B03-VISIT'),
      needKnown('DEV-B03-NEED'),
      should(
        'DEV-Q',
        'qualified',
        'Not yet a qualified lead: all five signs are asked for.',
        '尚非合格商机：五项须全部具备。',
      ),
    ],
    days: 10,
    en: 'Let the customer talk. A hidden need is questioned until the customer states it.',
    zh: '让客户多说。对隐含需求不断提问，直至客户明确说出。',
  },
  {
    fields: objections,
    exit: [
      noObjection,
      must('DEV-B04-ANSWERED', 'objectionLog.unanswered = 0', 'Answer every objection.', '每条异议均须应答。'),
    ],
    days: 10,
    en: 'Recognise the objection, tell genuine from pretext, resolve it; log each with its answer.',
    zh: '识别异议，辨别真实与借口，逐一解决；每条连同应答记入异议记录。',
  },
  {
    fields: [...closing, 'productsLaunched', 'agreementOn'],
    exit: [
      must(
        'DEV-B05-SOLD',
        'productsLaunched != null and agreementOn != null',
        'Say what was agreed and when (Products launched, Agreement date).',
        '请填写成交产品与日期（“已启动产品”“协议日期”）。',
      ),
      explicit('DEV-CLOSE'),
    ],
    days: 5,
    en: 'Watch for signals, ask for the business by one tactic. Avoid haste, arguing, promises beyond policy, talking on after the yes.',
    zh: '留意成交信号，选用一种策略提出成交。忌急躁、争辩、超政策承诺、成交后赘言。',
  },
  {
    fields: ['satisfaction', 'productsInUse', 'referredBy'],
    exit: [],
    days: null,
    en: 'Keep in contact by the tier, sell further, ask for recommendations.',
    zh: '按等级保持联系，持续交叉销售，请求转介绍。',
  },
)

/** From the archive to the follow-up, with customers that the bank has. */
export const devC: Pipeline = pipeline(
  'DEV_C',
  {
    active: true,
    fileFields: ['legalName', 'contactPhone', 'productsInUse', 'otherInstitutions', 'financialNeeds', 'satisfaction'],
    won: 'productsLaunched != null',
  },
  {
    fields: ['legalName', 'contactPhone', 'productsInUse', 'otherInstitutions', 'financialNeeds', 'satisfaction'],
    exit: [fileFilled('DEV-C01-FILE', 80)],
    days: 10,
    en: 'Fill in the archive from the customer information form.',
    zh: '依据客户信息表建立档案。',
  },
  {
    fields: ['customerKind', 'potential', 'verdict', 'rm'],
    exit: [
      must(
        'DEV-C02-CLASS',
        'customerKind != null and potential != null',
        'Classify: kind and potential.',
        '请分类：客户类型与潜力。',
      ),
      worthIt('DEV-C02-SCREEN'),
      rmNamed('DEV-C02-RM'),
    ],
    days: 5,
    en: 'Screen by value and potential, classify, and assign to one RM.',
    zh: '按价值与潜力筛选分类，分配一名客户经理。',
  },
  {
    fields: ['productMix', 'approachTiming', 'entryPoint', 'nextStep', 'nextStepOn'],
    exit: [
      must(
        'DEV-C03-PLAN',
        'productMix != null and entryPoint != null',
        'Set products and entry point.',
        '请填写产品组合与切入点。',
      ),
      followUp('DEV-C03-NEXT'),
    ],
    days: 5,
    en: 'Plan the products, the entry point and the first contact.',
    zh: '安排产品组合、切入点与首次联系。',
  },
  {
    fields: ['visitRecord', 'productsLaunched', ...objections],
    exit: [contacted('DEV-C04-VISIT')],
    days: null,
    en: 'Contact to plan, follow up, and keep the archive up to date.',
    zh: '按计划联系跟进，更新档案。',
  },
)

/** Major accounts in five steps. */
export const devD: Pipeline = pipeline(
  'DEV_D',
  { active: false, fileFields: [...file, ...account], won: 'agreementSigned = true' },
  {
    fields: [...file, ...account, 'surveyMeans', 'surveySummary', 'swot'],
    exit: [
      fileFilled('DEV-D01-FILE', 50),
      must('DEV-D01-SURVEY', 'surveySummary != null', 'Sum up the survey.', '请填写调查汇总分析。'),
    ],
    days: 20,
    en: 'Survey organisation and departments, people at each level, products in use, rivals and their people. Draw up a SWOT paper.',
    zh: '调查组织与部门、各层级人员、在用产品、竞争对手及其人员，形成 SWOT 底稿。',
  },
  {
    fields: ['keyPeople', ...needs],
    exit: [contacted('DEV-D02-VISIT'), needKnown('DEV-D02-NEED')],
    days: 15,
    en: 'Speak with those who use, purchase and support; find the needs: interest, management help, emotion.',
    zh: '与使用、采购、支持部门沟通，了解利益、管理、情感需求。',
  },
  {
    fields: ['proposal', 'fab', 'pricing', ...objections],
    exit: [
      must(
        'DEV-D03-TERMS',
        'proposal != null',
        'Write down what was offered (External proposal).',
        '请填写合作建议书。',
      ),
      should('DEV-KIT', 'papers.pricing > 0', 'No pricing paper yet.', '尚无定价底稿。'),
    ],
    days: 15,
    en: 'Argue by features, advantages and benefits; price by a method; know your limits.',
    zh: '以特点-优势-利益说明，按方法定价，明确底线。',
  },
  {
    fields: ['nextStep', 'nextStepOn', ...objections, ...closing],
    exit: [followUp('DEV-D04-NEXT'), noObjection, explicit('DEV-CLOSE')],
    days: 20,
    en: 'Track every open point; explicit need signals the close.',
    zh: '追踪各项未决事项；明确需求即成交信号。',
  },
  {
    fields: ['agreementOn', 'agreementMonths', 'agreementNo', 'agreementSigned'],
    exit: [signed('DEV-D05-SIGNED')],
    days: null,
    en: 'Sign, and write down date, term and number.',
    zh: '签约，并登记日期、期限与编号。',
  },
)
