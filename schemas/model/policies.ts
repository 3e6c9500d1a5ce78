import {
  byLadder,
  dateTime,
  integer,
  json,
  ladderKeyField,
  longText,
  options,
  select,
  text,
  type ObjectDef,
} from './define.ts'
import { ruleState } from './rule-state.ts'

/** Who is told, level by level, and how long each has (ESC-LADDER). */
export const escalationPolicy: ObjectDef = {
  name: 'escalationPolicy',
  plural: 'escalationPolicies',
  kind: 'custom',
  label: { en: 'Escalation policy', zh: '升级策略' },
  labelPlural:
    typeof LADDER_WORKER === 'undefined' ? { en: 'Escalation policies', zh: '升级策略' } : { en: '', zh: '' },
  description:
    typeof LADDER_WORKER === 'undefined'
      ? { en: 'Levels with their allowance in working time.', zh: '各升级层级及其工作时间时限。' }
      : { en: '', zh: '' },
  icon: 'IconStairs',
  fields: [
    ladderKeyField,
    text('tierCell', 'Tiers', '适用等级', {
      description:
        typeof LADDER_WORKER === 'undefined'
          ? {
              en: 'S-FEEL, e.g. "GOLD","TIER-VALUE:VIP" or - for all',
              zh: 'S-FEEL，如 "GOLD","TIER-VALUE:VIP"；- 表示全部',
            }
          : { en: '', zh: '' },
    }),
    text('causeCell', 'Causes', '适用原因', {
      description:
        typeof LADDER_WORKER === 'undefined'
          ? { en: 'S-FEEL, e.g. "ESC-MOVE" or - for all', zh: 'S-FEEL，如 "ESC-MOVE"；- 表示全部' }
          : { en: '', zh: '' },
    }),
    integer('rowNo', 'Order', '顺序'),
    longText('levels', 'Levels', '层级', {
      description:
        typeof LADDER_WORKER === 'undefined'
          ? {
              en: 'One line a level: ROLE allowance, e.g. RM 4h or VICE_PRESIDENT 2d (working hours or days)',
              zh: '每行一级：角色 时限，如 RM 4h 或 VICE_PRESIDENT 2d（工作小时或工作日）',
            }
          : { en: '', zh: '' },
    }),
    select('state', 'State', '状态', ruleState),
    ...byLadder(longText('error', 'Error', '错误')),
  ],
  views:
    typeof LADDER_WORKER === 'undefined'
      ? [
          {
            name: { en: 'Escalation policies', zh: '升级策略' },
            kind: 'table',
            icon: 'IconStairs',
            fields: ['name', 'causeCell', 'tierCell', 'rowNo', 'levels', 'state', 'error'],
            sort: { field: 'rowNo', direction: 'ASC' },
          },
        ]
      : [],
}

/** A campaign as a form to be used again and again (CAMP-*). Setting `launchOn` makes a campaign. */
export const campaignTemplate: ObjectDef = {
  name: 'campaignTemplate',
  plural: 'campaignTemplates',
  kind: 'custom',
  label: { en: 'Campaign template', zh: '活动模板' },
  labelPlural: typeof LADDER_WORKER === 'undefined' ? { en: 'Campaign templates', zh: '活动模板' } : { en: '', zh: '' },
  description:
    typeof LADDER_WORKER === 'undefined'
      ? {
          en: 'Audience, form, roles and timeline of a campaign. Set "Hold on" to start one.',
          zh: '活动的对象、形式、分工与时间表。填写“举办时间”即发起活动。',
        }
      : { en: '', zh: '' },
  icon: 'IconTemplate',
  fields: [
    ladderKeyField,
    text('code', 'Method id', '方法编号', { writer: 'ladder' }),
    dateTime('launchOn', 'Hold on', '举办时间', {
      description:
        typeof LADDER_WORKER === 'undefined'
          ? { en: 'Set this to make a campaign from the template.', zh: '填写后即按模板生成活动。' }
          : { en: '', zh: '' },
    }),
    longText('audience', 'Audience rule', '对象规则', {
      description:
        typeof LADDER_WORKER === 'undefined'
          ? {
              en: 'FEEL over the customer, or a saved audience: tier = "HIGH", WEALTH',
              zh: '客户条件（FEEL）或已存客群，如 tier = "HIGH"、WEALTH',
            }
          : { en: '', zh: '' },
    }),
    select(
      'subject',
      'For',
      '对象类型',
      options(['PERSON', 'Individuals', '个人'], ['COMPANY', 'Companies', '公司'], ['BOTH', 'Both', '个人和公司']),
    ),
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
      description:
        typeof LADDER_WORKER === 'undefined'
          ? {
              en: 'Tasks by what happened: came, absent, broughtFriend',
              zh: '按到场、缺席、带友分列的后续任务',
            }
          : { en: '', zh: '' },
    }),
    json('plan', 'Plan', '计划', {
      description: {
        en: 'What repeats: {"festivals": ["MID_AUTUMN"], "leadDays": 20}, repeat, newsHours, posts, phases',
        zh: '周期安排：{"festivals": ["MID_AUTUMN"], "leadDays": 20}，以及 repeat、newsHours、posts、phases',
      },
    }),
    select('state', 'State', '状态', ruleState),
    ...byLadder(
      integer('fits', 'Would be invited now', '现符合条件人数'),
      text('results', 'Results so far', '历次成果'),
      longText('error', 'Error', '错误'),
    ),
  ],
  views:
    typeof LADDER_WORKER === 'undefined'
      ? [
          {
            name: { en: 'Campaign templates', zh: '活动模板' },
            kind: 'table',
            icon: 'IconTemplate',
            fields: ['name', 'code', 'launchOn', 'subject', 'audience', 'fits', 'results', 'size', 'state', 'error'],
          },
        ]
      : [],
}
