import type { Label } from '../../schemas/model/define.ts'
import { calendar } from './history/play.ts'
import type { DemoSummary } from './summary.ts'

/** Chinese characters take two columns. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, one) => sum + (/[\u2e80-\u9fff\uff00-\uffef]/.test(one) ? 2 : 1), 0)
const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(1, width - widthOf(text)))
const both = ({ en, zh }: Label): string => `${zh} ${en}`
const row = (name: string, ...figures: (number | string)[]): string =>
  `    ${pad(name, 52)}${figures.map((figure) => String(figure).padStart(6)).join('')}`

/** The summary as lines for people, in both languages. */
export const printed = (summary: DemoSummary): string[] => {
  const { customers, developments, tasks, escalations, ratings, campaigns, events, health } = summary
  return [
    '',
    `  客户 Customers: ${customers.total}  （公司 companies ${customers.companies}，个人 people ${customers.people}）`,
    ...customers.companyTiers.map(({ name, count }) => row(`公司 ${both(name)}`, count)),
    ...customers.personTiers.map(({ name, count }) => row(`个人 ${both(name)}`, count)),
    `  评级 Ratings: ${ratings.total}, 其中等级变动 tier changed ${ratings.changes}`,
    '',
    `  客户开发 Developments: ${developments.total}  （退回的阶段移动 moves put back: ${developments.movesPutBack}）`,
    ...developments.stages.map(({ id, name, count }) => row(`${id} ${both(name)}`, count)),
    '',
    `  任务 Tasks: 待办 open ${tasks.open}, 逾期 overdue ${tasks.overdue}, 完成 done ${tasks.done}`,
    row('', '待办', '逾期'),
    ...tasks.kinds.map(({ name, count, overdue }) => row(both(name), count, overdue)),
    '',
    `  升级督办 Escalations: 待处理 open ${escalations.open}, 已确认 acknowledged ${escalations.acknowledged}, 已解决 resolved ${escalations.resolved}`,
    ...escalations.levels.map(({ level, count }) => row(`第 ${level} 级 level ${level}`, count)),
    row('', '未解决', '已解决'),
    ...escalations.causes.map(({ name, count, resolved }) => row(both(name), count, resolved)),
    '',
    '  营销活动 Campaigns',
    ...campaigns.flatMap(({ name, template, heldOn, status, guests, invited, confirmed, attended, friends }) => [
      `    ${name} (${template}) ${calendar.dateOf(Date.parse(heldOn))} ${both(status)}`,
      `      名单 guests ${guests}, 邀请 invited ${invited}, 确认 confirmed ${confirmed}, 到场 came ${attended}, 带友 friends ${friends}`,
    ]),
    '',
    `  ${events.facts} 条核心系统事件 facts, ${events.edits} 次 CRM 编辑 edits, ${events.webhooks} 个 webhook; Ladder 调用 CRM ${events.crmCalls} 次 calls`,
    `  ${health.ok ? '✓ 全部处理完毕 all done' : '✗ 尚有未处理 not all done'}: 收件 inbox ${health.inbox}, 发件 outbox ${health.outbox}, 死信 dead letters ${health.deadLetters}`,
    '',
  ]
}
