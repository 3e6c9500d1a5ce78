import type { Stage } from '../index.ts'
import { qualification, rmNamed } from './pipeline.ts'
import { checklist, must, should, t } from './write.ts'

/** What DEV-A03 gathers: the share that is filled is the completeness of the file. */
export const fileFields = [
  'legalName',
  'registeredAddress',
  'legalRepresentative',
  'financeHead',
  'contactPhone',
  'businessScope',
  'mainProducts',
  'operationHistory',
  'industryMarket',
  'financialNeeds',
  'otherInstitutions',
  'customerPlans',
  'infoSources',
]

/** DEV-A01 to DEV-A04: from the market to the decision to develop one customer. */
export const findStages: Stage[] = [
  {
    code: 'DEV_A01',
    id: 'DEV-A01',
    name: t('Market research', '市场研究'),
    fields: ['marketLevel', 'positioningBasis', 'segmentName', 'segmentFeatures'],
    checklist: checklist('A01'),
    exit: [
      must(
        'DEV-A01-SEGMENT',
        'segmentName != null',
        'Name the segment (Segment).',
        '请填写细分市场名称（“细分市场”）。',
      ),
      must(
        'DEV-A01-FEATURES',
        'segmentFeatures != null',
        'Describe the segment (Segment features).',
        '请描述细分市场的特征（“细分市场特征”）。',
      ),
    ],
    allowanceDays: 20,
    isDefault: true,
    guidance: t(
      'Choose the market level first: region, province, city or individual. For a city, write down its environment, product features and resources (people, relationships, customers, history). For one RM: the customer group, known industries and places, knowledge and relationships. Survey common features, geography and economy, competition, and the main competitors with their means. Then name one segment and describe what its customers have in common.',
      '先确定市场层级：大区、省区、城市或个体。城市定位写明环境、产品特点与资源（人员、关系、客户、历史）；客户经理个人定位写明客户群、熟悉的行业与地域、知识与人脉。调研共同特征、地理与经济、竞争状况、主要竞争者及其手段，然后给出一个细分市场并写明其客户的共同特征。',
    ),
  },
  {
    code: 'DEV_A02',
    id: 'DEV-A02',
    name: t('Target list', '确定潜在目标客户'),
    fields: ['listPeriod', 'listProposer', 'listSource', 'leadSource', 'listApproved', 'rm'],
    checklist: checklist('A02'),
    exit: [
      must(
        'DEV-A02-LIST',
        'listApproved = true',
        'The customer must be on an approved list (On an approved list).',
        '客户须列入已审核的名单（“名单已审核”）。',
      ),
      rmNamed('DEV-A02-RM'),
    ],
    allowanceDays: 10,
    isDefault: true,
    guidance: t(
      "Find targets in the enterprise directory, the government's industry plan, your own relations and existing customers. The marketing department or the RM proposes the list for a period; it is issued, split to RMs, checked by the marketing department, and becomes part of the RM's work plan. Each customer has exactly one RM.",
      '从企业名录、政府产业规划、个人人脉与现有客户中寻找目标。名单由市场开发部门或客户经理按期提出，下达、分解到客户经理，经市场开发部门审核后纳入客户经理工作计划。每个客户只有一名责任客户经理。',
    ),
  },
  {
    code: 'DEV_A03',
    id: 'DEV-A03',
    name: t('Gather information', '收集目标客户信息'),
    fields: [...fileFields, 'infoSourceNotes', 'completeness'],
    checklist: checklist('A03'),
    exit: [
      {
        ...must(
          'DEV-A03-FILE',
          'completeness >= 80',
          'Fill at least 80 % of the customer file: it must be enough for a first value judgement and a first product plan.',
          '客户档案完整度须达到 80%：足以作出初步价值判断和初步产品方案。',
        ),
        isDefault: true,
      },
    ],
    allowanceDays: 15,
    isDefault: true,
    guidance: t(
      "Gather: name, address, legal representative, head of finance, phone; business scope and main products; operation and finances of the last years; industry and product market; main financial needs; business with other institutions; plans. Sources: publications and media; authorities and associations; parent company, suppliers and buyers; the customer's own staff. Note the source of each.",
      '收集：名称、地址、法定代表人、财务负责人、电话；经营范围与主要产品；近年经营与财务状况；行业与产品市场；主要金融需求；与其他机构往来；发展计划。来源：出版物与媒体；主管部门与协会；上级单位、供应商、买方；客户内部人员。注明各项信息来源。',
    ),
  },
  {
    code: 'DEV_A04',
    id: 'DEV-A04',
    name: t('First value assessment and strategy', '初步价值评价和营销策略'),
    fields: [
      'verdict',
      'customerKind',
      'mainRisks',
      'expectedRevenue',
      'resourcesNeeded',
      'productMix',
      'approachTiming',
      'contactLevel',
      'entryPoint',
      'assessmentSignedOff',
      ...qualification,
    ],
    checklist: checklist('A04'),
    exit: [
      must(
        'DEV-A04-VERDICT',
        'verdict = "DEVELOP"',
        'The verdict must be "Develop" (Verdict).',
        '评价结论须为“值得开发”（“评价结论”）。',
      ),
      should(
        'DEV-Q',
        'qualified',
        'Not yet a qualified lead: has a financial need, can buy, meets the bank’s conditions, the contact has the authority, creates value — all five are asked for.',
        '尚非合格商机：有金融需求、有购买能力、符合优质客户条件、联系人有决策权、能为银行创造价值，五项须全部具备。',
      ),
    ],
    allowanceDays: 10,
    isDefault: true,
    guidance: t(
      'Judge whether the customer is worth developing: kind of customer, main risks, expected revenue, resources to put in. Then the strategy: product and service mix, when and how, level of contact, entry point. Have the assessment signed off. Check the five signs of a qualified lead.',
      '判断客户是否值得开发：客户类型、主要风险、预期收益、需投入的资源。再定策略：产品与服务组合、时机与方式、接触层级、切入点。评价须经签批，并核对合格商机的五项条件。',
    ),
  },
]
