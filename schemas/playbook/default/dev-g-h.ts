import type { Pipeline } from '../index.ts'
import { account, closing, contacted, file, followUp, needKnown, needs, objections, worthIt } from './dev-parts.ts'
import { fileFilled, noObjection, pipeline, signed } from './pipeline.ts'
import { must } from './write.ts'

/** Key accounts year after year: after the measure comes the next round. */
export const devG: Pipeline = pipeline(
  'DEV_G',
  { active: false, fileFields: [...file, ...account], won: 'productsLaunched != null' },
  {
    fields: [...file, ...account, 'operationHistory', 'swot'],
    exit: [
      fileFilled('DEV-G01-FILE', 70),
      must('DEV-G01-SWOT', 'papers.swot > 0', 'Draw up a SWOT paper.', '请完成 SWOT 底稿。'),
    ],
    days: 20,
    en: 'Complete the account file; analyse strengths, weaknesses, opportunities, threats.',
    zh: '完善客户档案，分析优势、劣势、机会、威胁。',
  },
  {
    fields: ['verdict', 'potential', 'assessmentSignedOff'],
    exit: [
      worthIt('DEV-G02-KEY'),
      must(
        'DEV-G02-SIGNED',
        'assessmentSignedOff = true',
        'Have it signed off (Assessment signed off).',
        '须经签批（“评价已签批”）。',
      ),
    ],
    days: 10,
    en: 'Decide by value, potential and loyalty who is key.',
    zh: '按价值、潜力、忠诚度确定重点客户。',
  },
  {
    fields: ['planProducts', 'planRisks', 'planApproved', 'pricing'],
    exit: [
      must(
        'DEV-G03-PLAN',
        'planApproved = true',
        'The plan must be approved (Plan approved).',
        '方案须经批准（“方案已批准”）。',
      ),
    ],
    days: 15,
    en: 'Write the account plan: goals, products, people, visits.',
    zh: '制定客户计划：目标、产品、人员、拜访。',
  },
  {
    fields: ['productsLaunched', ...needs, ...objections],
    exit: [
      must(
        'DEV-G04-SOLVED',
        'productsLaunched != null',
        'Say what solved it (Products launched).',
        '请填写解决问题的产品（“已启动产品”）。',
      ),
      noObjection,
    ],
    days: 60,
    en: "Solve the customer's problems; help in management counts as much as price.",
    zh: '解决客户问题；管理帮助与价格同样重要。',
  },
  {
    fields: ['valueRejudged', 'satisfaction', 'changeProposal'],
    exit: [
      must(
        'DEV-G05-MEASURE',
        'valueRejudged != null and satisfaction != null',
        'Judge value and satisfaction again.',
        '请再评价价值与满意度。',
      ),
    ],
    days: null,
    en: 'Measure against the plan, then begin the next round at the first stage.',
    zh: '对照计划衡量成效，再回到第一阶段开始下一轮。',
  },
)

/** An account is won from rivals, and kept from them. */
export const devH: Pipeline = pipeline(
  'DEV_H',
  { active: false, fileFields: account, won: 'agreementSigned = true' },
  {
    fields: [...account, 'verdict'],
    exit: [worthIt('DEV-H01-RIGHT'), fileFilled('DEV-H01-FILE', 50)],
    days: 15,
    en: 'Choose accounts where the bank can win.',
    zh: '选择能够取胜的客户。',
  },
  {
    fields: ['entryPoint', 'keyPeople', 'competitorPeople'],
    exit: [
      must(
        'DEV-H02-WAY',
        'entryPoint != null and keyPeople != null',
        'Name way in and key people.',
        '请填写切入点与关键人。',
      ),
      contacted('DEV-H02-VISIT'),
    ],
    days: 20,
    en: 'Attack: find the way in where the rival is weak.',
    zh: '攻：从同业薄弱处打开局面。',
  },
  {
    fields: [...needs, 'productMix', 'fab'],
    exit: [
      needKnown('DEV-H03-NEED'),
      must(
        'DEV-H03-MIX',
        'productMix != null',
        'Say what meets the need (Product and service mix).',
        '请填写满足需求的产品组合。',
      ),
    ],
    days: 30,
    en: 'Hold: meet needs one by one; show features, advantages, benefits.',
    zh: '守：逐项满足需求，说明特点、优势、利益。',
  },
  {
    fields: [...closing, ...objections, 'agreementSigned', 'agreementOn', 'satisfaction', 'nextStep', 'nextStepOn'],
    exit: [noObjection, signed('DEV-H04-SIGNED'), followUp('DEV-H04-NEXT')],
    days: 30,
    en: 'Defend: close, and tie the customer with service against rivals.',
    zh: '防：促成成交，以服务维系忠诚，防范同业。',
  },
  {
    fields: ['lessons', 'competitorProducts'],
    exit: [must('DEV-H05-LESSONS', 'lessons != null', 'Write down the lessons.', '请填写经验总结。')],
    days: null,
    en: 'Look back: what worked, what to do better, shared with the team.',
    zh: '复盘：有效做法与改进之处，与团队分享。',
  },
)
