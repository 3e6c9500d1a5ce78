import {
  boolean,
  byLadder,
  date,
  dateTime,
  integer,
  money,
  relation,
  select,
  text,
  type Field,
  type ObjectDef,
} from './define.ts'
import { tierOptions } from './tiers.ts'

/** The fields that make a customer of a CRM's company or person (TIER-*, ESC-CADENCE, ESC-MOVE). */
const customerFields = (amount: [en: string, zh: string]): Field[] => [
  text('ladderCustomerNo', 'Customer number', '客户号', {
    unique: true,
    description: {
      en: "The bank's number of this customer: core banking's facts find the record by it.",
      zh: '银行核心系统客户号，核心系统事件据此找到本记录。',
    },
  }),
  boolean('ladderGold', 'Gold by decision', '认定黄金客户', {
    description: {
      en: 'Head office to head office, or high revenue (TIER-CORP).',
      zh: '总对总或高收益客户（TIER-CORP）。',
    },
  }),
  text('ladderBranch', 'Branch', '所属机构', {
    description: {
      en: "The branch's code in the playbook; empty: the branch of the relationship manager.",
      zh: '方法手册中的机构代码；为空时取客户经理所属机构。',
    },
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
    text('ladderNotice', 'Ladder notice', 'Ladder 提示'),
  ),
]

export const company: ObjectDef = {
  name: 'company',
  plural: 'companies',
  kind: 'standard',
  label: { en: 'Company', zh: '公司' },
  labelPlural: { en: 'Companies', zh: '公司' },
  description: { en: 'A corporate customer or prospect.', zh: '公司客户或潜在客户。' },
  icon: 'IconBuildingSkyscraper',
  reads: ['name', 'accountOwnerId'],
  fields: customerFields(['Deposits (CNY)', '存款（元）']),
  views: [
    {
      name: { en: 'My book by tier', zh: '按等级的客户' },
      kind: 'kanban',
      icon: 'IconStairsUp',
      groupBy: 'ladderTier',
      fields: ['name', 'ladderTier', 'ladderBalance', 'ladderNextContactDue'],
    },
    {
      name: { en: 'Next contacts', zh: '待联系客户' },
      kind: 'table',
      icon: 'IconPhone',
      fields: [
        'name',
        'ladderTier',
        'ladderLastContactOn',
        'ladderNextContactDue',
        'ladderNextRatingOn',
        'ladderNotice',
      ],
      sort: { field: 'ladderNextContactDue', direction: 'ASC' },
    },
  ],
}

export const person: ObjectDef = {
  name: 'person',
  plural: 'people',
  kind: 'standard',
  label: { en: 'Person', zh: '联系人' },
  labelPlural: { en: 'People', zh: '联系人' },
  description: { en: 'An individual customer, or a contact of a company.', zh: '个人客户或公司联系人。' },
  icon: 'IconUser',
  reads: ['name', 'companyId'],
  fields: [
    ...customerFields(['Financial assets (CNY)', '金融资产（元）']),
    relation('ladderRm', 'Relationship manager', '客户经理', 'workspaceMember', [
      'ladderPeople',
      'Customers',
      '名下客户',
    ]),
  ],
  views: [
    {
      name: { en: 'Individuals by tier', zh: '个人客户按等级' },
      kind: 'kanban',
      icon: 'IconStairsUp',
      groupBy: 'ladderTier',
      fields: ['name', 'ladderTier', 'ladderBalance', 'ladderNextContactDue'],
    },
    {
      name: { en: 'Next contacts (individuals)', zh: '待联系个人客户' },
      kind: 'table',
      icon: 'IconPhone',
      fields: [
        'name',
        'ladderTier',
        'ladderLastContactOn',
        'ladderNextContactDue',
        'ladderNextRatingOn',
        'ladderNotice',
      ],
      sort: { field: 'ladderNextContactDue', direction: 'ASC' },
    },
  ],
}
