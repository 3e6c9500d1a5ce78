import {
  byLadder,
  date,
  dateTime,
  ladderKeyField,
  longText,
  multiSelect,
  options,
  relation,
  select,
  text,
  type ObjectDef,
} from './define.ts'
import { callOutcomes } from './calls.ts'

/** A contact in person, as a meeting, or by phone. A held visit is a contact (TIER-CONTACT, ESC-CADENCE). */
export const visit: ObjectDef = {
  name: 'visit',
  plural: 'visits',
  kind: 'custom',
  label: { en: 'Visit', zh: '拜访' },
  labelPlural: typeof LADDER_WORKER === 'undefined' ? { en: 'Visits', zh: '拜访' } : { en: '', zh: '' },
  description:
    typeof LADDER_WORKER === 'undefined'
      ? {
          en: 'A visit, meeting or call with a customer: plan, record, next step.',
          zh: '拜访、会谈或电话：计划、记录、下一步。',
        }
      : { en: '', zh: '' },
  icon: 'IconCalendarUser',
  fields: [
    ladderKeyField,
    select(
      'form',
      'Form',
      '形式',
      options(
        ['VISIT', 'Visit', '拜访', 'blue'],
        ['MEETING', 'Meeting', '会谈', 'purple'],
        ['CALL', 'Call', '电话', 'green'],
      ),
    ),
    select(
      'status',
      'Status',
      '状态',
      options(
        ['PLANNED', 'Planned', '计划', 'gray'],
        ['HELD', 'Held', '已完成', 'green'],
        ['CANCELLED', 'Cancelled', '取消', 'red'],
      ),
    ),
    relation('company', 'Company', '公司', 'company', ['visits', 'Visits', '拜访']),
    relation('person', 'Person', '联系人', 'person', ['visits', 'Visits', '拜访']),
    relation('development', 'Development', '客户开发', 'development', ['visits', 'Visits', '拜访']),
    dateTime('plannedAt', 'Planned for', '计划时间'),
    dateTime('heldAt', 'Held at', '完成时间'),
    select(
      'level',
      'Level',
      '拜访层级',
      options(
        ['RM', 'RM', '客户经理'],
        ['SUB_BRANCH', 'Sub-branch', '支行'],
        ['EXPANSION', 'Expansion team', '拓展团队'],
        ['BRANCH', 'Branch', '分行'],
      ),
    ),
    relation('rm', 'RM', '客户经理', 'workspaceMember', ['visits', 'Visits', '拜访']),
    text('participants', 'Participants', '参加人员'),
    longText('topics', 'Topics', '议题'),
    longText('materials', 'Materials', '材料'),
    longText('likelyProblems', 'Likely problems and answers', '可能问题与应答'),
    select(
      'channel',
      'Appointment by',
      '预约方式',
      options(['PHONE', 'Phone', '电话'], ['FAX', 'Fax', '传真'], ['LETTER', 'Letter', '信函']),
    ),
    text('place', 'Place', '地点'),
    multiSelect(
      'prepared',
      'Prepared',
      '访前准备',
      options(
        ['FILE', 'Customer file', '客户档案'],
        ['PRESENTATION', 'Bank presentation', '银行介绍'],
        ['PLAN', 'Marketing plan', '营销方案'],
        ['VISIT_PLAN', 'Visit plan', '访问计划'],
      ),
    ),
    multiSelect(
      'steps',
      'Eleven steps',
      '十一步',
      options(
        ['GREET', 'Greet', '问候'],
        ['COMMON_GROUND', 'Common ground', '寻找共同点'],
        ['PURPOSE', 'Reason and purpose', '说明来意'],
        ['SELL_VISIT', 'Sell the visit', '推销访问'],
        ['BRIDGE', 'Bridging questions', '过渡提问'],
        ['LISTEN', 'Let the customer talk', '倾听'],
        ['EXPLORE', 'Explore problems', '探究问题'],
        ['OBJECTIONS', 'Handle objections', '处理异议'],
        ['CONFIRM', 'Confirm', '确认'],
        ['NEXT_STEP', 'Agree next step', '约定下一步'],
        ['MATERIALS', 'Exchange materials', '交换资料'],
      ),
    ),
    longText('record', 'Record', '拜访记录'),
    longText('objections', 'Objections', '异议'),
    text('nextStep', 'Next step', '下一步'),
    date('nextStepOn', 'Next step on', '下一步日期'),
    select('outcome', 'Outcome of a call', '电话结果', callOutcomes),
    ...byLadder(text('notice', 'Ladder notice', 'Ladder 提示')),
  ],
  views:
    typeof LADDER_WORKER === 'undefined'
      ? [
          {
            name: { en: 'Visits', zh: '拜访记录' },
            kind: 'table',
            icon: 'IconCalendarUser',
            fields: ['name', 'form', 'status', 'company', 'person', 'plannedAt', 'heldAt', 'nextStep', 'nextStepOn'],
            sort: { field: 'plannedAt', direction: 'DESC' },
          },
        ]
      : [],
}
