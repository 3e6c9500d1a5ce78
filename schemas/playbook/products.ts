import * as z from '../z.ts'
import { code, isDefault, labelSchema } from './bits.ts'

/** Kinds of products that rules and figures speak of: a product is of a kind when its name has one of the words. */
export const productKindSchema = z.strictObject({
  kind: code,
  name: labelSchema,
  words: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
  isDefault,
})
export type ProductKind = z.infer<typeof productKindSchema>

const kind = (code: string, en: string, zh: string, ...words: string[]): ProductKind => ({
  kind: code,
  name: { en, zh },
  words,
  isDefault: true,
})

/** Also of playbooks that were made before products had kinds. */
export const usualProducts: ProductKind[] = [
  kind('INVESTMENT', 'Investment', '投资理财', '理财', '基金', '国债', 'fund', 'wealth', 'invest'),
  kind('INSURANCE', 'Insurance', '保险', '保险', 'insurance'),
  kind('POS', 'POS', 'POS 收单', 'pos', '收单', '收款'),
  kind('PAYROLL', 'Payroll', '代发', '代发', 'payroll'),
  kind('ACCOUNT', 'Personal account', '个人账户', '活期', '储蓄', '账户', 'account'),
  kind('LOAN', 'Loan', '贷款', '贷', 'loan', '承兑', '信用证'),
  kind('SETTLEMENT', 'Settlement', '结算', '结算', 'settlement', '网银'),
  kind('EBANK', 'E-banking', '电子银行', '网银', '手机银行', '电子银行', 'e-bank', 'ebank', 'mobile bank'),
  kind('CARD', 'Card', '银行卡', '卡', 'card'),
]
