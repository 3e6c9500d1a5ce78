import { options, type Option } from './define.ts'

/** Pipelines of the method (DEV-A to DEV-H): which of them take new developments is the playbook's to say. */
export const pipelineOptions = options(
  ['DEV_A', 'Key-account development', '大客户开发流程', 'blue'],
  ['DEV_B', 'RM marketing flow', '客户经理营销流程', 'green'],
  ['DEV_C', 'Mining existing customers', '发掘现有客户资源', 'turquoise'],
  ['DEV_D', 'Major-account steps', '大客户开发基本步骤', 'sky'],
  ['DEV_E', 'Sales funnel', '销售漏斗', 'orange'],
  ['DEV_F', 'Five-step client development', '客户开发五步法', 'purple'],
  ['DEV_G', 'Key-account management cycle', '重点客户管理', 'pink'],
  ['DEV_H', 'Defend and grow an account', '攻守防', 'red'],
)

/** Colours from the first stage to the last. */
const COLORS = ['gray', 'sky', 'blue', 'purple', 'orange', 'green']

const stages = (pipeline: string, ...names: [en: string, zh: string][]): Option[] =>
  names.map(([en, zh], at) => ({
    code: `${pipeline}${String(at + 1).padStart(2, '0')}`,
    label: { en, zh },
    color: COLORS[Math.floor((at * COLORS.length) / names.length)] ?? 'gray',
  }))

/** The same by their codes alone: the Worker shows the texts of its playbook. */
export const bareStages = (): Option[] =>
  [12, 6, 4, 5, 5, 5, 5, 5].flatMap((count, at) =>
    stages(`DEV_${'ABCDEFGH'[at] ?? ''}`, ...Array.from({ length: count }, (): [string, string] => ['', ''])),
  )

/** Stages of all pipelines in order; the code of a stage begins with that of its pipeline. */
export const devStages: Option[] =
  typeof LADDER_WORKER === 'undefined'
    ? [
        ...stages(
          'DEV_A',
          ['Market research', '市场研究'],
          ['Target list', '确定潜在目标客户'],
          ['Gather information', '收集目标客户信息'],
          ['First value assessment and strategy', '初步价值评价和营销策略'],
          ['Contact and appointment', '建立联系、预约访问'],
          ['First visit', '初次访问'],
          ['Customer survey', '客户调查'],
          ['Customer evaluation', '客户评价'],
          ['Plan and proposal', '营销方案、合作建议书'],
          ['Agreement', '签定合作协议'],
          ['Product launch', '产品启动'],
          ['Ongoing tracking', '动态跟踪'],
        ),
        ...stages(
          'DEV_B',
          ['Find targets', '寻找目标客户'],
          ['Gather intelligence and approach', '搜集情报接近'],
          ['Listen and negotiate', '面议商谈'],
          ['Handle objections', '处理异议'],
          ['Close', '达成交易'],
          ['Maintain', '客户维护'],
        ),
        ...stages(
          'DEV_C',
          ['Build the archive', '建立档案'],
          ['Screen, classify, assign', '筛选分类'],
          ['Plan and strategy', '安排策略'],
          ['Contact and follow up', '联系跟进'],
        ),
        ...stages(
          'DEV_D',
          ['Survey', '调查'],
          ['Communicate', '沟通'],
          ['Negotiate', '谈判'],
          ['Track', '追踪'],
          ['Sign', '签约'],
        ),
        ...stages(
          'DEV_E',
          ['Potential', '潜在客户'],
          ['Likely', '可能客户'],
          ['Ordinary', '普通客户'],
          ['Key', '重点客户'],
          ['Won', '已成交客户'],
        ),
        ...stages(
          'DEV_F',
          ['Research the client', '客户研究'],
          ['Open the network', '打开人脉'],
          ['Seminar', '研讨会'],
          ['Phone visit', '电话拜访'],
          ['Referral', '客户转介绍'],
        ),
        ...stages(
          'DEV_G',
          ['Understand and analyse', '了解分析'],
          ['Decide who is key', '确定重点客户'],
          ['Plan', '制定计划'],
          ['Solve', '解决问题'],
          ['Measure', '衡量成效'],
        ),
        ...stages(
          'DEV_H',
          ['Find the right account', '找对客户'],
          ['Attack: open the way in', '攻：打开局面'],
          ['Hold: meet needs', '守：满足需求'],
          ['Defend: close and keep loyal', '防：成交与忠诚'],
          ['Self-improvement', '自我提升'],
        ),
      ]
    : bareStages()

/** Codes of the stages of one pipeline, in order. */
export const stagesOf = (pipeline: string): string[] =>
  devStages.map(({ code }) => code).filter((code) => code.startsWith(pipeline))
