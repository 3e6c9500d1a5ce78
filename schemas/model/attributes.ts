/**
 * What may be known of a customer besides its balances and holdings, and its type. Core banking tells it in
 * `customer.profile`; where the customer has a field of that name (`income` → `ladderIncome`), people may fill it in, and
 * core banking's word comes first. Rules read it by its name: money in yuan, dates ISO, null when it isn't known.
 */
export const ATTRIBUTES = {
  // individuals (TIER-VALUE, TIER-NEED): money of a year, or as it stands
  avgBalanceLocal: 'money',
  avgBalanceForeign: 'money',
  cardSpending: 'money',
  consumerLoan: 'money',
  income: 'money',
  transactions: 'number',
  /** Ways in which it deals with the bank, where core banking counts them (MEAS-4x2). */
  channels: 'number',
  eBank: 'boolean',
  goldHead: 'boolean',
  otherBankVip: 'boolean',
  occupation: 'text',
  ability: 'text',
  birthOn: 'date',
  // companies (TIER-METAL, TIER-CLASS)
  businessVolume: 'money',
  settlementVolume: 'money',
  loanBalance: 'money',
  loyalty: 'number',
  channelPartner: 'boolean',
  // both
  revenue: 'money',
  cost: 'money',
  industry: 'text',
  assetsKind: 'text',
  potential: 'text',
  explicitNeed: 'boolean',
} as const satisfies Record<string, 'money' | 'number' | 'boolean' | 'text' | 'date'>

export type AttributeName = keyof typeof ATTRIBUTES
/** Money in fen. Null: not known any more. */
export type Attributes = { [name in AttributeName]?: string | number | boolean | null }

/** The field of a company or person that holds an attribute, where there is one. */
export const attributeField = (name: string): string => `ladder${name.charAt(0).toUpperCase()}${name.slice(1)}`
