import { roleOptions } from '../../model/roles.ts'
import type { Label } from '../../model/define.ts'
import type { CampaignPlan, CampaignTemplate, Role } from '../index.ts'
import { after, guestTask, nameOf, t, task } from './write.ts'

interface Meeting {
  code: string

  subject: CampaignTemplate['subject']
  audience: string
  size: number
  host: Role
  theme: Label
  form: Label
  place: Label
  part: Label
  plan?: CampaignPlan
}

/** What every meeting with guests shares: its work, its roles, what follows. */
const meeting = ({
  code,
  subject,
  audience,
  size,
  host,
  theme,
  form,
  place,
  part,
  plan,
}: Meeting): CampaignTemplate => {
  const role = roleOptions.find((one) => one.code === host)?.label ?? t(host, host)
  return {
    code,
    name: nameOf(code),
    subject,
    audience,
    theme,
    form,
    place,
    size,
    roles: t(
      `Host: ${role.en}. Guests: RM. Place and material: marketing department.`,
      `主持：${role.zh}。陪同：客户经理。场地与材料：市场开发部门。`,
    ),
    participation: part,
    timeline: [
      task(-15, 'MARKETING', 'Settle programme, place, safety and budget', '确定流程、场地、安全与预算'),
      task(-12, host, 'Approve plan and guest list', '审定方案与来宾名单'),
      guestTask(-8, 'RM', 'Invite; ask who comes along and what is of interest', '邀请，询问同行人与关心的问题'),
      guestTask(-1, 'RM', 'Confirm attendance', '确认出席'),
      task(0, host, 'Host; speak with every guest', '主持并与每位来宾交流'),
      task(1, 'RM', 'Enter attendance, friends and wishes', '录入到场、带友与需求'),
      task(5, host, 'Review: invited, came, won, cost of each product', '复盘：邀请、到场、成交与单位成本'),
    ],
    followUp: [
      after('CAME', 2, 'RM', 'Thank; talk over the wish heard', '致谢并就需求约谈'),
      after('ABSENT', 3, 'RM', 'Bring the material; offer the next date', '送达资料并邀请参加下期'),
      after('BROUGHT_FRIEND', 2, 'RM', 'Thank the guest for the friend', '感谢客户引荐朋友'),
    ],
    ...(plan ? { plan } : {}),
  }
}

const FESTIVALS: CampaignPlan['festivals'] = [
  'SPRING_FESTIVAL',
  'LANTERN',
  'QINGMING',
  'DRAGON_BOAT',
  'MID_AUTUMN',
  'NATIONAL_DAY',
  'DOUBLE_NINTH',
]

/** An experience day (CAMP-EXP) of one kind. */
const experience = (
  kind: string,
  audience: string,
  size: number,
  [theme, part]: [en: string, zh: string][],
): CampaignTemplate =>
  meeting({
    code: `CAMP-EXP-${kind}`,
    subject: 'PERSON',
    audience,
    size,
    host: 'SUB_BRANCH_PRESIDENT',
    theme: t(...(theme ?? ['', ''])),
    form: t('Half a day on site in small groups', '半日现场体验，分小组进行'),
    place: t("Partner's premises", '合作方场地'),
    part: t(...(part ?? ['', ''])),
  })

