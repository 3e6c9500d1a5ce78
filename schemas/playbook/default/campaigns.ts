import type { CampaignTemplate } from '../index.ts'
import { privateSalon, referralSalon } from './campaigns-circle.ts'
import { productSalon, serviceSalon } from './campaigns-service.ts'
import { meetings } from './campaigns-meetings.ts'
import { plans } from './campaigns-plans.ts'
import { after, guestTask, nameOf, t, task } from './write.ts'

/**
 * CAMP-S5: walk-in customers who might stay. Written for the bank's own example: owners of farm-product firms with about
 * 1,000,000 in assets, and an expert on selling farm products online.
 */
const walkInSalon: CampaignTemplate = {
  code: 'CAMP-S5',
  name: nameOf('CAMP-S5'),
  subject: 'PERSON',
  audience: 'FARM_OWNERS or ((tier = "MASS" or tier = "MID") and holdings <= 1 and dormant != true)',
  theme: t(
    'Selling farm products online: an expert shows owners of farm-product firms how',
    '农产品如何网上卖：电商专家走近农产品企业主',
  ),
  form: t(
    'Workshop: an e-commerce expert builds a shop page with one of the guests; the bank shows collecting payments and a small credit line',
    '实操工作坊：电商专家现场为一位来宾搭建网店，银行演示收款与小额信贷',
  ),
  place: t('Meeting room near the wholesale market', '农产品批发市场附近会议室'),
  size: 30,
  roles: t(
    'Host: expansion team lead. Speaker: e-commerce expert. Walk-ins are named by the lobby manager. RMs help guests on their phones.',
    '主持：拓展团队负责人。主讲：电商专家。大堂经理推荐到店客户。客户经理在旁协助来宾用手机操作。',
  ),
  participation: t(
    'Guests bring one of their products, photograph it and put it up for sale before they leave; the best page wins a payment terminal.',
    '来宾自带一件产品，现场拍照上架；最佳网店获赠收款设备。',
  ),
  timeline: [
    task(-15, 'EXPANSION_LEAD', 'Choose the trade and the place; win the expert', '选定行业与地点，邀请专家'),
    task(-12, 'LOBBY_MANAGER', 'Name walk-in customers of that trade with potential', '推荐该行业有潜力的到店客户'),
    task(-10, 'MARKETING', 'Posters in the hall, messages to traders', '厅堂海报与商户短信'),
    guestTask(-7, 'RM', 'Invite: ask what the guest sells and how', '邀请：了解客户卖什么、怎么卖'),
    guestTask(-1, 'RM', 'Remind the guest to bring a product and a charged phone', '提醒客户带上产品和充好电的手机'),
    task(-1, 'EXPANSION_LEAD', 'Test network, screen and demo shop', '测试网络、屏幕与演示网店'),
    task(0, 'LOBBY_MANAGER', 'Register every guest with phone and trade', '登记每位来宾的电话与行业'),
    task(0, 'EXPANSION_LEAD', 'Host the workshop', '主持工作坊'),
    task(1, 'RM', 'Enter attendance, assets told and wishes', '录入到场、资产情况与需求'),
    task(
      7,
      'EXPANSION_LEAD',
      'Review: accounts opened, terminals, credit leads, cost per product won',
      '复盘：开户、设备、信贷商机、单位获客成本',
    ),
  ],
  followUp: [
    after(
      'CAME',
      1,
      'RM',
      'Call: does the shop run? Offer collecting account and terminal',
      '致电：网店运行如何？提供收款账户与设备',
    ),
    after('CAME', 5, 'RM', 'Visit the firm; gather figures for a small credit line', '走访企业，收集小额信贷所需资料'),
    after('ABSENT', 2, 'RM', "Send the expert's notes and the date of the next workshop", '发送专家讲义与下期时间'),
    after('BROUGHT_FRIEND', 2, 'RM', 'Call the friend; open a customer file', '致电其朋友并建立客户档案'),
  ],
}

/** All templates of CAMP. Figures (days, sizes, thresholds in audiences) are this project's defaults. */
export const campaigns: CampaignTemplate[] = [
  referralSalon,
  privateSalon,
  productSalon,
  serviceSalon,
  walkInSalon,
  ...plans,
  ...meetings,
]
