import {
  boolean,
  byLadder,
  date,
  integer,
  ladderKeyField,
  longText,
  relation,
  select,
  options,
  type ObjectDef,
} from './define.ts'
import { callOutcomes } from './calls.ts'
import { roleOptions } from './roles.ts'

/** The CRM's own task, told apart by kind. A closed task of kind CALL counts as a contact (TIER-CONTACT). */
export const task: ObjectDef = {
  name: 'task',
  plural: 'tasks',
  kind: 'standard',
  label: { en: 'Task', zh: '任务' },
  labelPlural: typeof LADDER_WORKER === 'undefined' ? { en: 'Tasks', zh: '任务' } : { en: '', zh: '' },
  description:
    typeof LADDER_WORKER === 'undefined'
      ? { en: 'Work to do, with one owner and a due date.', zh: '待办任务，一名责任人，一个截止日。' }
      : { en: '', zh: '' },
  icon: 'IconCheckbox',
  reads: ['title', 'status', 'dueAt', 'assigneeId'],
  fields: [
    ladderKeyField,
    select(
      'ladderKind',
      'Kind',
      '类别',
      options(
        ['CALL', 'Call', '电话联系', 'green'],
        ['CONTACT', 'Contact due', '联系到期', 'blue'],
        ['STAGE', 'Stage work', '阶段工作', 'purple'],
        ['CAMPAIGN', 'Campaign', '营销活动', 'orange'],
        ['ESCALATION', 'Escalation', '升级督办', 'red'],
        ['RATING', 'Rating', '评级', 'yellow'],
        ['CONTROL', 'Control item', '项目控制项', 'gray'],
        ['WEEK', 'Weekly list', '每周清单', 'sky'],
        ['VISIT', 'Visit', '拜访', 'turquoise'],
        ['OCCASION', 'Occasion', '时机跟进', 'blue'],
      ),
    ),
    relation('ladderCompany', 'Customer (company)', '客户（公司）', 'company', [
      'ladderTasks',
      'Ladder tasks',
      'Ladder 任务',
    ]),
    relation('ladderPerson', 'Customer (person)', '客户（个人）', 'person', [
      'ladderTasks',
      'Ladder tasks',
      'Ladder 任务',
    ]),
    relation('ladderDevelopment', 'Development', '客户开发', 'development', [
      'tasks',
      'Tasks and control items',
      '任务与控制项',
    ]),
    relation('ladderCampaign', 'Campaign', '营销活动', 'campaign', ['tasks', 'Tasks', '任务']),
    integer('ladderItemNo', 'Item number', '控制项编号'),
    longText('ladderCriteria', 'Acceptance criteria', '验收标准'),
    longText('ladderRemark', 'Remark', '备注'),
    select('ladderOutcome', 'Outcome of a call', '电话结果', callOutcomes),
    ...byLadder(
      select('ladderRole', 'Role in charge', '责任角色', roleOptions),
      boolean('ladderRefused', 'Refused', '已退回'),
      longText('ladderNotice', 'Ladder notice', 'Ladder 提示'),
      date('ladderClosedOn', 'Closed on', '完成日'),
    ),
  ],
  views:
    typeof LADDER_WORKER === 'undefined'
      ? [
          {
            name: { en: 'My week', zh: '我的本周任务' },
            kind: 'table',
            icon: 'IconCalendarWeek',
            fields: ['title', 'status', 'dueAt', 'ladderCompany', 'ladderPerson', 'ladderDevelopment', 'ladderNotice'],
            mine: 'assignee',
            when: { field: 'dueAt', is: 'THIS_WEEK' },
            sort: { field: 'dueAt', direction: 'ASC' },
          },
        ]
      : [],
}
