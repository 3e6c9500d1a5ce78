import {
  byLadder,
  dateTime,
  integer,
  ladderKeyField,
  longText,
  options,
  relation,
  select,
  text,
  type ObjectDef,
} from './define.ts'
import { roleOptions } from './roles.ts'

/** One open question that climbs until somebody answers (ESC-LADDER). People set the status, Ladder the rest. */
export const escalation: ObjectDef = {
  name: 'escalation',
  plural: 'escalations',
  kind: 'custom',
  label: { en: 'Escalation', zh: '升级督办' },
  labelPlural: typeof LADDER_WORKER === 'undefined' ? { en: 'Escalations', zh: '升级督办' } : { en: '', zh: '' },
  description:
    typeof LADDER_WORKER === 'undefined'
      ? {
          en: 'Raised for a cause; acknowledging stops the clock, resolving closes it.',
          zh: '因某一原因发起；确认即停表，解决即关闭。',
        }
      : { en: '', zh: '' },
  icon: 'IconAlertTriangle',
  fields: [
    ladderKeyField,
    select(
      'status',
      'Status',
      '状态',
      options(
        ['OPEN', 'Open', '待处理', 'red'],
        ['PAUSED', 'Paused', '已暂停', 'gray'],
        ['SNOOZED', 'Snoozed', '稍后提醒', 'blue'],
        ['ACKNOWLEDGED', 'Acknowledged', '已确认', 'yellow'],
        ['RESOLVED', 'Resolved', '已解决', 'green'],
      ),
    ),
    longText('resolution', 'What was done', '处理结果'),
    dateTime('pausedUntil', 'Paused or snoozed until', '暂停或稍后提醒至'),
    text('pauseReason', 'Reason of the pause', '暂停原因'),
    text('reassignTo', 'Reassign to (e-mail address)', '转派给（邮箱）'),
    ...byLadder(
      select(
        'cause',
        'Cause',
        '原因',
        options(
          ['ESC_MOVE', 'Large movement', '大额异动', 'red'],
          ['ESC_CADENCE', 'Contact overdue', '联系逾期', 'orange'],
          ['ESC_STALL', 'Development stalled', '开发停滞', 'yellow'],
          ['ESC_VISIT', 'Leader’s visit overdue', '领导走访逾期'],
          ['ESC_INNER', 'Inner occasion', '内部时机'],
          ['ESC_CUST', 'Customer occasion', '客户时机'],
          ['ESC_OUTER', 'Outer occasion', '外部时机'],
          ['ESC_COMPL', 'Complaint', '投诉', 'red'],
          ['ESC_PROMISE', 'Promise broken', '承诺未兑现', 'red'],
          ['ESC_SLEEP', 'Sleeping account', '睡眠户'],
          ['ESC_RISK', 'Risk', '风险', 'red'],
          ['TIER_RM', 'No dedicated RM', '专属客户经理缺位'],
        ),
      ),
      relation('company', 'Company', '公司', 'company', ['escalations', 'Escalations', '升级督办']),
      relation('person', 'Person', '联系人', 'person', ['escalations', 'Escalations', '升级督办']),
      relation('development', 'Development', '客户开发', 'development', ['escalations', 'Escalations', '升级督办']),
      integer('level', 'Level', '层级'),
      select('role', 'Told now', '当前责任角色', roleOptions),
      relation('assignee', 'Assignee', '当前责任人', 'workspaceMember', ['escalations', 'Escalations', '升级督办']),
      dateTime('raisedAt', 'Raised', '发起时间'),
      dateTime('climbsAt', 'Climbs at', '升级时限'),
      dateTime('acknowledgedAt', 'Acknowledged at', '确认时间'),
      dateTime('resolvedAt', 'Resolved at', '解决时间'),
      integer('repeats', 'Repeats at the top', '最高级重复次数'),
      longText('detail', 'Detail', '详情'),
      longText('ladder', 'Ladder as raised', '发起时的升级阶梯'),
      longText('history', 'History', '处理记录'),
      text('policyVersion', 'Policy version', '策略版本'),
    ),
  ],
  views:
    typeof LADDER_WORKER === 'undefined'
      ? [
          {
            name: { en: 'Escalations by level', zh: '按层级的督办' },
            kind: 'table',
            icon: 'IconAlertTriangle',
            fields: ['name', 'cause', 'level', 'role', 'status', 'company', 'person', 'climbsAt', 'detail'],
            filter: { field: 'status', is: ['OPEN', 'PAUSED', 'SNOOZED', 'ACKNOWLEDGED'] },
            sort: { field: 'level', direction: 'DESC' },
          },
          {
            name: { en: 'Escalations', zh: '升级督办看板' },
            kind: 'kanban',
            icon: 'IconAlertTriangle',
            groupBy: 'status',
            fields: ['name', 'cause', 'level', 'role', 'climbsAt'],
          },
        ]
      : [],
}
