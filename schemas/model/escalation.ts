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
  labelPlural: { en: 'Escalations', zh: '升级督办' },
  description: {
    en: 'Raised for a cause; acknowledging or pausing (with a reason and until when) stops the clock, resolving closes it.',
    zh: '因某一原因发起；确认或暂停（须写明原因与截止时间）即停表，解决即关闭。',
  },
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
    relation('reassignTo', 'Reassign to', '转派给', 'workspaceMember', [
      'reassigned',
      'Escalations to be reassigned',
      '待转派督办',
    ]),
    ...byLadder(
      select(
        'cause',
        'Cause',
        '原因',
        options(
          ['ESC_MOVE', 'Large movement', '大额异动', 'red'],
          ['ESC_CADENCE', 'Contact overdue', '联系逾期', 'orange'],
          ['ESC_STALL', 'Development stalled', '开发停滞', 'yellow'],
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
  views: [
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
  ],
}
