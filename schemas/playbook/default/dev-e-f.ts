import type { Pipeline } from '../index.ts'
import { closing, contacted, explicit, file, needKnown, needs, objections, worthIt } from './dev-parts.ts'
import { fileFilled, noObjection, pipeline, qualification, signed } from './pipeline.ts'
import { must } from './write.ts'

/** A funnel: each stage lets through fewer than the one before. */
export const devE: Pipeline = pipeline(
  'DEV_E',
  { active: false, fileFields: file, won: 'agreementSigned = true' },
  {
    fields: ['leadSource', 'verdict', 'meetsConditions', 'potential'],
    exit: [
      worthIt('DEV-E01-FILTER'),
      must(
        'DEV-E01-CONDITIONS',
        'meetsConditions = true',
        "Unattractive ones stay here: it must meet the bank's conditions.",
        '无吸引力的客户留在此处：须符合优质客户条件。',
      ),
    ],
    days: 20,
    en: 'Everybody who may need the bank. Filter out those that are not attractive.',
    zh: '所有可能需要银行的客户。剔除没有吸引力的。',
  },
  {
    fields: [...qualification, 'keyPeople', 'visitRecord'],
    exit: [
      must('DEV-Q', 'qualified', 'All five signs of a qualified lead are asked for.', '须具备合格商机五项条件。'),
      contacted('DEV-E02-VISIT'),
    ],
    days: 20,
    en: 'Contact, and check the five signs of a lead.',
    zh: '接触客户，核对商机五项条件。',
  },
  {
    fields: ['expectedRevenue', 'potential', ...needs],
    exit: [
      {
        ...must(
          'DEV-E03-REVENUE',
          'expectedRevenue >= 100000',
          'Key from an expected revenue of 100,000 yuan on.',
          '预期收益达到 10 万元方为重点客户。',
        ),
        isDefault: true,
      },
      needKnown('DEV-E03-NEED'),
    ],
    days: 30,
    en: 'Weigh expected revenue and need; few become key.',
    zh: '衡量预期收益与需求，少数成为重点。',
  },
  {
    fields: [...objections, ...closing, 'agreementOn', 'agreementSigned'],
    exit: [noObjection, signed('DEV-E04-SIGNED'), explicit('DEV-CLOSE')],
    days: 30,
    en: 'Put the resources here: resolve objections and close.',
    zh: '资源集中于此：解决异议，促成成交。',
  },
  {
    fields: ['productsLaunched', 'satisfaction', 'referredBy'],
    exit: [],
    days: null,
    en: 'Serve, sell further, ask for recommendations.',
    zh: '做好服务，交叉销售，请求转介绍。',
  },
)

/** From research to recommendation, by network and seminar. */
export const devF: Pipeline = pipeline(
  'DEV_F',
  { active: false, fileFields: file, won: 'productsLaunched != null' },
  {
    fields: file,
    exit: [fileFilled('DEV-F01-FILE', 60)],
    days: 10,
    en: 'Research the client: business, needs, circle.',
    zh: '研究客户：业务、需求、圈子。',
  },
  {
    fields: ['keyPeople', 'referredBy'],
    exit: [
      must(
        'DEV-F02-NETWORK',
        'keyPeople != null',
        'Name who opens the way (Key people contacted).',
        '请填写引荐的关键人。',
      ),
    ],
    days: 10,
    en: 'Open the network: find people who know the client.',
    zh: '打开人脉：找到认识客户的人。',
  },
  {
    fields: ['visitRecord'],
    exit: [
      must(
        'DEV-F03-CAME',
        'campaigns.attended > 0 or visitRecord != null',
        'The client must have come to a seminar, or the reception is on record.',
        '客户须已参加研讨会，或有接待记录。',
      ),
    ],
    days: 20,
    en: 'Invite to a seminar on what concerns the client, and receive in person.',
    zh: '邀请参加其关心主题的研讨会，并当面接待。',
  },
  {
    fields: [...needs, 'nextStep', 'nextStepOn'],
    exit: [
      must(
        'DEV-F04-CALL',
        'visits.calls > 0',
        'Hold a call (a held visit record of form Call).',
        '须有已完成的电话拜访记录。',
      ),
      needKnown('DEV-F04-NEED'),
    ],
    days: 5,
    en: 'Call soon after the seminar: ask what was of use, agree a next step.',
    zh: '会后尽快电话拜访：询问收获，约定下一步。',
  },
  {
    fields: ['productsLaunched', 'referredBy'],
    exit: [
      must('DEV-F05-REFERRAL', 'referredBy != null', 'Write down whom the client recommended.', '请记录客户推荐的人。'),
    ],
    days: null,
    en: 'Ask for recommendations: friends, family, colleagues.',
    zh: '请客户推荐亲友、同事。',
  },
)
