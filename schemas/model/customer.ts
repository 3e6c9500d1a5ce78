import {
  boolean,
  byLadder,
  date,
  dateTime,
  integer,
  longText,
  money,
  number,
  options,
  relation,
  select,
  text,
  type Field,
  type Label,
  type ObjectDef,
  type View,
} from './define.ts'
import { sourceOptions } from './development-sales.ts'
import {
  classOptions,
  lifeOptions,
  metalOptions,
  needOptions,
  strategyOptions,
  tierOptions,
  valueOptions,
} from './tiers.ts'

/** What people may know of a customer, for rules of any kind (TIER-VALUE, TIER-CLASS, TIER-ORDER). */
const knownFields = [
  text('ladderIndustry', 'Industry', '行业'),
  text('ladderAssetsKind', 'Kind of assets', '资产类型'),
  select('ladderPotential', 'Potential', '潜力', options(['GOOD', 'Good', '好'], ['ORDINARY', 'Ordinary', '一般'])),
  boolean('ladderExplicitNeed', 'Has said what it needs', '需求明确'),
]

const occupationOptions = options(
  ['OWNER', 'Business owner', '企业主'],
  ['EXECUTIVE', 'Executive', '高管'],
  ['PROFESSIONAL', 'Doctor, lawyer, teacher', '医生、律师、教师'],
  ['OFFICIAL', 'Official', '公务员'],
  ['EMPLOYEE', 'Employee', '职员'],
  ['FARMER', 'Farmer', '农户'],
  ['RETIRED', 'Retired', '退休'],
  ['OTHER', 'Other', '其他'],
)

/** The fields that make a customer of a CRM's company or person (TIER-*, ESC-CADENCE, ESC-MOVE). */
const customerFields = (amount: [en: string, zh: string]): Field[] => [
  text('ladderCustomerNo', 'Customer number', '客户号', {
    unique: true,
    description:
      typeof LADDER_WORKER === 'undefined'
        ? {
            en: "The bank's number of this customer: core banking's facts find the record by it.",
            zh: '银行核心系统客户号，核心系统事件据此找到本记录。',
          }
        : { en: '', zh: '' },
  }),
  boolean('ladderGold', 'Gold by decision', '认定黄金客户', {
    description:
      typeof LADDER_WORKER === 'undefined'
        ? {
            en: 'Head office to head office, or high revenue (TIER-CORP).',
            zh: '总对总或高收益客户（TIER-CORP）。',
          }
        : { en: '', zh: '' },
  }),
  text('ladderBranch', 'Branch', '所属机构', {
    description:
      typeof LADDER_WORKER === 'undefined'
        ? {
            en: "The branch's code in the playbook; empty: the branch of the relationship manager.",
            zh: '方法手册中的机构代码；为空时取客户经理所属机构。',
          }
        : { en: '', zh: '' },
  }),
  ...knownFields,
  select('ladderSource', 'How it was found', '客户来源', sourceOptions),
  text('ladderNamedPerson', 'Named person for movements (e-mail address)', '异动指定责任人（邮箱）'),
  select(
    'ladderConsent',
    'Consent to invitations',
    '营销同意',
    options(['GIVEN', 'Given', '同意', 'green'], ['WITHDRAWN', 'Refused or withdrawn', '拒绝或撤回', 'red']),
  ),
  boolean('ladderDoNotContact', 'Do not contact', '请勿打扰', {
    description:
      typeof LADDER_WORKER === 'undefined'
        ? {
            en: 'Never invited; open campaign tasks are closed.',
            zh: '不再邀请，已有活动任务一并关闭。',
          }
        : { en: '', zh: '' },
  }),
  ...byLadder(
    select('ladderTier', 'Tier', '客户等级', tierOptions),
    text('ladderTierWhy', 'Why this tier', '定级依据'),
    date('ladderTierSince', 'Tier since', '定级日期'),
    date('ladderNextRatingOn', 'Next rating', '下次评级日'),
    money('ladderBalance', ...amount),
    dateTime('ladderBalanceAt', 'Balance as of', '余额时点'),
    boolean('ladderDormant', 'Dormant', '睡眠户'),
    integer('ladderContactsPerYear', 'Contacts a year', '每年最少联系次数'),
    date('ladderLastContactOn', 'Last contact', '上次联系'),
    date('ladderNextContactDue', 'Next contact due', '下次联系截止'),
    money('ladderContribution', 'Revenue less cost (CNY)', '贡献度（元）'),
    integer('ladderOrderKey', 'Working order', '工作顺序', {
      description:
        typeof LADDER_WORKER === 'undefined'
          ? {
              en: 'Who comes first: existing before new, mid and high before mass, good potential, explicit need (TIER-ORDER).',
              zh: '数小者先：先老后新、先中高端后大众、先潜力大、先显性需求（TIER-ORDER）。',
            }
          : { en: '', zh: '' },
    }),
    integer('ladderPromisesKept', 'Promises kept', '承诺兑现次数'),
    integer('ladderPromisesBroken', 'Promises broken', '承诺未兑现次数'),
    text('ladderNotice', 'Ladder notice', 'Ladder 提示'),
  ),
]

