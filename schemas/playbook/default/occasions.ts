import type { OccasionKind, Playbook, Role } from '../index.ts'
import { t } from './write.ts'

type Work = OccasionKind['work'][number]
type More = Omit<Partial<OccasionKind>, 'code' | 'work' | 'id' | 'leadDays'>

const work = (day: number, role: Role, en: string, zh: string, form?: Work['form']): Work => ({
  day,
  role,
  title: t(en, zh),
  ...(form ? { form } : {}),
})
const kind = (id: string, code: string, leadDays: number, tasks: Work[], more: More = {}): OccasionKind => ({
  code,
  id,
  leadDays,
  work: tasks,
  ...more,
  isDefault: true,
})

const cust = (code: string, tasks: Work[], more?: More): OccasionKind => kind('ESC-CUST', code, 5, tasks, more)
const wishes = (day: number, form: Work['form'] = 'CALL'): Work[] => [work(day, 'RM', 'Congratulate', '表示祝贺', form)]
const ceremony = [work(0, 'SUB_BRANCH_PRESIDENT', 'Congratulate', '表示祝贺', 'VISIT')]
const tell = (day: number): Work => work(day, 'RM', 'Tell the customer', '告知客户')
const visit = (day: number): Work => work(day, 'RM', 'Visit in person', '登门拜访', 'VISIT')

/** What follows from each occasion. Days, allowances and roles are this project's default. */
export const occasions: OccasionKind[] = [
  kind('ESC-INNER', 'PRODUCT_MATURES', 10, [work(0, 'RM', 'Agree what follows', '商定到期承接')], {
    cause: 'ESC_INNER',
  }),
  kind('ESC-INNER', 'FEE_DUE', 5, [work(0, 'RM', 'Renew the fee', '提醒续费')], { cause: 'ESC_INNER' }),
  kind('ESC-INNER', 'NEW_PRODUCT', 5, [tell(5)]),
  kind('ESC-INNER', 'PROMOTION', 3, [tell(3)]),
  kind('ESC-INNER', 'GET_TOGETHER', 5, [work(-3, 'RM', 'Invite', '发出邀请')]),
  cust('BUSINESS_OPENS', wishes(1, 'VISIT')),
  cust('PROMOTED', wishes(1)),
  cust('REWARDED', wishes(1)),
  cust('BIRTHDAY', [work(0, 'RM', 'Congratulate', '生日祝福', 'CALL')], {
    yearly: true,
    tiers: ['HIGH', 'MID', 'TIER-VALUE:VIP', 'TIER-VALUE:TARGET'],
  }),
  cust('MARRIED', wishes(0, 'VISIT')),
  cust('CHILD', wishes(1, 'VISIT')),
  cust('HOLIDAY', [work(-1, 'RM', 'Congratulate', '表示祝贺', 'CALL')], { yearly: true }),
  cust('ANNIVERSARY', wishes(0, 'VISIT'), { yearly: true }),
  cust('FOUNDATION_STONE', ceremony),
  cust('COMPLETION', ceremony),
  cust('DIFFICULTY', [visit(1), work(2, 'SUB_BRANCH_PRESIDENT', 'Offer help', '上门提供帮助', 'VISIT')], {
    cause: 'ESC_CUST',
  }),
  cust('RIVAL_UNHAPPY', [visit(2)], { cause: 'ESC_CUST' }),
  cust('BAD_WEATHER', [visit(0)]),
  cust('ILLNESS', [visit(2)], { cause: 'ESC_CUST' }),
  cust('GREAT_JOY', [visit(2)], { cause: 'ESC_CUST' }),
  cust('PERSONAL', wishes(0)),
  cust('COMPANY', wishes(0)),
  ...['POLITICS', 'ECONOMY', 'POLICY'].map((code) => kind('ESC-OUTER', code, 3, [tell(3)])),
  kind('ESC-OUTER', 'SUDDEN', 1, [tell(1)], { cause: 'ESC_OUTER' }),
  kind('ESC-COMPL', 'COMPLAINT', 0, [{ ...work(0, 'RM', 'Answer the complaint', '答复投诉'), minutes: 420 }], {
    cause: 'ESC_COMPL',
  }),
  kind('ESC-PROMISE', 'PROMISE_BROKEN', 0, [], { cause: 'ESC_PROMISE' }),
  kind('ESC-SLEEP', 'SLEEPING', 5, [work(5, 'RM', 'Activate the account', '激活账户', 'CALL')], {
    cause: 'ESC_SLEEP',
  }),
  kind('ESC-SLEEP', 'LOW_USE', 10, [work(10, 'RM', 'Activate the account', '激活账户', 'CALL')], {
    least: 3,
  }),
  kind('ESC-SLEEP', 'WALK_IN', 1, [work(1, 'RM', 'Follow up', '跟进', 'CALL')], {
    cause: 'ESC_SLEEP',
  }),
  kind(
    'ESC-RISK',
    'RISK',
    5,
    [
      work(1, 'RM', 'Identify', '识别'),
      work(3, 'SUB_BRANCH_PRESIDENT', 'Control', '控制'),
      work(5, 'RM', 'Report to the vice president', '报告分管行长'),
    ],
    { cause: 'ESC_RISK' },
  ),
]

