import { options } from './define.ts'

/** Every tier code that the bank's schemes use (TIER-CONTACT, TIER-CORP). A scheme names the ones it gives. */
export const tierOptions = options(
  ['GOLD', 'Gold', '黄金', 'yellow'],
  ['HIGH_END', 'High-end', '高端客户', 'purple'],
  ['MID', 'Mid', '中端', 'blue'],
  ['GENERAL', 'General', '一般', 'gray'],
  ['HIGH', 'High', '高端', 'purple'],
  ['MASS', 'Mass', '大众', 'gray'],
)
