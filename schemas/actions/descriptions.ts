import type { Label } from '../model/define.ts'
import type { ActionName } from './define.ts'

/** What each action does, in a sentence or two for whoever builds a workflow. Beside the definitions: no Worker shows them. */
export const descriptions: Record<ActionName, Label> = {
  campaign: {
    en: 'Starts a campaign from a template on a day. The same template and time again make no second one.',
    zh: '按模板在指定时间发起活动；同一模板、同一时间不会重复发起。',
  },
  rate: {
    en: "Reads the customer anew and gives its tier, contacts a year, next contact and next rating by the bank's tables.",
    zh: '重新读取客户，按行内规则表给出等级、每年联系次数、下次联系与下次评级日期。',
  },
  'visit-plan': {
    en: 'Makes a planned visit for the customer or its development, with date, form, level, participants and topics.',
    zh: '为客户或其开发项目生成拜访计划：时间、形式、层级、参加人员与议题。',
  },
  move: {
    en: 'Moves the development to a stage if the exit rules of every stage on the way hold; else it stays, and says what is missing.',
    zh: '沿途各阶段的退出条件均满足时移动到所选阶段；否则保持不动，并说明尚缺什么。',
  },
  raise: {
    en: 'Asks the customer’s manager for something by a time (a control item). Not done by then, it is escalated level by level; without a time it is escalated at once in working hours.',
    zh: '向责任客户经理提出限期事项（控制项）。逾期未完成即逐级升级；不填时限则在工作时间内立即升级。',
  },
  acknowledge: {
    en: 'Acknowledges the escalation, or all open ones of the customer or development: their clocks stop.',
    zh: '确认该督办，或该客户、该开发的全部待处理督办：停止计时。',
  },
  resolve: {
    en: 'Resolves the escalation, or all of the customer or development that are not closed yet, with what was done.',
    zh: '解决该督办，或该客户、该开发的全部未关闭督办，并记录处理结果。',
  },
  pause: {
    en: 'Stops the clock until a time, for a reason; then it goes on with what was left.',
    zh: '因故暂停，到期后按剩余时限继续计时。',
  },
  snooze: {
    en: 'Lets it rest until a time; then the same level is told anew.',
    zh: '到指定时间再次提醒同一层级。',
  },
  reassign: {
    en: 'Hands it to another user of the CRM; the allowance begins anew.',
    zh: '转派给另一 CRM 用户，时限重新计算。',
  },
  'log-contact': {
    en: 'Records a contact that was had: it counts against the contacts that the tier asks for.',
    zh: '登记一次已完成的联系，计入等级要求的联系次数。',
  },
  tick: {
    en: 'Ticks an item of a stage’s checklist, or takes the tick away again.',
    zh: '勾选阶段事项为已完成，或取消勾选。',
  },
  'note-occasion': {
    en: 'Notes something that matters to the customer: what follows from it becomes tasks of those who do it, and is escalated when it is late.',
    zh: '记录对客户有意义的事件：后续工作自动生成任务，逾期按规则升级。',
  },
  'close-occasion': {
    en: 'Closes the occasion, or all open ones of the customer, with their tasks and escalations. Every year’s closes for all years.',
    zh: '办结该事件，或该客户的全部未结事件，其任务与督办一并关闭；每年重复的事件不再重复。',
  },
  'note-event': {
    en: 'Notes an event that touches many customers, by a rule such as tier = "HIGH_END": each of them gets its tasks once. The same kind and name again is the same event: so it can be changed or closed.',
    zh: '记录影响众多客户的事件，按规则确定范围，如 tier = "HIGH_END"：每位受影响客户各生成一次任务。同一类型与名称视为同一事件，可再次调用以修改或办结。',
  },
}