/** Clubs, festivals, seminars, presentations, get-togethers, referrals and experience days. */
export const meetings: CampaignTemplate[] = [
  meeting({
    code: 'CAMP-INT',
    subject: 'PERSON',
    audience: 'WEALTH',
    size: 20,
    host: 'MARKETING',
    theme: t('Photography, calligraphy or walking', '摄影、书法或徒步'),
    form: t('Monthly meeting led by a member', '每月一聚，会员主持'),
    place: t('Customer lounge or outdoors', '客户活动室或户外'),
    part: t(
      'Members show their work, choose the next theme and bring a friend.',
      '会员展示作品、票选下期主题，并带一位朋友。',
    ),
    plan: { repeat: { weeks: 4, times: 12 }, isDefault: true },
  }),
  meeting({
    code: 'CAMP-HOL',
    subject: 'BOTH',
    audience: 'ACTIVE',
    size: 40,
    host: 'SUB_BRANCH_PRESIDENT',
    theme: t('Keeping the festival together', '佳节同庆'),
    form: t('Making couplets, dumplings or lanterns', '写春联、包粽子、做灯笼'),
    place: t('Banking hall', '营业厅'),
    part: t('Each guest makes one piece to take home and solves a riddle.', '来宾亲手制作一件带回家，并猜灯谜。'),
    plan: { festivals: FESTIVALS, leadDays: 20, isDefault: true },
  }),
  meeting({
    code: 'CAMP-SEM',
    subject: 'BOTH',
    audience: 'KEY_FIRMS or TOP',
    size: 50,
    host: 'VICE_PRESIDENT',
    theme: t('Economy and policy: what it means for you', '经济与政策：对您的影响'),
    form: t('Talk by an expert, then small groups', '专家主讲，分组讨论'),
    place: t('Conference room', '会议厅'),
    part: t('Each group answers one question and presents it.', '各组讨论一题并上台发言。'),
  }),
  meeting({
    code: 'CAMP-PRO',
    subject: 'COMPANY',
    audience: 'CHANNEL or KEY_FIRMS',
    size: 40,
    host: 'CORPORATE_DEPARTMENT',
    theme: t('Products for your trade and partners', '为您和上下游准备的产品'),
    form: t('Stations; a client tells of platform credit', '产品展台；客户讲平台授信'),
    place: t('Hotel or client premises', '酒店或客户场地'),
    part: t('Guests work out their own case at a station.', '来宾在展台用自己的数据测算。'),
    plan: { first: 'CHANNEL', isDefault: true },
  }),
  meeting({
    code: 'CAMP-MEET',
    subject: 'BOTH',
    audience: 'KEY_FIRMS or WEALTH',
    size: 60,
    host: 'PRESIDENT',
    theme: t('Friends of the bank meet', '银企联谊'),
    form: t('Games and dinner in mixed teams', '混合组队的游戏与晚餐'),
    place: t('Garden restaurant', '花园餐厅'),
    part: t('Teams of guests who are new to each other play for a prize.', '互不相识的来宾组队竞赛。'),
  }),
  meeting({
    code: 'CAMP-REF',
    subject: 'BOTH',
    audience: 'LOYAL or KEY_FIRMS',
    size: 100,
    host: 'SUB_BRANCH_PRESIDENT',
    theme: t('Good things are for friends', '好服务，荐好友'),
    form: t('Talk in person, by customers and staff; a card and a gift', '客户与员工推荐，赠卡有礼'),
    place: t('Wherever customers are met', '网点及拜访现场'),
    part: t('Each guest names a friend, who gets a call.', '每位客户推荐一位好友并由我行致电。'),
  }),
  experience('DRIVE', 'WEALTH', 16, [
    ['Drive before you finance', '先试驾、再分期'],
    ['Every guest drives and rates the car.', '来宾亲自试驾并打分。'],
  ]),
  experience('TASTING', 'TOP', 16, [
    ['An evening for the palate', '一场味觉之旅'],
    ['Guests taste blind and guess.', '来宾盲品竞猜。'],
  ]),
  experience('GOLF', 'TOP', 12, [
    ['Nine holes in good company', '以球会友'],
    ['Beginners learn a swing, players compete.', '新手学挥杆，球友同场竞技。'],
  ]),
  experience('YOUNG', 'WEALTH and age <= 40', 24, [
    ['Taking over well', '接班与创业'],
    ['Each presents a plan to the others.', '学员上台陈述计划。'],
  ]),
  experience('CHILDREN', 'WEALTH and age <= 50', 24, [
    ['Little bankers', '小小银行家'],
    ['Children count, save and run a shop.', '孩子学习点钞、储蓄与开店。'],
  ]),
  experience('TRAVEL', 'LOYAL and age >= 55', 30, [
    ['Seeing more in good health', '健康同游'],
    ['Guests choose the route and share photos.', '来宾票选路线并分享照片。'],
  ]),
  experience('CHECKUP', 'LOYAL', 30, [
    ['Health is wealth', '健康是财富'],
    ['A doctor explains each result to its guest.', '医生逐一解读体检结果。'],
  ]),
  experience('TRAINING', 'ACTIVE', 30, [
    ['A skill for every day', '一技在手'],
    ['Guests do the exercise themselves.', '来宾现场实操练习。'],
  ]),
]
