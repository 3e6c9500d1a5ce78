import type { CampaignTemplate } from '../index.ts'
import { after, guestTask, nameOf, t, task } from './write.ts'

/** CAMP-EVT: goes out while it is news, or not at all. */
const event: CampaignTemplate = {
  code: 'CAMP-EVT',
  name: nameOf('CAMP-EVT'),
  subject: 'BOTH',
  audience: 'ACTIVE',
  theme: t('A positive topic of the day', '当日正面热点'),
  form: t('One message, talked over at the counter', '一条解读信息，厅堂互动'),
  place: t('Messages and banking hall', '信息推送与厅堂'),
  size: 200,
  roles: t(
    'Text: marketing. Image: vice president. Talk: RMs.',
    '文案：市场开发部门。把关：分管行长。解读：客户经理。',
  ),
  participation: t('Customers answer a one-question poll and see the result.', '客户参与一题投票并查看结果。'),
  timeline: [
    { ...task(0, 'VICE_PRESIDENT', "Check for the bank's image", '核对是否符合银行形象'), hours: 2 },
    { ...task(0, 'MARKETING', 'Send it out', '发布'), hours: 4 },
    { ...guestTask(0, 'RM', 'Send it with a personal line', '附个人寄语转发客户'), hours: 8 },
    task(2, 'MARKETING', 'Count answers and leads', '统计互动与商机'),
  ],
  followUp: [
    after('CAME', 2, 'RM', 'Talk over the answer given', '就客户反馈深入沟通'),
    after('BROUGHT_FRIEND', 2, 'RM', 'Thank the guest for the friend', '感谢客户引荐朋友'),
  ],
  plan: { newsHours: 16, isDefault: true },
}

/** CAMP-EVT: finance news goes out at once, to those whose money it touches. */
const financeNews: CampaignTemplate = {
  ...event,
  code: 'CAMP-EVT-FIN',
  name: nameOf('CAMP-EVT-FIN'),
  audience: 'WEALTH or KEY_FIRMS',
  theme: t('What today’s news means for your money', '今日财经要闻与您的资金'),
  form: t('One message at once; the RM answers what is asked', '即时快讯，客户经理答疑'),
  timeline: [
    { ...task(0, 'VICE_PRESIDENT', "Check for the bank's image", '核对是否符合银行形象'), hours: 0.5 },
    { ...task(0, 'MARKETING', 'Send it out', '发布'), hours: 1 },
    { ...guestTask(0, 'RM', 'Send it with a personal line', '附个人寄语转发客户'), hours: 2 },
    task(1, 'MARKETING', 'Count answers and leads', '统计互动与商机'),
  ],
  plan: { newsHours: 4, isDefault: true },
}

/** CAMP-MIC: posts at fixed times, by segment, not only adverts. */
const micro: CampaignTemplate = {
  code: 'CAMP-MIC',
  name: nameOf('CAMP-MIC'),
  subject: 'BOTH',
  audience: 'ACTIVE',
  theme: t('Useful every day', '每天一条有用的信息'),
  form: t('Posts at fixed times by segment', '按客群定时发布'),
  place: t('WeChat groups and moments', '微信群与朋友圈'),
  size: 1000,
  roles: t('Posts: marketing and RMs.', '发布：市场开发部门与客户经理。'),
  participation: t(
    'Readers answer, ask and pass on; the RM answers within the day.',
    '读者留言、提问、转发；客户经理当日回复。',
  ),
  timeline: [
    task(-3, 'MARKETING', 'Write the first week of posts', '编写首周内容'),
    task(21, 'MARKETING', 'Review: read, answered, leads; change the plan', '复盘阅读、互动与商机，调整计划'),
  ],
  followUp: [],
  plan: {
    posts: {
      days: 20,
      times: ['08:30', '17:30'],
      segments: [
        {
          name: t('Company heads', '企业主'),
          role: 'MARKETING',
          kinds: [
            { text: t('Management news', '管理资讯') },
            { text: t('Policy in one picture', '一图读懂政策') },
            { text: t('Tax and finance tip', '财税提示') },
            { text: t('Product of the bank', '本行产品'), advert: true },
          ],
        },
        {
          name: t('Farmers', '农户'),
          role: 'RM',
          kinds: [
            { text: t('Farming technique', '农业技术') },
            { text: t('Prices and weather', '行情与天气') },
            { text: t('Selling online', '农产品电商') },
            { text: t('Product of the bank', '本行产品'), advert: true },
          ],
        },
      ],
    },
    isDefault: true,
  },
}

/** CAMP-PHASE: existing customers classified, planned, and worked in depth by the end of the year. */
const phases: CampaignTemplate = {
  code: 'CAMP-PHASE',
  name: nameOf('CAMP-PHASE'),
  subject: 'BOTH',
  audience: 'ACTIVE',
  theme: t('Know them, plan for them, work with them', '分类、筛选、深耕'),
  form: t('Three phases, each with a leader and a target', '分三阶段，各有责任人与目标'),
  place: t('Whole branch', '全行'),
  size: 1000,
  roles: t('Each phase has one leader; RMs do the work.', '每阶段一位责任人，客户经理实施。'),
  participation: t('Customers are met and asked, not only listed.', '逐户联系客户，不只建表。'),
  timeline: [task(0, 'PRESIDENT', 'Open the programme with all leaders', '召开启动会')],
  followUp: [],
  plan: {
    phases: [
      {
        code: 'CLASSIFY',
        name: t('Classify existing customers', '存量客户分类'),
        from: '09-01',
        to: '10-20',
        role: 'SUB_BRANCH_PRESIDENT',
        done: 'tier != null',
        target: 100,
      },
      {
        code: 'PLAN',
        name: t('Screen and plan', '筛选与制定方案'),
        from: '10-21',
        to: '10-31',
        role: 'EXPANSION_LEAD',
        done: 'hasDevelopment or lastContactOn >= since',
        target: 50,
      },
      {
        code: 'DEEPEN',
        name: t('Work in depth', '深耕细作'),
        from: '11-01',
        to: '12-31',
        role: 'VICE_PRESIDENT',
        done: 'lastContactOn >= since',
        target: 80,
      },
    ],
    isDefault: true,
  },
}

export const plans = [event, financeNews, micro, phases]
