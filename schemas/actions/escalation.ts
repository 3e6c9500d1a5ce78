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
const one = input('text', 'escalation', 'Only this one (Ladder key)', '仅限该督办（Ladder 键）')
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
  objects,
  needs: [],
  inputs: [cause, one],
  outputs: answered,
}

/** ESC-LADDER: closes the escalation with its tasks, or all of the customer or development that aren't closed. */
export const resolve: ActionDef = {
  name: 'resolve',
  label: { en: 'Resolve escalation', zh: '解决督办' },
  objects,
  needs: [],
  inputs: [cause, one, input('longText', 'resolution', 'What was done', '处理结果')],
  outputs: answered,
}

const until = input('dateTime', 'until', 'Until', '截止时间', { required: true })

/** ESC-LADDER: the clock stands until a time, and then goes on with what was left of it. */
export const pause: ActionDef = {
  name: 'pause',
  label: { en: 'Pause escalation', zh: '暂停督办' },
  objects,
  needs: [],
  inputs: [cause, one, until, input('text', 'reason', 'Reason', '原因', { required: true })],
  outputs: answered,
}

/** ESC-LADDER: the same level is told anew at a time. */
export const snooze: ActionDef = {
  name: 'snooze',
  label: { en: 'Snooze escalation', zh: '稍后提醒督办' },
  objects,
  needs: [],
  inputs: [cause, one, until],
  outputs: answered,
}

/** ESC-LADDER: another person has the level, with its whole allowance. */
export const reassign: ActionDef = {
  name: 'reassign',
  label: { en: 'Reassign escalation', zh: '转派督办' },
  objects,
  needs: [],
  inputs: [cause, one, input('text', 'to', 'To (e-mail address)', '转派给（邮箱）', { required: true })],
  outputs: answered,
}
