import type { Fields } from '../../../schemas/events/index.ts'
import type { Customer } from '../bank.ts'
import { idOf } from '../random.ts'
import { edit, type Day } from './day.ts'

/** What a development's record got by the end of each stage of DEV-A: enough to go on. */
export const stageFields = (
  day: Pick<Day, 'random' | 'date' | 'calendar'>,
  customer: Pick<Customer, 'name' | 'business' | 'rm'>,
  stage: number,
): Fields => {
  const { random, date, calendar } = day
  const score = () => random.int(55, 95)
  switch (stage) {
    case 1:
      return {
        marketLevel: 'CITY',
        positioningBasis: '本市中小企业众多，本行在结算与代发业务上有优势。',
        segmentName: customer.business,
        segmentFeatures: '资金周转快，旺季融资需求明显，上下游集中。',
      }
    case 2:
      return {
        listPeriod: date.slice(0, 7),
        listProposer: 'MARKETING',
        listSource: 'DIRECTORY',
        listApproved: true,
        rm: customer.rm,
      }
    case 3:
      return {
        legalName: customer.name,
        registeredAddress: '高新区科技路',
        legalRepresentative: '法定代表人',
        financeHead: '财务负责人',
        contactPhone: '000-0000000',
        businessScope: customer.business,
        mainProducts: customer.business,
        operationHistory: '近三年收入稳步增长，资产负债率约五成。',
        industryMarket: '行业平稳，区域内主要竞争者四家。',
        financialNeeds: '结算、代发工资、流动资金贷款。',
        infoSources: ['MEDIA', 'AUTHORITIES'],
      }
    case 4: {
      const isWhole = random.chance(0.75)
      return {
        verdict: 'DEVELOP',
        customerKind: '结算类',
        mainRisks: '应收账款较集中。',
        expectedRevenue: random.int(10, 90) * 1_000_000,
        assessmentSignedOff: true,
        hasNeed: true,
        canBuy: true,
        meetsConditions: true,
        hasAuthority: isWhole,
        createsValue: true,
      }
    }
    case 5:
      return {
        keyPeople: '财务负责人',
        visitParticipants: '客户经理、支行行长',
        visitTopics: '结算与融资方案',
        appointmentChannel: 'PHONE',
        visitOn: new Date(calendar.opening(calendar.addWorkingDays(date, 2))).toISOString(),
      }
    case 6:
      return {}
    case 7:
      return {
        surveyMeans: ['SITE', 'PAPERS'],
        surveySummary: '经营正常，现金流稳定。',
        checklistDone: ['A07_FORMS', 'A07_SUMMARY'],
      }
    case 8:
      return {
        scoreOperation: score(),
        scoreFinance: score(),
        scoreSales: score(),
        scoreManagement: score(),
        scoreTechnology: score(),
        scoreIndustry: score(),
        coreCompetitiveness: '渠道与成本优势。',
        documentsWanted: ['VALUE_REPORT'],
      }
    case 9:
      return {
        planProducts: '结算、代发、流动资金贷款组合。',
        planRisks: '以应收账款质押控制风险。',
        planLaunch: '六周内上线，客户经理每周跟进。',
        revenueEstimate: random.int(10, 60) * 1_000_000,
        proposal: '全面合作建议书',
        proposalJudgement: '经营稳健，结算与融资需求明确。',
        proposalAdvantages: '结算网络与代发服务齐全。',
        proposalContent: '结算、代发与授信合作。',
        proposalProspects: '三年内成为主办行。',
        documentsWanted: ['INTERNAL_PLAN', 'PROPOSAL'],
        planApproved: true,
        proposalApproved: true,
      }
    case 10:
      return {
        agreementOn: date,
        agreementMonths: 24,
        agreementNo: `HZ-${date.replaceAll('-', '')}-${random.int(10, 99)}`,
        agreementSigned: true,
      }
    case 11:
      return { productsLaunched: '代发工资、收款设备', firstProductLiveOn: date, launchFeedback: '客户反映良好。' }
    default:
      return {}
  }
}

/** The visit on which stage DEV-A06 rests. */
export const firstVisit = (day: Day, customer: Customer, development: string): void => {
  const { date, at, calendar } = day
  edit(day, 'visit', {
    id: idOf(`first-visit/${development}`),
    fields: {
      name: `${customer.name} 初次访问`,
      company: customer.id,
      development,
      form: 'VISIT',
      status: 'HELD',
      level: 'SUB_BRANCH',
      plannedAt: new Date(at).toISOString(),
      heldAt: new Date(at).toISOString(),
      steps: ['GREET', 'COMMON_GROUND', 'PURPOSE', 'LISTEN', 'EXPLORE', 'NEXT_STEP'],
      record: '介绍本行服务，了解结算与融资需求。',
      objections: '对贷款利率有疑问，已说明测算依据。',
      nextStep: '安排实地调查',
      nextStepOn: calendar.addWorkingDays(date, 3),
    },
  })
}