/** Views of customers of either kind; `owner`: the field that says whose they are. */
const customerViews = (owner: string, titles: Record<'tier' | 'overdue' | 'next', Label>): View[] => [
  {
    name: titles.tier,
    kind: 'kanban',
    icon: 'IconStairsUp',
    groupBy: 'ladderTier',
    fields: ['name', 'ladderTier', 'ladderBalance', 'ladderNextContactDue'],
  },
  {
    name: titles.overdue,
    kind: 'table',
    icon: 'IconPhoneCall',
    fields: ['name', 'ladderTier', 'ladderNextContactDue', 'ladderLastContactOn', 'ladderNotice'],
    mine: owner,
    when: { field: 'ladderNextContactDue', is: 'PAST' },
    sort: { field: 'ladderNextContactDue', direction: 'ASC' },
  },
  {
    name: titles.next,
    kind: 'table',
    icon: 'IconPhone',
    fields: ['name', 'ladderTier', 'ladderLastContactOn', 'ladderNextContactDue', 'ladderNextRatingOn', 'ladderNotice'],
    sort: { field: 'ladderNextContactDue', direction: 'ASC' },
  },
]

export const company: ObjectDef = {
  name: 'company',
  plural: 'companies',
  kind: 'standard',
  label: { en: 'Company', zh: '公司' },
  labelPlural: typeof LADDER_WORKER === 'undefined' ? { en: 'Companies', zh: '公司' } : { en: '', zh: '' },
  description:
    typeof LADDER_WORKER === 'undefined'
      ? { en: 'A corporate customer or prospect.', zh: '公司客户或潜在客户。' }
      : { en: '', zh: '' },
  icon: 'IconBuildingSkyscraper',
  reads: ['name', 'accountOwnerId'],
  fields: [
    ...customerFields(['Deposits (CNY)', '存款（元）']),
    number('ladderLoyalty', 'Loyalty (0 to 100)', '忠诚度（0–100）'),
    boolean('ladderChannelPartner', 'Channel partner', '渠道合作'),
    ...byLadder(
      select('ladderMetal', 'Key account', '重点客户级别', metalOptions),
      select('ladderServiceClass', 'Service class', '服务分类', classOptions),
      longText('ladderPlan', 'Plan of its class', '分类营销方案'),
    ),
  ],
  views:
    typeof LADDER_WORKER === 'undefined'
      ? customerViews('accountOwner', {
          tier: { en: 'My book by tier', zh: '按等级的客户' },
          overdue: { en: 'My overdue contacts', zh: '我的逾期联系' },
          next: { en: 'Next contacts', zh: '待联系客户' },
        }).map((view) => (view.kind === 'kanban' ? { ...view, mine: 'accountOwner' } : view))
      : [],
}

export const person: ObjectDef = {
  name: 'person',
  plural: 'people',
  kind: 'standard',
  label: { en: 'Person', zh: '联系人' },
  labelPlural: typeof LADDER_WORKER === 'undefined' ? { en: 'People', zh: '联系人' } : { en: '', zh: '' },
  description:
    typeof LADDER_WORKER === 'undefined'
      ? { en: 'An individual customer, or a contact of a company.', zh: '个人客户或公司联系人。' }
      : { en: '', zh: '' },
  icon: 'IconUser',
  reads: ['name', 'companyId'],
  fields: [
    ...customerFields(['Financial assets (CNY)', '金融资产（元）']),
    money('ladderIncome', 'Income a year (CNY)', '年收入（元）'),
    select('ladderOccupation', 'Occupation', '职业', occupationOptions),
    select(
      'ladderAbility',
      'Business ability',
      '经营能力',
      options(['HIGH', 'High', '强'], ['MID', 'Middling', '中'], ['LOW', 'Low', '弱']),
    ),
    boolean('ladderOtherBankVip', "Another bank's VIP", '他行贵宾'),
    boolean('ladderGoldHead', 'Head or CFO of a head-office gold company', '总行级黄金客户负责人或财务负责人'),
    date('ladderBirthOn', 'Born on', '出生日期'),
    ...byLadder(
      select('ladderValueTier', 'Value', '价值分层', valueOptions),
      longText('ladderEntitlements', 'Entitlements', '服务权益'),
      select('ladderNeed', 'Need', '需求', needOptions),
      select('ladderLifeNeed', 'Need by age', '年龄段需求', lifeOptions),
      select('ladderStrategy', 'Strategy', '绑提转策略', strategyOptions),
      longText('ladderStrategyText', 'What to do', '策略说明'),
    ),
    relation('ladderRm', 'Relationship manager', '客户经理', 'workspaceMember', [
      'ladderPeople',
      'Customers',
      '名下客户',
    ]),
    relation('ladderRm2', 'Second relationship manager', '第二客户经理', 'workspaceMember', [
      'ladderPeople2',
      'Customers as second RM',
      '名下客户（第二）',
    ]),
    relation('ladderRm3', 'Third relationship manager', '第三客户经理', 'workspaceMember', [
      'ladderPeople3',
      'Customers as third RM',
      '名下客户（第三）',
    ]),
    ...byLadder(integer('ladderRmsNeeded', 'RMs needed', '应配客户经理人数')),
    ...byLadder(
      text('ladderReferral', 'Campaign that brought it', '来源活动'),
      text('ladderReferredBy', 'Referred by', '推荐人'),
      text('ladderReferralPhone', 'Phone given', '推荐时电话'),
    ),
  ],
  views:
    typeof LADDER_WORKER === 'undefined'
      ? customerViews('ladderRm', {
          tier: { en: 'Individuals by tier', zh: '个人客户按等级' },
          overdue: { en: 'My overdue contacts (individuals)', zh: '我的逾期联系（个人）' },
          next: { en: 'Next contacts (individuals)', zh: '待联系个人客户' },
        })
      : [],
}
