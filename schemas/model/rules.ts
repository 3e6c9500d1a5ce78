import {
  byLadder,
  date,
  dateTime,
  integer,
  json,
  ladderKeyField,
  longText,
  money,
  number,
  options,
  relation,
  select,
  text,
  type ObjectDef,
} from './define.ts'
import { tierOptions } from './tiers.ts'

/** What became of an edit of a method record: in force, refused with its error, or switched off by a person. */
const ruleState = options(
  ['ACTIVE', 'In force', '生效', 'green'],
  ['ERROR', 'Error', '有误', 'red'],
  ['OFF', 'Off', '停用', 'gray'],
)

/**
 * One row of a decision table, edited in the CRM. Cells are S-FEEL: `[50000..100000]`, `> 100000`, `true`, `-`.
 * Which columns a table uses is in the playbook (`tables[].columns`).
 */
export const tierRule: ObjectDef = {
  name: 'tierRule',
  plural: 'tierRules',
  kind: 'custom',
  label: { en: 'Tier rule', zh: '等级规则' },
  labelPlural: { en: 'Tier rules', zh: '等级规则' },
  description: { en: 'A row of a tier table. The next rating uses it.', zh: '等级表的一行，下一次评级即按此执行。' },
  icon: 'IconTable',
  fields: [
    ladderKeyField,
    select(
      'table',
      'Table',
      '规则表',
      options(
        ['TIER_CONTACT', 'Individuals: tier and contacts', '个人客户等级与联系', 'blue'],
        ['TIER_CORP', 'Companies: tier and leads', '公司客户等级与牵头', 'purple'],
        ['ESC_MOVE', 'Large movement: thresholds', '大额异动阈值', 'red'],
      ),
    ),
    integer('rowNo', 'Row', '行号'),
    text('amountCell', 'If amount (CNY)', '条件：金额（元）', {
      description: {
        en: 'Financial assets or deposits in yuan, e.g. [50000..100000] or > 100000; - for any',
        zh: '金融资产或存款（元），如 [50000..100000] 或 > 100000；- 表示任意',
      },
    }),
    text('goldCell', 'If gold by decision', '条件：认定黄金', {
      description: { en: 'true, false or -', zh: 'true、false 或 -' },
    }),
    text('tierCell', 'If tier', '条件：等级', {
      description: { en: 'e.g. "GOLD","HIGH_END" or -', zh: '如 "GOLD","HIGH_END" 或 -' },
    }),
    select('tier', 'Then tier', '结果：等级', tierOptions),
    integer('contactsPerYear', 'Then contacts a year', '结果：每年联系次数'),
    text('leads', 'Then led by', '结果：牵头角色', {
      description: {
        en: 'Roles, the first one leads, e.g. VICE_PRESIDENT, EXPANSION_DEPARTMENT',
        zh: '角色，首位为牵头，如 VICE_PRESIDENT, EXPANSION_DEPARTMENT',
      },
    }),
    money('minFall', 'Then fall of at least (CNY)', '结果：下降不少于（元）'),
    number('minFallPercent', 'Then fall of at least (%)', '结果：下降不少于（%）'),
    select('state', 'State', '状态', ruleState),
    ...byLadder(longText('error', 'Error', '错误')),
  ],
  views: [
    {
      name: { en: 'Tier rules', zh: '等级规则' },
      kind: 'table',
      icon: 'IconTable',
      fields: [
        'table',
        'rowNo',
        'amountCell',
        'goldCell',
        'tierCell',
        'tier',
        'contactsPerYear',
        'leads',
        'minFall',
        'minFallPercent',
        'state',
        'error',
      ],
      sort: { field: 'rowNo', direction: 'ASC' },
    },
  ],
}

/** One rating of one customer: never changed afterwards, but for its approval (TIER-RERATE). */
export const tierRating: ObjectDef = {
  name: 'tierRating',
  plural: 'tierRatings',
  kind: 'custom',
  label: { en: 'Tier rating', zh: '评级记录' },
  labelPlural: { en: 'Tier ratings', zh: '评级记录' },
  description: {
    en: 'A rating with its inputs, rule version, row, effective date and approval.',
    zh: '一次评级：输入、规则版本、命中行、生效日、审批。',
  },
  icon: 'IconHistory',
  fields: [
    ladderKeyField,
    relation('company', 'Company', '公司', 'company', ['tierRatings', 'Tier ratings', '评级记录']),
    relation('person', 'Person', '联系人', 'person', ['tierRatings', 'Tier ratings', '评级记录']),
    text('scheme', 'Scheme', '评级方案'),
    select('oldTier', 'Old tier', '原等级', tierOptions),
    select('newTier', 'New tier', '新等级', tierOptions),
    date('ratedOn', 'Rated on', '评级日'),
    date('effectiveOn', 'Effective on', '生效日'),
    json('inputs', 'Inputs', '输入'),
    text('ruleVersion', 'Rule version', '规则版本'),
    text('ruleRow', 'Row', '命中行'),
    select(
      'cause',
      'Cause',
      '评级原因',
      options(['FIRST', 'First rating', '首次'], ['CHANGE', 'Change', '变动'], ['YEARLY', 'Yearly', '年度']),
    ),
    select(
      'approval',
      'Approval',
      '审批',
      options(
        ['AUTOMATIC', 'Automatic', '自动', 'gray'],
        ['PROPOSED', 'Proposed', '待审批', 'yellow'],
        ['APPROVED', 'Approved', '已批准', 'green'],
        ['REJECTED', 'Rejected', '已否决', 'red'],
      ),
    ),
    text('approvedBy', 'Approved by', '审批人'),
  ].map((field) =>
    field.name === 'approval' || field.name === 'approvedBy' ? field : { ...field, writer: 'ladder' as const },
  ),
  views: [
    {
      name: { en: 'Ratings', zh: '评级记录' },
      kind: 'table',
      icon: 'IconHistory',
      fields: [
        'name',
        'company',
        'person',
        'oldTier',
        'newTier',
        'ratedOn',
        'effectiveOn',
        'approval',
        'ruleVersion',
        'ruleRow',
      ],
      sort: { field: 'ratedOn', direction: 'DESC' },
    },
  ],
}

