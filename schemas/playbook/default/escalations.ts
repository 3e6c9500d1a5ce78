import type { EscalationPolicy, Level, Role } from '../index.ts'
import { t } from './write.ts'

/** Working minutes of one day of the default calendar: 09:00–12:00 and 13:30–17:30. */
const day = 7 * 60
const hours = (count: number): number => count * 60
const days = (count: number): number => count * day

const ladder = (...levels: [role: Role, allowanceMinutes: number][]): Level[] =>
  levels.map(([role, allowanceMinutes]) => ({ role, allowanceMinutes }))

const top = '"GOLD","HIGH_END","TIER-VALUE:VIP"'

/** Who is told, and how long each has. All allowances are this project's default. The first match is used. */
export const escalations: EscalationPolicy[] = [
  {
    id: 'ESC-MOVE-TOP',
    name: t('Large movement: gold, high-end, VIP', '大额异动：黄金、高端、贵宾客户'),
    causes: '"ESC-MOVE"',
    tiers: top,
    levels: ladder(['RM', hours(2)], ['VICE_PRESIDENT', hours(4)], ['PRESIDENT', days(1)]),
    isDefault: true,
  },
  {
    id: 'ESC-MOVE',
    name: t('Large movement', '大额异动'),
    causes: '"ESC-MOVE"',
    tiers: '-',
    levels: ladder(['RM', hours(4)], ['VICE_PRESIDENT', days(1)]),
    isDefault: true,
  },
  {
    id: 'ESC-CADENCE-TOP',
    name: t('Contact overdue: gold, high-end, VIP', '联系逾期：黄金、高端、贵宾客户'),
    causes: '"ESC-CADENCE"',
    tiers: top,
    levels: ladder(
      ['RM', days(2)],
      ['SUB_BRANCH_PRESIDENT', days(3)],
      ['VICE_PRESIDENT', days(5)],
      ['PRESIDENT', days(5)],
    ),
    isDefault: true,
  },
  {
    id: 'ESC-CADENCE',
    name: t('Contact overdue', '联系逾期'),
    causes: '"ESC-CADENCE"',
    tiers: '-',
    levels: ladder(['RM', days(5)], ['SUB_BRANCH_PRESIDENT', days(5)], ['VICE_PRESIDENT', days(5)]),
    isDefault: true,
  },
  {
    id: 'ESC-STALL-TOP',
    name: t('Development stalled: gold, high-end, VIP', '开发停滞：黄金、高端、贵宾客户'),
    causes: '"ESC-STALL"',
    tiers: top,
    levels: ladder(
      ['RM', days(2)],
      ['SUB_BRANCH_PRESIDENT', days(3)],
      ['VICE_PRESIDENT', days(5)],
      ['PRESIDENT', days(5)],
    ),
    isDefault: true,
  },
  {
    id: 'ESC-STALL',
    name: t('Development stalled', '开发停滞'),
    causes: '"ESC-STALL"',
    tiers: '-',
    levels: ladder(['RM', days(3)], ['SUB_BRANCH_PRESIDENT', days(5)], ['VICE_PRESIDENT', days(5)]),
    isDefault: true,
  },
  {
    id: 'ESC-COMPL-TOP',
    name: t('Complaint or risk: gold, high-end, VIP', '投诉与风险：黄金、高端、贵宾客户'),
    causes: '"ESC-COMPL","ESC-RISK"',
    tiers: top,
    levels: ladder(['RM', hours(2)], ['VICE_PRESIDENT', hours(4)], ['PRESIDENT', days(1)]),
    isDefault: true,
  },
  {
    id: 'ESC-COMPL',
    name: t('Complaint or risk', '投诉与风险'),
    causes: '"ESC-COMPL","ESC-RISK"',
    tiers: '-',
    levels: ladder(['RM', hours(4)], ['SUB_BRANCH_PRESIDENT', days(1)], ['VICE_PRESIDENT', days(1)]),
    isDefault: true,
  },
  {
    id: 'ESC-PROMISE',
    name: t('Service promise broken', '承诺未兑现'),
    causes: '"ESC-PROMISE"',
    tiers: '-',
    levels: ladder(['SUB_BRANCH_PRESIDENT', days(1)], ['VICE_PRESIDENT', days(2)]),
    isDefault: true,
  },
  {
    id: 'ESC-VISIT',
    name: t('Leader’s visit overdue', '领导走访逾期'),
    causes: '"ESC-VISIT"',
    tiers: '-',
    levels: ladder(['SUB_BRANCH_PRESIDENT', days(3)], ['VICE_PRESIDENT', days(5)], ['PRESIDENT', days(5)]),
    isDefault: true,
  },
  {
    id: 'TIER-RM',
    name: t('No dedicated RM', '专属客户经理缺位'),
    causes: '"TIER-RM"',
    tiers: '-',
    levels: ladder(['SUB_BRANCH_PRESIDENT', days(1)], ['VICE_PRESIDENT', days(3)]),
    isDefault: true,
  },
  {
    id: 'ESC-LADDER',
    name: t('All else', '其他'),
    causes: '-',
    tiers: '-',
    levels: ladder(['RM', days(2)], ['SUB_BRANCH_PRESIDENT', days(3)], ['VICE_PRESIDENT', days(5)]),
    isDefault: true,
  },
]
