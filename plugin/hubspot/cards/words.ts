import type { Label } from '../../../schemas/model/define.ts'

/** What the cards inside HubSpot say besides the words that they share with the parts inside Twenty. */
export const words = {
  again: { en: 'Read again', zh: '刷新' },
  allGone: { en: 'Nothing waits to be written.', zh: '没有待写入的内容。' },
  calls: { en: 'HubSpot calls left today', zh: '今日剩余 HubSpot 调用' },
  connected: { en: 'Connected', zh: '已连接' },
  customers: { en: 'Records that Ladder follows', zh: '跟进的记录数' },
  deadLetters: { en: 'Refused for good by HubSpot', zh: '被 HubSpot 拒绝的写入' },
  disconnected: { en: 'Ladder does not know this account.', zh: 'Ladder 未连接此账户。' },
  fault: { en: 'Ladder meets with a fault: {fault}', zh: 'Ladder 遇到问题：{fault}' },
  healthy: { en: 'Ladder answers and follows this account.', zh: 'Ladder 正常响应并跟进本账户。' },
  holidays: { en: 'Holidays known until', zh: '节假日已知至' },
  journal: { en: 'Journal of changes', zh: '变更日志' },
  lastEvent: { en: 'Last heard of a change', zh: '最近一次变更' },
  never: { en: 'never', zh: '尚无' },
  off: { en: 'off', zh: '未启用' },
  on: { en: 'on', zh: '已启用' },
  playbook: { en: 'Playbook version', zh: '方法手册版本' },
  day: { en: 'Date', zh: '日期' },
  rated: { en: 'Rated.', zh: '已评级。' },
  unreachable: { en: 'Ladder can’t be reached: {reason}', zh: '无法连接 Ladder：{reason}' },
  waiting: { en: 'Waiting to be written', zh: '待写入' },
  waits: {
    en: 'Ladder has it and goes on; HubSpot is slow just now.',
    zh: 'Ladder 已收到并继续处理，HubSpot 暂时较慢。',
  },
} as const satisfies Record<string, Label>
