import type { CampaignTemplate } from '../index.ts'
import { after, guestTask, nameOf, t, task } from './write.ts'

/** CAMP-S1: wealth customers who bring their friends. */
export const referralSalon: CampaignTemplate = {
  code: 'CAMP-S1',
  name: nameOf('CAMP-S1'),
  subject: 'PERSON',
  audience: 'tier in ("HIGH", "MID") and dormant != true',
  theme: t(
    'What we did with our money this year: wealth customers tell, friends listen',
    '今年我的理财故事：老客户讲，好朋友听',
  ),
  form: t(
    'Round tables of eight: two customers tell how they planned, a wealth adviser explains, guests work out their own plan on a card',
    '八人圆桌：两位客户分享规划经历，理财顾问讲解，来宾在卡片上写出自己的规划',
  ),
  place: t('Customer lounge of the sub-branch', '支行客户活动室'),
  size: 24,
  roles: t(
    'Host: sub-branch president. Speaker: wealth adviser. Story tellers: two customers. Each RM sits at the table of their guests. Reception and cards: lobby manager.',
    '主持：支行行长。主讲：理财顾问。分享：两位客户。客户经理陪同本人客户入座。签到与卡片：大堂经理。',
  ),
  participation: t(
    'Each guest may bring one friend; guest and friend fill in a planning card together and draw a lot for a gift. A friend who leaves a card is a referral.',
    '每位来宾可带一位朋友；来宾与朋友共同填写规划卡并参加抽奖。留下卡片的朋友即为转介绍线索。',
  ),
  timeline: [
    task(-15, 'MARKETING', 'Settle theme, date, place and budget', '确定主题、时间、地点与预算'),
    task(-12, 'SUB_BRANCH_PRESIDENT', 'Check the guest list and split it to RMs', '审核来宾名单并分解到客户经理'),
    task(-10, 'MARKETING', 'Print invitations and planning cards', '印制邀请函与规划卡'),
    task(-8, 'RM', 'Win two customers who tell their story, and rehearse with them', '邀请两位分享客户并沟通内容'),
    guestTask(-8, 'RM', 'Invite, and ask whom the guest would like to bring', '邀请客户，并询问愿意带哪位朋友'),
    guestTask(-2, 'RM', 'Confirm attendance of guest and friend', '确认客户及其朋友是否到场'),
    task(-1, 'LOBBY_MANAGER', 'Prepare room, table signs, cards and gifts', '布置场地、桌牌、卡片与礼品'),
    task(0, 'LOBBY_MANAGER', 'Register guests and friends at the door', '签到并登记来宾与朋友'),
    task(0, 'SUB_BRANCH_PRESIDENT', 'Host the salon; thank the story tellers', '主持沙龙，感谢分享客户'),
    task(1, 'RM', 'Enter attendance, friends and outcomes', '录入到场、带友与结果'),
    task(
      5,
      'SUB_BRANCH_PRESIDENT',
      'Review: invited, came, friends, leads, balance won',
      '复盘：邀请、到场、带友、商机、带来余额',
    ),
  ],
  followUp: [
    after('CAME', 2, 'RM', 'Call with thanks and offer to work out the plan on the card', '致电感谢，约谈规划卡内容'),
    after('CAME', 10, 'RM', 'Meet with a proposal that fits the card', '面谈并提供与规划卡相符的方案'),
    after('ABSENT', 2, 'RM', 'Call: we missed you; send the material and offer a talk', '致电问候，寄送资料并约谈'),
    after(
      'BROUGHT_FRIEND',
      1,
      'RM',
      'Thank the guest for the referral and call the friend',
      '感谢转介绍，并致电其朋友',
    ),
    after('BROUGHT_FRIEND', 5, 'RM', 'Meet the friend; open a customer file', '面见其朋友并建立客户档案'),
  ],
}

/** CAMP-S2: a small circle of high-end customers. */
export const privateSalon: CampaignTemplate = {
  code: 'CAMP-S2',
  name: nameOf('CAMP-S2'),
  subject: 'PERSON',
  audience: 'tier = "HIGH"',
  theme: t('Keeping what you built: family wealth and succession', '守业与传承：家庭财富的长久安排'),
  form: t(
    'Tea tasting for twelve, led by a tea master; a lawyer and a wealth adviser answer questions that guests wrote down beforehand',
    '十二人品茶会：茶艺师主持，律师与财富顾问解答来宾事先写下的问题',
  ),
  place: t('Private room of a tea house or the VIP centre', '茶馆雅间或贵宾中心'),
  size: 12,
  roles: t(
    'Host: branch vice president. Experts: lawyer, wealth adviser. Each guest is accompanied by their own RM. Arrangements: marketing department.',
    '主持：分管行长。专家：律师、财富顾问。每位来宾由专属客户经理陪同。统筹：市场开发部门。',
  ),
  participation: t(
    'Guests brew their own tea and each brings one question; answers are talked over at the table, never sold from a stage.',
    '来宾亲手泡茶，各带一个问题；在席间交流解答，不作台上推销。',
  ),
  timeline: [
    task(-20, 'MARKETING', 'Book place, tea master and lawyer', '预订场地、茶艺师与律师'),
    task(-15, 'VICE_PRESIDENT', 'Approve guest list and sign the invitations', '审定来宾名单并签署邀请函'),
    guestTask(
      -12,
      'RM',
      "Hand over the invitation in person; note the guest's question",
      '当面送达邀请函并记录客户的问题',
    ),
    task(-7, 'RM', 'Pass the questions on to the experts', '将问题汇总给专家'),
    guestTask(-3, 'RM', 'Confirm attendance, transport and diet', '确认出席、接送与饮食习惯'),
    task(-1, 'MARKETING', 'Walk through the evening with all who take part', '与全体参与人员预演流程'),
    task(0, 'VICE_PRESIDENT', 'Host the salon and speak with every guest', '主持沙龙，与每位来宾交流'),
    task(1, 'RM', 'Enter attendance, wishes heard and next steps', '录入到场、需求与下一步'),
    task(5, 'VICE_PRESIDENT', 'Review with RMs: who needs what, who leads', '与客户经理复盘：谁有何需求、由谁牵头'),
  ],
  followUp: [
    after('CAME', 1, 'RM', "Thank the guest and send the expert's answer in writing", '致谢并书面送达专家解答'),
    after('CAME', 7, 'RM', 'Visit with a proposal on family wealth', '登门拜访并提交家庭财富方案'),
    after('ABSENT', 1, 'RM', 'Call, and offer a private talk with the expert', '致电并安排与专家单独交流'),
    after('BROUGHT_FRIEND', 1, 'SUB_BRANCH_PRESIDENT', 'Invite the friend to the VIP centre', '邀请其朋友参观贵宾中心'),
  ],
}