/** Who is told, level by level, and how long each has (ESC-LADDER). */
export const escalationPolicy: ObjectDef = {
  name: 'escalationPolicy',
  plural: 'escalationPolicies',
  kind: 'custom',
  label: { en: 'Escalation policy', zh: '升级策略' },
  labelPlural: { en: 'Escalation policies', zh: '升级策略' },
  description: { en: 'Levels with their allowance in working time.', zh: '各升级层级及其工作时间时限。' },
  icon: 'IconStairs',
  fields: [
    ladderKeyField,
    text('tierCell', 'Tiers', '适用等级', {
      description: {
        en: 'S-FEEL, e.g. "GOLD","HIGH_END" or - for all',
        zh: 'S-FEEL，如 "GOLD","HIGH_END"；- 表示全部',
      },
    }),
    text('causeCell', 'Causes', '适用原因', {
      description: { en: 'S-FEEL, e.g. "ESC-MOVE" or - for all', zh: 'S-FEEL，如 "ESC-MOVE"；- 表示全部' },
    }),
    integer('rowNo', 'Order', '顺序'),
    longText('levels', 'Levels', '层级', {
      description: {
        en: 'One line a level: ROLE allowance, e.g. RM 4h or VICE_PRESIDENT 2d (working hours or days)',
        zh: '每行一级：角色 时限，如 RM 4h 或 VICE_PRESIDENT 2d（工作小时或工作日）',
      },
    }),
    select('state', 'State', '状态', ruleState),
    ...byLadder(longText('error', 'Error', '错误')),
  ],
  views: [
    {
      name: { en: 'Escalation policies', zh: '升级策略' },
      kind: 'table',
      icon: 'IconStairs',
      fields: ['name', 'causeCell', 'tierCell', 'rowNo', 'levels', 'state', 'error'],
      sort: { field: 'rowNo', direction: 'ASC' },
    },
  ],
}

/** A salon or event as a form to be used again and again (CAMP-S1 to CAMP-S5). Setting `launchOn` makes a campaign. */
export const campaignTemplate: ObjectDef = {
  name: 'campaignTemplate',
  plural: 'campaignTemplates',
  kind: 'custom',
  label: { en: 'Campaign template', zh: '活动模板' },
  labelPlural: { en: 'Campaign templates', zh: '活动模板' },
  description: {
    en: 'Audience, form, roles and timeline of a campaign. Set "Hold on" to start one.',
    zh: '活动的对象、形式、分工与时间表。填写“举办时间”即发起活动。',
  },
  icon: 'IconTemplate',
  fields: [
    ladderKeyField,
    text('code', 'Method id', '方法编号', { writer: 'ladder' }),
    dateTime('launchOn', 'Hold on', '举办时间', {
      description: { en: 'Set this to make a campaign from the template.', zh: '填写后即按模板生成活动。' },
    }),
    longText('audience', 'Audience rule', '对象规则', {
      description: { en: 'FEEL over the customer, e.g. tier = "HIGH"', zh: '客户条件（FEEL），如 tier = "HIGH"' },
    }),
    select('subject', 'For', '对象类型', options(['PERSON', 'Individuals', '个人'], ['COMPANY', 'Companies', '公司'])),
    text('theme', 'Theme', '主题'),
    text('form', 'Form', '形式'),
    text('place', 'Place', '地点'),
    integer('size', 'Size', '规模（人）'),
    longText('roles', 'Roles', '分工'),
    longText('participation', 'How guests take part', '参与方式'),
    json('timeline', 'Timeline', '时间表', {
      description: {
        en: 'Tasks: [{"day": -10, "role": "RM", "title": "…"}], days are working days',
        zh: '任务：[{"day": -10, "role": "RM", "title": "…"}]，天数为工作日',
      },
    }),
    json('followUp', 'Follow-up', '后续跟进', {
      description: {
        en: 'Tasks by what happened: came, absent, broughtFriend',
        zh: '按到场、缺席、带友分列的后续任务',
      },
    }),
    select('state', 'State', '状态', ruleState),
    ...byLadder(longText('error', 'Error', '错误')),
  ],
  views: [
    {
      name: { en: 'Campaign templates', zh: '活动模板' },
      kind: 'table',
      icon: 'IconTemplate',
      fields: ['name', 'code', 'launchOn', 'subject', 'audience', 'theme', 'size', 'state', 'error'],
    },
  ],
}
