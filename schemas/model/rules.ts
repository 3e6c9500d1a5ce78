import {
  byLadder,
  integer,
  ladderKeyField,
  longText,
  money,
  number,
  options,
  select,
  text,
  type ObjectDef,
} from './define.ts'
import { ruleState } from './rule-state.ts'
import { resultOptions } from './tiers.ts'

/**
 * One row of a decision table, edited in the CRM. Cells are S-FEEL: `[50000..100000]`, `> 100000`, `true`, `-`.
 * Which columns a table uses is in the playbook (`tables[].columns`).
 */
export const tierRule: ObjectDef = {
  name: 'tierRule',
  plural: 'tierRules',
  kind: 'custom',
  label: { en: 'Tier rule', zh: '等级规则' },
  labelPlural: typeof LADDER_WORKER === 'undefined' ? { en: 'Tier rules', zh: '等级规则' } : { en: '', zh: '' },
  description:
    typeof LADDER_WORKER === 'undefined'
      ? { en: 'A row of a tier table. The next rating uses it.', zh: '等级表的一行，下一次评级即按此执行。' }
      : { en: '', zh: '' },
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
        ['TIER_VALUE', 'Individuals: value', '个人客户价值分层', 'yellow'],
        ['TIER_NEED', 'Individuals: need', '个人客户需求', 'green'],
        ['TIER_LIFE', 'Individuals: need by age', '个人客户年龄段需求', 'green'],
        ['TIER_BTZ', 'Individuals: strategy', '绑提转策略', 'orange'],
        ['TIER_METAL', 'Key accounts', '重点客户级别', 'yellow'],
        ['TIER_CLASS', 'Companies: service class', '公司客户服务分类', 'blue'],
        ['TIER_RM', 'RMs of a customer', '专属客户经理人数', 'purple'],
        ['ESC_MOVE', 'Large movement: thresholds', '大额异动阈值', 'red'],
      ),
    ),
    integer('rowNo', 'Row', '行号'),
    text('amountCell', 'If amount (CNY)', '条件：金额（元）', {
      description:
        typeof LADDER_WORKER === 'undefined'
          ? {
              en: 'Financial assets or deposits in yuan, e.g. [50000..100000] or > 100000; - for any',
              zh: '金融资产或存款（元），如 [50000..100000] 或 > 100000；- 表示任意',
            }
          : { en: '', zh: '' },
    }),
    text('goldCell', 'If gold by decision', '条件：认定黄金', {
      description:
        typeof LADDER_WORKER === 'undefined' ? { en: 'true, false or -', zh: 'true、false 或 -' } : { en: '', zh: '' },
    }),
    text('tierCell', 'If tier', '条件：等级', {
      description:
        typeof LADDER_WORKER === 'undefined'
          ? { en: 'e.g. "GOLD","HIGH_END" or -', zh: '如 "GOLD","HIGH_END" 或 -' }
          : { en: '', zh: '' },
    }),
    longText('conditions', 'If also', '其他条件', {
      description:
        typeof LADDER_WORKER === 'undefined'
          ? {
              en: 'One a line: column and cell, e.g. income: >= 300000; a column that is left out may be anything',
              zh: '每行一项：列名与条件，如 income: >= 300000；未写的列为任意',
            }
          : { en: '', zh: '' },
    }),
    select('tier', 'Then tier', '结果：等级', resultOptions),
    integer('contactsPerYear', 'Then contacts a year', '结果：每年联系次数'),
    text('leads', 'Then led by', '结果：牵头角色', {
      description:
        typeof LADDER_WORKER === 'undefined'
          ? {
              en: 'Roles, the first one leads, e.g. VICE_PRESIDENT, EXPANSION_DEPARTMENT',
              zh: '角色，首位为牵头，如 VICE_PRESIDENT, EXPANSION_DEPARTMENT',
            }
          : { en: '', zh: '' },
    }),
    integer('rms', 'Then RMs of its own', '结果：专属客户经理人数'),
    money('minFall', 'Then fall of at least (CNY)', '结果：下降不少于（元）'),
    number('minFallPercent', 'Then fall of at least (%)', '结果：下降不少于（%）'),
    select('state', 'State', '状态', ruleState),
    ...byLadder(longText('error', 'Error', '错误')),
  ],
  views:
    typeof LADDER_WORKER === 'undefined'
      ? [
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
              'conditions',
              'tier',
              'contactsPerYear',
              'leads',
              'rms',
              'minFall',
              'minFallPercent',
              'state',
              'error',
            ],
            sort: { field: 'rowNo', direction: 'ASC' },
          },
        ]
      : [],
}