const promise = (
  code: string,
  service: string,
  en: string,
  zh: string,
  limit: number,
  unit: Playbook['promises'][number]['unit'],
  tiers?: string[],
): Playbook['promises'][number] => ({
  code,
  service,
  text: t(en, zh),
  limit,
  unit,
  ...(tiers ? { tiers } : {}),
  isDefault: true,
})

/** Service promises: limits are this project's default. */
export const promises: Playbook['promises'] = [
  promise('WAIT_VIP', 'COUNTER_WAIT', 'VIPs wait at most 5 minutes', '贵宾等候不超过 5 分钟', 5, 'MINUTES', [
    'HIGH',
    'GOLD',
    'TIER-VALUE:VIP',
  ]),
  promise('WAIT', 'COUNTER_WAIT', 'Wait at most 15 minutes', '等候不超过 15 分钟', 15, 'MINUTES'),
  promise('LOAN', 'LOAN_ANSWER', 'Loan answered in 5 days', '贷款 5 日内答复', 5, 'DAYS'),
]

const leader = (
  code: string,
  role: Role,
  level: string,
  everyMonths: number,
  ...tiers: string[]
): Playbook['leaderVisits'][number] => ({ code, role, level, everyMonths, tiers, leadDays: 10, isDefault: true })

/** Visits of leaders: whom each visits follows who leads a tier (TIER-CORP); the RM visits day to day (TIER-CONTACT). */
export const leaderVisits: Playbook['leaderVisits'] = [
  leader('BRANCH', 'VICE_PRESIDENT', 'BRANCH', 3, 'GOLD', 'HIGH_END'),
  leader('SUB_BRANCH', 'SUB_BRANCH_PRESIDENT', 'SUB_BRANCH', 1, 'HIGH_END', 'MID'),
  leader('EXPANSION', 'EXPANSION_LEAD', 'EXPANSION', 1, 'MID'),
]

/** Joint action on a large movement: the named person reports at once, the branch acts to keep the customer. */
export const joint: Playbook['joint'] = [
  {
    causes: ['ESC_MOVE'],
    work: [
      {
        role: 'NAMED_PERSON',
        title: t('Report to vice president and branch', '报告分管行长和支行'),
        minutes: 60,
      },
      { role: 'SUB_BRANCH_PRESIDENT', title: t('See the customer and report', '走访客户并反馈'), minutes: 420 },
      { role: 'VICE_PRESIDENT', title: t('Lead the joint action and report', '牵头联动挽留并反馈'), minutes: 840 },
    ],
    isDefault: true,
  },
]
