import type { Label } from '../../schemas/model/define.ts'
import type { CampaignFigures } from './figures.ts'
import { calendar } from './history/play.ts'
import type { DemoSummary } from './summary.ts'

/** Chinese characters take two columns. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, one) => sum + (/[\u2e80-\u9fff\uff00-\uffef]/.test(one) ? 2 : 1), 0)
const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(1, width - widthOf(text)))
const both = ({ en, zh }: Label): string => (en === zh ? en : `${zh} ${en}`)
const ahead = (text: string, width: number): string => ' '.repeat(Math.max(1, width - widthOf(text))) + text
/** A name and its figures; those that nobody has are left out. */
const row = (name: string, ...figures: (number | string | null)[]): string =>
  `    ${pad(name, 52)}${figures.map((figure) => (figure === null ? '' : ahead(String(figure), 8))).join('')}`

const ratingsLine = ({ rated, total, changes }: DemoSummary['ratings']): string =>
  total === null
    ? `  已评级客户 Customers rated: ${rated}`
    : `  评级 Ratings: ${total}, 其中等级变动 tier changed ${changes ?? 0}`

const escalationLines = ({ escalations, elsewhere }: DemoSummary): string[] => {
  const { open, acknowledged, resolved, levels, causes } = escalations
  const heads = elsewhere.escalations ? ['未解决'] : ['未解决', '已解决']
  return [
    `  升级督办 Escalations: 待处理 open ${open}, 已确认 acknowledged ${acknowledged}, 已解决 resolved ${resolved}`,
    ...levels.map(({ level, count }) => row(`第 ${level} 级 level ${level}`, count)),
    row('', ...heads),
    ...causes.map(({ name, count, resolved: done }) => row(both(name), count, done)),
  ]
}

const campaignLines = ({ name, template, heldOn, status, ...figures }: CampaignFigures): string[] => {
  const date = calendar.dateOf(Date.parse(heldOn))
  const { guests, invited, confirmed, attended, friends } = figures
  const list = `      名单 guests ${guests}`
  return [
    `    ${name} (${template}) ${date}${status === null ? '' : ` ${both(status)}`}`,
    invited === null
      ? list
      : `${list}, 邀请 invited ${invited}, 确认 confirmed ${confirmed}, 到场 came ${attended}, 带友 friends ${friends}`,
  ]
}

/** Says where figures come from that the CRM has no records of. */
const elsewhereLines = ({ elsewhere }: DemoSummary): string[] =>
  Object.keys(elsewhere).length === 0
    ? []
    : [
        '',
        '  注：该版本没有自定义对象。督办数字取自 Ladder 的汇总接口，活动名单取自任务，评级只在客户属性上。',
        '  Note: this edition has no custom objects. Escalations are taken from Ladder’s summary API, guests of campaigns',
        '  from tasks; of ratings there is the last one, on the customer.',
      ]

/** The summary as lines for people, in both languages. */
export const printed = (summary: DemoSummary): string[] => {
  const { crm, customers, developments, tasks, ratings, campaigns, events, health } = summary
  return [
    '',
    `  ${both(crm)}`,
    '',
    `  客户 Customers: ${customers.total}  （公司 companies ${customers.companies}，个人 people ${customers.people}）`,
    ...customers.companyTiers.map(({ name, count }) => row(`公司 ${both(name)}`, count)),
    ...customers.personTiers.map(({ name, count }) => row(`个人 ${both(name)}`, count)),
    ratingsLine(ratings),
    '',
    `  客户开发 Developments: ${developments.total}  （退回的阶段移动 moves put back: ${developments.movesPutBack}）`,
    ...developments.stages.map(({ id, name, count }) => row(`${id} ${both(name)}`, count)),
    '',
    `  任务 Tasks: 待办 open ${tasks.open}, 逾期 overdue ${tasks.overdue}, 完成 done ${tasks.done}`,
    row('', '待办', '逾期'),
    ...tasks.kinds.map(({ name, count, overdue }) => row(both(name), count, overdue)),
    '',
    ...escalationLines(summary),
    '',
    '  营销活动 Campaigns',
    ...campaigns.flatMap(campaignLines),
    ...elsewhereLines(summary),
    '',
    `  ${events.facts} 条核心系统事件 facts, ${events.edits} 次 CRM 编辑 edits, ${events.webhooks} 个 webhook; Ladder 调用 CRM ${events.crmCalls} 次 calls`,
    `  ${health.ok ? '✓ 全部处理完毕 all done' : '✗ 尚有未处理 not all done'}: 收件 inbox ${health.inbox}, 发件 outbox ${health.outbox}, 死信 dead letters ${health.deadLetters}`,
    '',
  ]
}
