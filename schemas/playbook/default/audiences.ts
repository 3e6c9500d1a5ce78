import type { Audience } from '../index.ts'
import { t } from './write.ts'

const audience = (code: string, subject: Audience['subject'], rule: string, en: string, zh: string): Audience => ({
  code,
  name: t(en, zh),
  subject,
  rule,
  isDefault: true,
})

/** Saved audiences (CAMP-AUD), called by name in templates. Their figures are this project's defaults. */
export const audiences: Audience[] = [
  audience('ACTIVE', 'BOTH', 'dormant != true and valueTier != "EXIT"', 'Active customers', '活跃客户'),
  audience('VIP', 'PERSON', 'valueTier in ("VIP", "TARGET")', 'VIP and target customers', '贵宾与目标客户'),
  audience('CHANNEL', 'COMPANY', 'serviceClass = "CHANNEL"', 'Channel companies', '渠道类客户'),
  audience('GROWING', 'BOTH', 'potential = "GOOD"', 'Good potential', '潜力客户'),
  audience('WEALTH', 'PERSON', 'tier in ("HIGH", "MID") and dormant != true', 'Wealth customers', '中高端个人客户'),
  audience('TOP', 'PERSON', 'tier = "HIGH" and dormant != true', 'High-end individuals', '高端个人客户'),
  audience('LOYAL', 'PERSON', 'yearsWithUs >= 3 and dormant != true', 'Long-standing customers', '老客户'),
  audience(
    'KEY_FIRMS',
    'COMPANY',
    'tier in ("GOLD", "HIGH_END", "MID") and dormant != true',
    'Key companies',
    '重点公司客户',
  ),
  audience(
    'FARM_OWNERS',
    'PERSON',
    'occupation = "OWNER" and contains(industry, "农") and amount >= 500000 and amount <= 2000000',
    'Owners of farm-product firms with about 1,000,000 in assets',
    '资产约百万的农产品企业主',
  ),
  audience('QUIET', 'BOTH', 'daysSinceContact = null or daysSinceContact > 180', 'Not heard of lately', '久未联系客户'),
]
