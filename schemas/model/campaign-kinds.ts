import { options, type Option } from './define.ts'

/** The templates of CAMP by code, with their names: what they hold is in the playbook. */
export const campaignKinds: Option[] = options(
  ['CAMP-S1', 'Referral salon of wealth customers', '理财客户转介绍沙龙'],
  ['CAMP-S2', 'Private salon for high-end customers', '高端客户私享沙龙'],
  ['CAMP-S3', 'New-product salon', '新产品推荐沙龙'],
  ['CAMP-S4', 'Service salon for long-standing customers', '老客户服务沙龙'],
  ['CAMP-S5', 'Salon to win walk-in customers', '流量客户开拓沙龙'],
  ['CAMP-EVT', 'Event marketing', '事件营销'],
  ['CAMP-EVT-FIN', 'Finance news', '财经快讯'],
  ['CAMP-MIC', 'Micro-marketing', '微营销'],
  ['CAMP-PHASE', 'Branch programme in three phases', '三阶段客户深耕计划'],
  ['CAMP-INT', 'Interest club', '兴趣俱乐部'],
  ['CAMP-HOL', 'Holiday event', '节日活动'],
  ['CAMP-SEM', 'Seminar', '研讨会'],
  ['CAMP-PRO', 'Product presentation', '产品推介会'],
  ['CAMP-MEET', 'Customer get-together', '客户联谊活动'],
  ['CAMP-REF', 'Referral drive', '客户推荐客户'],
  ['CAMP-EXP-DRIVE', 'Experience day: test drive', '体验日：试驾'],
  ['CAMP-EXP-TASTING', 'Experience day: tasting', '体验日：品鉴'],
  ['CAMP-EXP-GOLF', 'Experience day: golf', '体验日：高尔夫'],
  ['CAMP-EXP-YOUNG', 'Experience day: young leaders', '体验日：青年领袖'],
  ['CAMP-EXP-CHILDREN', "Experience day: children's camp", '体验日：少儿营'],
  ['CAMP-EXP-TRAVEL', 'Experience day: travel for the retired', '体验日：银发旅行'],
  ['CAMP-EXP-CHECKUP', 'Experience day: check-up', '体验日：健康体检'],
  ['CAMP-EXP-TRAINING', 'Experience day: training', '体验日：培训'],
)
