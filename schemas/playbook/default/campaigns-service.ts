import type { CampaignTemplate } from '../index.ts'
import { after, guestTask, nameOf, t, task } from './write.ts'

/** CAMP-S3: a new product, tried by the guests. */
export const productSalon: CampaignTemplate = {
  code: 'CAMP-S3',
  name: nameOf('CAMP-S3'),
  subject: 'PERSON',
  audience: 'amount >= 20000 and dormant != true',
  theme: t('New this season: what it does for you, and what it costs', '本季新品：对您有什么用、要付出什么'),
  form: t(
    'Short talk, then stations at which guests try the product on a tablet with their own figures; quiz at the end',
    '简短讲解后分站体验：来宾用平板按自己的数字试算，最后有奖问答',
  ),
  place: t('Banking hall of the sub-branch after closing time', '支行营业厅（闭店后）'),
  size: 30,
  roles: t(
    'Host: assistant to the sub-branch president. Speaker: product manager. Stations: RMs. Reception: lobby manager.',
    '主持：支行行长助理。主讲：产品经理。体验站：客户经理。签到：大堂经理。',
  ),
  participation: t(
    'Every guest tries the product at a station and takes the result home; the quiz asks about risks as well as returns.',
    '每位来宾在体验站亲自试算并带走结果；问答既问收益也问风险。',
  ),
  timeline: [
    task(
      -12,
      'MARKETING',
      'Settle product, speaker and material; have it checked by compliance',
      '确定产品、主讲与材料，并经合规审核',
    ),
    task(
      -8,
      'SUB_BRANCH_ASSISTANT',
      'Train RMs on product, risks and objections',
      '培训客户经理：产品、风险与异议处理',
    ),
    guestTask(-6, 'RM', 'Invite by phone: why this product may fit the customer', '电话邀请：说明产品为何适合客户'),
    guestTask(-1, 'RM', 'Remind by message', '短信提醒'),
    task(-1, 'LOBBY_MANAGER', 'Set up stations, tablets and quiz', '布置体验站、平板与问答'),
    task(0, 'SUB_BRANCH_ASSISTANT', 'Host the salon', '主持沙龙'),
    task(1, 'RM', 'Enter attendance and interest of each guest', '录入到场情况与意向'),
    task(6, 'MARKETING', 'Count products won and costs; keep what was asked', '统计成交与费用，整理客户提问'),
  ],
  followUp: [
    after(
      'CAME',
      1,
      'RM',
      'Call: questions left, suitability check, appointment',
      '致电：解答疑问、适当性评估、预约办理',
    ),
    after('CAME', 8, 'RM', 'Ask how the product serves; note the answer', '回访使用情况并记录'),
    after('ABSENT', 3, 'RM', 'Send the material and offer a trial at the counter', '寄送资料并邀请到网点体验'),
    after('BROUGHT_FRIEND', 2, 'RM', 'Call the friend and offer the trial', '致电其朋友并邀请体验'),
  ],
}

/** CAMP-S4: thanks to customers of many years. */
export const serviceSalon: CampaignTemplate = {
  code: 'CAMP-S4',
  name: nameOf('CAMP-S4'),
  subject: 'PERSON',
  audience: 'yearsWithUs >= 3 and dormant != true',
  theme: t('Years together: thanks, and what we can do better', '相伴多年：感谢有您，听您建议'),
  form: t(
    'Afternoon with a health talk, phone-banking help one to one, and a suggestion round with the sub-branch president',
    '下午茶：健康讲座、一对一手机银行辅导、与支行行长面对面提建议',
  ),
  place: t('Customer lounge of the sub-branch', '支行客户活动室'),
  size: 20,
  roles: t(
    'Host: sub-branch president. Help with phones: lobby manager. RMs accompany their guests and write down suggestions.',
    '主持：支行行长。手机辅导：大堂经理。客户经理陪同并记录建议。',
  ),
  participation: t(
    'Guests say what to improve and vote on the three most useful suggestions; the president answers at once what will be done.',
    '来宾提出改进建议并投票选出三条，行长当场答复如何落实。',
  ),
  timeline: [
    task(
      -12,
      'SUB_BRANCH_PRESIDENT',
      'Choose guests by years with the bank and last contact',
      '按合作年限与上次联系选定来宾',
    ),
    task(-10, 'MARKETING', 'Book the health speaker; prepare thank-you gifts', '预约健康讲师，准备答谢礼品'),
    guestTask(-7, 'RM', 'Invite in person or by phone; ask what bothers the customer', '当面或电话邀请，询问有何不便'),
    guestTask(-1, 'RM', 'Remind; offer transport to elderly guests', '提醒，并为年长客户安排接送'),
    task(0, 'SUB_BRANCH_PRESIDENT', 'Host; answer the three suggestions', '主持并答复三条建议'),
    task(1, 'RM', 'Enter attendance and suggestions', '录入到场与建议'),
    task(10, 'SUB_BRANCH_PRESIDENT', 'Tell all guests what became of their suggestions', '向来宾反馈建议落实情况'),
  ],
  followUp: [
    after('CAME', 3, 'RM', 'Call with thanks; settle what the guest asked for', '致谢并落实客户提出的事项'),
    after('ABSENT', 2, 'RM', 'Call, bring the gift, ask after the customer', '致电问候并送上礼品'),
    after('BROUGHT_FRIEND', 3, 'RM', 'Thank the guest; welcome the friend at the branch', '感谢客户，邀请其朋友到网点'),
  ],
}
