import type { PlaybookTable } from '../index.ts'

type Input = PlaybookTable['table']['inputs'][number]
type Cells = Record<string, string>

const byDefault = 'Default of this project / 本项目默认值'

/** A column, read by its own name. */
const col = (name: string, label: string, type: Input['type'], values?: string): Input => ({
  name,
  label,
  expression: name,
  ...(type ? { type } : {}),
  ...(values === undefined ? {} : { values }),
})

/** A table of which the first row that hits counts. Rows name only the columns that they ask for. */
const firstOf = (code: string, name: string, inputs: Input[], tiers: string, rows: [tier: string, cells: Cells][]) => ({
  code,
  columns: { ...Object.fromEntries(inputs.map((input) => [input.name, 'conditions'])), tier: 'tier' },
  table: {
    id: code,
    name,
    hitPolicy: 'F' as const,
    inputs,
    outputs: [{ name: 'tier', type: 'string' as const, values: tiers }],
    rules: rows.map(([tier, cells], index) => ({
      id: `${code}-${index + 1}`,
      when: inputs.map((input) => cells[input.name] ?? '-'),
      then: [`"${tier}"`],
      note: byDefault,
    })),
  },
})

/** Individuals by contribution to profit (TIER-VALUE). All thresholds are this project's defaults, in yuan. */
const tierValue = firstOf(
  'TIER_VALUE',
  'Individuals: value / 个人客户价值分层',
  [
    col('goldHead', 'Head or CFO of a gold company / 黄金客户负责人', 'boolean'),
    col('contribution', 'Revenue less cost / 贡献度', 'number'),
    col('avgBalance', 'Average daily balance / 日均余额', 'number'),
    col('cardSpending', 'Card spending a year / 年刷卡消费', 'number'),
    col('consumerLoan', 'Consumer loans / 消费贷款', 'number'),
    col('otherBankVip', "Another bank's VIP / 他行贵宾", 'boolean'),
    col('income', 'Income a year / 年收入', 'number'),
    col('occupation', 'Occupation / 职业', 'string'),
    col('ability', 'Business ability / 经营能力', 'string'),
  ],
  '"VIP","TARGET","MASS","NEGATIVE"',
  [
    ['VIP', { goldHead: 'true' }],
    ['NEGATIVE', { contribution: '< 0' }],
    ['VIP', { avgBalance: '>= 1000000' }],
    ['VIP', { cardSpending: '>= 500000' }],
    ['VIP', { consumerLoan: '>= 2000000' }],
    ['TARGET', { otherBankVip: 'true' }],
    ['TARGET', { income: '>= 300000' }],
    ['TARGET', { occupation: '"OWNER","EXECUTIVE","PROFESSIONAL"' }],
    ['TARGET', { ability: '"HIGH"' }],
    ['TARGET', { contribution: '>= 5000' }],
    ['MASS', {}],
  ],
)

/** Key accounts by business volume and loyalty (TIER-METAL). */
const tierMetal = firstOf(
  'TIER_METAL',
  'Key accounts / 重点客户级别',
  [
    col('businessVolume', 'Business volume a year / 年业务量', 'number'),
    col('loyalty', 'Loyalty (0 to 100) / 忠诚度', 'number'),
  ],
  '"PLATINUM","GOLD","IRON"',
  [
    ['PLATINUM', { businessVolume: '>= 100000000', loyalty: '>= 60' }],
    ['GOLD', { businessVolume: '>= 20000000', loyalty: '>= 80' }],
    ['IRON', {}],
  ],
)

/** Companies by what they use (TIER-CLASS). */
const tierClass = firstOf(
  'TIER_CLASS',
  'Companies: service class / 公司客户服务分类',
  [
    col('channelPartner', 'Channel partner / 渠道合作', 'boolean'),
    col('loanBalance', 'Loans / 贷款余额', 'number'),
    col('uses', 'Kinds of products / 产品种类', 'any'),
    col('settlementVolume', 'Settlement a year / 年结算量', 'number'),
  ],
  '"CHANNEL","CREDIT","SETTLEMENT","RELATIONSHIP"',
  [
    ['CHANNEL', { channelPartner: 'true' }],
    ['CREDIT', { loanBalance: '> 0' }],
    ['CREDIT', { uses: 'list contains(?, "LOAN")' }],
    ['SETTLEMENT', { settlementVolume: '> 0' }],
    ['SETTLEMENT', { uses: 'list contains(?, "SETTLEMENT")' }],
    ['RELATIONSHIP', {}],
  ],
)

/** What an individual wants of a bank, by what it does (TIER-NEED). */
const tierNeed = firstOf(
  'TIER_NEED',
  'Individuals: need / 个人客户需求',
  [
    col('uses', 'Kinds of products / 产品种类', 'any'),
    col('transactions', 'Transactions a year / 年交易笔数', 'number'),
    col('eBank', 'Uses e-banking / 使用电子银行', 'boolean'),
  ],
  '"KEEP_GROW","MOVE_MANAGE","CONVENIENT","BASIC"',
  [
    ['KEEP_GROW', { uses: 'list contains(?, "INVESTMENT") or list contains(?, "INSURANCE")' }],
    ['MOVE_MANAGE', { transactions: '>= 120' }],
    ['CONVENIENT', { eBank: 'true' }],
    ['BASIC', {}],
  ],
)

/** What an individual needs by age, from 30 to 60 (TIER-NEED). */
const tierLife = firstOf(
  'TIER_LIFE',
  'Individuals: need by age / 个人客户年龄段需求',
  [col('age', 'Age / 年龄', 'number')],
  '"BASICS","MORTGAGE","INVESTMENT","ESTATE"',
  [
    ['BASICS', { age: '< 30' }],
    ['MORTGAGE', { age: '[30..45)' }],
    ['INVESTMENT', { age: '[45..60)' }],
    ['ESTATE', {}],
  ],
)

/** What to do with an individual, by its tier (TIER-BTZ). */
const tierBtz = firstOf(
  'TIER_BTZ',
  'Individuals: strategy / 绑提转策略',
  [col('tier', 'Tier / 等级', 'string', '"HIGH","MID","MASS"')],
  '"LIFT_CONVERT","LIFT","BIND"',
  [
    ['LIFT_CONVERT', { tier: '"HIGH"' }],
    ['LIFT', { tier: '"MID"' }],
    ['BIND', { tier: '"MASS"' }],
  ],
)

/** RMs of a customer's own: one for each VIP, more for a very large one (TIER-RM). */
const tierRm: PlaybookTable = {
  code: 'TIER_RM',
  columns: { valueTier: 'conditions', avgBalance: 'conditions', rms: 'rms' },
  table: {
    id: 'TIER_RM',
    name: 'RMs of a customer / 专属客户经理人数',
    hitPolicy: 'F',
    inputs: [
      col('valueTier', 'Value / 价值分层', 'string'),
      col('avgBalance', 'Average daily balance / 日均余额', 'number'),
    ],
    outputs: [{ name: 'rms', type: 'number' }],
    rules: [
      { id: 'TIER_RM-1', when: ['"VIP"', '>= 50000000'], then: ['3'], note: byDefault },
      { id: 'TIER_RM-2', when: ['"VIP"', '>= 10000000'], then: ['2'], note: byDefault },
      { id: 'TIER_RM-3', when: ['"VIP"', '-'], then: ['1'] },
      { id: 'TIER_RM-4', when: ['-', '-'], then: ['0'] },
    ],
  },
}

export const tierTables: PlaybookTable[] = [tierValue, tierMetal, tierClass, tierNeed, tierLife, tierBtz, tierRm]
