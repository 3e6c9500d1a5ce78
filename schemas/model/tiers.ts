import { options, type Option } from './define.ts'

/** Tiers of the leading schemes (TIER-CONTACT, TIER-CORP). A scheme names the ones that it gives. */
export const tierOptions = options(
  ['GOLD', 'Gold', '黄金', 'yellow'],
  ['HIGH_END', 'High-end', '高端客户', 'purple'],
  ['MID', 'Mid', '中端', 'blue'],
  ['GENERAL', 'General', '一般', 'gray'],
  ['HIGH', 'High', '高端', 'purple'],
  ['MASS', 'Mass', '大众', 'gray'],
)

/** By contribution to profit (TIER-VALUE). EXIT: negative, and to be let go. */
export const valueOptions = options(
  ['VIP', 'VIP', '贵宾', 'yellow'],
  ['TARGET', 'Target', '目标', 'purple'],
  ['MASS', 'Mass', '大众', 'gray'],
  ['NEGATIVE', 'Negative', '负效', 'orange'],
  ['EXIT', 'To be let go', '退出', 'red'],
)

/** Key accounts (TIER-METAL). */
export const metalOptions = options(
  ['PLATINUM', 'Platinum', '铂金', 'purple'],
  ['GOLD', 'Gold', '黄金', 'yellow'],
  ['IRON', 'Iron', '铁', 'gray'],
)

/** By what a company uses (TIER-CLASS). */
export const classOptions = options(
  ['SETTLEMENT', 'Settlement', '结算类', 'blue'],
  ['CREDIT', 'Credit', '信贷类', 'green'],
  ['RELATIONSHIP', 'Relationship', '关系类', 'orange'],
  ['CHANNEL', 'Channel', '渠道类', 'purple'],
)

/** What an individual wants of a bank, by behaviour (TIER-NEED). */
export const needOptions = options(
  ['BASIC', 'Basic transactions', '基本交易', 'gray'],
  ['KEEP_GROW', 'Keep and grow value', '保值增值', 'green'],
  ['MOVE_MANAGE', 'Move and manage money', '资金调度', 'blue'],
  ['CONVENIENT', 'Convenient use of accounts', '账户便利', 'purple'],
)

/** What an individual needs by age (TIER-NEED). */
export const lifeOptions = options(
  ['BASICS', 'Basics', '基础', 'gray'],
  ['MORTGAGE', 'Mortgage', '按揭', 'blue'],
  ['INVESTMENT', 'Investment', '投资', 'green'],
  ['ESTATE', 'Estate', '遗产', 'purple'],
)

/** What to do with an individual (TIER-BTZ). */
export const strategyOptions = options(
  ['BIND', 'Bind', '绑', 'gray'],
  ['LIFT', 'Lift', '提', 'blue'],
  ['LIFT_CONVERT', 'Lift and convert', '提、转', 'purple'],
)

/** Every result that a scheme may give, each once: for ratings and rules, which are of any scheme. */
export const resultOptions: Option[] = [
  ...new Map(
    [
      ...[...tierOptions, ...valueOptions, ...metalOptions, ...classOptions],
      ...[...needOptions, ...lifeOptions, ...strategyOptions],
    ].map((option) => [option.code, option]),
  ).values(),
]
