import type { Label } from '../../../../../schemas/model/define.ts'

/** Counters that every installation has, in words; others are shown as they are called in the log. */
const COUNTERS: Record<string, [en: string, zh: string]> = {
  unpacked: ['Events read', '已读事件'],
  hydrated: ['Records read for an event', '按事件读取的记录'],
  hydrate_refused: ['Records the CRM would not give', 'CRM 拒绝读取的记录'],
  sweep_found: ['Found by sweeps', '扫描发现'],
  crm_calls: ['Calls to the CRM', 'CRM 调用'],
  crm_limit: ['Calls over the CRM’s limit', '超出 CRM 限额'],
  crm_unreachable: ['Calls that did not reach the CRM', '未到达 CRM 的调用'],
  crm_auth: ['Calls the CRM did not let in', 'CRM 未授权的调用'],
  crm_refused: ['Writes the CRM refused', 'CRM 拒绝的写入'],
  dead_letters: ['Dead letters so far', '累计死信'],
  not_carried: ['Writes without a place in the CRM', 'CRM 无对应对象的写入'],
  journal_lost: ['Gaps in the CRM’s journal', 'CRM 日志缺口'],
  twins_archived: ['Doubles put into the bin', '已归档的重复记录'],
  token_renewals: ['Tokens renewed', '令牌续期'],
  erased_left_out: ['Left out of erased customers', '已删除客户的忽略项'],
  action_untold: ['Actions whose end was not told', '未回报结果的动作'],
  'twenty.stored': ['Webhooks of Twenty', 'Twenty webhook'],
  'hubspot.stored': ['Webhooks of HubSpot', 'HubSpot webhook'],
  'corebank.stored': ['Deliveries of core banking', '核心系统推送'],
}

export const counterName = (name: string): Label => {
  const [en, zh] = COUNTERS[name] ?? [name, name]
  return { en, zh }
}
