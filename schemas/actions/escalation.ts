import type { Option } from '../model/define.ts'
import { fieldDef } from '../model/index.ts'
import { input, output, type ActionDef } from './define.ts'
import { commonOutputs } from './outcome.ts'

const escalationOptions = (name: string): Option[] => fieldDef('escalation', name)?.options ?? []

/**
 * ESC-STALL by a control item (DEV-CTRL): something asked for by a time, with the customer's manager as its one owner. When
 * its time is up it climbs the ladder like anything that stalls; done in time, it never does.
 */
export const raise: ActionDef = {
  name: 'raise',
  label: { en: 'Raise escalation', zh: '发起督办' },
  description: {
    en: 'Asks the customer’s manager for something by a time (a control item). Not done by then, it is escalated level by level; without a time it is escalated at once in working hours.',
    zh: '向责任客户经理提出限期事项（控制项）。逾期未完成即逐级升级；不填时限则在工作时间内立即升级。',
  },
  objects: ['company', 'person', 'development'],
  needs: [],
  inputs: [
    input('text', 'what', 'What has to be done', '需办理事项', { required: true }),
    input('longText', 'criteria', 'How it is known to be done', '验收标准'),
    input('dateTime', 'by', 'By', '时限'),
  ],
  outputs: [
    ...commonOutputs,
    output('boolean', 'raised', 'Escalated already', '已升级'),
    output('integer', 'level', 'Level', '层级'),
    output('select', 'role', 'Told now', '当前责任角色', escalationOptions('role')),
    output('dateTime', 'by', 'By', '时限'),
    output('text', 'taskId', 'Control item (record id)', '控制项（记录编号）'),
  ],
}

const cause = input('select', 'cause', 'Only of this cause', '仅限该原因', { options: escalationOptions('cause') })
const answered = [
  ...commonOutputs,
  output('integer', 'count', 'Escalations answered', '处理的督办数'),
  output('integer', 'open', 'Left open', '仍待处理'),
]
const objects = ['escalation', 'company', 'person', 'development', 'task']

/** ESC-LADDER: stops the clock of the escalation, or of all open ones of the customer or development. */
export const acknowledge: ActionDef = {
  name: 'acknowledge',
  label: { en: 'Acknowledge escalation', zh: '确认督办' },
  description: {
    en: 'Acknowledges the escalation, or all open ones of the customer or development: their clocks stop.',
    zh: '确认该督办，或该客户、该开发的全部待处理督办：停止计时。',
  },
  objects,
  needs: [],
  inputs: [cause],
  outputs: answered,
}

/** ESC-LADDER: closes the escalation with its tasks, or all of the customer or development that aren't closed. */
export const resolve: ActionDef = {
  name: 'resolve',
  label: { en: 'Resolve escalation', zh: '解决督办' },
  description: {
    en: 'Resolves the escalation, or all of the customer or development that are not closed yet, with what was done.',
    zh: '解决该督办，或该客户、该开发的全部未关闭督办，并记录处理结果。',
  },
  objects,
  needs: [],
  inputs: [cause, input('longText', 'resolution', 'What was done', '处理结果')],
  outputs: answered,
}

const until = input('dateTime', 'until', 'Until', '截止时间', { required: true })

/** ESC-LADDER: the clock stands until a time, and then goes on with what was left of it. */
export const pause: ActionDef = {
  name: 'pause',
  label: { en: 'Pause escalation', zh: '暂停督办' },
  description: {
    en: 'Stops the clock until a time, for a reason; then it goes on with what was left.',
    zh: '因故暂停，到期后按剩余时限继续计时。',
  },
  objects,
  needs: [],
  inputs: [cause, until, input('text', 'reason', 'Reason', '原因', { required: true })],
  outputs: answered,
}

/** ESC-LADDER: the same level is told anew at a time. */
export const snooze: ActionDef = {
  name: 'snooze',
  label: { en: 'Snooze escalation', zh: '稍后提醒督办' },
  description: {
    en: 'Lets it rest until a time; then the same level is told anew.',
    zh: '到指定时间再次提醒同一层级。',
  },
  objects,
  needs: [],
  inputs: [cause, until],
  outputs: answered,
}

/** ESC-LADDER: another person has the level, with its whole allowance. */
export const reassign: ActionDef = {
  name: 'reassign',
  label: { en: 'Reassign escalation', zh: '转派督办' },
  description: {
    en: 'Hands it to another user of the CRM; the allowance begins anew.',
    zh: '转派给另一 CRM 用户，时限重新计算。',
  },
  objects,
  needs: [],
  inputs: [cause, input('text', 'to', 'To (e-mail address)', '转派给（邮箱）', { required: true })],
  outputs: answered,
}
